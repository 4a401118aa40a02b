package io.doorbell.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.doorbell.cli.served.ServedFaults;
import io.doorbell.cli.served.ServedRig;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** What was recorded is replayed as it was; where a trace says otherwise, that line is named. */
@Timeout(120)
@SuppressWarnings("try") // nobody interrupts a test
class TraceReplayTest {
    private static final int BLOCK = 512;

    @TempDir private Path folder = Path.of("");
    private final ServedFaults faults = new ServedFaults(1, _ -> {});
    private long page;

    /** A host that does a bit of everything, and resets the controller in between. */
    private Path record() throws Exception {
        Path file = folder.resolve("trace");
        try (ServedRig rig = new ServedRig(folder, faults, file)) {
            Host host = rig.host();
            host.start();
            page = host.memory().pages(1);
            host.adminOk(Commands.identify(1, 0, page));
            host.requestEvent();
            use(host);
            host.restart();
            host.adminOk(Commands.getLogPage(2, BLOCK, page));
            use(host);
            host.function().reset();
        }
        return file;
    }

    private void use(Host host) {
        HostQueue queue = host.createPair(1, 16, 16, 1);
        host.memory().fillRandom(page, BLOCK, 5);
        for (int i = 0; i < 40; i++) {
            queue.run(Commands.write(1, i, 1, page));
        }
        queue.run(Commands.flush(1));
        int commands = 8;
        long pages = host.memory().pages(commands);
        for (int i = 0; i < commands; i++) {
            queue.put(Commands.read(1, i, 1, pages + i * 4096L));
        }
        queue.ring();
        for (int i = 0; i < commands; i++) {
            queue.expectCompletion();
        }
        queue.ringHead();
        assertThat(queue.run(Commands.read(1, 1L << 40, 1, page)).status()).isNotZero();
    }

    private static Replayed replay(Path file) throws Exception {
        return replay(file, null);
    }

    private static Replayed replay(Path file, @Nullable Path image) throws Exception {
        try (TraceReplay replay = new TraceReplay(image)) {
            return replay.run(file, _ -> {});
        }
    }

