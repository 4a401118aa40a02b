package io.doorbell.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

class MemoryWindowTest {
    private static final long RAM = 0x1000;
    private static final long ROM = 0x2000;

    private final MemorySegment ram = Arena.ofAuto().allocate(0x1000, 8);
    private final MemorySegment rom = Arena.ofAuto().allocate(0x1000, 8).fill((byte) 0x5A);
    private final MappedMemory machine =
            MappedMemory.of(
                    new MemoryRegion(RAM, ram, true),
                    new MemoryRegion(ROM, rom.asReadOnly(), false));

    @Test
    void values_areLittleEndian_atTheirOffset() {
        MemoryWindow window = window(RAM + 0x100, 0x20);
        window.setInt(4, 0x0403_0201);
        window.setLongRelease(8, 0x0C0B_0A09_0807_0605L);

        byte[] stored = ram.asSlice(0x104, 12).toArray(ValueLayout.JAVA_BYTE);
        assertThat(stored).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(window.getInt(4)).isEqualTo(0x0403_0201);
        assertThat(window.getIntAcquire(4)).isEqualTo(0x0403_0201);
        assertThat(window.getLong(8)).isEqualTo(0x0C0B_0A09_0807_0605L);
        assertThat(window.getLongAcquire(8)).isEqualTo(0x0C0B_0A09_0807_0605L);
        window.setLong(16, -2);
        window.setIntRelease(24, -3);
        assertThat(window.getInt(16)).isEqualTo(-2);
        assertThat(window.getLong(24)).isEqualTo(0xFFFF_FFFDL);
    }

    @Test
    void copies_stayInTheWindow() {
        MemoryWindow window = window(RAM + 8, 0x10);
        MemorySegment data = Arena.ofAuto().allocate(0x18, 8).fill((byte) 3);
        window.write(8, data, 8, 8);
        assertThat(ram.asSlice(0, 0x20).toArray(ValueLayout.JAVA_BYTE))
                .containsExactly(
                        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 0,
                        0, 0, 0, 0, 0, 0, 0);
        window.zero(8, 4);
        window.read(8, data, 0, 8);
        assertThat(data.asSlice(0, 9).toArray(ValueLayout.JAVA_BYTE))
                .containsExactly(0, 0, 0, 0, 3, 3, 3, 3, 3);
    }

    @Test
    void offsetOutsideTheWindow_isOurMistakeAndThrows() {
        MemoryWindow window = window(RAM, 0x10);
        MemorySegment data = Arena.ofAuto().allocate(0x20);
        assertThrows(() -> window.getLong(0x10));
        assertThrows(() -> window.getIntAcquire(-4));
        assertThrows(() -> window.setInt(0x10, 1));
        assertThrows(() -> window.read(8, data, 0, 9));
        assertThrows(() -> window.write(0, data, 0, 0x11));
        assertThrows(() -> window.zero(0x10, 1));
    }

    @Test
    void windowOverAnEdgeOrMisaligned_isNull() {
        assertThat(machine.window(RAM, 0x1000)).isNotNull();
        assertThat(machine.window(RAM, 0x1001)).isNull(); // two regions, though they touch
        assertThat(machine.window(RAM + 0xFF8, 8)).isNotNull();
        assertThat(machine.window(RAM + 4, 8)).isNull();
        assertThat(machine.window(RAM - 8, 8)).isNull();
        assertThat(machine.window(ROM + 0x1000, 0)).isNull();
    }

    /** A guest that puts a completion queue into a ROM gets no completions, and we no exception. */
    @Test
    void storesToAReadOnlyRegion_areLost() {
        MemoryWindow window = window(ROM, 0x40);
        MemorySegment data = Arena.ofAuto().allocate(8);
        window.setInt(0, 1);
        window.setLong(8, 1);
        window.setIntRelease(16, 1);
        window.setLongRelease(24, 1);
        window.write(32, data, 0, 8);
        window.zero(40, 8);
        assertThat(rom.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0x5A);

        assertThat(window.sizeBytes()).isEqualTo(0x40);
        assertThat(window.getInt(0)).isEqualTo(0x5A5A5A5A).isEqualTo(window.getIntAcquire(0));
        assertThat(window.getLong(8)).isEqualTo(window.getLongAcquire(0));
        window.read(0, data, 0, 8);
        assertThat(data.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0x5A);
        assertThrows(() -> window.setLong(0x40, 1));
        assertThrows(() -> window.write(0, data, 0, 0x41));
    }

    @Test
    void removedRegion_leavesItsWindowsAlone() {
        MemoryWindow window = window(RAM, 8);
        machine.remove(RAM);
        window.setInt(0, 9);
        assertThat(window.getInt(0)).isEqualTo(9);
    }

    private MemoryWindow window(long address, long sizeBytes) {
        return Objects.requireNonNull(machine.window(address, sizeBytes));
    }

    private static void assertThrows(Runnable access) {
        assertThatThrownBy(access::run).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
