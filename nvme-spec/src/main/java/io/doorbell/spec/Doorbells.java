package io.doorbell.spec;

/**
 * Where the doorbells are in BAR0 (PCIe 1.0 §3.1.2, Base 2.0 §8.8).
 *
 * <pre>
 *  1000h + index * (4 &lt;&lt; CAP.DSTRD)
 *  index 2y:     submission queue y tail
 *  index 2y + 1: completion queue y head
 * </pre>
 *
 * <p>The shadow doorbell and EventIdx buffers (Base 2.0 §5.8) use the same indexes and stride, from
 * offset 0. {@code dstrd} is always CAP.DSTRD, 0 to 15.
 */
public final class Doorbells {
    /** BAR0 offset of the admin submission queue's tail doorbell. */
    public static final int OFFSET_BYTES = 0x1000;

    /** Only these bits of a written value count; the rest is reserved. */
    public static final int VALUE_MASK = 0xFFFF;

    private Doorbells() {}

    /** Distance from one doorbell to the next: 4 bytes to 128 KiB. */
    public static int strideBytes(int dstrd) {
        return 4 << dstrd;
    }

    /** BAR0 offset of SQyTDBL. */
    public static long submissionTailOffset(int queueId, int dstrd) {
        return OFFSET_BYTES + 2L * queueId * strideBytes(dstrd);
    }

    /** BAR0 offset of CQyHDBL. */
    public static long completionHeadOffset(int queueId, int dstrd) {
        return OFFSET_BYTES + (2L * queueId + 1) * strideBytes(dstrd);
    }

    /**
     * The doorbell at a BAR0 offset, or -1 if the offset is below {@link #OFFSET_BYTES}, no
     * multiple of the stride, or beyond queue 65,535.
     */
    public static int index(long offset, int dstrd) {
        long bytes = offset - OFFSET_BYTES;
        if (bytes < 0 || (bytes & (strideBytes(dstrd) - 1)) != 0) {
            return -1;
        }
        long index = bytes / strideBytes(dstrd);
        return index > completionHeadIndex(0xFFFF) ? -1 : (int) index;
    }

    /** Index of SQyTDBL. */
    public static int submissionTailIndex(int queueId) {
        return 2 * queueId;
    }

    /** Index of CQyHDBL. */
    public static int completionHeadIndex(int queueId) {
        return 2 * queueId + 1;
    }

    /** The queue a doorbell belongs to; 0 is the admin queue. */
    public static int queueId(int index) {
        return index >> 1;
    }

    /** Whether a doorbell is a completion queue head rather than a submission queue tail. */
    public static boolean isCompletionHead(int index) {
        return (index & 1) != 0;
    }

    /** Bytes of BAR0, registers included, that queues 0 to {@code maxQueueId} need. */
    public static long bytesNeeded(int maxQueueId, int dstrd) {
        return submissionTailOffset(maxQueueId + 1, dstrd);
    }

    /** Slots from one pointer forward to another of the same queue: 0 to {@code entries - 1}. */
    public static int distance(int from, int to, int entries) {
        int slots = to - from;
        return slots < 0 ? slots + entries : slots;
    }

    /**
     * Whether a host that left {@code tail} in a submission queue may write {@code value}: a slot
     * of the queue, another one, and not past the head (Base 2.0 §3.3.1.2).
     */
    public static boolean isTailMove(int tail, int value, int head, int entries) {
        if (value < 0 || value >= entries || value == tail) {
            return false;
        }
        return distance(tail, value, entries) < entries - distance(head, tail, entries);
    }

    /**
     * Whether a host that left {@code head} in a completion queue may write {@code value}: a slot
     * of the queue, another one, and not past the tail (Base 2.0 §3.3.1.2).
     */
    public static boolean isHeadMove(int head, int value, int tail, int entries) {
        if (value < 0 || value >= entries || value == head) {
            return false;
        }
        return distance(head, value, entries) <= distance(head, tail, entries);
    }
}
