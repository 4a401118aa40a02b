package io.doorbell.controller.data;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.spec.SglDescriptor;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * From an SGL to runs of memory (Base §4.1.2).
 *
 * <pre>
 *  command   SGL1 ── data block, or ─┐
 *                       segment: | data | bucket | data | next ┐
 *                                            last segment:      | data | data |
 * </pre>
 *
 * Ends as soon as the transfer is complete: an SGL may be longer than its data (SGLS bit 18).
 */
final class SglWalk {
    /** Most descriptors of a command; more could keep us for ever, as a list may lead to itself. */
    static final int DESCRIPTORS_MAX = 4096;

    private static final ValueLayout.OfLong QWORD =
            JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final DataPointer data;
    private final GuestMemory memory;
    private final boolean toHost;
    private final MemorySegment scratch;
    private final SglDescriptor descriptor = new SglDescriptor();

    // The segment that follows, if any.
    private boolean hasNext;
    private boolean nextIsLast;
    private long nextAddress;
    private long nextBytes;

    SglWalk(DataPointer data, GuestMemory memory, boolean toHost, MemorySegment scratch) {
        this.data = data;
        this.memory = memory;
        this.toHost = toHost;
        this.scratch = scratch;
    }

    int resolve(SubmissionEntry entry) {
        scratch.set(QWORD, 0, entry.prp1());
        scratch.set(QWORD, Long.BYTES, entry.prp2());
        descriptor.wrap(scratch, 0);
        int status = take(true, true);
        long descriptors = 0;
        while (status == Status.SUCCESS && hasNext && !isComplete()) {
            descriptors += nextBytes / SglDescriptor.SIZE_BYTES;
            status =
                    descriptors > DESCRIPTORS_MAX
                            ? Status.doNotRetry(Status.INVALID_NUMBER_OF_SGL_DESCRIPTORS)
                            : segment();
        }
        if (status == Status.SUCCESS && !isComplete()) {
            return Status.doNotRetry(Status.DATA_SGL_LENGTH_INVALID);
        }
        return status;
    }

    private boolean isComplete() {
        return data.resolvedBytes() == data.lengthBytes();
    }

    private int segment() {
        hasNext = false;
        boolean segmentsMayFollow = !nextIsLast;
        long address = nextAddress;
        long bytes = nextBytes;
        for (long done = 0; done < bytes && !isComplete(); ) {
            long piece = Math.min(bytes - done, scratch.byteSize());
            if (!memory.read(address + done, scratch, 0, piece).isOk()) {
                return Status.DATA_TRANSFER_ERROR;
            }
            for (long at = 0; at < piece && !isComplete(); at += SglDescriptor.SIZE_BYTES) {
                descriptor.wrap(scratch, at);
                boolean isFinal = done + at + SglDescriptor.SIZE_BYTES == bytes;
                int status = take(segmentsMayFollow, isFinal);
                if (status != Status.SUCCESS) {
                    return status;
                }
            }
            done += piece;
        }
        return Status.SUCCESS;
    }

    /**
     * Acts on the descriptor under the window.
     *
     * @param segmentsMayFollow false in a last segment
     * @param isFinal whether it is the last of its segment
     */
    private int take(boolean segmentsMayFollow, boolean isFinal) {
        if (descriptor.subType() != SglDescriptor.SUB_TYPE_ADDRESS) {
            return Status.doNotRetry(Status.SGL_DESCRIPTOR_TYPE_INVALID);
        }
        long bytes = Integer.toUnsignedLong(descriptor.lengthBytes());
        return switch (descriptor.type()) {
            case SglDescriptor.TYPE_DATA_BLOCK -> dataBlock(bytes);
            case SglDescriptor.TYPE_BIT_BUCKET -> {
                if (toHost) { // of a write it counts as empty
                    data.append(DataPointer.NOWHERE, bytes);
                }
                yield Status.SUCCESS;
            }
            case SglDescriptor.TYPE_SEGMENT, SglDescriptor.TYPE_LAST_SEGMENT ->
                    segmentsMayFollow && isFinal ? follow(bytes) : badSegment();
            default -> Status.doNotRetry(Status.SGL_DESCRIPTOR_TYPE_INVALID);
        };
    }

    private int dataBlock(long bytes) {
        long address = descriptor.address();
        if (bytes > 0 && Long.compareUnsigned(address + bytes, address) < 0) {
            return Status.doNotRetry(Status.DATA_SGL_LENGTH_INVALID);
        }
        data.append(address, bytes);
        return Status.SUCCESS;
    }

    private int follow(long bytes) {
        if (bytes == 0 || bytes % SglDescriptor.SIZE_BYTES != 0) {
            return badSegment();
        }
        hasNext = true;
        nextIsLast = descriptor.type() == SglDescriptor.TYPE_LAST_SEGMENT;
        nextAddress = descriptor.address();
        nextBytes = bytes;
        return Status.SUCCESS;
    }

    private static int badSegment() {
        return Status.doNotRetry(Status.INVALID_SGL_SEGMENT_DESCRIPTOR);
    }
}
