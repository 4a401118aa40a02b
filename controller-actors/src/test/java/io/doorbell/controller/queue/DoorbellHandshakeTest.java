package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.controller.queue.InterleavingExplorer.Explored;
import io.doorbell.controller.queue.InterleavingExplorer.State;
import io.doorbell.controller.queue.InterleavingExplorer.StoreOrder;
import io.doorbell.controller.queue.InterleavingExplorer.Violation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;

/**
 * The waker contract, proven: {@link DoorbellFile#ring} and {@link DoorbellFile#arm} as they are,
 * in every interleaving of small programs, with store buffers.
 *
 * <ul>
 *   <li>No wake-up is lost: once all is quiet, a sleeping queue has seen the last value.
 *   <li>One wake at most for each arm, and none for an arm that said "look again".
 * </ul>
 *
 * The second half takes the handshake apart, one piece at a time, and sees the explorer object.
 */
class DoorbellHandshakeTest {
    private static final int VALUE = 0;
    private static final int FLAG = 1;
    private static final int SLOT = 0;
    private static final int RINGER = 0;
    private static final int QUEUE = 1;

    /** The real handshake on the explorer's memory. */
    private static class ModelFile extends ModelRegister {
        ModelFile(InterleavingExplorer machine) {
            super(machine, VALUE, FLAG);
        }
    }

    /** {@code DoorbellMemory}: rings, and sends the wakes it owes. */
    private record Ringer(InterleavingExplorer machine, DoorbellFile file, List<Integer> values)
            implements Runnable {
        @Override
        public void run() {
            for (int value : values) {
                if (file.ring(SLOT, value)) {
                    machine.send();
                }
            }
        }
    }

    /** A submission queue: looks, arms, sleeps until the wake comes, so many times. */
    private static final class Sleeper implements Runnable {
        private final InterleavingExplorer machine;
        private final DoorbellFile file;
        private final int armCount;
        private int seen;
        private boolean asleep;

        Sleeper(InterleavingExplorer machine, DoorbellFile file, int armCount) {
            this.machine = machine;
            this.file = file;
            this.armCount = armCount;
        }

        @Override
        public void run() {
            asleep = false;
            for (int i = 0; i < armCount; i++) {
                seen = file.value(SLOT);
                if (file.arm(SLOT, seen)) {
                    asleep = true;
                    machine.receive();
                    asleep = false;
                }
            }
        }

        void check(State end) {
            assertThat(end.messages()).as("wakes that nobody asked for").isZero();
            if (asleep) {
                assertThat(end.memory().get(VALUE))
                        .as("value that the sleeping queue has seen; its wake-up was lost")
                        .isEqualTo(seen);
            } else {
                assertThat(end.memory().get(FLAG)).as("flag of a queue that is awake").isZero();
            }
        }
    }

    /** A completion queue that arms again although an earlier arm still holds (it was unlinked). */
    private static final class Rearmer implements Runnable {
        private final DoorbellFile file;
        private final int armCount;
        private int seen;
        private boolean asleep;
        private int armsKept;

        Rearmer(DoorbellFile file, int armCount) {
            this.file = file;
            this.armCount = armCount;
        }

        @Override
        public void run() {
            armsKept = 0;
            for (int i = 0; i < armCount; i++) {
                seen = file.value(SLOT);
                asleep = file.arm(SLOT, seen);
                armsKept += asleep ? 1 : 0;
            }
        }

        void check(State end) {
            assertThat(end.messages()).as("wakes").isLessThanOrEqualTo(armsKept);
            if (asleep && end.memory().get(VALUE) != seen) {
                assertThat(end.messages()).as("wakes owed to a sleeping queue").isPositive();
                assertThat(end.memory().get(FLAG)).as("flag that nobody acted on").isZero();
            }
        }
    }

    private static Explored exploreSleeper(
            StoreOrder order,
            Function<InterleavingExplorer, DoorbellFile> make,
            int armCount,
            Integer... values) {
        InterleavingExplorer machine = new InterleavingExplorer(order, 0, 0);
        DoorbellFile file = make.apply(machine);
        Sleeper sleeper = new Sleeper(machine, file, armCount);
        return machine.program(new Ringer(machine, file, List.of(values)))
                .program(sleeper)
                .atEnd(sleeper::check)
                .explore();
    }

