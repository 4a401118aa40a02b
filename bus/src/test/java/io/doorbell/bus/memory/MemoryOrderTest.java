package io.doorbell.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Two threads, as a host CPU and a device. */
@Timeout(30)
class MemoryOrderTest {
    private static final int ROUNDS = 300_000;
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
        for (int i = 1; i <= 2_000; i++) {
            int round = i;
            MemoryWindow window = Objects.requireNonNull(machine.window(0, 128));
            CompletableFuture<Integer> other =
                    CompletableFuture.supplyAsync(() -> storeThenLook(window, DATA, FLAG, round));
            int ours = storeThenLook(window, FLAG, DATA, round);
            assertThat(ours == round || other.join() == round).as("round %d", round).isTrue();
        }
    }

    private int storeThenLook(MemoryWindow window, long mine, long theirs, int value) {
        window.setInt(mine, value);
        machine.fullFence();
        return window.getInt(theirs);
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
