package io.doorbell.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Two threads, as a host CPU and a device. */
@Timeout(30)
class MemoryOrderTest {
    private static final int ROUNDS = 300_000;
    private static final int FENCE_ROUNDS = 5_000;
    private static final int SPINS = 1_000; // then let others run: the machine may be busy
    private static final long DATA = 0;
    private static final long FLAG = 64; // a cache line of its own
    private static final long PAGE = 0x1000;

    private final MappedMemory machine =
            MappedMemory.of(
                    new MemoryRegion(0, memory(), true), new MemoryRegion(PAGE, memory(), true));

    @Test
    void acquireOfAReleasedFlag_seesTheStoresBeforeIt() {
        MemoryWindow window = Objects.requireNonNull(machine.window(0, 128));
        CompletableFuture<Void> writer =
                CompletableFuture.runAsync(
                        () -> {
                            for (int i = 1; i <= ROUNDS; i++) {
                                window.setLong(DATA, i);
                                window.setIntRelease(FLAG, i);
                            }
                        });
        int seen = 0;
        while (seen < ROUNDS) {
            seen = window.getIntAcquire(FLAG);
            long data = window.getLong(DATA);
            assertThat(data).as("data after flag %d", seen).isGreaterThanOrEqualTo(seen);
            if (writer.isCompletedExceptionally()) {
                break;
            }
        }
        writer.join();
    }

    /** Store one, fence, load the other: at least one side sees the other's store. */
    @Test
    void fullFence_keepsAStoreBeforeALaterLoad() {
        MemoryWindow window = Objects.requireNonNull(machine.window(0, 128));
        AtomicInteger arrivals = new AtomicInteger();
        CompletableFuture<BitSet> other =
                CompletableFuture.supplyAsync(() -> missed(window, DATA, FLAG, arrivals));
        BitSet missedByBoth = missed(window, FLAG, DATA, arrivals);
        missedByBoth.and(other.join());
        assertThat(missedByBoth.cardinality()).as("rounds both missed").isZero();
    }

    /** The rounds in which this side did not see the store of the other. */
    private BitSet missed(MemoryWindow window, long mine, long theirs, AtomicInteger arrivals) {
        BitSet missed = new BitSet();
        for (int round = 1; round <= FENCE_ROUNDS; round++) {
            arrivals.incrementAndGet();
            for (int spins = 0; arrivals.get() < 2 * round; spins++) {
                if (spins > SPINS) {
                    LockSupport.parkNanos(1_000);
                }
            }
            window.setInt(mine, round);
            machine.fullFence();
            missed.set(round, window.getInt(theirs) < round);
        }
        return missed;
    }

    @Test
    void regionsThatComeAndGo_areThereOrNot_neverHalf() {
        MemorySegment ones = memory().fill((byte) 1);
        machine.write(0, ones, 0, PAGE);
        machine.write(PAGE, ones, 0, PAGE);
        MemoryRegion removable = new MemoryRegion(PAGE, memory().fill((byte) 1), true);
        machine.remove(PAGE);
        CompletableFuture<Void> hotplug =
                CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 20_000; i++) {
                                machine.add(removable);
                                machine.remove(PAGE);
                            }
                        });
        MemorySegment target = memory();
        while (!hotplug.isDone()) {
            assertThat(machine.read(0, target, 0, PAGE)).isEqualTo(DmaStatus.OK);
            target.fill((byte) 0);
            DmaStatus across = machine.read(PAGE - 8, target, 0, 16);
            assertThat(across).isIn(DmaStatus.OK, DmaStatus.UNMAPPED);
            assertThat(target.get(ValueLayout.JAVA_LONG, 8))
                    .isEqualTo(across.isOk() ? 0x0101_0101_0101_0101L : 0);
            machine.check(PAGE, PAGE, true);
            machine.window(PAGE, 8);
        }
        hotplug.join();
        assertThat(machine.check(PAGE, 1, false)).isEqualTo(DmaStatus.UNMAPPED);
    }

    private static MemorySegment memory() {
        return Arena.ofAuto().allocate(PAGE, 8);
    }
}
