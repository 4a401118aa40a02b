package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.DatasetRange;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Guest memory for the data of one queue's commands, one buffer for each tag, and the PRP entries
 * that describe it (Base §4.1.1).
 *
 * <p>The pages of a buffer lie in descending order, so that no device gets away with taking them
 * for contiguous:
 *
 * <pre>
 *  transfer   page 0   page 1   page 2        PRP1: page 0; PRP2: page 1, or a list of the rest
 *  memory     ... page 2 | page 1 | page 0 ...
 * </pre>
 */
final class DataBuffers {
    private static final int PAGE = PageAllocator.PAGE_BYTES;
    private static final ValueLayout.OfLong ENTRY =
            ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final GuestMemory memory;
    private final int pagesEach;
    private final long bufferStart;
    private final long bufferStrideBytes;
    private final long listStart;
    private final long listStrideBytes;
    private final long rangeStart;

    /**
     * @param bytesEach largest transfer, at least 1
     * @param commands how many there may be at a time: tags are 0 to one less
     * @param shared whether all commands use one buffer, because nobody looks at the data
     * @throws IllegalArgumentException if a PRP list of one page cannot describe {@code bytesEach}
     */
    DataBuffers(
            GuestMemory memory,
            PageAllocator allocator,
            long bytesEach,
            int commands,
            boolean shared) {
        this.memory = memory;
        int tags = shared ? 1 : commands;
        pagesEach = (int) ((bytesEach + PAGE - 1) / PAGE);
        bufferStrideBytes = tags == 1 ? 0 : (long) pagesEach * PAGE;
        bufferStart = allocator.allocate((long) tags * pagesEach * PAGE);
        listStrideBytes = tags == 1 ? 0 : listBytes();
        listStart = pagesEach > 2 ? allocator.allocate(tags * listBytes()) : 0;
        for (int tag = 0; tag < tags && pagesEach > 2; tag++) {
            writeList(tag);
        }
        rangeStart = allocator.allocate((long) commands * DatasetRange.SIZE_BYTES);
    }

    private long listBytes() {
        return listBytes(pagesEach);
    }

    private static long listBytes(long pagesEach) {
        return pages((pagesEach - 1) * Long.BYTES);
    }

    /** Guest memory that the buffers of one queue take. */
    static long neededBytes(long bytesEach, int commands, boolean shared) {
        long tags = shared ? 1 : commands;
        long pagesEach = pages(bytesEach) / PAGE;
        long lists = pagesEach > 2 ? tags * listBytes(pagesEach) : 0;
        return tags * pages(bytesEach) + lists + pages((long) commands * DatasetRange.SIZE_BYTES);
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }

    /** The list of a tag never changes: its pages are always the same. */
    private void writeList(int tag) {
        int pages = pagesEach - 1;
        int slots = PAGE / Long.BYTES;
        if (pages > slots) {
            throw new IllegalArgumentException(
                    "A transfer of %,d pages needs more than one page of PRP entries."
                            .formatted(pagesEach));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate((long) pages * Long.BYTES, Long.BYTES);
            for (int page = 0; page < pages; page++) {
                list.setAtIndex(ENTRY, page, pageAddress(tag, page + 1));
            }
            memory.write(list(tag), list, 0, list.byteSize());
        }
    }

    /** Describes the first {@code bytes} bytes of a tag's buffer in a command. */
    void describe(SubmissionEntry entry, int tag, long bytes) {
        entry.prp1(prp1(tag)).prp2(prp2(tag, bytes));
    }

    /** PRP1 of a transfer in a tag's buffer. */
    long prp1(int tag) {
        return pageAddress(tag, 0);
    }

    /** PRP2 of a transfer of {@code bytes} bytes in a tag's buffer; 0 if it needs none. */
    long prp2(int tag, long bytes) {
        if (bytes > 2 * PAGE) {
            return list(tag);
        }
        return bytes > PAGE ? pageAddress(tag, 1) : 0;
    }

    /**
     * Describes a tag's dataset range in a command, after storing it. It has memory of its own even
     * where the data has not: here the device does look, and some read may be under way.
     */
    void describeRange(SubmissionEntry entry, int tag, MemorySegment range) {
        long address = rangeStart + (long) tag * DatasetRange.SIZE_BYTES;
        memory.write(address, range, 0, DatasetRange.SIZE_BYTES);
        entry.prp1(address);
    }

    /** Copies data into a tag's buffer, as the file system does before a write. */
    void fill(int tag, MemorySegment source, long bytes) {
        for (long done = 0; done < bytes; done += PAGE) {
            memory.write(
                    pageAddress(tag, (int) (done / PAGE)),
                    source,
                    done,
                    Math.min(PAGE, bytes - done));
        }
    }

    /** Copies data out of a tag's buffer. */
    void drain(int tag, MemorySegment target, long bytes) {
        for (long done = 0; done < bytes; done += PAGE) {
            memory.read(
                    pageAddress(tag, (int) (done / PAGE)),
                    target,
                    done,
                    Math.min(PAGE, bytes - done));
        }
    }

    private long pageAddress(int tag, int page) {
        return bufferStart + tag * bufferStrideBytes + (long) (pagesEach - 1 - page) * PAGE;
    }

    private long list(int tag) {
        return listStart + tag * listStrideBytes;
    }
}
