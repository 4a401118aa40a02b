package io.doorbell.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;

/** Whatever address and size a guest chooses, the answer is a status. */
class HostileAddressTest {
    private static final int REGION_BYTES = 64;
    private static final long TOP = 0x7FFF_FFFF_FFFF_FF80L; // as near to 2^63 as a region fits

    private final List<MemoryRegion> regions =
            List.of(
                    new MemoryRegion(0, memory(REGION_BYTES), true),
                    new MemoryRegion(REGION_BYTES, memory(REGION_BYTES), false),
                    new MemoryRegion(4 * REGION_BYTES, memory(REGION_BYTES), true),
                    new MemoryRegion(TOP, memory(0x7F), true));
    private final MappedMemory machine = MappedMemory.of(regions.toArray(MemoryRegion[]::new));
    private final MemorySegment ours = memory(4 * REGION_BYTES);

    @Test
    void extremeAddressesAndSizes_endInAStatus() {
        long[] values = {
            0,
            1,
            7,
            8,
            63,
            64,
            TOP - 1,
            TOP,
            TOP + 0x7E,
            TOP + 0x7F,
            Long.MAX_VALUE - 1,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1,
            -1,
            -8,
            -64,
            1L << 62,
            1L << 32
        };
        for (long address : values) {
            for (long size : values) {
                assertAgreesWithModel(address, size);
            }
        }
    }

    @Test
    void randomRanges_endAsAByteByByteModelSays() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("HostileAddressTest -Dseed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long near = random.nextInt(6 * REGION_BYTES);
            long address =
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextLong();
                        case 1 -> Long.MAX_VALUE - near;
                        default -> near - 8;
                    };
            long size =
                    switch (random.nextInt(8)) {
                        case 0 -> random.nextLong();
                        case 1 -> Long.MAX_VALUE - near;
                        default -> random.nextInt(2 * REGION_BYTES);
                    };
            assertAgreesWithModel(address, size);
        }
    }

    private void assertAgreesWithModel(long address, long size) {
        DmaStatus load = expected(address, size, false);
        DmaStatus store = expected(address, size, true);
        String range = "%d bytes at %xh".formatted(size, address);
        assertThat(machine.check(address, size, false)).as("load of " + range).isEqualTo(load);
        assertThat(machine.check(address, size, true)).as("store of " + range).isEqualTo(store);
        assertThat(machine.zero(address, size)).as("zero of " + range).isEqualTo(store);
        assertThat(machine.window(address, size) != null)
                .as("window of " + range)
                .isEqualTo(expectedWindow(address, size));
        if (size <= ours.byteSize()) { // more would be our mistake, not the guest's
            assertThat(machine.read(address, ours, 0, size)).as("read of " + range).isEqualTo(load);
            assertThat(machine.write(address, ours, 0, size))
                    .as("write of " + range)
                    .isEqualTo(store);
        }
    }

    private DmaStatus expected(long address, long size, boolean forStore) {
        if (size < 0) {
            return DmaStatus.UNMAPPED;
        }
        for (long i = 0; i < size; i++) {
            MemoryRegion region = regionOf(address + i);
            if (region == null) {
                return DmaStatus.UNMAPPED;
            }
            if (forStore && !region.writable()) {
                return DmaStatus.READ_ONLY;
            }
        }
        return DmaStatus.OK;
    }

    private boolean expectedWindow(long address, long size) {
        MemoryRegion region = regionOf(address);
        return region != null
                && address % 8 == 0
                && size >= 0
                && size <= region.sizeBytes()
                && (size == 0 || region.equals(regionOf(address + size - 1)));
    }

    private @Nullable MemoryRegion regionOf(long address) {
        for (MemoryRegion region : regions) {
            long offset = address - region.startAddress();
            if (address >= 0 && offset >= 0 && offset < region.sizeBytes()) {
                return region;
            }
        }
        return null;
    }

    private static MemorySegment memory(long sizeBytes) {
        return Arena.ofAuto().allocate(sizeBytes, 8);
    }
}
