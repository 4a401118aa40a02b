package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.CompletionEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host's picture of a completion queue, slot by slot; the test is the controller. */
class CompletionRingTest {
    private static final long DOORBELL = 0x100C;

    private final TestInbox<PciAccess> lane = TestInbox.create("lane");

    /**
     * <pre>
     *  slot     0  1  2  3  4  5  6  7
     *  phase    1  1  1  1  0  0  0  0      expected 1
     *           ^head       ^stop
     * </pre>
     */
    @Test
    void fourNewEntriesFromSlot0_stopsAtTheOldPhaseInSlot4() {
        MemoryWindow queue = TestMemory.window(8 * CompletionEntry.SIZE_BYTES);
        CompletionRing ring = ring(queue, 8);
        post(queue, 0, true);
        post(queue, 1, true);
        post(queue, 2, true);
        post(queue, 3, true);

        assertThat(consumeAll(ring)).isEqualTo(4);
        assertThat(ring.head()).isEqualTo(4);
        assertRung(4);
    }

    /**
     * <pre>
     *  slot     0  1  2  3  4  5
     *  phase    0  0  1  1  1  1            expected 1 up to slot 5, then 0
     *                 ^stop ^head
     * </pre>
     */
    @Test
    void entriesAcrossTheWrap_flipTheExpectedPhase_stopsAtSlot2() {
        MemoryWindow queue = TestMemory.window(6 * CompletionEntry.SIZE_BYTES);
        CompletionRing ring = ring(queue, 6);
        for (int slot = 0; slot < 4; slot++) {
            post(queue, slot, true);
        }
        assertThat(consumeAll(ring)).isEqualTo(4);
        assertRung(4);
        post(queue, 4, true);
        post(queue, 5, true);
        post(queue, 0, false);
        post(queue, 1, false);

        assertThat(consumeAll(ring)).isEqualTo(4);
        assertThat(ring.head()).isEqualTo(2);
        assertThat(ring.hasNew()).isFalse();
        assertRung(2);

        post(queue, 2, false);
        assertThat(ring.hasNew()).isTrue();
    }

    @Test
    void hostThatStopsBeforeTheTail_goesOnLater() {
        MemoryWindow queue = TestMemory.window(6 * CompletionEntry.SIZE_BYTES);
        CompletionRing ring = ring(queue, 6);
        for (int slot = 0; slot < 5; slot++) {
            post(queue, slot, true);
        }
        ring.advance();
        ring.advance();
        ring.ring();
        assertRung(2);
        assertThat(ring.hasNew()).isTrue();

        assertThat(consumeAll(ring)).isEqualTo(3);
        assertRung(5);
    }

    @Test
    void nothingConsumed_ringsNothing() {
        CompletionRing ring = ring(TestMemory.window(2 * CompletionEntry.SIZE_BYTES), 2);
        ring.ring();
        assertThat(consumeAll(ring)).isZero();
        assertThat(lane.hasMessages()).isFalse();
    }

    @Test
    void bothHalvesOfAnEntry_areReadFromItsSlot() {
        MemoryWindow queue = TestMemory.window(4 * CompletionEntry.SIZE_BYTES);
        CompletionRing ring = ring(queue, 4);
        post(queue, 0, true);
        ring.advance();
        queue.setLong(16, CompletionEntry.lowQword(0xCAFE, 0));
        queue.setLongRelease(24, CompletionEntry.highQword(3, 1, 0x1005, 0x2, true));

        assertThat(CompletionEntry.dw0(ring.lowQword())).isEqualTo(0xCAFE);
        assertThat(CompletionEntry.commandId(ring.highQword())).isEqualTo(0x1005);
        assertThat(CompletionEntry.status(ring.highQword())).isEqualTo(2);
        assertThat(ring.isNew(ring.highQword())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 65_536})
    void twoHundredLapsInFullBatches_seeEveryEntryOnce(int entryCount) {
        MemoryWindow queue = TestMemory.window((long) entryCount * CompletionEntry.SIZE_BYTES);
        CompletionRing ring = ring(queue, entryCount);
        int tail = 0;
        boolean phase = true;
        int batches = 200 * entryCount / (entryCount - 1);
        for (int batch = 0; batch < batches; batch++) {
            for (int i = 0; i < entryCount - 1; i++) {
                post(queue, tail, phase);
                tail++;
                if (tail == entryCount) {
                    tail = 0;
                    phase = !phase;
                }
            }
            if (consumeAll(ring) != entryCount - 1 || ring.head() != tail) {
                throw new AssertionError("batch " + batch + " ends at " + ring.head());
            }
            assertRung(tail);
        }
    }

    private CompletionRing ring(MemoryWindow queue, int entryCount) {
        return new CompletionRing(
                TestMemory.machine(4096), queue, entryCount, lane.getRef(), DOORBELL);
    }

    private static void post(MemoryWindow queue, int slot, boolean phase) {
        queue.setLongRelease(
                (long) slot * CompletionEntry.SIZE_BYTES + CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                CompletionEntry.highQword(0, 1, slot, 0, phase));
    }

    private static int consumeAll(CompletionRing ring) {
        int count = 0;
        while (ring.hasNew()) {
            ring.advance();
            count++;
        }
        ring.ring();
        return count;
    }

    /** One doorbell write, and nothing else: above all no read. */
    private void assertRung(int head) {
        assertThat(lane.getAllReceived())
                .containsExactly(new PciAccess.BarWrite(0, DOORBELL, 4, head));
    }
}
