package io.doorbell.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies by address. The machine of these tests:
 *
 * <pre>
 *  1000h RAM 1100h RAM 1200h (nothing) 1300h ROM 1400h (nothing)
 * </pre>
 */
class MappedMemoryTest {
    private static final long FIRST = 0x1000;
    private static final long SECOND = 0x1100;
    private static final long HOLE = 0x1200;
    private static final long ROM = 0x1300;
    private static final int REGION_BYTES = 0x100;

    private final MemorySegment first = memory(REGION_BYTES);
    private final MemorySegment second = memory(REGION_BYTES);
    private final MemorySegment rom = memory(REGION_BYTES);
    private final MappedMemory machine =
            MappedMemory.of(
                    new MemoryRegion(ROM, rom, false), // the order does not matter
                    new MemoryRegion(FIRST, first, true),
                    new MemoryRegion(SECOND, second, true));

    @Test
    void copyAcrossAdjacentRegions_movesEveryByte() {
        MemorySegment data = counting(0x20);
        assertThat(machine.write(SECOND - 0x10, data, 0, 0x20)).isEqualTo(DmaStatus.OK);

        assertThat(bytes(first, 0xF0, 0x10)).isEqualTo(bytes(data, 0, 0x10));
        assertThat(bytes(second, 0, 0x10)).isEqualTo(bytes(data, 0x10, 0x10));
        MemorySegment back = memory(0x20);
        assertThat(machine.read(SECOND - 0x10, back, 0, 0x20)).isEqualTo(DmaStatus.OK);
        assertThat(bytes(back, 0, 0x20)).isEqualTo(bytes(data, 0, 0x20));
    }

    @Test
    void copyUsesTheOffsetsOfOurSide_andLeavesTheRestAlone() {
        MemorySegment data = counting(0x20);
        assertThat(machine.write(FIRST, data, 8, 4)).isEqualTo(DmaStatus.OK);
        assertThat(bytes(first, 0, 5)).containsExactly(9, 10, 11, 12, 0);

        MemorySegment back = memory(8);
        assertThat(machine.read(FIRST, back, 2, 4)).isEqualTo(DmaStatus.OK);
        assertThat(bytes(back, 0, 8)).containsExactly(0, 0, 9, 10, 11, 12, 0, 0);
    }

    @Test
    void zeroAcrossAdjacentRegions_clearsOnlyTheRange() {
        first.fill((byte) 7);
        second.fill((byte) 7);
        assertThat(machine.zero(SECOND - 2, 4)).isEqualTo(DmaStatus.OK);
        assertThat(bytes(first, 0xFD, 3)).containsExactly(7, 0, 0);
        assertThat(bytes(second, 0, 3)).containsExactly(0, 0, 7);
    }

    @Test
    void firstAndLastByte_areInside_theirNeighboursAreNot() {
        assertThat(machine.check(FIRST, 1, true)).isEqualTo(DmaStatus.OK);
        assertThat(machine.check(FIRST - 1, 1, true)).isEqualTo(DmaStatus.UNMAPPED);
        assertThat(machine.check(HOLE - 1, 1, true)).isEqualTo(DmaStatus.OK);
        assertThat(machine.check(HOLE, 1, true)).isEqualTo(DmaStatus.UNMAPPED);
        assertThat(machine.check(FIRST, 2 * REGION_BYTES, true)).isEqualTo(DmaStatus.OK);
        assertThat(machine.check(FIRST, 2 * REGION_BYTES + 1, true)).isEqualTo(DmaStatus.UNMAPPED);
    }

    @Test
    void holeInTheMiddleOfACopy_isUnmapped_andTheBytesAfterItAreUntouched() {
        MemorySegment data = counting(0x200);
        assertThat(machine.write(HOLE - 0x10, data, 0, 0x180)).isEqualTo(DmaStatus.UNMAPPED);
        assertThat(machine.zero(HOLE - 0x10, 0x180)).isEqualTo(DmaStatus.UNMAPPED);
        assertThat(machine.read(HOLE - 0x10, data, 0, 0x180)).isEqualTo(DmaStatus.UNMAPPED);
        assertThat(machine.check(HOLE - 0x10, 0x180, false)).isEqualTo(DmaStatus.UNMAPPED);
        assertThat(bytes(rom, 0, REGION_BYTES)).containsOnly(0);
    }

