package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The order of stores, fences and doorbells, for hosts whose CPUs keep none of their own. */
class RingOrderTest {
    private static final int ENTRIES = 4;

    private final List<String> diary = new ArrayList<>();
    private final TestInbox<PciAccess> lane = TestInbox.create("lane");
    private final GuestMemory memory = new FencedMemory(diary, lane::hasMessages);
    private final MemoryWindow entries = TestMemory.window(ENTRIES * SubmissionEntry.SIZE_BYTES);
    private final MemoryWindow window = new FencedWindow(entries, diary);
    private final SubmissionRing submission =
            new SubmissionRing(memory, window, ENTRIES, lane.getRef(), 0x1008);
    private final CompletionRing completion =
            new CompletionRing(memory, window, ENTRIES, lane.getRef(), 0x100C);

    @Test
    void entryIsFencedBeforeItsDoorbell() {
        submission.push(1, 2, 3, 4, 5);
        diary.clear();
        submission.ring();
        assertThat(diary).containsExactly(FencedMemory.STORE_FENCE);
        lane.receiveMessage();
        submission.ring();
        assertThat(diary).as("nothing to ring").hasSize(1);
    }

    @Test
    void bothDoorbellsTogether_areFencedOnce() {
        post();
        submission.push(1, 2, 3, 4, 5);
        completion.advance();
        diary.clear();
        submission.ringWith(completion);
        assertThat(diary).containsExactly(FencedMemory.STORE_FENCE);
        assertThat(lane.receiveMessage()).isInstanceOf(PciAccess.BarWritePair.class);
    }

    @Test
    void phaseIsReadFirst_withAcquire_andTheHeadIsGivenBackLast() {
        post();
        long high = completion.highQword();
        assertThat(completion.isNew(high)).isTrue();
        completion.lowQword();
        completion.advance();
        completion.ring();
        assertThat(diary)
                .containsExactly(FencedWindow.ACQUIRE, FencedWindow.LOAD, FencedMemory.STORE_FENCE);
    }

    @Test
    void registerWriteComesAfterEarlierStores() {
        BehaviorTestKit.create(
                Behaviors.<HostMessage>setup(
                        context -> {
                            new RegisterAccess(context, TestSettings.of(memory, lane.getRef()))
                                    .write(0x14, 1);
                            return Behaviors.empty();
                        }));
        assertThat(diary).containsExactly(FencedMemory.STORE_FENCE);
        lane.receiveMessage();
    }

    private void post() {
        entries.setLong(
                CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                CompletionEntry.highQword(0, 1, 0, 0, true));
    }
}
