package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.controller.pci.InterruptTrace;
import io.doorbell.controller.pci.MsixVector;
import io.doorbell.controller.pci.VectorSwitch;
import io.doorbell.controller.queue.Interrupt.Coalescing;
import io.doorbell.controller.queue.Interrupt.Configure;
import io.doorbell.controller.queue.Interrupt.Posted;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** When a vector speaks (Base §5.27.1.6). Times are whole milliseconds of virtual time. */
class InterruptTest {
    private static final PumpedSystem SYSTEM = new PumpedSystem();
    private static final MsixMessage MESSAGE = new MsixMessage(0xFEE0_0000L, 33);
    private static final int TIME_MILLIS = 10;
    private static final Coalescing FOUR_OR_10_MILLIS = new Coalescing(4, TIME_MILLIS * 1_000);

    private final Shard shard = new Shard(0, new Placement(1, 1), SYSTEM.dispatcher());
    private final TestInbox<MsixMessage> host = TestInbox.create();
    private final MsixVector vector = new MsixVector(0, InterruptTrace.NONE);
    private final VectorSwitch mask = new VectorSwitch(vector, host.getRef(), MESSAGE);

    private final AtomicLong clock = new AtomicLong();

    @AfterAll
    static void close() {
        SYSTEM.close();
    }

    private ActorRef<Interrupt.Command> interrupt(Coalescing coalescing) {
        mask.open();
        return SYSTEM.spawn(Interrupt.create(vector, shard, coalescing));
    }

    private int messages() {
        SYSTEM.settle();
        return host.getAllReceived().size();
    }

    @Test
    void off_everyPostedBatchIsOneMessage() {
        ActorRef<Interrupt.Command> interrupt = interrupt(Coalescing.OFF);
        for (int i = 0; i < 5; i++) {
            interrupt.tell(new Posted(3, false));
        }
        SYSTEM.settle();
        assertThat(host.getAllReceived()).hasSize(5).containsOnly(MESSAGE);
        assertThat(shard.counters().interruptsNotCoalesced).isEqualTo(5);
    }

