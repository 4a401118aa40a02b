package io.doorbell.spec.command;

import io.doorbell.spec.Doorbells;
import io.doorbell.spec.SubmissionEntry;

/**
 * Doorbell Buffer Config, admin 7Ch (Base 2.0 §5.8). Both buffers are one memory page, laid out
 * like the doorbells but from offset 0; see {@link Doorbells}.
 */
public final class DoorbellBufferConfig {

    private DoorbellBufferConfig() {}

    /** PRP1: the buffer the host writes instead of doorbells. */
    public static long shadowDoorbells(SubmissionEntry entry) {
        return entry.prp1();
    }

    /** Sets the field of {@link #shadowDoorbells(SubmissionEntry)}. */
    public static SubmissionEntry shadowDoorbells(SubmissionEntry entry, long shadowDoorbells) {
        return entry.prp1(shadowDoorbells);
    }

    /** PRP2: the buffer in which the controller says when to ring anyway. */
    public static long eventIndexes(SubmissionEntry entry) {
        return entry.prp2();
    }

    /** Sets the field of {@link #eventIndexes(SubmissionEntry)}. */
    public static SubmissionEntry eventIndexes(SubmissionEntry entry, long eventIndexes) {
        return entry.prp2(eventIndexes);
    }

    /** Whether the slots of queues 0 to {@code maxQueueId} fit a memory page. */
    public static boolean fits(int maxQueueId, int dstrd, int pageSizeBytes) {
        return slotOffsetBytes(2 * (maxQueueId + 1), dstrd) <= pageSizeBytes;
    }

    /** Where in either buffer the slot of a doorbell index starts. */
    public static long slotOffsetBytes(int doorbellIndex, int dstrd) {
        return (long) doorbellIndex * Doorbells.strideBytes(dstrd);
    }
}
