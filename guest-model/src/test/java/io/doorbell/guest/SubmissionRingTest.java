package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionRingTest {
    private static final long DOORBELL = 0x1008;

    private final TestInbox<PciAccess> lane = TestInbox.create("lane");

    @Test
    void batch_isWrittenToItsSlots_thenRungOnce() {
        MemoryWindow queue = TestMemory.window(4 * SubmissionEntry.SIZE_BYTES);
        SubmissionRing ring = ring(queue, 4);
        for (int i = 1; i <= 3; i++) {
            ring.draft().commandId(i).cdw15(-i);
            ring.push();
        }
        assertThat(lane.hasMessages()).isFalse();
        ring.ring();
        ring.ring();

        assertRung(3);
        for (int slot = 0; slot < 3; slot++) {
            assertThat(commandId(queue, slot)).isEqualTo(slot + 1);
            assertThat(queue.getInt(slot * 64L + SubmissionEntry.CDW15_OFFSET_BYTES))
                    .isEqualTo(-slot - 1);
        }
        assertThat(commandId(queue, 3)).isZero();
    }

    @Test
    void draft_isClearedEachTime() {
        MemoryWindow queue = TestMemory.window(2 * SubmissionEntry.SIZE_BYTES);
        SubmissionRing ring = ring(queue, 2);
        ring.draft().prp2(77).cdw12(5);
        ring.draft();
        ring.push();
        for (int offset = 0; offset < SubmissionEntry.SIZE_BYTES; offset += 8) {
            assertThat(queue.getLong(offset)).isZero();
        }
    }

    @Test
    void full_isOneLessThanEntries_untilTheControllerReportsItsHead() {
        SubmissionRing ring = ring(TestMemory.window(4 * SubmissionEntry.SIZE_BYTES), 4);
        push(ring, 3);
        ring.ring();
        assertRung(3);
        assertThat(ring.isFull()).isTrue();
        ring.consumedTo(1);
        assertThat(ring.isFull()).isFalse();
        push(ring, 1); // slot 3; the tail wraps
        assertThat(ring.isFull()).isTrue();
        ring.ring();
        assertRung(0);
        ring.consumedTo(0);
        push(ring, 3);
        assertThat(ring.isFull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 65_536})
    void twoHundredLaps_putEveryCommandIntoTheNextSlot(int entryCount) {
        MemoryWindow queue = TestMemory.window((long) entryCount * SubmissionEntry.SIZE_BYTES);
        SubmissionRing ring = ring(queue, entryCount);
        int head = 0;
        int next = 0;
        for (int batch = 0; batch < 200 * entryCount / (entryCount - 1); batch++) {
            int first = next;
            while (!ring.isFull()) {
                ring.draft().commandId(next++ & 0xFFFF);
                ring.push();
            }
            ring.ring();
            assertThat(next - first).isEqualTo(entryCount - 1);
            for (int id = first; id != next; id++) {
                if (commandId(queue, head) != (id & 0xFFFF)) {
                    throw new AssertionError("slot " + head + " holds another command");
                }
                head = (head + 1) % entryCount;
            }
            assertRung(head);
            ring.consumedTo(head);
        }
    }

    private SubmissionRing ring(MemoryWindow queue, int entryCount) {
        return new SubmissionRing(
                TestMemory.machine(4096), queue, entryCount, lane.getRef(), DOORBELL);
    }

    private static void push(SubmissionRing ring, int count) {
        for (int i = 0; i < count; i++) {
            ring.draft();
            ring.push();
        }
    }

    private static int commandId(MemoryWindow queue, int slot) {
        return queue.getInt((long) slot * SubmissionEntry.SIZE_BYTES) >>> 16;
    }

    private void assertRung(int tail) {
        assertThat(lane.getAllReceived())
                .containsExactly(new PciAccess.BarWrite(0, DOORBELL, 4, tail));
    }
}
