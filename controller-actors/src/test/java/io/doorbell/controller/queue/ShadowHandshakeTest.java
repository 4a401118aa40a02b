package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.controller.queue.InterleavingExplorer.Explored;
import io.doorbell.controller.queue.InterleavingExplorer.State;
import io.doorbell.controller.queue.InterleavingExplorer.StoreOrder;
import io.doorbell.controller.queue.InterleavingExplorer.Violation;
import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The handshake by shadow buffers (Base §5.8, Annex B.5), proven: {@link Doorbell}, {@link
 * ShadowDoorbells} and {@link DoorbellFile} as they are against hosts of every arithmetic in use,
 * in every interleaving, with store buffers. A register write of the host is a message, so it may
 * arrive as late as it likes.
 *
 * <p>No wake-up is lost: once all is quiet, a sleeping queue has seen the last tail of the host.
 * That includes the switch, whose completion may overtake rings of a host that knew of no buffers.
 */
class ShadowHandshakeTest {
    private static final int REGISTER = 0;
    private static final int FLAG = 1;
    private static final int SHADOW = 2;
    private static final int EVENT_INDEX = 3;
    private static final int COMPLETION = 4;
    private static final int WRITES = 5; // register writes on their way: value + 1 of each
    private static final int WRITES_MAX = 4;
    private static final int SLOT = 0;
    private static final int TAIL_1 = Doorbells.submissionTailIndex(1);
    private static final int QUEUE = 2;

    /** How a host finds out that its move passes EventIdx. */
    enum Arithmetic {
        ANNEX {
            @Override
            boolean passes(int event, int next, int old, int entryCount) {
                return Math.floorMod(next - event, entryCount)
                        <= Math.floorMod(next - old, entryCount);
            }
        },
        SPDK {
            @Override
            boolean passes(int event, int next, int old, int entryCount) {
                return ((next - event) & 0xFFFF) <= ((next - old) & 0xFFFF);
            }
        },
        LINUX {
            @Override
            boolean passes(int event, int next, int old, int entryCount) {
                return ((next - event - 1) & 0xFFFF) < ((next - old) & 0xFFFF);
            }
        };

        abstract boolean passes(int event, int next, int old, int entryCount);
    }

    /**
     * What is played: a queue at some tail, and a host that adds one entry at a time.
     *
     * @param first the tail before
     * @param lateRings moves that are rung by register, before the switch is known
     * @param moves moves that are published in the buffer
     * @param looks how often the queue goes to sleep
     */
    private record Play(
            Arithmetic arithmetic, int entryCount, int first, int lateRings, int moves, int looks) {
        int tail(int move) {
            return (first + move) % entryCount;
        }

        int last() {
            return tail(lateRings + moves);
        }
    }

    /** Publishes, fences, looks at EventIdx, and writes the register if it was passed. */
    private record Host(InterleavingExplorer machine, Play play, boolean fenced)
            implements Runnable {
        @Override
        public void run() {
            int writes = 0;
            for (int move = 1; move <= play.lateRings(); move++) {
                machine.exchange(WRITES + writes++, play.tail(move) + 1);
            }
            machine.await(COMPLETION);
            for (int move = 1; move <= play.moves(); move++) {
                int next = play.tail(play.lateRings() + move);
                int old = machine.load(SHADOW);
                machine.store(SHADOW, next);
                if (fenced) {
                    machine.fence();
                }
                int event = machine.load(EVENT_INDEX);
                if (play.arithmetic().passes(event, next, old, play.entryCount())) {
                    machine.exchange(WRITES + writes++, next + 1);
                }
            }
        }
    }

    /** {@code DoorbellMemory}: takes register writes in order. */
    private record Registers(InterleavingExplorer machine, DoorbellFile file) implements Runnable {
        @Override
        public void run() {
            for (int write = 0; write < WRITES_MAX; write++) {
                if (file.ring(SLOT, machine.await(WRITES + write) - 1)) {
                    machine.send();
                }
            }
        }
    }

    /** A submission queue: is switched, then fetches, says that it is busy, and sleeps. */
    private static final class Queue implements Runnable {
        private final InterleavingExplorer machine;
        private final DoorbellFile file;
        private final Play play;
        private final TestInbox<DoorbellMemory.Command> rejects = TestInbox.create();
        private int seen;
        private boolean asleep;

        Queue(InterleavingExplorer machine, DoorbellFile file, Play play) {
            this.machine = machine;
            this.file = file;
            this.play = play;
        }

