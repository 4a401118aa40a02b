package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.guest.HostPolicies.EventArithmetic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

class ShadowDoorbellTest {
    private static final int ENTRIES = 8;
    private static final long OFFSET = 8;

    private final List<String> diary = new ArrayList<>();
    private final MemoryWindow values = TestMemory.window(64);
    private final MemoryWindow events = TestMemory.window(64);

    /** Old value, new value, event index, and whether each of the three rings. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, true, true, true", // the controller has seen all: it sleeps
        "1, 2, 0, false, false, false", // it is on its way
        "1, 3, 2, true, true, true",
        "1, 2, 2, false, true, true", // X = 0: not passed yet, says Linux
        "7, 0, 7, true, true, true", // across the end of the queue
        "6, 1, 3, false, false, false",
        "0, 2, 9, false, false, true", // an index that no queue of 8 has: only the book wraps it
    })
    void doorbellIsNeeded_ifTheMovePassesTheEvent(
            int old, int value, int event, boolean linux, boolean spdk, boolean book) {
        assertThat(rings(EventArithmetic.LINUX, old, value, event)).isEqualTo(linux);
        assertThat(rings(EventArithmetic.SPDK, old, value, event)).isEqualTo(spdk);
        assertThat(rings(EventArithmetic.QUEUE_SIZE, old, value, event)).isEqualTo(book);
    }

    private boolean rings(EventArithmetic arithmetic, int old, int value, int event) {
        values.setInt(OFFSET, old);
        events.setInt(OFFSET, event);
        boolean rings = shadow(arithmetic, false).publish(value);
        assertThat(values.getInt(OFFSET)).isEqualTo(value);
        return rings;
    }

    @Test
    void storeIsFencedBeforeTheEventIsRead() {
        MemoryWindow noted = new FencedWindow(values, diary);
        new ShadowDoorbell(
                        new FencedMemory(diary, () -> false),
                        noted,
                        new FencedWindow(events, diary),
                        OFFSET,
                        ENTRIES,
                        EventArithmetic.LINUX,
                        false)
                .publish(1);
        assertThat(diary)
                .containsExactly(
                        FencedWindow.LOAD,
                        FencedWindow.STORE,
                        FencedMemory.FULL_FENCE,
                        FencedWindow.LOAD);
    }

    @Test
    void clear_forgetsBoth_andAdminRingsAlways() {
        values.setInt(OFFSET, 5);
        events.setInt(OFFSET, 5);
        ShadowDoorbell shadow = shadow(EventArithmetic.LINUX, true);
        shadow.clear();
        assertThat(values.getInt(OFFSET) + events.getInt(OFFSET)).isZero();
        events.setInt(OFFSET, 100);
        assertThat(shadow.publish(1)).isTrue();
    }

    private ShadowDoorbell shadow(EventArithmetic arithmetic, boolean alwaysRings) {
        return new ShadowDoorbell(
                TestMemory.machine(4096), values, events, OFFSET, ENTRIES, arithmetic, alwaysRings);
    }
}
