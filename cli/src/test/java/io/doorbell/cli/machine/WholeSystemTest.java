package io.doorbell.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.controller.namespace.PatternStore;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.FioJobs;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.guest.workload.WorkloadResult;
import io.doorbell.reactor.Reactors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A device and a host on real reactors, in many shapes: every block read is what was written. */
class WholeSystemTest {
    private static final int BLOCK_BYTES = 512;
    private static final long BLOCKS = 1 << 16;
    private static final int TRANSFER_BYTES = 64 * 1024;

    @ParameterizedTest
    @CsvSource({
        // reactors, pairs, entries, stride, vectors, threshold, time, burst
        "1,  1,    2,  0,    2,   1,  0,  1",
        "1,  1,    3,  0,    2,   1,  0, 64",
        "1,  1,   64,  0,    1,   1,  0, 32",
        "1,  3,   16,  1,    2,   4,  1,  8",
        "2,  1,   64,  0,    2,   8,  1, 32",
        "2,  2,    5,  3,    3,   1,  0,  2",
        "2,  4,   64,  0,    5,   8,  1, 32",
        "2,  7,   33,  2,    4, 256,  2, 16",
        "2, 16,  128,  0,   17,  16,  1, 64",
        "2, 64,    8, 10,   65,   1,  0,  4",
        "2, 100,  16,  0,    9,   2,  3, 32",
        "3,  5, 1024,  0,    6,  64,  5, 32"
    })
    void everyShape_readsWhatWasWritten(
            int reactors,
            int pairs,
            int entries,
            int stride,
            int vectors,
            int threshold,
            int time,
            int burst) {
        MachinePlan plan =
                plan(
                        reactors,
                        pairs,
                        entries,
                        stride,
                        vectors,
                        burst,
                        new GuestSettings.Coalescing(threshold, time));
        check(plan, new MemoryStore(BLOCKS * BLOCK_BYTES), 2_000 / pairs + 20);
    }

    @Test
    void patternStore_acceptsEveryStampAndGivesItBack() {
        MachinePlan plan = plan(2, 4, 32, 0, 5, 32, new GuestSettings.Coalescing(4, 1));
        PatternStore store = new PatternStore(BLOCKS * BLOCK_BYTES, BLOCK_BYTES);
        check(plan, store, 1_000);
        assertThat(store.refusedBlocks()).isZero();
    }

    @Test
    void bootAndShutDown_needNoIo() {
        MachinePlan plan = plan(2, 4, 64, 0, 5, 32, new GuestSettings.Coalescing(8, 1));
        try (Machine machine = new Machine(plan, new MemoryStore(1 << 20), false)) {
            assertThat(machine.boot().queues()).hasSize(4);
            assertThat(machine.shutDown()).isEmpty();
        }
    }

    /** A busy machine sends messages; one whose work is done has none on their way. */
    @Test
    void counters_agreeOnBothSides() {
        MachinePlan plan = plan(1, 2, 32, 0, 3, 32, new GuestSettings.Coalescing(1, 0));
        try (Machine machine = new Machine(plan, new MemoryStore(BLOCKS * BLOCK_BYTES), true)) {
            machine.boot();
            ShardCounters before = machine.deviceCounters();
            List<IoSource> sources = sources(2, 500);
            assertThat(machine.runEach(sources)).isEmpty();
            ShardCounters device = machine.deviceCounters().minus(before);
            assertThat(device.commands).isEqualTo(machine.completed());
            assertThat(device.completions).isEqualTo(machine.completed());
            assertThat(device.invalidRings).isZero();
            assertThat(device.interrupts()).isEqualTo(device.completionBatches);
            assertThat(device.wakes).isLessThanOrEqualTo(device.submissionRings);
        }
    }

    @Test
    void crashedQueueOfTheHost_endsTheRunAndSaysSo() {
        MachinePlan plan = plan(2, 2, 32, 0, 3, 32, new GuestSettings.Coalescing(1, 0));
        IoSource right = sources(1, 50).getFirst();
        IoSource wrong = new ThrowingSource(sources(1, 50).getFirst(), 20);
        try (Machine machine = new Machine(plan, new MemoryStore(BLOCKS * BLOCK_BYTES), true)) {
            machine.boot();
            assertThatThrownBy(() -> machine.runEach(List.of(right, wrong)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The machine stopped before it could answer");
        }
    }

    private static void check(MachinePlan plan, BlockStore store, long operations) {
        List<IoSource> sources = sources(plan.queuePairs(), operations);
        try (Machine machine = new Machine(plan, store, true)) {
            machine.boot();
            assertThat(machine.runEach(sources)).isEmpty();
            assertThat(machine.shutDown()).isEmpty();
        }
        for (IoSource source : sources) {
            WorkloadResult result = source.result();
            assertThat(result.isClean()).as(result.firstFailures().toString()).isTrue();
            assertThat(result.verifiedBlocks()).isPositive();
        }
    }

    private static List<IoSource> sources(int pairs, long operations) {
        NamespaceGeometry geometry = new NamespaceGeometry(BLOCKS, BLOCK_BYTES, TRANSFER_BYTES);
        FioJob job =
                FioJob.named("mixed")
                        .rw(ReadWrite.RANDRW)
                        .bsBytes(4096)
                        .iodepth(32)
                        .numberIos(operations)
                        .norandommap(true)
                        .verify(true)
                        .fsync(50)
                        .randseed(pairs)
                        .build();
        List<IoSource> sources = new ArrayList<>();
        for (FioJob each : FioJobs.split(job, pairs, geometry)) {
            sources.add(each.source(geometry));
        }
        return sources;
    }

    private static MachinePlan plan(
            int reactors,
            int pairs,
            int entries,
            int stride,
            int vectors,
            int burst,
            GuestSettings.Coalescing coalescing) {
        return new MachinePlan(
                new Reactors.Settings(reactors, 64, 0),
                new ControllerSettings(
                        Plans.identity(), pairs, 1024, stride, vectors, 4, burst, 20),
                BLOCKS,
                BLOCK_BYTES,
                0,
                pairs,
                entries,
                TRANSFER_BYTES,
                true,
                coalescing,
                Duration.ofSeconds(60));
    }
}
