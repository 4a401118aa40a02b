package io.doorbell.testkit.conformance.report;

/** Text that may be put into HTML and XML. */
final class Markup {
    private Markup() {}

    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(safe, point));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int point) {
        switch (point) {
            case '&' -> safe.append("&amp;");
            case '<' -> safe.append("&lt;");
            case '>' -> safe.append("&gt;");
            case '"' -> safe.append("&quot;");
            case '\n', '\t' -> safe.append((char) point);
            default -> {
                if (point >= ' ') { // XML 1.0 has no other control characters
                    safe.appendCodePoint(point);
                }
            }
        }
    }
}
