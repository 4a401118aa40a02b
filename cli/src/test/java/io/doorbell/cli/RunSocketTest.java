package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;
import io.doorbell.cli.foreign.ServedDevice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/** {@code run --socket} as it is typed, against a device of 16 MiB and 16 queue pairs. */
@Timeout(120)
class RunSocketTest {
    private final Path folder;
    private final CommandProbe command;

    RunSocketTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new CommandProbe(folder);
    }

    private Outcome run(String... settings) throws Exception {
        try (ServedDevice _ = ServedDevice.start(folder)) {
            String[] arguments = new String[3 + 2 * settings.length];
            arguments[0] = "run";
            arguments[1] = "--socket";
            arguments[2] = "nvme.sock";
            for (int i = 0; i < settings.length; i++) {
                arguments[3 + 2 * i] = "--set";
                arguments[4 + 2 * i] = settings[i];
            }
            return command.execute(arguments);
        }
    }

    @Test
    void run_printsWhatIsKnownOfTheDevice() throws Exception {
        Outcome outcome = run("workload.kind=fio");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("Device        'Doorbell NVMe Controller' at ", " completion rings\n")
                .contains("Interrupts", "Held: ", "every read verified")
                .doesNotContain("wakes", "fired by", "batches", "Queue full");
        assertThat(command.runs).as("on our own device").isEmpty();
    }

    @Test
    void whatTheDeviceHas_limitsTheHost() throws Exception {
        Outcome outcome = run("driver.queue-pairs=17", "driver.queue-depth=2000");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines())
                .containsExactly(
                        "command line --set: 'driver.queue-pairs' = 17 is more than"
                                + " 'controller.queue-pairs-max' = 16 (the device).",
                        "    Set driver.queue-pairs = 16 or less.",
                        "command line --set: 'driver.queue-depth' = 2000 is more than"
                                + " 'controller.queue-entries-max' = 1024 (the device).",
                        "    Set driver.queue-depth = 1024 or less.",
                        "command line --set: 'driver.queue-pairs' = 17 needs 18 interrupt"
                                + " vectors, one of them for the admin queue, but"
                                + " 'controller.vectors' = 17 (the device).",
                        "    Set driver.queue-pairs = 16, or driver.share-vectors = true.",
                        "3 problems in the settings; nothing was run.");
    }

    @Test
    void workloadBeyondTheDisk_isRefused() throws Exception {
        Outcome outcome = run("workload.kind=fio", "workload.fio.size=32MiB");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("'namespace.size' = 16777216B (the device)")
                .contains("    Set workload.fio.size = auto for all of the disk.\n");
    }

    @Test
    void settingOfTheDevice_isRefused() throws Exception {
        Outcome outcome = run("namespace.size=1GiB", "doorbell.controller.vectors=3");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .contains(
                        "'namespace.size' is for a device that is made for the run",
                        "'doorbell.controller.vectors' is for a device");
    }

    /** What application.conf and scenarios say of a device is not meant for this one. */
    @Test
    void settingOfTheDeviceInAFile_countsForNothing() throws Exception {
        Path scenario =
                command.write(
                        "s.conf",
                        "doorbell.namespace { kind = file, file = \"no/such/folder.img\" }",
                        "doorbell.workload { kind = fio, fio.size = 1MiB }");

        try (ServedDevice _ = ServedDevice.start(folder)) {
            Outcome outcome = command.execute("run", "--socket", "nvme.sock", scenario.toString());

            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.exitCode()).isZero();
        }
    }

    @Test
    void nobodyThere_isSaid() {
        expect(
                "    Start 'doorbell serve --socket PATH' first, or another server.",
                "run",
                "--socket",
                "nvme.sock");
    }

    @Test
    void whatIsForOtherRuns_isRefused() {
        expect("    Leave --seed or --socket out.", "run", "--socket", "s", "--seed", "1");
        expect("    Add --seed with any whole number.", "run", "--socket", "s", "--case", "c");
        expect("    Add --socket PATH, or leave it out.", "run", "--dma-by-messages");
        expect(
                "    Leave it out; only the server of a socket knows what is behind it.",
                "run",
                "--socket",
                "s",
                "--image-check");
    }

    private void expect(String advice, String... arguments) {
        Outcome outcome = command.execute(arguments);

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(2).endsWith(advice);
    }
}
