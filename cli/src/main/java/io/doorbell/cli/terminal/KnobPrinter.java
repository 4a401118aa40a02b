package io.doorbell.cli.terminal;

import io.doorbell.cli.settings.KnobSetting;

import java.io.PrintWriter;
import java.util.List;

/** Prints knobs with all there is to know about each. */
public final class KnobPrinter {
    private static final int WIDTH_COLUMNS = 80;
    private static final String INDENT = "    ";

    private final PrintWriter out;
    private final Ink ink;

    public KnobPrinter(PrintWriter out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    /** Each knob in turn; those whose value is not the default are marked with a star. */
    public void print(List<KnobSetting> knobs) {
        for (KnobSetting knob : knobs) {
            String star = knob.changed() ? "* " : "  ";
            String setting = star + knob.key() + " = " + knob.text();
            out.println(ink.bold(setting) + spaces(setting, knob.origin()) + knob.origin());
            paragraph(knob.meaning());
            paragraph("Unit: " + knob.unit() + ". Range: " + knob.range() + ".");
            paragraph("Default " + knob.defaultText() + ": " + knob.reason() + ".");
            out.println();
        }
        out.flush();
    }

    private static String spaces(String left, String right) {
        return " ".repeat(Math.max(2, WIDTH_COLUMNS - left.length() - right.length()));
    }

    private void paragraph(String text) {
        StringBuilder line = new StringBuilder(INDENT.substring(1));
        for (String word : text.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH_COLUMNS) {
                out.println(line);
                line = new StringBuilder(INDENT.substring(1));
            }
            line.append(' ').append(word);
        }
        out.println(line);
    }
}
