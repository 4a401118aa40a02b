package io.doorbell.vfiouser.memory;

import io.doorbell.bus.memory.MemoryWindow;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/**
 * A window over several regions, as a virtual IOMMU makes them: one for each page. Pieces start and
 * end at multiples of 8, so no value lies in two.
 */
final class PiecewiseWindow extends MemoryWindow {
    /**
     * @param startOffset in the whole window
     */
    record Piece(long startOffset, MemoryWindow window) {}

    /** What is done to a part of an access. */
    @FunctionalInterface
    private interface PieceAction {
        void apply(MemoryWindow window, long offset, long done, long bytes);
    }

    private final Piece[] pieces;
    private final long sizeBytes;

    PiecewiseWindow(List<Piece> pieces, long sizeBytes) {
        this.pieces = pieces.toArray(Piece[]::new);
        this.sizeBytes = sizeBytes;
    }

    private Piece at(long offsetBytes) {
        int low = 0;
        int high = pieces.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pieces[middle].startOffset <= offsetBytes) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return pieces[low];
    }

    private void forEachPiece(long offsetBytes, long bytes, PieceAction action) {
        Objects.checkFromIndexSize(offsetBytes, bytes, sizeBytes);
        for (long done = 0; done < bytes; ) {
            Piece piece = at(offsetBytes + done);
            long offset = offsetBytes + done - piece.startOffset;
            long part = Math.min(bytes - done, piece.window.sizeBytes() - offset);
            action.apply(piece.window, offset, done, part);
            done += part;
        }
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public int getInt(long offsetBytes) {
        Piece piece = at(offsetBytes);
        return piece.window.getInt(offsetBytes - piece.startOffset);
    }

    @Override
    public long getLong(long offsetBytes) {
        Piece piece = at(offsetBytes);
        return piece.window.getLong(offsetBytes - piece.startOffset);
    }

    @Override
    public int getIntAcquire(long offsetBytes) {
        Piece piece = at(offsetBytes);
        return piece.window.getIntAcquire(offsetBytes - piece.startOffset);
    }

    @Override
    public long getLongAcquire(long offsetBytes) {
        Piece piece = at(offsetBytes);
        return piece.window.getLongAcquire(offsetBytes - piece.startOffset);
    }

    @Override
    public void setInt(long offsetBytes, int value) {
        Piece piece = at(offsetBytes);
        piece.window.setInt(offsetBytes - piece.startOffset, value);
    }

    @Override
    public void setLong(long offsetBytes, long value) {
        Piece piece = at(offsetBytes);
        piece.window.setLong(offsetBytes - piece.startOffset, value);
    }

    @Override
    public void setIntRelease(long offsetBytes, int value) {
        Piece piece = at(offsetBytes);
        piece.window.setIntRelease(offsetBytes - piece.startOffset, value);
    }

    @Override
    public void setLongRelease(long offsetBytes, long value) {
        Piece piece = at(offsetBytes);
        piece.window.setLongRelease(offsetBytes - piece.startOffset, value);
    }

    @Override
    public boolean compareAndSetInt(long offsetBytes, int expected, int value) {
        Piece piece = at(offsetBytes);
        return piece.window.compareAndSetInt(offsetBytes - piece.startOffset, expected, value);
    }

    @Override
    public void read(
            long offsetBytes, MemorySegment target, long targetOffsetBytes, long readBytes) {
        forEachPiece(
                offsetBytes,
                readBytes,
                (window, offset, done, part) ->
                        window.read(offset, target, targetOffsetBytes + done, part));
    }

    @Override
    public void write(
            long offsetBytes, MemorySegment source, long sourceOffsetBytes, long writeBytes) {
        forEachPiece(
                offsetBytes,
                writeBytes,
                (window, offset, done, part) ->
                        window.write(offset, source, sourceOffsetBytes + done, part));
    }

    @Override
    public void zero(long offsetBytes, long zeroBytes) {
        forEachPiece(
                offsetBytes, zeroBytes, (window, offset, _, part) -> window.zero(offset, part));
    }
}
