package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;
import io.doorbell.cli.served.ControlServer;
import io.doorbell.cli.served.ServedFaults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** {@code serve --faults} and {@code inject}: what users see, and what they get wrong. */
@Timeout(60)
class ServedFaultCommandsTest {
    private final Path folder;
    private final CommandProbe command;

    ServedFaultCommandsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new CommandProbe(folder);
    }

    private void expectBad(String begin, String... args) {
        Outcome outcome = command.execute(args);
        assertThat(outcome.err()).startsWith(begin);
        assertThat(outcome.err()).doesNotContain("Exception");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INPUT);
    }

    private void expectRefusedFault(String begin, String fault) {
        expectBad(begin, "serve", "--socket", "s", "--memory", "1MiB", "--faults", fault);
    }

    @Test
    void faultsThatCannotStrikeAServedDevice_areRefused() {
        expectRefusedFault(
                "'lose at dma-write/cqe-1 nth 1': On a served device nothing can lose at",
                "lose at dma-write/cqe-1");
        expectRefusedFault(
                "'overtake at interrupt/1 nth 1': 'overtake' is for simulated runs only.",
                "overtake at interrupt/1");
        expectRefusedFault(
                "'lose at interrupt/1 nth 1 when masked': 'when masked' is known in simulated",
                "lose at interrupt/1 when masked");
        expectRefusedFault("--faults 'drop it' is not a fault. Write KIND at SITE", "drop it");
    }

    @Test
    void faultsOfTheScenario_areRefusedLikewise() throws IOException {
        command.write("s.conf", "doorbell { faults = [ \"overtake at interrupt/1\" ] }");
        expectBad(
                "'overtake at interrupt/1 nth 1': 'overtake' is for simulated runs only.",
                "serve",
                "--socket",
                "s",
                "--memory",
                "1MiB",
                "s.conf");
    }

    @Test
    void injectWithoutAServer_orAFault_saysWhatToDo() {
        expectBad("There is neither " + folder + "/nvme.sock nor", "inject", "nvme.sock", "--list");
        expectBad("There is nothing to do.", "inject", "nvme.sock");
        expectBad(
                "'drop interrupt vector 2 nth 1' is not a fault. Write KIND at SITE",
                "inject",
                "nvme.sock",
                "drop interrupt vector 2 nth 1");
    }

    @Test
    void injectedFaults_areArmedListedAndCleared() throws Exception {
        ServedFaults faults = new ServedFaults(1, _ -> {});
        try (ControlServer _ = ControlServer.listen(folder.resolve("nvme.sock.control"), faults)) {
            Outcome armed =
                    command.execute("inject", "nvme.sock", "lose at interrupt/2 nth 1", "--list");
            assertThat(armed.err()).isEmpty();
            assertThat(armed.out())
                    .isEqualToNormalizingNewlines(
                            """
                            Armed: lose at interrupt/2 nth 1.
                                Struck       Events  Fault
                                     0            0  lose at interrupt/2 nth 1
                            """);
            assertThat(faults.status()).hasSize(1);

            Outcome cleared = command.execute("inject", "nvme.sock", "--clear", "--list");
            assertThat(cleared.out()).isEqualToNormalizingNewlines("Cleared: 1.\nNo faults.\n");
            assertThat(cleared.exitCode()).isZero();

            expectBad(
                    "On a served device nothing can fail at 'dma-read/data-1'.",
                    "inject",
                    "nvme.sock",
                    "fail at dma-read/data-1");
        }
    }
}
