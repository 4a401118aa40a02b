package io.doorbell.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code docs/coverage.md} leaves no code of the specification out, names tests that exist, and a
 * test for whatever it says is supported.
 */
class CoverageDocumentTest {
    private static final Pattern STRUCTURE =
            Pattern.compile("(?!COMMAND_SET_(NVM|KEY_VALUE|ZONED)).*(?<!BYTES)");

    private final String document = NamedTests.read("coverage.md");

    @Test
    void everyTestThatIsNamed_exists() {
        NamedTests.expectAllExist(document);
    }

    @Test
    void everyStatus_hasARow() throws IllegalAccessException {
        for (Field field : constants(Status.class)) {
            int status = field.getInt(null);
            boolean isCode = status <= 0x3FF && !field.getName().startsWith("TYPE_");
            if (isCode) {
                String wanted = "%d/%02Xh".formatted(status >> 8, status & 0xFF);
                assertListed("Status codes", wanted, field);
            }
        }
    }

    @Test
    void everyEvent_hasARow() throws IllegalAccessException {
        for (Field field : constants(AsynchronousEvent.class)) {
            if (!field.getName().startsWith("TYPE_")) {
                int event = field.getInt(null);
                String wanted = "%d/%02Xh".formatted(event & 7, event >> 8 & 0xFF);
                assertListed("Asynchronous events", wanted, field);
            }
        }
    }

    @Test
    void everyCommandFeatureLogPageAndStructure_hasARow() throws IllegalAccessException {
        assertAllListed("Admin commands", AdminOpcode.class);
        assertAllListed("I/O commands", NvmOpcode.class);
        assertAllListed("Features", FeatureId.class);
        assertAllListed("Log pages", LogPageId.class);
        assertAllListed("Identify structures", Identify.class);
    }

    @Test
    void whatIsSupported_namesATest_andWhatIsNot_aReason() {
        for (String table :
                List.of(
                        "Admin commands",
                        "I/O commands",
                        "Data and geometry",
                        "Features",
                        "Log pages",
                        "Identify structures",
                        "Asynchronous events",
                        "Status codes")) {
            for (String row : rows(table)) {
                List<String> cells = cells(row);
                String last = cells.getLast();
                boolean isStatus = table.equals("Status codes");
                boolean supported =
                        isStatus
                                ? !last.startsWith("no:")
                                : !cells.get(cells.size() - 2).equals("no");
                assertThat(supported ? NamedTests.isIn(last) : last.matches("[a-z0-9A-Z].*"))
                        .as(row)
                        .isTrue();
            }
        }
    }

    private void assertAllListed(String table, Class<?> constants) throws IllegalAccessException {
        for (Field field : constants(constants)) {
            if (constants != Identify.class || STRUCTURE.matcher(field.getName()).matches()) {
                assertListed(table, "%02Xh".formatted(field.getInt(null)), field);
            }
        }
    }

    private void assertListed(String table, String code, Field field) {
        Pattern whole = Pattern.compile("(?<![0-9A-F/])" + code);
        assertThat(rows(table))
                .as(table + ": " + field.getName())
                .anyMatch(row -> whole.matcher(cells(row).getFirst()).find());
    }

    /** The rows of the table below a heading, its head and rule left out. */
    private List<String> rows(String table) {
        int start = document.indexOf("## " + table + "\n");
        assertThat(start).as(table).isNotNegative();
        int end = document.indexOf("\n## ", start + 1);
        return document.substring(start, end < 0 ? document.length() : end)
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .toList();
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.length() - 1).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    private static List<Field> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field -> field.getType() == int.class)
                .toList();
    }
}
