package io.doorbell.cli.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.cli.lab.InputException;
import io.doorbell.simulation.fault.Fault;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Faults from the command line and from files. */
class FaultLinesTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void faultsAndFilesOfThem_areReadInOrder() throws Exception {
        Files.writeString(
                folder.resolve("some"),
                "# interrupts\n\n  lose at interrupt/1\nhang at commands/cq-1\n");

        assertThat(FaultLines.of(List.of("cfs at controller/step", "some"), folder))
                .containsExactly(
                        Fault.parse("cfs at controller/step"),
                        Fault.parse("lose at interrupt/1"),
                        Fault.parse("hang at commands/cq-1"));
    }

    @Test
    void badLine_isNamedWithItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("some"), "lose at interrupt/1\nlose it\n");

        assertThatThrownBy(() -> FaultLines.of(List.of("some"), folder))
                .isInstanceOfSatisfying(
                        InputException.class,
                        bad -> {
                            assertThat(bad.file()).contains(file);
                            assertThat(bad.line()).isEqualTo(2);
                            assertThat(bad.what()).startsWith("'lose it' is not a fault.");
                        });
    }

    @Test
    void whatIsNeither_isRefused() {
        assertThatThrownBy(() -> FaultLines.of(List.of("drop interrupt vector 2 nth 1"), folder))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "--faults 'drop interrupt vector 2 nth 1' is not a fault. Write KIND at SITE");
    }
}
