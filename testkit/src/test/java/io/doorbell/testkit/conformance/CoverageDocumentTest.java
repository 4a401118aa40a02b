package io.doorbell.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.log.LogPageId;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/coverage.md} names tests that exist, and leaves no status or log page out. */
class CoverageDocumentTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Tests\\.\\w+)`");

    private final String document = read();

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "coverage.md"));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void everyTestThatIsNamed_exists() {
        Set<String> tests =
                ConformanceSuite.tests().stream()
                        .map(test -> test.id().replaceFirst("\\[.*", ""))
                        .collect(Collectors.toSet());
        List<String> named = TEST.matcher(document).results().map(found -> found.group(1)).toList();
        assertThat(named).isNotEmpty().isSubsetOf(tests);
    }

    @Test
    void everyStatus_hasARow() throws IllegalAccessException {
        for (Field field : constants(Status.class)) {
            int status = field.getInt(null);
            boolean isCode = status <= 0x3FF;
            if (isCode) {
                assertThat(document)
                        .as(field.getName())
                        .contains("| %d/%02Xh |".formatted(status >> 8, status & 0xFF));
            }
        }
    }

    @Test
    void everyIdentifyStructureAndLogPage_hasARow() throws IllegalAccessException {
        for (Field field : constants(LogPageId.class)) {
            assertListed("Log pages", field);
        }
        for (Field field : constants(Identify.class)) {
            boolean isStructure =
                    !field.getName().startsWith("COMMAND_SET_NVM")
                            && !field.getName().matches("COMMAND_SET_(KEY_VALUE|ZONED)")
                            && !field.getName().endsWith("BYTES");
            if (isStructure) {
                assertListed("Identify structures", field);
            }
        }
    }

    private void assertListed(String table, Field field) throws IllegalAccessException {
        int start = document.indexOf("## " + table);
        int end = document.indexOf("\n## ", start + 1);
        String wanted = "%02Xh".formatted(field.getInt(null));
        boolean listed =
                document.substring(start, end)
                        .lines()
                        .anyMatch(line -> line.startsWith("|") && firstCell(line).contains(wanted));
        assertThat(listed).as(table + ": " + field.getName()).isTrue();
    }

    private static String firstCell(String row) {
        return row.substring(1, row.indexOf('|', 1));
    }

    private static List<Field> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .filter(field -> field.getType() == int.class)
                .toList();
    }
}
