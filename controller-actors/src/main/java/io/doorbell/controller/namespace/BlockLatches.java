package io.doorbell.controller.namespace;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Keeps two shards from copying into the same blocks at once.
 *
 * <p>A latch covers 64 KiB of a store and is held for one copy of at most that much, a few
 * microseconds (or, between workers, for one call of the file system), by a thread that does
 * nothing else meanwhile. Two that meet on one spin; in a world of one thread nobody ever does.
 */
final class BlockLatches {
    /** A copy under one latch does not cross a multiple of this. */
    static final long SPAN_BYTES = 64 * 1024;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int SPINS_BEFORE_YIELD = 256;
    private static final int LATCHES = 1024;
    private static final int WORDS_PER_CACHE_LINE = 16;

    private final int[] words = new int[LATCHES * WORDS_PER_CACHE_LINE];

    /** Bytes from {@code offset} that one latch covers, at most {@code bytes}. */
    static long piece(long offset, long bytes) {
        return Math.min(bytes, SPAN_BYTES - offset % SPAN_BYTES);
    }

    // "ThreadPriorityCheck": correct without; with it a waiter leaves the core to the holder.
    @SuppressWarnings("ThreadPriorityCheck")
    void acquire(long offset) {
        int word = word(offset);
        for (int tries = 1; !WORD.compareAndSet(words, word, 0, 1); tries++) {
            if (tries % SPINS_BEFORE_YIELD == 0) {
                Thread.yield(); // its holder may wait for a disk, or for this very core
            } else {
                Thread.onSpinWait();
            }
        }
    }

    void release(long offset) {
        WORD.setRelease(words, word(offset), 0);
    }

    private static int word(long offset) {
        return (int) ((offset / SPAN_BYTES) % LATCHES) * WORDS_PER_CACHE_LINE;
    }
}
