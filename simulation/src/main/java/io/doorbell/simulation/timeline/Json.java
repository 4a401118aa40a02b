package io.doorbell.simulation.timeline;

/** Values as JSON has them. */
final class Json {
    private static final char FIRST_PRINTABLE = ' ';

    private Json() {}

    static String value(Object value) {
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : string(value.toString());
    }

    static String string(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each == '"' || each == '\\') {
                json.append('\\').append(each);
            } else if (each < FIRST_PRINTABLE) {
                json.append("\\u%04x".formatted((int) each));
            } else {
                json.append(each);
            }
        }
        return json.append('"').toString();
    }
}
