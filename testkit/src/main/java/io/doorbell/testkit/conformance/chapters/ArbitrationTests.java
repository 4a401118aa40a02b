package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import java.util.ArrayList;
import java.util.List;

/**
 * Which queue's commands start next (Base §3.4.4). All queues of a test complete into one queue, so
 * the order of its entries is the order in which commands were started.
 */
@Chapter("Arbitration")
final class ArbitrationTests {
    private static final int CC_WEIGHTED = Host.CC_ENABLE | 1 << 11;
    private static final int URGENT = 0;
    private static final int HIGH = 1;
    private static final int MEDIUM = 2;
    private static final int LOW = 3;
    private static final int NO_BURST_LIMIT = 7;

    private static Host weighted(Bench bench) {
        Host host = bench.powerOn(DeviceShape.DEFAULT.withQueueEntries(8192));
        host.enableFunction();
        host.enableMsix();
        NotApplicable.unless(
                (ControllerCapabilities.arbitrationMechanisms(host.cap()) & 1) != 0,
                "CAP.AMS does not offer weighted round robin");
        host.configureAdmin(32, 32);
        host.enable(CC_WEIGHTED);
        host.createPair(1, 8, 8192, 1);
        return host;
    }

    private static HostQueue queue(Host host, int id, int priority, int entries) {
        HostQueue queue = host.describe(id, 1, entries, 2);
        host.adminOk(
                Commands.createSubmissionQueue(id, entries, queue.submissionBase(), 1)
                        .cdw(11, 1 << 16 | priority << 1 | 1));
        return queue;
    }

    private static void setArbitration(Host host, int burst, int low, int medium, int high) {
        host.adminOk(
                Commands.setFeature(
                        FeatureId.ARBITRATION,
                        ((high - 1) << 24) | ((medium - 1) << 16) | ((low - 1) << 8) | burst));
    }

    /** Fills the queues, rings them all at once, and says whose command each completion is. */
    private static List<Integer> saturate(Host host, HostQueue completions, HostQueue... queues) {
        VirtualTime.needed(host, "all rings come before any command ends");
        int total = 0;
        for (HostQueue queue : queues) {
            for (int i = 1; i < queue.entries(); i++) {
                queue.put(Commands.flush(1));
                total++;
            }
        }
        for (HostQueue queue : queues) {
            queue.ring();
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < total; i++) {
            Completion completion = completions.expectCompletion();
            Expect.success(completion);
            order.add(completion.submissionQueueId());
        }
        return order;
    }

    /** The part of the order in which each of the queues still had work. */
    private static List<Integer> whileAllHadWork(List<Integer> order, int... ids) {
        int from = 0;
        int to = order.size();
        for (int id : ids) {
            from = Math.max(from, order.indexOf(id));
            to = Math.min(to, order.lastIndexOf(id));
        }
        return order.subList(from, Math.max(from, to));
    }

    private static void expectShare(List<Integer> order, int id, int weight, int weights) {
        long count = order.stream().filter(each -> each == id).count();
        long expected = (long) order.size() * weight / weights;
        long tolerance = Math.max(weight, order.size() / 20); // 5 %
        Expect.between(
                "commands of queue %d among %,d".formatted(id, order.size()),
                count,
                expected - tolerance,
                expected + tolerance);
    }

    // ---- round robin ---------------------------------------------------------------------------

