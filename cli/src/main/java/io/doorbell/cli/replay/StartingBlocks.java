package io.doorbell.cli.replay;

import io.doorbell.controller.data.DataPointer;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.MemoryStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.BitSet;

/** Blocks in memory that were something at the start; a span of them is fetched when it is used. */
final class StartingBlocks implements BlockStore {
    static final int SPAN_BYTES = 1 << 16;

    /** What blocks are that nobody knows. */
    static final byte UNKNOWN = (byte) 0xA5;

    /** What was there at the start. */
    @FunctionalInterface
    interface Content {
        /** Fills a span, or its part before the end. */
        void fill(long startByte, MemorySegment span);
    }

    private final long sizeBytes;
    private final Content content;
    private final MemoryStore blocks;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment span = arena.allocate(SPAN_BYTES);
    private final BitSet fetched = new BitSet();

    StartingBlocks(long sizeBytes, Content content) {
        this.sizeBytes = sizeBytes;
        this.content = content;
        this.blocks = new MemoryStore(sizeBytes);
    }

    /** Nobody knows what was there. */
    static Content unknown() {
        return (_, span) -> span.fill(UNKNOWN);
    }

    /** What a file has; zeros after its end. */
    static Content of(FileChannel file) {
        return (startByte, span) -> {
            span.fill((byte) 0);
            ByteBuffer target = span.asByteBuffer();
            try {
                while (target.hasRemaining()
                        && file.read(target, startByte + target.position()) > 0) {}
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        };
    }

    private void fetch(long startByte, long bytes) {
        long last = (startByte + bytes - 1) / SPAN_BYTES;
        for (long each = startByte / SPAN_BYTES; each <= last; each++) {
            int index = Math.toIntExact(each);
            if (!fetched.get(index)) {
                fetched.set(index);
                long start = each * SPAN_BYTES;
                long length = Math.min(SPAN_BYTES, sizeBytes - start);
                content.fill(start, span.asSlice(0, length));
                blocks.save(start, span, length, false);
            }
        }
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    @Override
    public int read(long startByte, DataPointer data) {
        fetch(startByte, data.lengthBytes());
        return blocks.read(startByte, data);
    }

    @Override
    public int write(long startByte, DataPointer data, boolean durable) {
        fetch(startByte, data.lengthBytes());
        return blocks.write(startByte, data, durable);
    }

    @Override
    public int load(long startByte, MemorySegment target, long bytes) {
        fetch(startByte, bytes);
        return blocks.load(startByte, target, bytes);
    }

    @Override
    public int save(long startByte, MemorySegment source, long bytes, boolean durable) {
        fetch(startByte, bytes);
        return blocks.save(startByte, source, bytes, durable);
    }

    @Override
    public int compareAndSave(
            long startByte,
            MemorySegment expected,
            MemorySegment source,
            long bytes,
            boolean durable) {
        fetch(startByte, bytes);
        return blocks.compareAndSave(startByte, expected, source, bytes, durable);
    }

    @Override
    public int verify(long startByte, long bytes) {
        return blocks.verify(startByte, bytes);
    }

    /** Whole spans are not fetched: nobody will see what they were. */
    @Override
    public int zero(long startByte, long bytes, boolean deallocate, boolean durable) {
        long end = startByte + bytes;
        for (long at = startByte; at < end; ) {
            long next = Math.min(end, (at / SPAN_BYTES + 1) * SPAN_BYTES);
            if (next - at == SPAN_BYTES) {
                fetched.set(Math.toIntExact(at / SPAN_BYTES));
            } else {
                fetch(at, next - at);
            }
            at = next;
        }
        return blocks.zero(startByte, bytes, deallocate, durable);
    }

    @Override
    public int flush() {
        return blocks.flush();
    }

    @Override
    public void close() {
        blocks.close();
        arena.close();
    }
}
