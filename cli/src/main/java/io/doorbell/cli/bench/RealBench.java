package io.doorbell.cli.bench;

import io.doorbell.cli.lab.BenchPlan;
import io.doorbell.cli.lab.BenchRunner;
import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.machine.Machine;
import io.doorbell.cli.machine.MachinePlan;
import io.doorbell.cli.machine.Plans;
import io.doorbell.cli.machine.QueueRecorder;
import io.doorbell.cli.report.BenchReport;
import io.doorbell.cli.report.BenchReport.Row;
import io.doorbell.cli.report.CoalescingReport;
import io.doorbell.cli.report.LatencySummary;
import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.namespace.NullStore;
import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.Operation;
import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.reactor.Reactors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Measures the whole system over the null namespace: random reads of 4 KiB, all queues busy. */
public final class RealBench implements BenchRunner {
    private static final int BLOCK_BYTES = 4096;
    private static final long BLOCKS = 1 << 20;
    private static final int VECTORS_MAX = 2048;
    private static final int QUANTUM_MANY_PAIRS = 64;
    private static final int MANY_PAIRS = 10_000;
    private static final int THRESHOLD_NEVER_REACHED = 256;
    private static final int MANY_PAIRS_OF_A_VECTOR = 16;
    private static final int TIMER_UNITS = 1; // of 100 µs
    private static final long WARM_UP_NANOS = 3_000_000_000L;

    @Override
    public BenchReport bench(BenchPlan plan, Consumer<Row> measured) throws InputException {
        List<Row> rows = new ArrayList<>();
        for (int pairs : plan.queuePairCounts()) {
            for (int depth : plan.depths()) {
                Row row = RowProcess.measure(pairs, depth, plan.secondsPerRow());
                rows.add(row);
                measured.accept(row);
            }
        }
        return new BenchReport(
                machine(),
                rows,
                plan.rest() ? IdleBench.measure() : null,
                plan.rest() ? coalescing() : null);
    }

    /** Measures one row in this process. */
    static Row measure(int pairs, int depth, int seconds) {
        long window = seconds * 1_000_000_000L;
        double yardstick = new BareLoop(pairs, depth).commandsPerSecond(window / 2);
        boolean takesLatencies = pairs == 1 && depth == 1;
        try (Machine machine = new Machine(plan(pairs, depth), new NullStore(), takesLatencies)) {
            machine.boot();
            List<IoSource> sources = sources(pairs, depth);
            CompletionStage<?> running = machine.startEach(sources);
            park(WARM_UP_NANOS);
            machine.recorders().forEach(QueueRecorder::forgetLatencies);
            Snapshot begin = Snapshot.of(machine);
            park(window);
            Snapshot end = Snapshot.of(machine);
            LatencySummary latency = latency(machine, takesLatencies);
            abandon(running);
            return end.since(begin, depth, latency, yardstick);
        }
    }

    /** One command at a time, with a threshold that is never reached: the timer ends each wait. */
    private static CoalescingReport coalescing() {
        MachinePlan plan =
                plan(1, 1, new GuestSettings.Coalescing(THRESHOLD_NEVER_REACHED, TIMER_UNITS));
        try (Machine machine = new Machine(plan, new NullStore(), true)) {
            machine.boot();
            CompletionStage<?> running = machine.startEach(sources(1, 1));
            park(WARM_UP_NANOS);
            machine.recorders().forEach(QueueRecorder::forgetLatencies);
            park(WARM_UP_NANOS);
            LatencySummary latency = latency(machine, true);
            abandon(running);
            return new CoalescingReport(TIMER_UNITS * 100L, latency);
        }
    }

    /** The sources never end; closing the machine ends them. */
    private static void abandon(CompletionStage<?> running) {
        running.toCompletableFuture().cancel(false);
    }

    private static LatencySummary latency(Machine machine, boolean taken) {
        return taken
                ? LatencySummary.of(machine.recorders().getFirst().histogram(Operation.READ))
                : LatencySummary.NONE;
    }

    static MachinePlan plan(int pairs, int depth) {
        return plan(pairs, depth, coalescing(pairs, depth));
    }

    /**
     * None, unless many queue pairs share each vector. Then each interrupt makes the host look at
     * all queues of its vector, and a host would not ask for one after every batch.
     */
    private static GuestSettings.Coalescing coalescing(int pairs, int depth) {
        int pairsOfVector = pairs / VECTORS_MAX;
        if (pairsOfVector < MANY_PAIRS_OF_A_VECTOR) {
            return new GuestSettings.Coalescing(1, 0);
        }
        int entries = Math.min(THRESHOLD_NEVER_REACHED, pairsOfVector * depth / 2);
        return new GuestSettings.Coalescing(entries, TIMER_UNITS);
    }

    private static MachinePlan plan(int pairs, int depth, GuestSettings.Coalescing coalescing) {
        Reactors.Settings reactors = Reactors.Settings.defaults();
        int quantum = pairs > MANY_PAIRS ? QUANTUM_MANY_PAIRS : reactors.quantum();
        int entries = Math.max(2, Integer.highestOneBit(depth) * 2);
        return new MachinePlan(
                new Reactors.Settings(reactors.count(), quantum, reactors.spins()),
                new ControllerSettings(
                        Plans.identity(),
                        pairs,
                        entries,
                        0,
                        Math.min(pairs + 1, VECTORS_MAX),
                        1,
                        CommandBatch.CAPACITY,
                        20),
                BLOCKS,
                BLOCK_BYTES,
                0,
                pairs,
                entries,
                BLOCK_BYTES,
                false,
                coalescing,
                Duration.ofSeconds(60));
    }

    private static List<IoSource> sources(int pairs, int depth) {
        NamespaceGeometry geometry = new NamespaceGeometry(BLOCKS, BLOCK_BYTES, BLOCK_BYTES);
        List<IoSource> sources = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            sources.add(
                    FioJob.named("bench")
                            .rw(ReadWrite.RANDREAD)
                            .bsBytes(BLOCK_BYTES)
                            .iodepth(depth)
                            .norandommap(true)
                            .timeBased(true)
                            .randseed(i)
                            .build()
                            .source(geometry));
        }
        return sources;
    }

    static void park(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return "%d cores, %,d MiB heap, Java %s, %s"
                .formatted(
                        runtime.availableProcessors(),
                        runtime.maxMemory() >> 20,
                        Runtime.version(),
                        System.getProperty("os.arch"));
    }
}
