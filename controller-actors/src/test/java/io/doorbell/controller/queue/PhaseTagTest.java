package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.CompletionReader.Entry;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Status;

import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What lies in the slots of a completion queue, and what a host makes of it (Base §3.3.3.2). */
class PhaseTagTest {
    private static final PumpedSystem SYSTEM = new PumpedSystem();
    private static final int CQ = 3;
    private static final int SQ = 5;

    private final DeviceRig rig = new DeviceRig(SYSTEM);

    @AfterAll
    static void close() {
        SYSTEM.close();
    }

    /** A queue of {@code entryCount} slots, the host that reads it, and what feeds it. */
    private final class Pair {
        final int entryCount;
        final WatchedWindow window;
        final CompletionReader host;
        final Feeder feeder;

        Pair(int entryCount) {
            this.entryCount = entryCount;
            this.window = new WatchedWindow(entryCount);
            this.host = new CompletionReader(window, entryCount);
            ActorRef<CompletionQueue.Command> queue =
                    rig.openCompletionQueue(CQ, entryCount, window, null);
            this.feeder = new Feeder(rig.shard, SQ, entryCount, queue);
            rig.settle();
        }

        void post(int count) {
            for (int left = count; left > 0; left -= CommandBatch.CAPACITY) {
                feeder.run(Math.min(left, CommandBatch.CAPACITY));
            }
            rig.settle();
        }

        List<Entry> consume(int max) {
            List<Entry> entries = host.read(max);
            window.consume(entries.size());
            rig.ringHead(CQ, host.head());
            rig.settle();
            return entries;
        }

        String phases() {
            return IntStream.range(0, entryCount)
                    .mapToObj(slot -> host.phaseOf(slot) ? "1" : "0")
                    .reduce("", String::concat);
        }
    }

    private static List<Integer> slots(List<Entry> entries) {
        return entries.stream().map(Entry::slot).toList();
    }

    @Test
    void hostWakesWithHeadAt0_reads0To3_stopsAt4WhosePhaseIsOld() {
        Pair pair = new Pair(6);
        pair.post(4);
        assertThat(pair.phases()).isEqualTo("111100");
        assertThat(slots(pair.consume(99))).containsExactly(0, 1, 2, 3);
        assertThat(pair.host.head()).isEqualTo(4);
        assertThat(pair.host.expectedPhase()).isTrue();
        assertThat(pair.host.isNew()).isFalse();
    }

    @Test
    void hostHeadAt4_reads4_5_0_1AcrossTheWrap_stopsAt2() {
        Pair pair = new Pair(6);
        pair.post(4);
        pair.consume(4);
        pair.post(4);
        assertThat(pair.phases()).isEqualTo("001111");
        assertThat(slots(pair.consume(99))).containsExactly(4, 5, 0, 1);
        assertThat(pair.host.head()).isEqualTo(2);
        assertThat(pair.host.expectedPhase()).as("flipped at the wrap").isFalse();
        assertThat(pair.host.isNew()).isFalse();
    }

    @Test
    void hostStopsBeforeTheTail_goesOnLater() {
        Pair pair = new Pair(6);
        pair.post(4);
        assertThat(slots(pair.consume(2))).containsExactly(0, 1);
        pair.post(2);
        assertThat(slots(pair.consume(3))).containsExactly(2, 3, 4);
        pair.post(3);
        assertThat(slots(pair.consume(99))).containsExactly(5, 0, 1, 2);
        assertThat(pair.consume(99)).isEmpty();
    }

    @Test
    void entry_byteForByte() {
        int entryCount = 4;
        MemoryWindow window = DeviceRig.memory((long) entryCount * CompletionEntry.SIZE_BYTES);
        ActorRef<CompletionQueue.Command> queue =
                rig.openCompletionQueue(CQ, entryCount, window, null);
        Feeder feeder = new Feeder(rig.shard, 0x1234, 256, queue);
        CommandBatch batch = feeder.fetch(3);
        feeder.complete(batch, 0b001, 0);
        feeder.complete(batch, 0b100, Status.DO_NOT_RETRY | Status.LBA_OUT_OF_RANGE);
        rig.settle();
        assertThat(window.getLong(0)).isEqualTo(0x0000_0000_0000_1000L);
        assertThat(window.getLong(8)).isEqualTo(0x0001_0000_1234_0003L);
        assertThat(window.getLong(16)).isEqualTo(0x0000_0000_0000_1002L);
        assertThat(window.getLong(24)).isEqualTo(0x8101_0002_1234_0003L);
        for (int offset = 32; offset < 64; offset += 8) {
            assertThat(window.getLong(offset)).as("byte %d", offset).isZero();
        }
    }

    @Test
    void secondPass_writesPhase0OverPhase1() {
        Pair pair = new Pair(3);
        pair.post(2);
        pair.consume(2);
        pair.post(2);
        assertThat(pair.phases()).isEqualTo("011");
        assertThat(pair.window.getLong(8)).isEqualTo(0x0000_0003_0005_0001L);
        assertThat(slots(pair.consume(99))).containsExactly(2, 0);
    }

    /** The window checks phase, order and room at every store. */
    @ParameterizedTest
    @CsvSource({"2, 200", "3, 200", "64, 200", "65536, 2"})
    void manyLaps_everyEntryIsReadOnceAndInOrder(int entryCount, int laps) {
        RandomGenerator random = Seeds.random("PhaseTagTest.manyLaps");
        Pair pair = new Pair(entryCount);
        long total = (long) entryCount * laps;
        long posted = 0;
        long read = 0;
        while (read < total) {
            int room = (int) (entryCount - 1 - (posted - read));
            int count = (int) Math.min(total - posted, random.nextInt(room + 1));
            pair.post(count);
            posted += count;
            for (Entry entry : pair.consume(random.nextInt(entryCount) + 1)) {
                assertThat(entry.slot()).isEqualTo((int) (read % entryCount));
                assertThat(entry.commandId()).isEqualTo((int) (read & 0xFFFF));
                assertThat(entry.dw0()).isEqualTo(Feeder.DW0_BASE + (int) (read & 0xFFFF));
                assertThat(entry.sqId()).isEqualTo(SQ);
                assertThat(entry.sqHead()).isLessThan(entryCount);
                assertThat(entry.status()).isZero();
                read++;
            }
        }
        assertThat(pair.window.posted()).isEqualTo(total);
        assertThat(pair.host.isNew()).isFalse();
    }

    @Test
    void largestQueue_fullToTheLastSlotButOne_thenTheWrap() {
        Pair pair = new Pair(65_536);
        pair.post(65_535);
        assertThat(pair.host.phaseOf(65_534)).isTrue();
        assertThat(pair.host.phaseOf(65_535)).isFalse();
        List<Entry> entries = pair.consume(99_999);
        assertThat(entries).hasSize(65_535);
        assertThat(entries.getLast().sqHead()).isEqualTo(65_535);
        pair.post(2);
        assertThat(slots(pair.consume(99))).containsExactly(65_535, 0);
        assertThat(pair.host.expectedPhase()).isFalse();
    }
}
