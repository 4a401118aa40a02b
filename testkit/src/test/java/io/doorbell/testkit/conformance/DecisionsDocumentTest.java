package io.doorbell.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code docs/decisions.md}: every point has its row, and what holds it exists. */
class DecisionsDocumentTest {
    private static final int POINTS = 65;
    private static final Pattern NUMBERED = Pattern.compile("\\| (\\d+) \\| .*");

    private final String document = NamedTests.read("decisions.md");

    @Test
    void everyTestOrClassThatIsNamed_exists() {
        NamedTests.expectAllExist(document);
    }

    @Test
    void everyPoint_hasOneRow() {
        List<Integer> numbers =
                document.lines()
                        .map(NUMBERED::matcher)
                        .filter(row -> row.matches())
                        .map(row -> Integer.valueOf(row.group(1)))
                        .toList();
        assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, POINTS).boxed().toList());
    }

    @Test
    void everyDecision_saysWhatWasTurnedDownAndWhatHoldsIt() {
        String decided = document.substring(0, document.indexOf("## Open"));
        List<String> rows =
                decided.lines()
                        .filter(line -> line.startsWith("| ") && !line.contains("| held by |"))
                        .toList();
        assertThat(rows)
                .allSatisfy(
                        row -> {
                            assertThat(row.split(" \\| ", -1)).hasSizeBetween(4, 5);
                            assertThat(row).matches(".*\\| `\\w+.*`.* \\|");
                        });
    }
}
