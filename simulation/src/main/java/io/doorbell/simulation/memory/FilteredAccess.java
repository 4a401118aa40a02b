package io.doorbell.simulation.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.simulation.memory.DmaFilter.Verdict;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The device's accesses to memory, when something may go wrong with them. */
final class FilteredAccess {
    private final OwnedMemory memory;
    private final DmaFilter filter;
    private final List<Runnable> late = new ArrayList<>(); // stores, in the order they were made

    FilteredAccess(OwnedMemory memory, DmaFilter filter) {
        this.memory = memory;
        this.filter = filter;
    }

    DmaStatus read(long address, MemorySegment target, long offsetBytes, long sizeBytes) {
        return switch (filter.load(address, sizeBytes)) {
            case Verdict.Fail _ -> {
                memory.failed(address, sizeBytes, false);
                yield DmaStatus.ABORTED;
            }
            case Verdict.Flip(long bits) -> {
                DmaStatus status = memory.readNow(address, target, offsetBytes, sizeBytes);
                flip(target, offsetBytes, sizeBytes, bits);
                yield status;
            }
            case Verdict.Pass _, Verdict.Push _, Verdict.Lose _, Verdict.Delay _ ->
                    memory.readNow(address, target, offsetBytes, sizeBytes);
        };
    }

    DmaStatus write(long address, MemorySegment source, long offsetBytes, long sizeBytes) {
        return switch (filter.store(address, sizeBytes)) {
            case Verdict.Pass _ -> memory.writeNow(address, source, offsetBytes, sizeBytes);
            case Verdict.Push _ -> {
                arriveAll();
                yield memory.writeNow(address, source, offsetBytes, sizeBytes);
            }
            case Verdict.Fail _ -> {
                memory.failed(address, sizeBytes, true);
                yield DmaStatus.ABORTED;
            }
            case Verdict.Lose _ -> DmaStatus.OK;
            case Verdict.Delay(long nanos) -> {
                MemorySegment copy = copy(source, offsetBytes, sizeBytes);
                hold(nanos, () -> memory.writeNow(address, copy, 0, sizeBytes));
                yield DmaStatus.OK;
            }
            case Verdict.Flip(long bits) -> {
                MemorySegment copy = copy(source, offsetBytes, sizeBytes);
                flip(copy, 0, sizeBytes, bits);
                yield memory.writeNow(address, copy, 0, sizeBytes);
            }
        };
    }

    /**
     * Through a window.
     *
     * @throws MemoryWindow.Unanswered if nobody answers
     */
    long load(long address, int sizeBytes, boolean acquire) {
        return switch (filter.load(address, sizeBytes)) {
            case Verdict.Fail _ -> {
                memory.failed(address, sizeBytes, false);
                throw new MemoryWindow.Unanswered(address);
            }
            case Verdict.Flip(long bits) -> memory.loadNow(address, sizeBytes, acquire) ^ bits;
            case Verdict.Pass _, Verdict.Push _, Verdict.Lose _, Verdict.Delay _ ->
                    memory.loadNow(address, sizeBytes, acquire);
        };
    }

    /**
     * Through a window.
     *
     * @throws MemoryWindow.Unanswered if nobody answers
     */
    void store(long address, int sizeBytes, long value, boolean release) {
        switch (filter.store(address, sizeBytes)) {
            case Verdict.Pass _ -> memory.storeNow(address, sizeBytes, value, release);
            case Verdict.Push _ -> {
                arriveAll();
                memory.storeNow(address, sizeBytes, value, release);
            }
            case Verdict.Fail _ -> {
                memory.failed(address, sizeBytes, true);
                throw new MemoryWindow.Unanswered(address);
            }
            case Verdict.Lose _ -> {}
            case Verdict.Delay(long nanos) ->
                    hold(nanos, () -> memory.storeNow(address, sizeBytes, value, true));
            case Verdict.Flip(long bits) ->
                    memory.storeNow(address, sizeBytes, value ^ bits, release);
        }
    }

    private void hold(long nanos, Runnable store) {
        late.add(store);
        filter.later(
                nanos,
                () -> {
                    if (late.remove(store)) {
                        store.run();
                    }
                });
    }

    /** Nothing stays behind what pushes it. */
    void arriveAll() {
        while (!late.isEmpty()) {
            late.removeFirst().run();
        }
    }

    private static MemorySegment copy(MemorySegment source, long offsetBytes, long sizeBytes) {
        byte[] content = new byte[Math.toIntExact(sizeBytes)];
        MemorySegment.copy(source, JAVA_BYTE, offsetBytes, content, 0, content.length);
        return MemorySegment.ofArray(content);
    }

    private static void flip(MemorySegment bytes, long offsetBytes, long sizeBytes, long bits) {
        for (int i = 0; i < Math.min(Long.BYTES, sizeBytes); i++) {
            byte flipped = (byte) (bits >>> (i * Byte.SIZE));
            bytes.set(
                    JAVA_BYTE,
                    offsetBytes + i,
                    (byte) (bytes.get(JAVA_BYTE, offsetBytes + i) ^ flipped));
        }
    }
}