    @Test
    void thresholdOrTimeZero_nothingIsWithheld() {
        ActorRef<Interrupt.Command> thresholdOne = interrupt(new Coalescing(1, 5_000));
        thresholdOne.tell(new Posted(1, false));
        assertThat(messages()).isEqualTo(1);
        ActorRef<Interrupt.Command> timeZero = interrupt(new Coalescing(8, 0));
        timeZero.tell(new Posted(1, false));
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void threshold_firesWhenReachedAndStopsTheTimer() {
        ActorRef<Interrupt.Command> interrupt = interrupt(FOUR_OR_10_MILLIS);
        interrupt.tell(new Posted(3, false));
        assertThat(messages()).isZero();
        interrupt.tell(new Posted(1, false));
        assertThat(messages()).isEqualTo(1);
        SYSTEM.passMillis(3 * TIME_MILLIS);
        assertThat(messages()).isZero();
        assertThat(shard.counters().interruptsByThreshold).isEqualTo(1);
        assertThat(shard.counters().interruptsByTime).isZero();
    }

    @Test
    void threshold_passedByALargeBatch_isOneMessage() {
        ActorRef<Interrupt.Command> interrupt = interrupt(FOUR_OR_10_MILLIS);
        interrupt.tell(new Posted(3, false));
        interrupt.tell(new Posted(64, false));
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void time_countsFromTheFirstWithheldEntry() {
        ActorRef<Interrupt.Command> interrupt = interrupt(FOUR_OR_10_MILLIS);
        interrupt.tell(new Posted(1, false));
        SYSTEM.passMillis(TIME_MILLIS - 1);
        interrupt.tell(new Posted(1, false));
        assertThat(messages()).isZero();
        SYSTEM.passMillis(1);
        assertThat(messages()).isEqualTo(1);
        assertThat(shard.counters().interruptsByTime).isEqualTo(1);
        SYSTEM.passMillis(2 * TIME_MILLIS);
        assertThat(messages()).as("nothing is withheld, nothing is told").isZero();
    }

    @Test
    void time_startsAgainForTheNextEntry() {
        ActorRef<Interrupt.Command> interrupt = interrupt(FOUR_OR_10_MILLIS);
        for (int round = 0; round < 3; round++) {
            interrupt.tell(new Posted(1, false));
            SYSTEM.passMillis(TIME_MILLIS - 1);
            assertThat(messages()).isZero();
            SYSTEM.passMillis(1);
            assertThat(messages()).isEqualTo(1);
        }
    }

    @Test
    void urgent_isNotWithheldAndTakesTheWithheldAlong() {
        ActorRef<Interrupt.Command> interrupt = interrupt(FOUR_OR_10_MILLIS);
        interrupt.tell(new Posted(2, false));
        interrupt.tell(new Posted(1, true));
        assertThat(messages()).isEqualTo(1);
        SYSTEM.passMillis(2 * TIME_MILLIS);
        assertThat(messages()).isZero();
    }

    @Test
    void configure_whileWithheld_firesAtOnceAndUsesTheNewValuesFromThenOn() {
        ActorRef<Interrupt.Command> interrupt = interrupt(FOUR_OR_10_MILLIS);
        interrupt.tell(new Posted(3, false));
        interrupt.tell(new Configure(new Coalescing(2, 3_000)));
        assertThat(messages()).isEqualTo(1);
        interrupt.tell(new Posted(1, false));
        SYSTEM.passMillis(2);
        assertThat(messages()).isZero();
        SYSTEM.passMillis(1);
        assertThat(messages()).isEqualTo(1);
        interrupt.tell(new Configure(Coalescing.OFF));
        assertThat(messages()).isZero();
        interrupt.tell(new Posted(1, false));
        assertThat(messages()).isEqualTo(1);
    }

    /**
     * The timer's message was on its way while the threshold fired and a new entry was withheld.
     * The new entry's timer was forgotten then: it could not be stopped, and cut the next wait
     * short.
     */
    @Test
    void time_lateMessageOfAStoppedTimer_leavesNoSecondTimerRunning() {
        ActorRef<Interrupt.Command> interrupt = interrupt(FOUR_OR_10_MILLIS);
        interrupt.tell(new Posted(1, false));
        SYSTEM.settle();
        interrupt.tell(new Posted(3, false)); // the threshold
        interrupt.tell(new Posted(1, false)); // a new timer
        SYSTEM.passMillisUnseen(TIME_MILLIS); // the old one
        assertThat(messages()).as("by threshold, and early by the late message").isEqualTo(2);
        SYSTEM.passMillis(TIME_MILLIS / 2);
        interrupt.tell(new Posted(1, false));
        SYSTEM.passMillis(TIME_MILLIS - 1);
        assertThat(messages()).as("its time has not come").isZero();
        SYSTEM.passMillis(1);
        assertThat(messages()).isEqualTo(1);
    }

    @Test
    void masked_messagesBecomeOnePendingThatOpeningSendsOnce() {
        ActorRef<Interrupt.Command> interrupt = interrupt(Coalescing.OFF);
        mask.close();
        interrupt.tell(new Posted(1, false));
        interrupt.tell(new Posted(1, false));
        assertThat(messages()).isZero();
        assertThat(mask.isPending()).isTrue();
        assertThat(shard.counters().interruptsMasked).isEqualTo(2);
        mask.open();
        assertThat(mask.isPending()).isFalse();
        assertThat(messages()).isEqualTo(1);
        mask.close();
        mask.open();
        assertThat(messages()).isZero();
    }

    /** Whatever was posted, and however the host configures: a message follows within the time. */
    @Test
    void everyPostedEntry_isFollowedByAMessageWithinTheTime() {
        RandomGenerator random = Seeds.random("InterruptTest.everyPostedEntry");
        ActorRef<Interrupt.Command> interrupt = interrupt(FOUR_OR_10_MILLIS);
        for (int round = 0; round < 20; round++) {
            boolean untold = false;
            for (int step = random.nextInt(1, 100); step > 0; step--) {
                if (random.nextInt(10) == 0) {
                    int timeMicros = random.nextInt(TIME_MILLIS + 1) * 1_000;
                    interrupt.tell(
                            new Configure(new Coalescing(random.nextInt(1, 40), timeMicros)));
                    untold &= messages() == 0;
                    assertThat(untold).as("configuring tells what was withheld").isFalse();
                }
                interrupt.tell(new Posted(random.nextInt(1, 4), random.nextInt(20) == 0));
                untold = messages() == 0;
            }
            SYSTEM.passMillis(TIME_MILLIS);
            assertThat(messages()).as("round %d", round).isEqualTo(untold ? 1 : 0);
        }
    }

    /** A vector that has told of three entries every 180 us of its clock for a while. */
    private ActorRef<Interrupt.Command> moderated() {
        mask.open();
        ActorRef<Interrupt.Command> interrupt =
                SYSTEM.spawn(Interrupt.create(vector, shard, Coalescing.OFF, clock::get));
        for (int i = 0; i < 80; i++) {
            clock.addAndGet(180_000);
            interrupt.tell(new Posted(3, true)); // counts, and does not wait
            SYSTEM.settle();
        }
        assertThat(messages()).isEqualTo(80);
        return interrupt;
    }

    @Test
    void moderated_waitsAndTellsOfAllThatCameMeanwhile() {
        ActorRef<Interrupt.Command> interrupt = moderated();

        interrupt.tell(new Posted(2, false));
        assertThat(messages()).isZero();
        interrupt.tell(new Posted(1, false));
        assertThat(messages()).isZero();
        SYSTEM.passMillis(1);
        assertThat(messages()).isEqualTo(1);
        SYSTEM.passMillis(5);
        assertThat(messages()).isZero();
    }

    @Test
    void moderated_urgentDoesNotWait() {
        ActorRef<Interrupt.Command> interrupt = moderated();

        interrupt.tell(new Posted(2, false));
        interrupt.tell(new Posted(1, true));
        assertThat(messages()).isEqualTo(1);
        SYSTEM.passMillis(5);
        assertThat(messages()).isZero();
    }

    @Test
    void moderated_coalescingOfTheHostGoesFirst() {
        ActorRef<Interrupt.Command> interrupt = moderated();

        interrupt.tell(new Configure(FOUR_OR_10_MILLIS));
        interrupt.tell(new Posted(3, false));
        SYSTEM.passMillis(TIME_MILLIS - 1);
        assertThat(messages()).isZero();
        SYSTEM.passMillis(1);
        assertThat(messages()).isEqualTo(1);
    }
}
