package io.doorbell.cli.replay;

import io.doorbell.cli.trace.TraceEvent;
import io.doorbell.cli.trace.TraceEvent.BarWrite;
import io.doorbell.spec.LittleEndian;
import io.doorbell.spec.Registers;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * What the device finds in shadow doorbells. How often it looks depends on time, so a look finds
 * what the next recorded one found, if the machine may have stored that by now, and else what the
 * last one found.
 */
final class ShadowPolls {
    private final EventStream events;
    private final PassedBytes reads;
    private final Map<Long, Integer> current = new HashMap<>();
    private final Map<Long, Integer> seen = new HashMap<>();
    private EventStream.@Nullable Recorded now;

    /**
     * @param reads what the recorded device has read
     */
    ShadowPolls(EventStream events, PassedBytes reads) {
        this.events = events;
        this.reads = reads;
    }

    /** The recorded device does this now. */
    void at(EventStream.Recorded recorded) {
        now = recorded;
    }

    /**
     * The device looks.
     *
     * @param waitsFor whether a recorded event is one that the replayed device has still to do:
     *     what the machine stored after it, it may have stored because of it
     */
    int look(long address, Predicate<TraceEvent> waitsFor) {
        Integer next = next(address, waitsFor);
        if (next != null) {
            current.put(address, next);
        }
        int value = current.getOrDefault(address, 0);
        seen.put(address, value);
        return value;
    }

    private @Nullable Integer next(long address, Predicate<TraceEvent> waitsFor) {
        if (now != null && isLook(now, address)) {
            return take(address);
        }
        AtomicBoolean found = new AtomicBoolean();
        events.search(
                each -> {
                    found.set(isLook(each, address));
                    return !found.get()
                            && !startsAnew(each.event())
                            && !waitsFor.test(each.event());
                });
        return found.get() ? take(address) : null;
    }

    private static boolean isLook(EventStream.Recorded recorded, long address) {
        Transfer read = recorded.read();
        return recorded.event() instanceof TraceEvent.DmaRead(long at, long bytes, _, _)
                && at == address
                && bytes == Integer.BYTES
                && read != null
                && !read.isMatched();
    }

    private int take(long address) {
        byte[] data = new byte[Integer.BYTES];
        reads.take(address, data, 0);
        return value(data);
    }

    /** What was found. */
    static int value(byte[] data) {
        return LittleEndian.u32(MemorySegment.ofArray(data), 0);
    }

    private static boolean startsAnew(TraceEvent event) {
        return switch (event) {
            case BarWrite write -> write.bar() == 0 && write.offset() == Registers.CC;
            case TraceEvent.Reset _, TraceEvent.PowerOff _, TraceEvent.Lost _ -> true;
            default -> false;
        };
    }

    /** The device has stored a value itself. */
    void stored(long address, int value) {
        current.put(address, value);
        seen.put(address, value);
    }

    /** Whether the device finds this there; nothing is known of it before it was looked at. */
    boolean isStill(long address, int expected) {
        Integer value = current.get(address);
        return value == null || value == expected;
    }

    /**
     * The recorded device has looked.
     *
     * @return whether the replayed one has not seen that value, and sleeps if nothing can run
     */
    boolean isNews(long address, int value) {
        current.put(address, value);
        Integer before = seen.put(address, value);
        return value != (before == null ? 0 : before);
    }

    /** The controller is enabled anew. */
    void reset() {
        current.clear();
        seen.clear();
    }
}
