package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.CompletionEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class VectorHandlerTest {
    private final TestInbox<PciAccess> lane = TestInbox.create("lane");
    private final TestInbox<HostMessage> first = TestInbox.create("first");
    private final TestInbox<HostMessage> second = TestInbox.create("second");
    private final MemoryWindow firstMemory = TestMemory.window(2 * CompletionEntry.SIZE_BYTES);
    private final MemoryWindow secondMemory = TestMemory.window(2 * CompletionEntry.SIZE_BYTES);
    private final BehaviorTestKit<HostMessage> handler =
            BehaviorTestKit.create(VectorHandler.create());

    @Test
    void interrupt_wakesOnlyQueuesWithNewEntries() {
        handler.run(new VectorHandler.Join(ring(firstMemory), first.getRef()));
        handler.run(new VectorHandler.Join(ring(secondMemory), second.getRef()));
        interrupt();
        assertThat(first.hasMessages() || second.hasMessages()).isFalse();

        post(secondMemory);
        interrupt();
        assertThat(first.hasMessages()).isFalse();
        second.receiveMessage();

        post(firstMemory);
        interrupt();
        first.receiveMessage();
        assertThat(lane.hasMessages()).as("a look consumes nothing").isFalse();
    }

    @Test
    void stormOfInterrupts_wakesAQueueOnceUntilItHasLooked() {
        handler.run(new VectorHandler.Join(ring(firstMemory), first.getRef()));
        post(firstMemory);
        interrupt();
        interrupt();
        assertThat(first.getAllReceived()).hasSize(1);

        GuestQueue.InterruptReceived wake = wakeAgainAfterLooking();
        assertThat(wake.isOnItsWay).isTrue();
    }

    private GuestQueue.InterruptReceived wakeAgainAfterLooking() {
        handler.run(new VectorHandler.Join(ring(firstMemory), second.getRef()));
        interrupt();
        GuestQueue.InterruptReceived wake = (GuestQueue.InterruptReceived) second.receiveMessage();
        wake.isOnItsWay = false; // what the queue does before it looks
        interrupt();
        return (GuestQueue.InterruptReceived) second.receiveMessage();
    }

    private void interrupt() {
        handler.run(new MsixMessage(0, 1));
    }

    private CompletionRing ring(MemoryWindow memory) {
        return new CompletionRing(TestMemory.machine(4096), memory, 2, lane.getRef(), 0x100C);
    }

    private static void post(MemoryWindow memory) {
        memory.setLongRelease(
                CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                CompletionEntry.highQword(0, 1, 0, 0, true));
    }
}
