package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;
import io.doorbell.cli.lab.InputException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** What users get wrong, and every word that they are told. */
class BadInputTest {
    private final Path folder;
    private final CommandProbe command;

    BadInputTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new CommandProbe(folder);
    }

    @Test
    void unknownKey_isNamedWithTheNearest() throws IOException {
        expect(
                "s.conf:3: Unknown key 'driver.queue-dept'.",
                "    Did you mean 'driver.queue-depth'?",
                "doorbell {",
                "  driver {",
                "    queue-dept = 64",
                "  }",
                "}");
    }

    @Test
    void keyOfAnotherSection_isNamedWithTheRightOne() throws IOException {
        expect(
                "s.conf:1: Unknown key 'controller.queue-depth'.",
                "    Did you mean 'driver.queue-depth'?",
                "doorbell.controller.queue-depth = 64");
    }

    @Test
    void keyOutsideOfTheRoot_isShownItsPlace() throws IOException {
        expect(
                "s.conf:2: Unknown key 'driver' outside of doorbell { }.",
                "    Did you mean 'doorbell.driver'?",
                "",
                "driver { queue-depth = 32 }");
    }

    @Test
    void valueInPlaceOfASection_isNamed() throws IOException {
        expect(
                "s.conf:1: 'driver.coalescing' is a section, not a value.",
                "    Write driver.coalescing { ... }.",
                "doorbell.driver.coalescing = off");
    }

    @Test
    void wrongUnit_isNamedWithTheRightOnes() throws IOException {
        expect(
                "s.conf:2: 'controller.transfer-max' is '256KB': 'KB' is not a unit of size.",
                "    Did you mean KiB? Units of size: B, KiB, MiB, GiB, TiB."
                        + " Allowed: 4KiB to 8MiB, a power of two. Default: 512KiB.",
                "doorbell {",
                "  controller.transfer-max = 256KB",
                "}");
    }

    @Test
    void missingUnit_isNamedWithAnExample() throws IOException {
        expect(
                "s.conf:1: 'driver.command-timeout' is 30, which has no unit.",
                "    Write a time with its unit, such as 100us. Allowed: 1ms to 3600s. Default: 30s.",
                "doorbell.driver.command-timeout = 30");
    }

    @Test
    void unitOfACount_isRefused() throws IOException {
        expect(
                "s.conf:1: 'driver.queue-depth' is '1KiB', but takes a number without a unit"
                        + " (entries).",
                "    Allowed: 2 to 65536 entries. Default: 64.",
                "doorbell.driver.queue-depth = 1KiB");
    }

    @Test
    void brokenCount_isRefused() throws IOException {
        expect(
                "s.conf:1: 'driver.queue-depth' is 2.5, not a whole number of entries.",
                "    Allowed: 2 to 65536 entries. Default: 64.",
                "doorbell.driver.queue-depth = 2.5");
    }

    @Test
    void missingScenario_isNamedWithASimilarFile() throws IOException {
        command.write("mine.conf", "");

        assertRefused(
                command.execute("run", "mien.conf"),
                "mien.conf: The scenario does not exist.",
                "    Did you mean 'mine.conf'?");
    }

    @Test
    void missingIolog_isNamedRelativeToItsScenario() throws IOException {
        command.write("deep/s.conf", "", "doorbell.workload.iolog.file = gone.iolog");

        assertRefused(
                command.execute("run", "deep/s.conf"),
                "deep/s.conf:2: 'workload.iolog.file' does not exist: deep/gone.iolog.",
                "    A relative path starts at the folder of the file that says it.");
    }

    @Test
    void malformedIolog_isNamedWithItsLine() {
        command.running(
                CommandProbe.refusing(
                        InputException.inFile(
                                folder.resolve("traces/x.iolog"),
                                17,
                                "'wriet' is no action.",
                                "Did you mean 'write'?")));

        Outcome outcome = command.execute("run");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .containsExactly(
                        "traces/x.iolog:17: 'wriet' is no action.", "    Did you mean 'write'?");
    }

    @Test
    void queueDepth1_isRefused() throws IOException {
        expect(
                "s.conf:2: 'driver.queue-depth' is 1, less than the least allowed.",
                "    The nearest is 2. Allowed: 2 to 65536 entries. Default: 64.",
                "doorbell.driver {",
                "  queue-depth = 1 }");
    }

    @Test
    void tooLarge_isNamedWithTheMost() throws IOException {
        expect(
                "s.conf:1: 'controller.doorbell-stride' is 11, more than the most allowed.",
                "    The nearest is 10. Allowed: 0 to 10. Default: 0.",
                "doorbell.controller.doorbell-stride = 11");
    }

    @Test
    void offTheGrid_isNamedWithTheNearest() throws IOException {
        expect(
                "s.conf:1: 'driver.coalescing.time' is 160us, but must be a multiple of 100us.",
                "    The nearest is 200us. Allowed: 0 to 25.5ms, in steps of 100us. Default: 100us.",
                "doorbell.driver.coalescing.time = 160us");
    }

    @Test
    void unknownWord_isNamedWithTheNearest() throws IOException {
        expect(
                "s.conf:1: 'namespace.kind' is 'memroy', which is none of its words.",
                "    Did you mean 'memory'? Allowed: memory | file | null | pattern. Default: memory.",
                "doorbell.namespace.kind = memroy");
    }

    @Test
    void morePairsThanVectors_isRefusedWithAdvice() throws IOException {
        expect(
                "s.conf:3: 'driver.queue-pairs' = 16 needs 17 interrupt vectors, one of them for the"
                        + " admin queue, but 'controller.vectors' = 9 (s.conf:2).",
                "    Set controller.vectors = 17, driver.queue-pairs = 8, or driver.share-vectors = true.",
                "doorbell {",
                "  controller.vectors = 9",
                "  driver.queue-pairs = 16",
                "}");
    }

    @Test
    void morePairsThanTheControllerHas_isRefused() throws IOException {
        expect(
                "s.conf:1: 'driver.queue-pairs' = 65 is more than 'controller.queue-pairs-max' = 64"
                        + " (default).",
                "    Set driver.queue-pairs = 64 or less, or controller.queue-pairs-max = 65.",
                "doorbell { driver { queue-pairs = 65, share-vectors = true } }");
    }

    @Test
    void deeperThanTheControllerAllows_isRefused() throws IOException {
        expect(
                "s.conf:1: 'driver.queue-depth' = 2048 is more than 'controller.queue-entries-max'"
                        + " = 1024 (default).",
                "    Set driver.queue-depth = 1024 or less, or controller.queue-entries-max = 2048.",
                "doorbell.driver.queue-depth = 2048");
    }

    @Test
    void queuesLargerThanHostMemory_areRefused() throws IOException {
        expect(
                "s.conf:1: 'driver.queue-pairs' = 4 (default) with 'driver.queue-depth' = 65536 takes"
                        + " 20MiB for the queues alone, but 'host.memory' = 16MiB.",
                "    Set host.memory = auto, or fewer or smaller queues.",
                "doorbell { host.memory = 16MiB, driver.queue-depth = 65536,"
                        + " controller.queue-entries-max = 65536 }");
    }

    @Test
    void imageLongerThanTheNamespace_isRefused() throws IOException {
        try (RandomAccessFile image =
                new RandomAccessFile(folder.resolve("a.img").toFile(), "rw")) {
            image.setLength(300L << 20);
        }

        expect(
                "s.conf:1: 'namespace.file' is 300MiB long, more than 'namespace.size' = 192MiB: a.img.",
                "    Set namespace.size = 300MiB, or name another file.",
                "doorbell.namespace { kind = file, file = a.img }");
    }

    @Test
    void imageInNoFolder_isRefused() throws IOException {
        expect(
                "s.conf:1: 'namespace.file' would be created in a folder that does not exist: no.",
                "    Create the folder, or name another.",
                "doorbell.namespace { kind = file, file = no/a.img }");
    }

    @Test
    void kindFileWithoutAFile_isRefused() throws IOException {
        expect(
                "s.conf:1: 'namespace.kind' = file needs the path of an image.",
                "    Set namespace.file = \"disk.img\"; it is created if it is missing.",
                "doorbell.namespace.kind = file");
    }

    @Test
    void fileWithoutKindFile_isAContradiction() throws IOException {
        expect(
                "s.conf:1: 'namespace.file' = a.img contradicts 'namespace.kind' = memory (default),"
                        + " which keeps no file.",
                "    Set namespace.kind = file, or delete namespace.file.",
                "doorbell.namespace.file = a.img");
    }

    @Test
    void imageCheckWithoutAnImage_isAContradiction() {
        assertRefused(
                command.execute("run", "--image-check"),
                "command line --set: 'namespace.image-check' = true contradicts 'namespace.kind' ="
                        + " memory (default), which has no image.",
                "    Set namespace.kind = file and namespace.file, or leave the check out.");
    }

    @Test
    void verifiedNullNamespace_isAContradiction() throws IOException {
        expect(
                "s.conf:1: 'workload.verify' = true (default) contradicts 'namespace.kind' = null,"
                        + " which forgets what is written.",
                "    Set workload.verify = false, or namespace.kind = memory.",
                "doorbell.namespace.kind = null");
    }

    @Test
    void blockOfTheWorkloadOffTheDisksBlocks_isRefused() throws IOException {
        expect(
                "s.conf:3: 'workload.fio.bs' = 6KiB is not a multiple of 'namespace.block-size' = 4KiB"
                        + " (s.conf:2).",
                "    The nearest is 8KiB.",
                "doorbell {",
                "  namespace.block-size = 4KiB",
                "  workload { kind = fio, fio.bs = 6KiB } }");
    }

    @Test
    void workloadLargerThanTheDisk_isRefused() throws IOException {
        expect(
                "s.conf:1: 'workload.fio.size' = 1GiB is more than the disk, 'namespace.size' = 192MiB"
                        + " (default).",
                "    Set workload.fio.size = auto for all of the disk, or a larger namespace.size.",
                "doorbell.workload { kind = fio, fio.size = 1GiB }");
    }

    @Test
    void malformedHocon_isNamedWithItsLine() throws IOException {
        expect(
                "s.conf:2: This is not HOCON as it should be: Expecting a value but got wrong token: ']'.",
                "    Look at the brackets and quotes of this line and those above it.",
                "doorbell { driver {",
                "  queue-depth = ] } }");
    }

    @Test
    void unresolvedSubstitution_isNamedWithItsLine() throws IOException {
        expect(
                "s.conf:2: This is not HOCON as it should be: Could not resolve substitution to a"
                        + " value: ${nowhere}.",
                "    Define it, or write ${?...} for what may be missing.",
                "doorbell {",
                "  driver.queue-depth = ${nowhere} }");
    }

    @Test
    void overrideWithoutAValue_isShownAnExample() {
        assertRefused(
                command.execute("run", "--set", "driver.queue-depth"),
                "command line --set: 'driver.queue-depth' is not of the form key=value.",
                "    Write, for example, --set driver.queue-depth=128.");
    }

    @Test
    void everyProblem_isToldAtOnceInTheOrderOfTheFiles() throws IOException {
        command.write("application.conf", "doorbell.host.memory = 1B");
        command.write("s.conf", "doorbell {", "  driver.queue-depth = 0", "  driver.qd = 3", "}");

        Outcome outcome = command.execute("run", "s.conf", "--set", "workload.verify=maybe");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines().filter(line -> !line.startsWith(" ")))
                .containsExactly(
                        "application.conf:1: 'host.memory' is 1B, less than the least allowed.",
                        "s.conf:2: 'driver.queue-depth' is 0, less than the least allowed.",
                        "s.conf:3: Unknown key 'driver.qd'.",
                        "command line --set: 'workload.verify' is 'maybe', which is none of its words.",
                        "4 problems in the settings; nothing was run.");
        assertThat(command.runs).isEmpty();
    }

    private void expect(String what, String advice, String... scenario) throws IOException {
        command.write("s.conf", scenario);
        assertRefused(command.execute("run", "s.conf"), what, advice);
    }

    private void assertRefused(Outcome outcome, String what, String advice) {
        assertThat(outcome.err().lines())
                .containsExactly(what, advice, "1 problem in the settings; nothing was run.");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(command.runs).isEmpty();
    }
}
