package io.doorbell.guest;

import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.memory.SparseMapping;

import java.lang.foreign.Arena;
import java.util.Objects;

/** Guest memory for tests: real, and gone with the test. */
final class TestMemory {
    private TestMemory() {}

    /** A machine with this much memory from address 0. */
    static MappedMemory machine(long sizeBytes) {
        return MappedMemory.of(
                new MemoryRegion(0, SparseMapping.allocate(sizeBytes, Arena.ofAuto()), true));
    }

    /** A range of zeros. */
    static MemoryWindow window(long sizeBytes) {
        return Objects.requireNonNull(machine(sizeBytes).window(0, sizeBytes));
    }
}
