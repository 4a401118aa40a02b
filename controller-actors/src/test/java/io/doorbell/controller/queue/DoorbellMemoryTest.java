package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.queue.DoorbellMemory.Attach;
import io.doorbell.controller.queue.DoorbellMemory.Attached;
import io.doorbell.controller.queue.DoorbellMemory.Detach;
import io.doorbell.controller.queue.DoorbellMemory.Detached;
import io.doorbell.controller.queue.DoorbellMemory.DoorbellChanged;
import io.doorbell.controller.queue.DoorbellMemory.InvalidDoorbell;
import io.doorbell.controller.queue.DoorbellMemory.ReadCounters;
import io.doorbell.controller.queue.DoorbellMemory.Reset;
import io.doorbell.controller.queue.DoorbellMemory.ResetDone;
import io.doorbell.controller.queue.DoorbellMemory.Ring;
import io.doorbell.controller.queue.DoorbellMemory.Synchronize;
import io.doorbell.controller.queue.DoorbellMemory.Synchronized;
import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class DoorbellMemoryTest {
    private static final PumpedSystem SYSTEM = new PumpedSystem();
    private static final int TAIL_1 = Doorbells.submissionTailIndex(1);
    private static final int HEAD_1 = Doorbells.completionHeadIndex(1);
    private static final int ENTRIES = 16;

    private final DeviceRig rig = new DeviceRig(SYSTEM);
    private final TestInbox<DoorbellChanged> queue = TestInbox.create();

    @AfterAll
    static void close() {
        SYSTEM.close();
    }

    @Test
    void ring_armed_storesAndWakesOnce() {
        attach(TAIL_1);
        assertThat(rig.doorbell(TAIL_1).arm(0)).isTrue();
        ring(TAIL_1, 3);
        ring(TAIL_1, 5);
        assertThat(rig.doorbell(TAIL_1).value()).isEqualTo(5);
        assertThat(queue.getAllReceived()).containsExactly(new DoorbellChanged(TAIL_1, 3));
    }

    @Test
    void ring_stormWhileTheQueueIsBusy_costsOneWakeWhenItSleeps() {
        attach(TAIL_1);
        Doorbell tail = rig.doorbell(TAIL_1);
        int seen = tail.value();
        storm(tail);
        assertThat(queue.hasMessages()).as("a busy queue is left alone").isFalse();
        assertThat(tail.arm(seen)).as("10,000 is a multiple of 16: nothing new").isTrue();
        storm(tail);
        assertThat(queue.getAllReceived()).containsExactly(new DoorbellChanged(TAIL_1, 1));
        assertThat(rig.shard.counters().wakes).isEqualTo(1);
        assertThat(rig.shard.counters().submissionRings).isEqualTo(20_000);
    }

    /** A host that rings for each command, and a queue that fetches each at once. */
    private void storm(Doorbell tail) {
        for (int i = 1; i <= 10_000; i++) {
            ring(TAIL_1, i % ENTRIES);
            tail.publish(i % ENTRIES);
        }
    }

    @Test
    void ring_sameValue_isReportedAndChangesNothing() {
        attach(TAIL_1);
        ring(TAIL_1, 3);
        assertThat(rig.doorbell(TAIL_1).arm(3)).isTrue();
        ring(TAIL_1, 3);
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(new InvalidDoorbell(TAIL_1, 3, false));
        assertThat(queue.hasMessages()).isFalse();
        ring(TAIL_1, 4);
        assertThat(queue.getAllReceived()).containsExactly(new DoorbellChanged(TAIL_1, 4));
    }

    @Test
    void ring_tailPastTheHead_isReported_upToTheLastFreeSlotIsTaken() {
        attach(TAIL_1);
        ring(TAIL_1, 10);
        rig.doorbell(TAIL_1).publish(6); // 4 of 10 are still to be fetched: 11 slots are free
        ring(TAIL_1, 6);
        ring(TAIL_1, 7);
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(
                        new InvalidDoorbell(TAIL_1, 6, false),
                        new InvalidDoorbell(TAIL_1, 7, false));
        ring(TAIL_1, 5);
        assertThat(rig.invalid.hasMessages()).isFalse();
        assertThat(rig.doorbell(TAIL_1).value()).isEqualTo(5);
    }

    @Test
    void ring_headPastTheTail_isReported_upToTheTailIsTaken() {
        attach(HEAD_1);
        ring(HEAD_1, 1);
        rig.doorbell(HEAD_1).publish(3);
        ring(HEAD_1, 4);
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(
                        new InvalidDoorbell(HEAD_1, 1, false),
                        new InvalidDoorbell(HEAD_1, 4, false));
        ring(HEAD_1, 3);
        assertThat(rig.doorbell(HEAD_1).value()).isEqualTo(3);
        assertThat(rig.invalid.hasMessages()).isFalse();
    }

    @Test
    void ring_tailAndHeadOfOneQueue_areTwoDoorbells() {
        TestInbox<DoorbellChanged> completionQueue = TestInbox.create();
        attach(TAIL_1);
        rig.attach(HEAD_1, ENTRIES, completionQueue.getRef());
        rig.settle();
        assertThat(rig.doorbell(TAIL_1).arm(0)).isTrue();
        assertThat(rig.doorbell(HEAD_1).arm(0)).isTrue();
        rig.doorbell(HEAD_1).publish(2);
        ring(HEAD_1, 2);
        assertThat(queue.hasMessages()).isFalse();
        assertThat(completionQueue.getAllReceived())
                .containsExactly(new DoorbellChanged(HEAD_1, 2));
        assertThat(rig.doorbell(TAIL_1).value()).isZero();
    }

    @Test
    void ring_queueNeverCreated_isReportedAndChangesNothing() {
        ring(TAIL_1, 1);
        ring(HEAD_1, 0);
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(
                        new InvalidDoorbell(TAIL_1, 1, true), new InvalidDoorbell(HEAD_1, 0, true));
        assertThat(rig.doorbell(TAIL_1).value()).isZero();
        assertThat(rig.shard.counters().invalidRings).isEqualTo(2);
        assertThat(rig.shard.counters().submissionRings).isZero();
    }

    @Test
    void ring_queueIdBeyondTheLast_isReportedAndTouchesNoOtherQueue() {
        rig.attach(Doorbells.submissionTailIndex(0), ENTRIES, queue.getRef());
        int beyond = Doorbells.submissionTailIndex(DeviceRig.QUEUE_ID_MAX + 1);
        int last = Doorbells.completionHeadIndex(0xFFFF);
        ring(beyond, 1);
        ring(last, 1);
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(
                        new InvalidDoorbell(beyond, 1, true), new InvalidDoorbell(last, 1, true));
        assertThat(rig.doorbell(Doorbells.submissionTailIndex(0)).value()).isZero();
    }

    @Test
    void ring_valueNotBelowTheEntries_isReportedAndWakesNobody() {
        attach(TAIL_1);
        assertThat(rig.doorbell(TAIL_1).arm(0)).isTrue();
        ring(TAIL_1, ENTRIES);
        ring(TAIL_1, 0xFFFF);
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(
                        new InvalidDoorbell(TAIL_1, ENTRIES, false),
                        new InvalidDoorbell(TAIL_1, 0xFFFF, false));
        assertThat(rig.doorbell(TAIL_1).value()).isZero();
        assertThat(queue.hasMessages()).isFalse();
        ring(TAIL_1, ENTRIES - 1);
        assertThat(queue.getAllReceived())
                .containsExactly(new DoorbellChanged(TAIL_1, ENTRIES - 1));
    }

    @Test
    void ring_valueWithTheTopBitSet_isReported() {
        attach(TAIL_1);
        ring(TAIL_1, 0x8000_0001);
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(new InvalidDoorbell(TAIL_1, 0x8000_0001, false));
        assertThat(rig.doorbell(TAIL_1).value()).isZero();
    }

    @Test
    void ring_largestQueue_takesEveryValueOf16Bits() {
        rig.attach(TAIL_1, 65_536, queue.getRef());
        ring(TAIL_1, 65_535);
        assertThat(rig.doorbell(TAIL_1).value()).isEqualTo(65_535);
        assertThat(rig.invalid.hasMessages()).isFalse();
    }

    @Test
    void attach_isAnswered() {
        TestInbox<Attached> answer = TestInbox.create();
        rig.doorbells.tell(new Attach(TAIL_1, ENTRIES, queue.getRef(), answer.getRef()));
        rig.settle();
        assertThat(answer.getAllReceived()).containsExactly(new Attached(TAIL_1));
    }

    @Test
    void detach_readsZeroWakesNobodyAndIsReportedFromThenOn() {
        attach(TAIL_1);
        ring(TAIL_1, 4);
        assertThat(rig.doorbell(TAIL_1).arm(4)).isTrue();
        TestInbox<Detached> answer = TestInbox.create();
        rig.doorbells.tell(new Detach(TAIL_1, answer.getRef()));
        rig.settle();
        assertThat(answer.getAllReceived()).containsExactly(new Detached(TAIL_1));
        assertThat(rig.doorbell(TAIL_1).value()).isZero();
        ring(TAIL_1, 5);
        assertThat(queue.hasMessages()).isFalse();
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(new InvalidDoorbell(TAIL_1, 5, true));
    }

    @Test
    void attach_afterDetach_nothingOfTheFormerQueueIsLeft() {
        attach(TAIL_1);
        ring(TAIL_1, 4);
        assertThat(rig.doorbell(TAIL_1).arm(4)).isTrue();
        rig.doorbells.tell(new Detach(TAIL_1, TestInbox.<Detached>create().getRef()));
        TestInbox<DoorbellChanged> next = TestInbox.create();
        rig.attach(TAIL_1, 4, next.getRef());
        rig.settle();
        ring(TAIL_1, 1);
        assertThat(queue.hasMessages()).isFalse();
        assertThat(next.hasMessages()).as("it has not armed yet").isFalse();
        ring(TAIL_1, 4);
        assertThat(rig.invalid.getAllReceived())
                .containsExactly(new InvalidDoorbell(TAIL_1, 4, false));
    }

    @Test
    void reset_everyDoorbellReadsZeroAndBelongsToNobody() {
        for (int queueId = 0; queueId <= DeviceRig.QUEUE_ID_MAX; queueId++) {
            attach(Doorbells.submissionTailIndex(queueId));
            attach(Doorbells.completionHeadIndex(queueId));
            ring(Doorbells.submissionTailIndex(queueId), 3);
            assertThat(rig.doorbell(Doorbells.submissionTailIndex(queueId)).arm(3)).isTrue();
        }
        TestInbox<ResetDone> answer = TestInbox.create();
        rig.doorbells.tell(new Reset(answer.getRef()));
        rig.settle();
        assertThat(answer.getAllReceived()).containsExactly(new ResetDone(0));
        for (int queueId = 0; queueId <= DeviceRig.QUEUE_ID_MAX; queueId++) {
            assertThat(rig.doorbell(Doorbells.submissionTailIndex(queueId)).value()).isZero();
            ring(Doorbells.submissionTailIndex(queueId), 1);
        }
        assertThat(queue.hasMessages()).isFalse();
        assertThat(rig.invalid.getAllReceived()).hasSize(DeviceRig.QUEUE_ID_MAX + 1);
    }

    @Test
    void synchronize_isAnsweredAfterEveryEarlierRing() {
        attach(TAIL_1);
        Doorbell tail = rig.doorbell(TAIL_1);
        int[] seen = new int[1];
        TestInbox<Synchronized> answer = TestInbox.create();
        for (int value = 1; value < ENTRIES; value++) {
            rig.doorbells.tell(new Ring(TAIL_1, value));
        }
        rig.doorbells.tell(new Synchronize(answer.getRef()));
        while (!answer.hasMessages() && SYSTEM.pump.step()) {
            seen[0] = tail.value();
        }
        assertThat(seen[0]).isEqualTo(ENTRIES - 1);
        assertThat(answer.getAllReceived()).containsExactly(new Synchronized(0));
    }

    @Test
    void floodOfInvalidRings_isReportedOnlyAsFastAsReportsAreDealtWith() {
        for (int i = 0; i < 1000; i++) {
            ring(TAIL_1, 1);
        }
        assertThat(rig.invalid.getAllReceived()).hasSize(DoorbellMemory.REPORTS_MAX);
        assertThat(rig.shard.counters().invalidRings).isEqualTo(1000);
        for (int i = 0; i < 10; i++) {
            rig.doorbells.tell(DoorbellMemory.INVALID_NOTED);
        }
        for (int i = 0; i < 1000; i++) {
            ring(TAIL_1, 1);
        }
        assertThat(rig.invalid.getAllReceived()).hasSize(10);
        rig.doorbells.tell(new Reset(TestInbox.<ResetDone>create().getRef()));
        rig.doorbells.tell(DoorbellMemory.INVALID_NOTED); // of before
        for (int i = 0; i < 1000; i++) {
            ring(TAIL_1, 1);
        }
        assertThat(rig.invalid.getAllReceived()).hasSize(DoorbellMemory.REPORTS_MAX);
    }

    @Test
    void readCounters_givesACopy() {
        attach(TAIL_1);
        attach(HEAD_1);
        rig.doorbell(HEAD_1).publish(2);
        ring(TAIL_1, 1);
        ring(HEAD_1, 1);
        ring(HEAD_1, 2);
        ring(HEAD_1, ENTRIES);
        TestInbox<ShardCounters> answer = TestInbox.create();
        rig.doorbells.tell(new ReadCounters(answer.getRef()));
        rig.settle();
        ShardCounters counters = answer.receiveMessage();
        ring(TAIL_1, 2);
        assertThat(counters.submissionRings).isEqualTo(1);
        assertThat(counters.completionRings).isEqualTo(2);
        assertThat(counters.invalidRings).isEqualTo(1);
        assertThat(counters.wakes).isZero();
    }

    private void attach(int doorbell) {
        rig.attach(doorbell, ENTRIES, queue.getRef());
        rig.settle();
    }

    private void ring(int doorbell, int value) {
        rig.doorbells.tell(new Ring(doorbell, value));
        rig.settle();
    }
}
