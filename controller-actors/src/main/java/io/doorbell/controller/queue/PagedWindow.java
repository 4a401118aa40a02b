package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;

/**
 * A queue that lies scattered over pages (Base §5.4, §5.5: PC = 0) as one window. No single value
 * crosses a page; copies may.
 */
public final class PagedWindow extends MemoryWindow {
    private final MemoryWindow[] pages;
    private final int pageSizeLog2;
    private final long sizeBytes;

    /**
     * @param pages all of {@code pageBytes} but the last, which may be shorter
     * @param pageBytes a power of two
     */
    public PagedWindow(MemoryWindow[] pages, int pageBytes) {
        this.pages = pages.clone();
        this.pageSizeLog2 = Integer.numberOfTrailingZeros(pageBytes);
        this.sizeBytes =
                ((long) (pages.length - 1) << pageSizeLog2) + pages[pages.length - 1].sizeBytes();
    }

    private interface Piece {
        void copy(MemoryWindow page, long offsetBytes, long doneBytes, long pieceBytes);
    }

    private MemoryWindow page(long offsetBytes) {
        return pages[(int) (offsetBytes >>> pageSizeLog2)];
    }

    private long inPage(long offsetBytes) {
        return offsetBytes & ((1L << pageSizeLog2) - 1);
    }

    private void forEachPiece(long offsetBytes, long bytes, Piece piece) {
        for (long done = 0; done < bytes; ) {
            long offset = offsetBytes + done;
            MemoryWindow page = page(offset);
            long length = Math.min(bytes - done, page.sizeBytes() - inPage(offset));
            piece.copy(page, inPage(offset), done, length);
            done += length;
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int getInt(long offsetBytes) {
        return page(offsetBytes).getInt(inPage(offsetBytes));
    }

    @Override
    public long getLong(long offsetBytes) {
        return page(offsetBytes).getLong(inPage(offsetBytes));
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        return page(offsetBytes).getIntAcquire(inPage(offsetBytes));
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        return page(offsetBytes).getLongAcquire(inPage(offsetBytes));
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        page(offsetBytes).setInt(inPage(offsetBytes), value);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        page(offsetBytes).setLong(inPage(offsetBytes), value);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        page(offsetBytes).setIntRelease(inPage(offsetBytes), value);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        page(offsetBytes).setLongRelease(inPage(offsetBytes), value);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        return page(offsetBytes).compareAndSetInt(inPage(offsetBytes), expected, value);
    }

    @Override
    public void read(long offsetBytes, MemorySegment target, long targetOffsetBytes, long bytes) {
        forEachPiece(
                offsetBytes,
                bytes,
                (page, offset, done, length) ->
                        page.read(offset, target, targetOffsetBytes + done, length));
    }

    @Override
    public void write(long offsetBytes, MemorySegment source, long sourceOffsetBytes, long bytes) {
        forEachPiece(
                offsetBytes,
                bytes,
                (page, offset, done, length) ->
                        page.write(offset, source, sourceOffsetBytes + done, length));
    }

    @Override
    public void zero(long offsetBytes, long bytes) {
        forEachPiece(offsetBytes, bytes, (page, offset, done, length) -> page.zero(offset, length));
    }
}
