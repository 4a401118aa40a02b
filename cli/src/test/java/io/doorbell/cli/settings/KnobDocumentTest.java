package io.doorbell.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of knobs, reference.conf and application.conf say the same.
 *
 * <p>{@code -Ddoorbell.rewrite=true} rewrites both files from the table.
 */
class KnobDocumentTest {
    private static final Path REFERENCE = Path.of("src/main/resources/reference.conf");
    private static final Path APPLICATION = Path.of("../application.conf");
    private static final List<String> REFERENCE_HEAD =
            List.of(
                    "# Every setting of Doorbell with its default, as the program has it built in.",
                    "# Change settings in application.conf, at the top of the project, not here.",
                    "");
    private static final List<String> APPLICATION_HEAD =
            List.of(
                    "# The settings of Doorbell: edit, then run ./doorbell run.",
                    "#",
                    "# A line that is deleted goes back to its default. A scenario (./doorbell run"
                            + " FILE) is a file of",
                    "# the same form with the settings that differ; --set key=value overrides both."
                            + " ./doorbell config",
                    "# prints what is in force and who said it. Sizes carry a unit (B, KiB, MiB, GiB,"
                            + " TiB), times too",
                    "# (ns, us, ms, s).",
                    "");

    @Test
    void referenceConf_saysWhatTheTableSays() throws IOException {
        List<String> expected = with(REFERENCE_HEAD);
        rewriteIfAsked(REFERENCE, expected);

        assertThat(Files.readAllLines(REFERENCE)).isEqualTo(expected);
    }

    @Test
    void applicationConf_hasEveryKnobAndItsComment_whateverItsValue() throws IOException {
        List<String> expected = with(APPLICATION_HEAD);
        rewriteIfAsked(APPLICATION, expected);

        assertThat(withoutValues(Files.readAllLines(APPLICATION)))
                .isEqualTo(withoutValues(expected));
    }

    @Test
    void lines_stayWithin100Columns() {
        assertThat(with(APPLICATION_HEAD))
                .allSatisfy(line -> assertThat(line.length()).isLessThan(101));
    }

    @Test
    void everyDefault_isAValueOfItsKnob() {
        assertThat(Knobs.ALL)
                .allSatisfy(
                        knob ->
                                assertThat(knob.accepts(knob.defaultText()))
                                        .as(knob.key())
                                        .isTrue());
    }

    @Test
    void meaningsAndReasons_areSentencesThatCanBePutTogether() {
        assertThat(Knobs.ALL)
                .allSatisfy(
                        knob -> {
                            assertThat(knob.meaning()).endsWith(".");
                            assertThat(knob.reason()).isNotBlank().doesNotEndWith(".");
                        });
    }

    private static List<String> with(List<String> head) {
        List<String> lines = new ArrayList<>(head);
        lines.addAll(KnobDocument.lines());
        return lines;
    }

    private static List<String> withoutValues(List<String> lines) {
        return lines.stream()
                .map(
                        line ->
                                line.strip().startsWith("#")
                                        ? line
                                        : line.replaceFirst(" = .*", " = "))
                .toList();
    }

    private static void rewriteIfAsked(Path file, List<String> lines) throws IOException {
        if (Boolean.getBoolean("doorbell.rewrite")) {
            Files.write(file, lines);
        }
    }
}
