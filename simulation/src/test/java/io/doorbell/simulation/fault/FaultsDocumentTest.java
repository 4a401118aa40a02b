package io.doorbell.simulation.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code docs/faults.md} leaves no code and no kind out, and its examples are faults. */
class FaultsDocumentTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("[`'\"]([a-z-]+ at [a-z*-]+/[^`'\"]*)[`'\"]");

    private final String document = read();

    private static String read() {
        try {
            return Files.readString(Path.of("..", "docs", "faults.md"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private List<String> row(String begin) {
        return document.lines().filter(line -> line.startsWith("| " + begin + " |")).toList();
    }

    /** Of each group of codes, the first to the last. */
    @ParameterizedTest
    @ValueSource(strings = {"01-05", "10-17", "20-28", "30-37", "40-49", "50-59", "60-65"})
    void everyCode_hasOneRowThatSaysWhere(String group) {
        int last = Integer.parseInt(group.substring(3));
        for (int code = Integer.parseInt(group.substring(0, 2)); code <= last; code++) {
            assertThat(row("F%02d".formatted(code)))
                    .as("F%02d", code)
                    .singleElement()
                    .asString()
                    .matches("\\| F\\d\\d \\| [^|]{10,} \\| [^|]{10,} \\|");
        }
    }

    @Test
    void everyExample_isAFault() {
        List<String> examples =
                EXAMPLE.matcher(document)
                        .results()
                        .map((MatchResult each) -> each.group(1))
                        .toList();

        assertThat(examples).hasSizeGreaterThan(60);
        for (String example : examples) {
            assertThat(Fault.parse(example)).as(example).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKind_isListedWithItsSites(FaultKind kind) {
        assertThat(row("`" + kind.word() + "`"))
                .containsExactly(
                        "| `%s` | `%s` |"
                                .formatted(kind.word(), String.join("`, `", kind.sites())));
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKind_isListedWithWhereItStrikesAServedDevice(FaultKind kind) {
        String sites = String.join("`, `", LiveSites.of(kind));
        assertThat(row(kind.word()))
                .isEqualTo(
                        sites.isEmpty()
                                ? List.of()
                                : List.of("| %s | `%s` |".formatted(kind.word(), sites)));
    }

    @ParameterizedTest
    @EnumSource(value = FaultCondition.class, mode = EnumSource.Mode.EXCLUDE, names = "ALWAYS")
    void everyState_isListed(FaultCondition condition) {
        assertThat(document).contains("`" + condition.word() + "`");
    }
}