    private static Explored exploreRearmer(StoreOrder order, int armCount, Integer... values) {
        InterleavingExplorer machine = new InterleavingExplorer(order, 0, 0);
        DoorbellFile file = new ModelFile(machine);
        Rearmer rearmer = new Rearmer(file, armCount);
        return machine.program(new Ringer(machine, file, List.of(values)))
                .program(rearmer)
                .atEnd(rearmer::check)
                .explore();
    }

    @ParameterizedTest
    @EnumSource(StoreOrder.class)
    void ringAndArm_everyInterleaving_loseNoWakeAndSendNoneTwice(StoreOrder order) {
        for (int armCount = 1; armCount <= 3; armCount++) {
            exploreSleeper(order, ModelFile::new, armCount, 1);
            exploreSleeper(order, ModelFile::new, armCount, 1, 2);
            exploreSleeper(order, ModelFile::new, armCount, 1, 1, 2);
            exploreSleeper(
                    order, ModelFile::new, armCount, 1, 0, 1); // a lap: back to what was seen
            exploreSleeper(order, ModelFile::new, armCount, 1, 2, 3);
        }
    }

    @Test
    void theLargestExploration_coversABillionInterleavings() {
        Explored explored = exploreSleeper(StoreOrder.TOTAL, ModelFile::new, 3, 1, 2, 3);
        assertThat(explored.interleavings()).isGreaterThan(BigInteger.valueOf(1_000_000_000));
    }

    @ParameterizedTest
    @EnumSource(StoreOrder.class)
    void armingTwiceWithoutSleeping_everyInterleaving_losesNoWake(StoreOrder order) {
        for (int armCount = 1; armCount <= 3; armCount++) {
            exploreRearmer(order, armCount, 1);
            exploreRearmer(order, armCount, 1, 2);
            exploreRearmer(order, armCount, 1, 2, 3);
            exploreRearmer(order, armCount, 1, 0, 1);
        }
    }

    // What the explorer is worth: each piece of the handshake is needed, and it says so.

    private static final class UnfencedFile extends ModelFile {
        private final int unfenced;

        UnfencedFile(InterleavingExplorer machine, int unfenced) {
            super(machine);
            this.unfenced = unfenced;
        }

        @Override
        void fullFence() {
            if (machine.running() != unfenced) {
                super.fullFence();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RINGER, QUEUE})
    void withoutAFence_aWakeIsLost(int unfenced) {
        assertThatThrownBy(
                        () ->
                                exploreSleeper(
                                        StoreOrder.TOTAL,
                                        machine -> new UnfencedFile(machine, unfenced),
                                        1,
                                        1))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("its wake-up was lost");
    }

    private static final class ArmsBlindly extends ModelFile {
        ArmsBlindly(InterleavingExplorer machine) {
            super(machine);
        }

        @Override
        boolean arm(int slot, int seen) {
            storeFlag(slot, 1);
            fullFence();
            return true;
        }
    }

    @Test
    void withoutTheSecondLook_aWakeIsLost() {
        assertThatThrownBy(() -> exploreSleeper(StoreOrder.TOTAL, ArmsBlindly::new, 1, 1))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("its wake-up was lost");
    }

    private static final class LeavesTheFlag extends ModelFile {
        LeavesTheFlag(InterleavingExplorer machine) {
            super(machine);
        }

        @Override
        boolean arm(int slot, int seen) {
            storeFlag(slot, 1);
            fullFence();
            return loadValue(slot) == seen;
        }
    }

    @Test
    void withoutTakingTheFlagBack_theNextRingWakesAQueueThatIsAwake() {
        assertThatThrownBy(() -> exploreSleeper(StoreOrder.TOTAL, LeavesTheFlag::new, 1, 1))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("flag of a queue that is awake");
    }

    private static final class TakesInTwoSteps extends ModelFile {
        TakesInTwoSteps(InterleavingExplorer machine) {
            super(machine);
        }

        @Override
        boolean takeFlag(int slot) {
            boolean armed = loadFlag(slot) == 1;
            storeFlag(slot, 0);
            return armed;
        }
    }

    @Test
    void withoutAnAtomicExchange_bothSidesActOnOneFlag() {
        assertThatThrownBy(() -> exploreSleeper(StoreOrder.TOTAL, TakesInTwoSteps::new, 1, 1))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("wakes that nobody asked for");
    }
}
