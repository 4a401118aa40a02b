package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** {@link DoorbellFile} on the machine the test runs on: one step at a time, then two threads. */
@Timeout(60)
class DoorbellFileTest {
    private static final int ROUNDS = 2_000;
    private static final int SLOTS = 128;

    private final DoorbellFile file = new DoorbellFile(SLOTS);

    @Test
    void ring_nobodyArmed_storesAndOwesNothing() {
        assertThat(file.ring(3, 7)).isFalse();
        assertThat(file.value(3)).isEqualTo(7);
        assertThat(file.value(2)).isZero();
        assertThat(file.value(4)).isZero();
    }

    @Test
    void ring_afterArm_owesOneWakeAndNoSecond() {
        assertThat(file.arm(3, 0)).isTrue();
        assertThat(file.ring(2, 1)).isFalse();
        assertThat(file.ring(3, 1)).isTrue();
        assertThat(file.ring(3, 2)).isFalse();
    }

    @Test
    void arm_valueDiffersAlready_saysLookAgainAndNoWakeComes() {
        file.ring(3, 5);
        assertThat(file.arm(3, 4)).isFalse();
        assertThat(file.ring(3, 6)).isFalse();
    }

    @Test
    void takeFlag_twice_findsItOnce() {
        file.storeFlag(3, 1);
        assertThat(file.takeFlag(3)).isTrue();
        assertThat(file.takeFlag(3)).isFalse();
    }

    @Test
    void clear_armedAndRung_readsZeroAndOwesNothing() {
        file.ring(3, 9);
        assertThat(file.arm(3, 9)).isTrue();
        file.clear(3);
        assertThat(file.value(3)).isZero();
        assertThat(file.ring(3, 1)).isFalse();
    }

    @Test
    void ringAgainstArm_twoThreads_exactlyOneOfThemActs() {
        boolean[] owed = new boolean[SLOTS];
        boolean[] asleep = new boolean[SLOTS];
        new ThreadRace(ROUNDS, SLOTS)
                .run(
                        slot -> owed[slot] = file.ring(slot, 1),
                        slot -> asleep[slot] = file.arm(slot, 0),
                        round -> {
                            for (int slot = 0; slot < SLOTS; slot++) {
                                assertThat(owed[slot])
                                        .as("round %d slot %d: owed, if asleep", round, slot)
                                        .isEqualTo(asleep[slot]);
                                file.clear(slot);
                            }
                        });
    }

    @Test
    void takeFlag_twoThreads_exactlyOneOfThemFindsIt() {
        boolean[] one = new boolean[SLOTS];
        boolean[] other = new boolean[SLOTS];
        for (int slot = 0; slot < SLOTS; slot++) {
            file.storeFlag(slot, 1);
        }
        new ThreadRace(ROUNDS, SLOTS)
                .run(
                        slot -> one[slot] = file.takeFlag(slot),
                        slot -> other[slot] = file.takeFlag(slot),
                        round -> {
                            for (int slot = 0; slot < SLOTS; slot++) {
                                assertThat(one[slot] ^ other[slot])
                                        .as("round %d slot %d: one took it", round, slot)
                                        .isTrue();
                                file.storeFlag(slot, 1);
                            }
                        });
    }

    /** A queue sleeps on its doorbell while another thread rings. */
    @Test
    void ringStormAgainstSleeper_twoThreads_wakesItAsOftenAsItSlept() {
        RandomGenerator random = Seeds.random("DoorbellFileTest.ringStorm");
        int rings = 100_000;
        Mailbox mailbox = new Mailbox();
        CompletableFuture<Integer> sleeps =
                CompletableFuture.supplyAsync(() -> sleepUntil(rings, mailbox));
        for (int value = 1; value <= rings; value++) {
            if (file.ring(0, value)) {
                mailbox.wakes.incrementAndGet();
            }
            for (int pause = random.nextInt(64); pause > 0; pause--) {
                Thread.onSpinWait();
            }
        }
        mailbox.closed = true;
        assertThat(sleeps.join()).isEqualTo(mailbox.wakes.get());
    }

    private static final class Mailbox {
        final AtomicInteger wakes = new AtomicInteger();
        volatile boolean closed;

        void awaitWake(int count) {
            while (wakes.get() < count) {
                boolean last = closed;
                if (last && wakes.get() < count) {
                    throw new AssertionError("Wake " + count + " of " + wakes + " was lost.");
                }
                Thread.onSpinWait();
            }
        }
    }

    private int sleepUntil(int last, Mailbox mailbox) {
        int sleeps = 0;
        int seen = 0;
        while (seen != last) {
            boolean sleep = file.arm(0, seen);
            if (sleep) {
                sleeps++;
                mailbox.awaitWake(sleeps);
            }
            int value = file.value(0);
            // A wake may tell what was seen meanwhile; "look again" always tells something new.
            assertThat(value).isGreaterThanOrEqualTo(sleep ? seen : seen + 1);
            seen = value;
        }
        return sleeps;
    }
}
