package io.doorbell.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes reports as JSON, in lines, with the same bytes on every machine. */
public final class JsonText {
    private JsonText() {}

    /** The report as text that ends with a line feed. */
    public static String of(Object report) {
        try {
            return writer().writeValueAsString(report) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A report cannot be written as JSON", impossible);
        }
    }

    private static ObjectWriter writer() {
        DefaultPrettyPrinter lines =
                new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        lines.indentArraysWith(new DefaultIndenter("  ", "\n"));
        return JsonMapper.builder().build().writer(lines);
    }
}