    /** Changes the last line that has all these parts; its number, counted from one. */
    private static int change(Path file, String from, String to, String... parts) throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(file, ISO_8859_1));
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            if (Arrays.stream(parts).allMatch(line::contains) && line.contains(from)) {
                lines.set(i, line.replace(from, to));
                Files.write(file, lines, ISO_8859_1);
                return i + 1;
            }
        }
        throw new AssertionError("no line with " + from + " and " + Arrays.toString(parts));
    }

    @Test
    void allIsAsRecorded_againAndAgain() throws Exception {
        Path file = record();

        Replayed replayed = replay(file);

        assertThat(replayed.differences()).isEmpty();
        assertThat(replayed.ending()).isEqualTo(Replayed.Ending.WHOLE);
        assertThat(replayed.machines()).isEqualTo(1);
        assertThat(replayed.completions()).isGreaterThan(100);
        assertThat(replayed.interrupts()).isGreaterThan(80);
        assertThat(replayed.answers()).isGreaterThan(20);
        assertThat(replayed.writtenBytes()).isGreaterThan(16 * BLOCK);
        assertThat(replayed.unknownBytes()).isZero();
        assertThat(replay(file)).isEqualTo(replayed);
    }

    @Test
    void otherData_isNamedByItsLine() throws Exception {
        Path file = record();
        String zeros = Base64.getEncoder().encodeToString(new byte[BLOCK]);
        List<String> lines = Files.readAllLines(file, ISO_8859_1);
        String written =
                lines.stream()
                        .filter(
                                line ->
                                        line.contains("dma-write")
                                                && line.contains("\"bytes\":512"))
                        .reduce((_, last) -> last)
                        .orElseThrow();
        String data = written.replaceAll(".*\"data\":\"([^\"]*)\".*", "$1");
        int line = change(file, data, zeros, "dma-write", "\"bytes\":512");

        List<Replayed.Difference> found = replay(file).differences();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().line()).isEqualTo(line);
        assertThat(found.getFirst().recorded())
                .matches("512 bytes written to .*h, of which byte \\d+ is 00h");
    }

    @Test
    void otherAnswer_isNamed() throws Exception {
        Path file = record();
        List<String> lines = Files.readAllLines(file, ISO_8859_1);
        int asked = 0;
        while (!lines.get(asked).contains("bar-read\",\"bar\":0,\"at\":\"0\"")) {
            asked++;
        }
        int answered = asked + 1;
        while (!lines.get(answered).contains("\"e\":\"answer\"")) {
            answered++;
        }
        lines.set(answered, lines.get(answered).replaceAll("value\":\"..", "value\":\"12"));
        Files.write(file, lines, ISO_8859_1);

        List<Replayed.Difference> found = replay(file).differences();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().line()).isEqualTo(answered + 1);
        assertThat(found.getFirst().recorded()).startsWith("load of ").contains("from cap: 12");
    }

    @Test
    void otherCommand_endsOtherwise() throws Exception {
        Path file = record();
        List<String> lines = Files.readAllLines(file, ISO_8859_1);
        String fetched = "";
        for (String line : lines) {
            if (line.contains("dma-read") && line.contains("\"bytes\":64,")) {
                fetched = line.replaceAll(".*\"data\":\"([^\"]*)\".*", "$1");
            }
        }
        byte[] entry = Base64.getDecoder().decode(fetched);
        entry[0] = (byte) 0xFF; // no such opcode
        change(file, fetched, Base64.getEncoder().encodeToString(entry), "dma-read");

        List<Replayed.Difference> found = replay(file).differences();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().recorded()).contains("of SQ 1: status 4080h");
        assertThat(found.getFirst().now()).startsWith("status 4001h");
    }

    @Test
    void whatTheRecordedDeviceDidNot_isNamed() throws Exception {
        faults.arm(Fault.parse("hang at commands/cq-1 nth 3"));
        Path file = folder.resolve("trace");
        try (ServedRig rig = new ServedRig(folder, faults, file)) {
            Host host = rig.host();
            host.start();
            HostQueue queue = host.createPair(1, 16, 16, 1);
            queue.run(Commands.flush(1));
            queue.run(Commands.flush(1));
            queue.submit(Commands.flush(1));
            host.elapse(300_000_000);
            host.adminOk(Commands.identify(1, 0, host.memory().pages(1)));
        }

        Replayed replayed = replay(file);
        List<Replayed.Difference> found = replayed.differences();

        assertThat(replayed.faults()).isEqualTo(1);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().recorded()).matches("command .* of SQ 1 not completed");
        assertThat(found.getFirst().now()).startsWith("status 000h");
    }

    @Test
    void howManyCompletionsAnInterruptTellsOf_isNoDifference() throws Exception {
        Path file = record();
        List<String> lines = new ArrayList<>(Files.readAllLines(file, ISO_8859_1));
        int at = 0;
        while (!lines.get(at).contains("\"vector\":1")) {
            at++;
        }
        lines.add(at, lines.get(at));
        Files.write(file, lines, ISO_8859_1);
        assertThat(replay(file).isSame()).as("two that tell of one completion").isTrue();

        lines.subList(at, at + 2).clear();
        Files.write(file, lines, ISO_8859_1);
        assertThat(replay(file).isSame()).as("none").isTrue();
    }

    @Test
    void interruptThatDoesNotCome_isNamed() throws Exception {
        Path file = record();
        change(file, "\"value\":\"2\"", "\"value\":\"9\"", "bar-write", "18\",");

        assertThat(replay(file).differences())
                .first()
                .satisfies(
                        each -> assertThat(each.recorded()).isEqualTo("an interrupt of vector 1"));
    }

    @Test
    void tornTrace_isReplayedAsFarAsItGoes() throws Exception {
        Path file = record();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));

        Replayed replayed = replay(file);

        assertThat(replayed.differences()).isEmpty();
        assertThat(replayed.ending()).isEqualTo(Replayed.Ending.TORN);
    }

    @Test
    void afterAGap_nothingIsReplayed() throws Exception {
        Path file = record();
        List<String> lines = new ArrayList<>(Files.readAllLines(file, ISO_8859_1));
        int gap = lines.size() / 2;
        lines.add(gap, "{\"t\":1,\"e\":\"lost\",\"events\":7}");
        Files.write(file, lines, ISO_8859_1);

        Replayed replayed = replay(file);

        assertThat(replayed.differences()).isEmpty();
        assertThat(replayed.ending()).isEqualTo(Replayed.Ending.LOST);
        assertThat(replayed.lines()).isEqualTo(gap + 1);
    }

    @Test
    void blocksOfAFile_areComparedIfItIsThere() throws Exception {
        Path file = folder.resolve("trace");
        try (ServedRig rig = new ServedRig(folder, faults, file)) {
            Host host = rig.host();
            host.start();
            page = host.memory().pages(1);
            HostQueue queue = host.createPair(1, 16, 16, 1);
            queue.run(Commands.read(1, 300, 1, page));
        }
        change(file, "\"blocks\":\"memory\"", "\"blocks\":\"file\"", "power-on");
        Path zeros = Files.write(folder.resolve("zeros"), new byte[1 << 18]);
        byte[] other = new byte[1 << 18];
        other[300 * BLOCK + 7] = 1;
        Path others = Files.write(folder.resolve("others"), other);

        Replayed without = replay(file);

        assertThat(without.differences()).isEmpty();
        assertThat(without.unknownBytes()).isEqualTo(BLOCK);
        Replayed with = replay(file, zeros);
        assertThat(with.differences()).isEmpty();
        assertThat(with.unknownBytes()).isZero();
        assertThat(replay(file, others).differences())
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(each.recorded())
                                        .startsWith("512 bytes written")
                                        .endsWith("byte 7 is 00h"));
        assertThat(Files.readAllBytes(others)).isEqualTo(other);
    }
}