    @Clause(
            value = "Base §3.4.4",
            otherwise = "One busy queue starves the others.",
            values = {2, 4, 8})
    void roundRobin_sharesEqually(Bench bench, long count) {
        Host host = bench.start(DeviceShape.DEFAULT.withQueueEntries(8192));
        HostQueue completions = host.createPair(1, 8, 8192, 1);
        HostQueue[] queues = new HostQueue[(int) count];
        int[] ids = new int[queues.length];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = queue(host, i + 2, 0, 900);
            ids[i] = i + 2;
        }
        List<Integer> order = whileAllHadWork(saturate(host, completions, queues), ids);
        for (int id : ids) {
            expectShare(order, id, 1, ids.length);
        }
    }

    @Clause(
            value = "Base §5.27.1.1",
            otherwise = "A driver cannot bound how long other queues wait for one.",
            values = {0, 1, 2, 3, 4, 5, 6})
    void arbitrationBurst_boundsTheCommandsOfOneTurn(Bench bench, long burst) {
        Host host = bench.start(DeviceShape.DEFAULT.withQueueEntries(8192));
        HostQueue completions = host.createPair(1, 8, 8192, 1);
        setArbitration(host, (int) burst, 1, 1, 1);
        HostQueue first = queue(host, 2, 0, 600);
        HostQueue second = queue(host, 3, 0, 600);
        expectTurnsOfAtMost(
                whileAllHadWork(saturate(host, completions, first, second), 2, 3), 1 << burst);
    }

    private static void expectTurnsOfAtMost(List<Integer> order, int limit) {
        int run = 0;
        for (int i = 0; i < order.size(); i++) {
            boolean same = i > 0 && order.get(i).equals(order.get(i - 1));
            run = same ? run + 1 : 1;
            Expect.between("commands of one queue in a row", run, 1, limit);
        }
    }

    // ---- weighted round robin ------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.3.5",
            otherwise = "A driver that selects what CAP.AMS offers gets no controller.")
    void weightedRoundRobin_canBeSelected(Bench bench) {
        Host host = weighted(bench);
        HostQueue queue = host.createPair(2, 16);
        for (int i = 0; i < 40; i++) {
            Expect.success(queue.run(Commands.flush(1)));
        }
    }

    @Clause(
            value = "Base §3.4.4.2",
            otherwise = "The weights a driver sets are not those it gets.",
            values = {0x010101, 0x010204, 0x01040C, 0x0A141E, 0x030201, 0x401001, 0x010180})
    void weights_areKeptWithinFivePercent(Bench bench, long weights) {
        int low = (int) weights & 0xFF;
        int medium = (int) weights >> 8 & 0xFF;
        int high = (int) weights >> 16 & 0xFF;
        Host host = weighted(bench);
        HostQueue completions = host.describe(9, 9, 2, 8192);
        host.adminOk(Commands.createCompletionQueue(9, 8192, completions.completionBase(), 1));
        setArbitration(host, NO_BURST_LIMIT, low, medium, high);
        HostQueue[] queues = {
            weightedQueue(host, 2, HIGH),
            weightedQueue(host, 3, MEDIUM),
            weightedQueue(host, 4, LOW)
        };
        List<Integer> order = whileAllHadWork(saturate(host, completions, queues), 2, 3, 4);
        expectShare(order, 2, high, low + medium + high);
        expectShare(order, 3, medium, low + medium + high);
        expectShare(order, 4, low, low + medium + high);
    }

    private static HostQueue weightedQueue(Host host, int id, int priority) {
        HostQueue queue = host.describe(id, 9, 2600, 2);
        host.adminOk(
                Commands.createSubmissionQueue(id, 2600, queue.submissionBase(), 9)
                        .cdw(11, 9 << 16 | priority << 1 | 1));
        return queue;
    }

    @Clause(
            value = "Base §3.4.4.2",
            otherwise = "Two queues of one class do not get the same.",
            values = {HIGH, MEDIUM, LOW})
    void queuesOfOneClass_shareEqually(Bench bench, long priority) {
        Host host = weighted(bench);
        setArbitration(host, 2, 3, 3, 3);
        HostQueue completions = host.describe(9, 9, 2, 8192);
        host.adminOk(Commands.createCompletionQueue(9, 8192, completions.completionBase(), 1));
        HostQueue first = weightedQueue(host, 2, (int) priority);
        HostQueue second = weightedQueue(host, 3, (int) priority);
        List<Integer> order = whileAllHadWork(saturate(host, completions, first, second), 2, 3);
        expectShare(order, 2, 1, 2);
        expectShare(order, 3, 1, 2);
    }

    @Clause(
            value = "Base §3.4.4.2",
            otherwise = "An urgent queue waits behind others.",
            values = {HIGH, MEDIUM, LOW})
    void urgentClass_goesBeforeTheWeighted(Bench bench, long other) {
        Host host = weighted(bench);
        HostQueue completions = host.describe(9, 9, 2, 8192);
        host.adminOk(Commands.createCompletionQueue(9, 8192, completions.completionBase(), 1));
        setArbitration(host, 3, 256, 256, 256);
        HostQueue weighted = weightedQueue(host, 2, (int) other);
        HostQueue urgent = weightedQueue(host, 3, URGENT);
        List<Integer> order = saturate(host, completions, weighted, urgent);
        int from = order.indexOf(3);
        Expect.between("commands started before the first urgent one", from, 0, 200);
        long weightedBetween =
                order.subList(from, order.lastIndexOf(3)).stream().filter(id -> id == 2).count();
        Expect.between("weighted commands started among the urgent", weightedBetween, 0, 8);
        Expect.equal("commands completed", order.size(), 2 * 2599);
    }

    @Clause(
            value = "Base §3.4.4.2",
            otherwise = "A driver cannot reach the controller while urgent queues are busy.")
    void adminQueue_goesBeforeTheUrgentClass(Bench bench) {
        Host host = weighted(bench);
        VirtualTime.needed(host, "both rings come before any command ends");
        HostQueue completions = host.describe(9, 9, 2, 8192);
        host.adminOk(Commands.createCompletionQueue(9, 8192, completions.completionBase(), 1));
        HostQueue urgent = weightedQueue(host, 2, URGENT);
        for (int i = 1; i < 2600; i++) {
            urgent.put(Commands.flush(1));
        }
        urgent.ring();
        Expect.success(host.admin(Commands.getFeature(7)));
        int done = 0;
        while (completions.poll() != null) {
            done++;
        }
        Expect.between("urgent commands done before the admin command", done, 0, 1000);
    }

    @Clause(
            value = "Base §3.4.4.2",
            otherwise = "Low priority means never.",
            values = {MEDIUM, LOW})
    void weightedClasses_doNotStarve(Bench bench, long priority) {
        Host host = weighted(bench);
        HostQueue completions = host.describe(9, 9, 2, 8192);
        host.adminOk(Commands.createCompletionQueue(9, 8192, completions.completionBase(), 1));
        setArbitration(host, NO_BURST_LIMIT, 1, 1, 256);
        HostQueue high = weightedQueue(host, 2, HIGH);
        HostQueue other = weightedQueue(host, 3, (int) priority);
        List<Integer> order = whileAllHadWork(saturate(host, completions, high, other), 2, 3);
        long served = order.stream().filter(id -> id == 3).count();
        Expect.between("commands of the class with weight 1", served, order.size() / 600, 40);
    }

    @Clause(
            value = "Base §5.27.1.1",
            otherwise = "A driver reads back other weights than it set.",
            values = {0x00000000, 0x03020107, 0xFFFEFD06L})
    void arbitrationFeature_readsBackWhatWasSet(Host host, long value) {
        host.start();
        host.adminOk(Commands.setFeature(FeatureId.ARBITRATION, (int) value));
        Completion completion = host.adminOk(Commands.getFeature(FeatureId.ARBITRATION));
        Expect.equal("Arbitration", completion.dw0() & 0xFFFF_FFFFL, value);
    }

    @Clause(
            value = "Base §3.4.4.2",
            otherwise = "Queues cannot be deleted and created again under weighted round robin.")
    void weightedQueues_canBeDeletedUnderLoad(Bench bench) {
        Host host = weighted(bench);
        HostQueue busy = host.createPair(2, 64);
        for (int round = 0; round < 5; round++) {
            HostQueue queue = host.createPair(3, 64);
            for (int i = 0; i < 20; i++) {
                queue.put(Commands.flush(1));
            }
            queue.ring();
            host.deletePair(queue);
            Expect.success(busy.run(Commands.flush(1)));
        }
    }
}
