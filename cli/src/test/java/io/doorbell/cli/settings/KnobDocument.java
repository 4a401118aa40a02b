package io.doorbell.cli.settings;

import java.util.ArrayList;
import java.util.List;

/** Writes all knobs as a commented HOCON file, with their defaults. */
final class KnobDocument {
    private static final int WIDTH_COLUMNS = 100;
    private static final String INDENT = "  ";

    private final List<String> lines = new ArrayList<>();

    private KnobDocument() {}

    /** The lines, from the opening to the closing brace of the root section. */
    static List<String> lines() {
        KnobDocument document = new KnobDocument();
        document.lines.add(SourceReader.ROOT + " {");
        String open = "";
        for (Knob<?> knob : Knobs.ALL) {
            document.moveTo(open, knob.section());
            document.knob(knob);
            open = knob.section();
        }
        document.moveTo(open, "");
        document.lines.add("}");
        return List.copyOf(document.lines);
    }

    /** Closes and opens braces to get from one section to another. */
    private void moveTo(String from, String to) {
        if (from.equals(to)) {
            return;
        }
        List<String> left = parts(from);
        List<String> entered = parts(to);
        int common = 0;
        while (common < Math.min(left.size(), entered.size())
                && left.get(common).equals(entered.get(common))) {
            common++;
        }
        for (int depth = left.size(); depth > common; depth--) {
            lines.add(INDENT.repeat(depth) + "}");
        }
        for (int depth = common; depth < entered.size(); depth++) {
            lines.add("");
            lines.add(INDENT.repeat(depth + 1) + entered.get(depth) + " {");
        }
    }

    private void knob(Knob<?> knob) {
        String indent = INDENT.repeat(parts(knob.section()).size() + 1);
        comment(indent, knob.meaning());
        comment(indent, "Range: " + knob.range() + ".");
        comment(indent, "Default " + knob.defaultText() + ": " + knob.reason() + ".");
        lines.add(indent + knob.name() + " = " + quoted(knob));
    }

    private static String quoted(Knob<?> knob) {
        boolean plain = !(knob.type() instanceof KnobType.FilePath);
        return plain ? knob.defaultText() : '"' + knob.defaultText() + '"';
    }

    private void comment(String indent, String text) {
        StringBuilder line = new StringBuilder(indent).append('#');
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH_COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(indent).append('#');
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }

    private static List<String> parts(String section) {
        return section.isEmpty() ? List.of() : List.of(section.split("\\.", -1));
    }
}
