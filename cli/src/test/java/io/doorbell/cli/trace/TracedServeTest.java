package io.doorbell.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.doorbell.cli.served.ServedFaults;
import io.doorbell.cli.served.ServedRig;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** The trace of a host that writes and reads a block: all that passed, in order. */
@Timeout(120)
@SuppressWarnings("try") // nobody interrupts a test
class TracedServeTest {
    private static final int BLOCK = 512;

    @TempDir private Path folder = Path.of("");
    private final ServedFaults faults = new ServedFaults(1, _ -> {});

    /** The first line from {@code from} on that has all these parts; its number. */
    private static int find(List<String> lines, int from, String... parts) {
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i);
            if (List.of(parts).stream().allMatch(line::contains)) {
                return i;
            }
        }
        throw new AssertionError("no line from " + from + " on with " + List.of(parts));
    }

    private static String at(long address) {
        return "\"at\":\"" + Long.toHexString(address) + "\"";
    }

    /** What a reader makes of it, written again. */
    private static List<String> readAgain(Path file) throws Exception {
        StringBuilder lines = new StringBuilder(TraceLine.FIRST + "\n");
        try (TraceReader reader = TraceReader.open(file)) {
            for (var next = reader.next(); next != null; next = reader.next()) {
                TraceLine.write(next.nanos(), next.event(), lines);
            }
            assertThat(reader.isTorn()).isFalse();
        }
        return lines.toString().lines().toList();
    }

    @Test
    void commandAndItsData_canBeFollowedFromDoorbellToInterrupt() throws Exception {
        Path file = folder.resolve("trace");
        long page;
        HostQueue queue;
        String data;
        try (ServedRig rig = new ServedRig(folder, faults, file)) {
            Host host = rig.host();
            host.start();
            queue = host.createPair(1, 16, 16, 1);
            page = host.memory().pages(1);
            data = Base64.getEncoder().encodeToString(host.memory().fillRandom(page, BLOCK, 5));
            queue.run(Commands.write(1, 3, 1, page));
            queue.run(Commands.read(1, 3, 1, page));
            host.vector(1).expectInterrupt();
        }

        List<String> lines = Files.readAllLines(file, ISO_8859_1);
        assertThat(lines.getFirst()).isEqualTo(TraceLine.FIRST);
        find(lines, 0, "\"e\":\"map\"", at(0), "\"readable\":true,\"writable\":true");
        int on =
                find(
                        lines,
                        0,
                        "\"e\":\"power-on\"",
                        "\"vectors\":65,",
                        "\"blocks\":\"memory\",\"sizeBytes\":16777216",
                        "\"memoryWaits\":false");
        assertThat(readAgain(file)).isEqualTo(lines);
        int asked = find(lines, on, "\"e\":\"bar-read\",\"bar\":0,\"at\":\"0\"");
        String tag = lines.get(asked).replaceAll(".*(\"tag\":\\d+).*", "$1");
        find(lines, asked, "\"e\":\"answer\"," + tag + ",\"value\":");

        int rung = find(lines, on, "\"e\":\"bar-write\"", at(0x1008), "\"value\":\"1\"");
        int entry = find(lines, rung, "dma-read", at(queue.submissionBase()), "\"bytes\":64");
        int moved = find(lines, entry, "dma-read", at(page), "\"data\":\"" + data);
        int posted = find(lines, moved, "dma-write", at(queue.completionBase() + 8));
        find(lines, posted, "\"e\":\"interrupt\",\"vector\":1");
        int second = find(lines, rung + 1, "\"e\":\"bar-write\"", at(0x1008), "\"value\":\"2\"");
        find(lines, second, "dma-write", at(page), "\"data\":\"" + data);
        assertThat(lines.getLast()).contains("\"e\":\"power-off\"");
    }

    @Test
    void faults_showAsTheHostSeesThem() throws Exception {
        Path file = folder.resolve("trace");
        faults.arm(Fault.parse("lose at interrupt/1"));
        faults.arm(Fault.parse("all-ones at read/csts nth 5"));
        try (ServedRig rig = new ServedRig(folder, faults, file)) {
            Host host = rig.host();
            host.start();
            HostQueue queue = host.createPair(1, 16, 16, 1);
            queue.run(Commands.flush(1));
            while (host.csts() != -1) {}
        }

        List<String> lines = Files.readAllLines(file, ISO_8859_1);
        assertThat(lines).noneMatch(line -> line.contains("\"vector\":1"));
        assertThat(lines).anyMatch(line -> line.contains("\"value\":\"ffffffff\""));
    }
}
