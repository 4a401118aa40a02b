package io.doorbell.testkit.arbitration;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.device.SimulatedDevices;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Shares of weighted round robin at saturation against the weights (Base §3.4.4.2): each within
 * five per cent, no class starved, and the same as in the documentation.
 */
class ArbitrationTableTest {
    private static final Path GENERATED = Path.of("target", "arbitration.md");
    private static final Path DOCUMENTED = Path.of("..", "docs", "arbitration.md");
    private static final int CC_WEIGHTED = Host.CC_ENABLE | 1 << 11;
    private static final int ENTRIES = 4_096;
    private static final int COMPLETIONS = 16_384;
    private static final int COMPLETION_QUEUE = 9;
    private static final int CLASSES = 3; // high, medium, low: QPRIO 1, 2, 3
    private static final int NO_BURST_LIMIT = 7;
    private static final double TOLERANCE_PERCENT = 5;

    /** Weights of high, medium and low. */
    private static final List<int[]> WEIGHTS =
            List.of(
                    new int[] {1, 1, 1},
                    new int[] {4, 2, 1},
                    new int[] {12, 4, 1},
                    new int[] {30, 20, 10},
                    new int[] {64, 16, 4},
                    new int[] {1, 2, 3},
                    new int[] {256, 256, 16});

    /**
     * What the classes got while all of them had work.
     *
     * @param shares in per cent
     * @param longestWaits most commands of others between two of a class
     */
    private record Measured(List<Double> shares, List<Integer> longestWaits) {}

    @Test
    void table_isWithinFivePercentAndDocumented() throws IOException {
        List<String> lines = new ArrayList<>(heading());
        for (int[] weights : WEIGHTS) {
            lines.add(row(weights, measure(weights)));
        }
        Files.createDirectories(GENERATED.getParent());
        Files.write(GENERATED, lines);
        assertThat(Files.readAllLines(DOCUMENTED))
                .as("copy testkit/target/arbitration.md to docs if the change is wanted")
                .isEqualTo(lines);
    }

    private static List<String> heading() {
        return List.of(
                "# Shares of weighted round robin",
                "",
                "What weighted round robin with urgent class (Base §3.4.4.2) gives three queues, one of each weighted",
                "class, that all have work all the time: of the commands started while none of them was empty, the",
                "share of each class in per cent, beside the share that its weight asks for; by how much the worst is",
                "off its own share; and how many commands of others were started at most between two of a class, which",
                "shows that none starves. Made by `ArbitrationTableTest`, which holds that no class is off by more than",
                "5 %, and that none waits longer than a round.",
                "",
                "| high : medium : low | asked for, % | given, % | off by | longest wait, commands |",
                "|---|---|---|---|---|");
    }

    private static String row(int[] weights, Measured measured) {
        int sum = weights[0] + weights[1] + weights[2];
        double worst = 0;
        for (int i = 0; i < CLASSES; i++) {
            double wanted = 100.0 * weights[i] / sum;
            worst = Math.max(worst, Math.abs(measured.shares().get(i) - wanted) / wanted * 100);
            assertThat(measured.longestWaits().get(i))
                    .as("wait of class " + i)
                    .isLessThanOrEqualTo(sum - weights[i]);
        }
        assertThat(worst).isLessThanOrEqualTo(TOLERANCE_PERCENT);
        return "| %d : %d : %d | %s | %s | %s | %d, %d, %d |"
                .formatted(
                        weights[0],
                        weights[1],
                        weights[2],
                        percent(
                                100.0 * weights[0] / sum,
                                100.0 * weights[1] / sum,
                                100.0 * weights[2] / sum),
                        percent(measured.shares().toArray(Double[]::new)),
                        String.format(Locale.ROOT, "%.2f %%", worst),
                        measured.longestWaits().get(0),
                        measured.longestWaits().get(1),
                        measured.longestWaits().get(2));
    }

    private static String percent(Double... shares) {
        return Arrays.stream(shares)
                .map(share -> String.format(Locale.ROOT, "%.2f", share))
                .collect(Collectors.joining(", "));
    }

    private static Measured measure(int[] weights) {
        try (SimulatedDevices devices = new SimulatedDevices();
                Host host = weightedHost(devices)) {
            host.adminOk(
                    Commands.setFeature(
                            FeatureId.ARBITRATION,
                            ((weights[0] - 1) << 24)
                                    | ((weights[1] - 1) << 16)
                                    | ((weights[2] - 1) << 8)
                                    | NO_BURST_LIMIT));
            return check(saturate(host));
        }
    }

    private static Host weightedHost(SimulatedDevices devices) {
        Host host = new Host(devices.powerOn(DeviceShape.DEFAULT.withQueueEntries(COMPLETIONS)));
        host.enableFunction();
        host.enableMsix();
        host.configureAdmin(32, 32);
        host.enable(CC_WEIGHTED);
        return host;
    }

    /** Fills a queue of each class, rings all, and says whose commands were started, in order. */
    private static List<Integer> saturate(Host host) {
        HostQueue completions = host.describe(COMPLETION_QUEUE, COMPLETION_QUEUE, 2, COMPLETIONS);
        host.adminOk(
                Commands.createCompletionQueue(
                        COMPLETION_QUEUE, COMPLETIONS, completions.completionBase(), 1));
        List<HostQueue> queues = new ArrayList<>();
        for (int priority = 1; priority <= CLASSES; priority++) {
            HostQueue queue = host.describe(priority, COMPLETION_QUEUE, ENTRIES, 2);
            host.adminOk(
                    Commands.createSubmissionQueue(
                                    priority, ENTRIES, queue.submissionBase(), COMPLETION_QUEUE)
                            .cdw(11, COMPLETION_QUEUE << 16 | priority << 1 | 1));
            for (int i = 1; i < ENTRIES; i++) {
                queue.put(Commands.flush(1));
            }
            queues.add(queue);
        }
        queues.forEach(HostQueue::ring);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < CLASSES * (ENTRIES - 1); i++) {
            order.add(completions.expectCompletion().submissionQueueId());
        }
        return order;
    }

    private static Measured check(List<Integer> order) {
        int from = 0;
        int to = order.size();
        for (int id = 1; id <= CLASSES; id++) {
            from = Math.max(from, order.indexOf(id));
            to = Math.min(to, order.lastIndexOf(id));
        }
        List<Integer> busy = order.subList(from, to);
        double[] shares = new double[CLASSES];
        int[] longestWaits = new int[CLASSES];
        int[] last = new int[CLASSES];
        for (int i = 0; i < busy.size(); i++) {
            int each = busy.get(i) - 1;
            shares[each] += 100.0 / busy.size();
            longestWaits[each] = Math.max(longestWaits[each], i - last[each] - 1);
            last[each] = i;
        }
        return new Measured(
                Arrays.stream(shares).boxed().toList(),
                Arrays.stream(longestWaits).boxed().toList());
    }
}
