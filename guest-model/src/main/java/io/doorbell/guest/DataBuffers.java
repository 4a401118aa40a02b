package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.guest.HostPolicies.BufferPlaces;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.DatasetRange;

import org.jspecify.annotations.Nullable;

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

    private static final long OFFSET_STEP_BYTES = 1_372; // of one tag to the next

    private final GuestMemory memory;
    private final int pagesEach;
    private final long bufferStart;
    private final long bufferStrideBytes;
    private final long listStart;
    private final long listStrideBytes;
    private final long rangeStart;
    private final @Nullable ScatteredLists scattered; // null: everything begins a page

    /** Buffers that begin a page, as do their lists. */
    DataBuffers(
            GuestMemory memory,
            PageAllocator allocator,
            long bytesEach,
            int commands,
            boolean shared) {
        this(memory, allocator, bytesEach, commands, shared, BufferPlaces.PAGES);
    }

    /**
     * @param bytesEach largest transfer, at least 1
     * @param commands how many there may be at a time: tags are 0 to one less
     * @param shared whether all commands use one buffer, because nobody looks at the data
     * @param places where in a page they begin
     * @throws IllegalArgumentException if a PRP list of one page cannot describe {@code bytesEach}
     */
    DataBuffers(
            GuestMemory memory,
            PageAllocator allocator,
            long bytesEach,
            int commands,
            boolean shared,
            BufferPlaces places) {
        this.memory = memory;
        int tags = shared ? 1 : commands;
        pagesEach = (int) pagesEach(bytesEach, places);
        bufferStrideBytes = tags == 1 ? 0 : (long) pagesEach * PAGE;
        bufferStart = allocator.allocate((long) tags * pagesEach * PAGE);
        long listBytes = listBytes(pagesEach, places);
        listStrideBytes = tags == 1 ? 0 : listBytes;
        listStart = pagesEach > 2 ? allocator.allocate(tags * listBytes) : 0;
        scattered = places == BufferPlaces.SCATTERED ? new ScatteredLists(memory, listStart) : null;
        for (int tag = 0; tag < tags && pagesEach > 2 && scattered == null; tag++) {
            writeList(tag);
        }
        rangeStart = allocator.allocate((long) commands * DatasetRange.SIZE_BYTES);
    }

    private static long pagesEach(long bytesEach, BufferPlaces places) {
        return pages(bytesEach) / PAGE + (places == BufferPlaces.SCATTERED ? 1 : 0);
    }

    private static long listBytes(long pagesEach, BufferPlaces places) {
        return places == BufferPlaces.SCATTERED
                ? ScatteredLists.BYTES_EACH
                : pages((pagesEach - 1) * Long.BYTES);
    }

    /** Guest memory that the buffers of one queue take. */
    static long neededBytes(long bytesEach, int commands, boolean shared, BufferPlaces places) {
        long tags = shared ? 1 : commands;
        long pagesEach = pagesEach(bytesEach, places);
        long lists = pagesEach > 2 ? tags * listBytes(pagesEach, places) : 0;
        return tags * pagesEach * PAGE + lists + pages((long) commands * DatasetRange.SIZE_BYTES);
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
        return pageAddress(tag, 0) + offset(tag);
    }

    /** PRP2 of a transfer of {@code bytes} bytes in a tag's buffer; 0 if it needs none. */
    long prp2(int tag, long bytes) {
        long end = offset(tag) + bytes;
        if (end > 2 * PAGE) {
            return scattered == null
                    ? list(tag)
                    : scattered.write(
                            bufferOf(tag),
                            (int) ((end - 1) / PAGE),
                            page -> pageAddress(tag, page));
        }
        return end > PAGE ? pageAddress(tag, 1) : 0;
    }

    /** Where in its first page a buffer begins; any multiple of a dword. */
    private long offset(int tag) {
        return scattered == null ? 0 : bufferOf(tag) * OFFSET_STEP_BYTES % PAGE;
    }

    /** Commands that share a buffer share its places as well. */
    private int bufferOf(int tag) {
        return bufferStrideBytes == 0 ? 0 : tag;
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
        long offset = offset(tag);
        for (long done = 0; done < bytes; ) {
            long place = offset + done;
            long piece = Math.min(PAGE - place % PAGE, bytes - done);
            memory.write(address(tag, place), source, done, piece);
            done += piece;
        }
    }

    /** Copies data out of a tag's buffer. */
    void drain(int tag, MemorySegment target, long bytes) {
        long offset = offset(tag);
        for (long done = 0; done < bytes; ) {
            long place = offset + done;
            long piece = Math.min(PAGE - place % PAGE, bytes - done);
            memory.read(address(tag, place), target, done, piece);
            done += piece;
        }
    }

    private long address(int tag, long place) {
        return pageAddress(tag, (int) (place / PAGE)) + place % PAGE;
    }

    private long pageAddress(int tag, int page) {
        return bufferStart + tag * bufferStrideBytes + (long) (pagesEach - 1 - page) * PAGE;
    }

    private long list(int tag) {
        return listStart + tag * listStrideBytes;
    }
}