    @Test
    void storeToReadOnlyRegion_isReadOnly_loadIsOk() {
        assertThat(machine.write(ROM, counting(8), 0, 8)).isEqualTo(DmaStatus.READ_ONLY);
        assertThat(machine.zero(ROM, 8)).isEqualTo(DmaStatus.READ_ONLY);
        assertThat(machine.check(ROM, 8, true)).isEqualTo(DmaStatus.READ_ONLY);
        assertThat(bytes(rom, 0, 8)).containsOnly(0);

        assertThat(machine.check(ROM, 8, false)).isEqualTo(DmaStatus.OK);
        assertThat(machine.read(ROM, memory(8), 0, 8)).isEqualTo(DmaStatus.OK);
    }

    @Test
    void emptyCopy_isOkAnywhere() {
        assertThat(machine.read(HOLE, memory(1), 0, 0)).isEqualTo(DmaStatus.OK);
        assertThat(machine.write(-1, memory(1), 0, 0)).isEqualTo(DmaStatus.OK);
        assertThat(machine.check(Long.MIN_VALUE, 0, true)).isEqualTo(DmaStatus.OK);
    }

    @Test
    void targetTooSmall_isOurMistakeAndThrows() {
        assertThatThrownBy(() -> machine.read(FIRST, memory(4), 0, 8))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void removedRegion_isUnmapped_andCanBeAddedAgain() {
        assertThat(machine.remove(FIRST)).isTrue();
        assertThat(machine.remove(FIRST)).isFalse();
        assertThat(machine.remove(FIRST + 8)).isFalse();
        assertThat(machine.check(FIRST, 8, false)).isEqualTo(DmaStatus.UNMAPPED);
        assertThat(machine.check(SECOND, 8, false)).isEqualTo(DmaStatus.OK);

        machine.add(new MemoryRegion(FIRST, first, true));
        assertThat(machine.check(FIRST, 8, true)).isEqualTo(DmaStatus.OK);
    }

    @Test
    void overlappingRegion_isRefused_andNothingChanges() {
        for (long start : new long[] {FIRST - 8, FIRST, FIRST + 8, HOLE - 8}) {
            assertThatThrownBy(() -> machine.add(new MemoryRegion(start, memory(0x10), true)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("overlaps");
        }
        machine.add(new MemoryRegion(HOLE, memory(REGION_BYTES), true)); // fits exactly
        assertThat(machine.check(FIRST, 4 * REGION_BYTES, false)).isEqualTo(DmaStatus.OK);
    }

    @Test
    void impossibleRegion_isRefusedWithTheReason() {
        assertRefused(0x1001, memory(8), true, "multiples of 8");
        assertRefused(0x1000, memory(16).asSlice(1, 8), true, "multiples of 8");
        assertRefused(-8, memory(8), true, "below 2^63");
        assertRefused(Long.MAX_VALUE - 7, memory(8), true, "below 2^63");
        assertRefused(0x1000, MemorySegment.NULL, true, "must have a byte");
        assertRefused(0x1000, MemorySegment.ofArray(new byte[8]), true, "heap memory");
        assertRefused(0x1000, memory(8).asReadOnly(), true, "is writable, its memory is not");
    }

    private static void assertRefused(
            long start, MemorySegment memory, boolean writable, String reason) {
        assertThatThrownBy(() -> new MemoryRegion(start, memory, writable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static MemorySegment memory(long sizeBytes) {
        return Arena.ofAuto().allocate(sizeBytes, 8);
    }

    /** Bytes 1, 2, 3 and so on. */
    private static MemorySegment counting(int sizeBytes) {
        MemorySegment memory = memory(sizeBytes);
        for (int i = 0; i < sizeBytes; i++) {
            memory.set(ValueLayout.JAVA_BYTE, i, (byte) (i + 1));
        }
        return memory;
    }

    private static byte[] bytes(MemorySegment memory, long offset, int size) {
        return memory.asSlice(offset, size).toArray(ValueLayout.JAVA_BYTE);
    }
}
