package io.doorbell.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.testkit.host.ObservableStores.Listener;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Every way to store is told, no way to load is, and both do what the memory does. */
class ObservedMemoryTest {
    private static final long END = 0x2000;

    private final Arena arena = Arena.ofShared();
    private final MappedMemory mapped =
            MappedMemory.of(new MemoryRegion(0, arena.allocate(END, 8), true));
    private final ObservedMemory memory = new ObservedMemory(mapped);
    private final MemorySegment buffer = arena.allocate(64);
    private final List<String> stores = new ArrayList<>();
    private final Listener listener =
            (address, sizeBytes) -> stores.add(Long.toHexString(address) + "+" + sizeBytes);

    ObservedMemoryTest() {
        memory.addListener(listener);
    }

    @AfterEach
    void end() {
        arena.close();
    }

    private MemoryWindow window() {
        return Objects.requireNonNull(memory.window(0x1000, 0x100));
    }

    @Test
    void storesByAddress_areTold() {
        buffer.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 2, (byte) 7);
        assertThat(memory.write(0x10, buffer, 2, 3)).isEqualTo(DmaStatus.OK);
        assertThat(memory.zero(0x20, 4)).isEqualTo(DmaStatus.OK);
        assertThat(stores).containsExactly("10+3", "20+4");
        assertThat(Objects.requireNonNull(mapped.window(0x10, 8)).getInt(0)).isEqualTo(7);
    }

    @Test
    void storeThatIsRefused_isTold() {
        assertThat(memory.write(END, buffer, 0, 8)).isEqualTo(DmaStatus.UNMAPPED);
        assertThat(stores).containsExactly("2000+8");
    }

    @Test
    void storesThroughAWindow_areTold() {
        MemoryWindow window = window();
        window.setInt(0x10, 1);
        window.setLong(0x20, 2);
        window.setIntRelease(0x30, 3);
        window.setLongRelease(0x40, 4);
        window.write(0x50, buffer, 0, 5);
        window.zero(0x60, 6);
        assertThat(stores)
                .containsExactly("1010+4", "1020+8", "1030+4", "1040+8", "1050+5", "1060+6");
        MemoryWindow same = Objects.requireNonNull(mapped.window(0x1000, 0x100));
        assertThat(same.getInt(0x10)).isEqualTo(1);
        assertThat(same.getLong(0x20)).isEqualTo(2);
        assertThat(same.getInt(0x30)).isEqualTo(3);
        assertThat(same.getLong(0x40)).isEqualTo(4);
    }

    @Test
    void loads_areNot() {
        mapped.zero(0, END);
        MemoryWindow window = window();
        assertThat(window.sizeBytes()).isEqualTo(0x100);
        assertThat(window.getInt(0) + window.getIntAcquire(4)).isZero();
        assertThat(window.getLong(8) + window.getLongAcquire(16)).isZero();
        window.read(0, buffer, 0, 64);
        assertThat(memory.read(0, buffer, 0, 64)).isEqualTo(DmaStatus.OK);
        assertThat(memory.check(0, 64, true)).isEqualTo(DmaStatus.OK);
        assertThat(memory.window(END, 8)).isNull();
        memory.fullFence();
        assertThat(stores).isEmpty();
    }

    @Test
    void listenerThatWasRemoved_isToldNothing() {
        memory.removeListener(listener);
        memory.zero(0, 8);
        assertThat(stores).isEmpty();
    }
}