        @Override
        public void run() {
            asleep = false;
            Doorbell tail = new Doorbell(file, SLOT, TAIL_1, play.entryCount(), rejects.getRef());
            tail.publish(play.first());
            tail.useShadow(
                    new ShadowDoorbells(
                            new ModelWord(machine, SHADOW),
                            new ModelWord(machine, EVENT_INDEX),
                            0));
            machine.exchange(COMPLETION, 1);
            for (int look = 0; look < play.looks(); look++) {
                seen = tail.value();
                tail.publish(seen); // all is fetched
                if (tail.arm(seen)) {
                    asleep = true;
                    machine.receive();
                    asleep = false;
                }
                tail.stayAwake();
            }
        }

        void check(State end) {
            assertThat(rejects.hasMessages()).as("values the queue found wrong").isFalse();
            if (asleep) {
                assertThat(seen)
                        .as("tail that the sleeping queue has seen; its wake-up was lost")
                        .isEqualTo(play.last());
                assertThat(end.messages()).as("wakes that it did not take").isZero();
            }
        }
    }

    private static Explored explore(
            StoreOrder order,
            Play play,
            boolean hostFenced,
            Function<InterleavingExplorer, DoorbellFile> make) {
        Integer[] memory = new Integer[WRITES + WRITES_MAX];
        Arrays.fill(memory, 0);
        memory[REGISTER] = play.first();
        memory[SHADOW] = 0x5A;
        InterleavingExplorer machine = new InterleavingExplorer(order, memory);
        DoorbellFile file = make.apply(machine);
        Queue queue = new Queue(machine, file, play);
        return machine.program(new Host(machine, play, hostFenced))
                .program(new Registers(machine, file))
                .program(queue)
                .atEnd(queue::check)
                .explore();
    }

    private static Explored explore(StoreOrder order, Play play) {
        return explore(order, play, true, ShadowHandshakeTest::register);
    }

    private static DoorbellFile register(InterleavingExplorer machine) {
        return new ModelRegister(machine, REGISTER, FLAG);
    }

    private static void exploreAll(StoreOrder order, int lateRings, int moves, int looks) {
        for (Arithmetic arithmetic : Arithmetic.values()) {
            for (int entryCount : new int[] {4, 65_536}) {
                for (int first : new int[] {0, entryCount - 1}) {
                    explore(
                            order,
                            new Play(arithmetic, entryCount, first, lateRings, moves, looks));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StoreOrder.class)
    void publishAndSleep_everyInterleaving_losesNoWake(StoreOrder order) {
        for (int looks = 1; looks <= 3; looks++) {
            exploreAll(order, 0, 1, looks);
            exploreAll(order, 0, 2, looks);
        }
        exploreAll(order, 0, 3, 2);
    }

    @ParameterizedTest
    @EnumSource(StoreOrder.class)
    void ringsUnderWayDuringTheSwitch_everyInterleaving_areNotLost(StoreOrder order) {
        for (int looks = 1; looks <= 2; looks++) {
            exploreAll(order, 1, 0, looks);
            exploreAll(order, 2, 0, looks);
            exploreAll(order, 1, 1, looks);
        }
        exploreAll(order, 1, 2, 1);
        exploreAll(order, 2, 1, 1);
    }

    @Test
    void theLargestExploration_coversABillionInterleavings() {
        Explored explored =
                explore(StoreOrder.TOTAL, new Play(Arithmetic.LINUX, 65_536, 65_535, 1, 2, 2));
        assertThat(explored.interleavings()).isGreaterThan(BigInteger.valueOf(1_000_000_000));
    }

    // Each piece is needed, and the explorer says so.

    private static final class Unfenced extends ModelRegister {
        Unfenced(InterleavingExplorer machine) {
            super(machine, REGISTER, FLAG);
        }

        @Override
        void fullFence() {
            if (machine.running() != QUEUE) {
                super.fullFence();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Arithmetic.class)
    void withoutTheFenceOfTheQueue_aWakeIsLost(Arithmetic arithmetic) {
        assertThatThrownBy(
                        () ->
                                explore(
                                        StoreOrder.TOTAL,
                                        new Play(arithmetic, 4, 1, 0, 1, 1),
                                        true,
                                        Unfenced::new))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("its wake-up was lost");
    }

    @ParameterizedTest
    @EnumSource(Arithmetic.class)
    void withoutTheFenceOfTheHost_aWakeIsLost(Arithmetic arithmetic) {
        assertThatThrownBy(
                        () ->
                                explore(
                                        StoreOrder.TOTAL,
                                        new Play(arithmetic, 4, 1, 0, 2, 2),
                                        false,
                                        ShadowHandshakeTest::register))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("its wake-up was lost");
    }
}
