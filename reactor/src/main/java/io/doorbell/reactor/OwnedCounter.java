package io.doorbell.reactor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A counter that one thread writes, without atomic instructions, and any thread reads.
 *
 * <p>A reader sees every addition that happened before its read by some other means, a reply for
 * example; so totals are exact once the system is quiet.
 */
final class OwnedCounter {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    // Alone in the middle of 128 bytes, so that writing it does not evict what other cores read.
    private static final int MIDDLE = 8;
    private final long[] cells = new long[2 * MIDDLE];

    /** The owner only. */
    void add(long amount) {
        CELL.setOpaque(cells, MIDDLE, cells[MIDDLE] + amount);
    }

    long sum() {
        return (long) CELL.getOpaque(cells, MIDDLE);
    }
}
