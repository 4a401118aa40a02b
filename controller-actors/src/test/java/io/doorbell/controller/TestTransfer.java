package io.doorbell.controller;

import java.util.ArrayList;
import java.util.List;

/**
 * A transfer laid out in guest memory: PRP1, PRP2, and where each byte lies. Lists end where their
 * entries do, in front of garbage that a device which reads on would stumble over.
 */
public final class TestTransfer {
    private static final int PAGE = TestMemory.PAGE_BYTES;
    private static final long GARBAGE = 0xDEAD_0000_0000_0001L;

    private record Piece(long address, int bytes) {}

    private final TestMemory memory;
    private final List<Piece> pieces = new ArrayList<>();
    private long prp1;
    private long prp2;

    private TestTransfer(TestMemory memory) {
        this.memory = memory;
    }

    /**
     * Scattered pages for so many bytes.
     *
     * @param offset of the first byte in its page
     * @param listOffset of the first entry in the page of the list, if there is a list
     */
    public static TestTransfer of(TestMemory memory, int bytes, int offset, int listOffset) {
        TestTransfer transfer = new TestTransfer(memory);
        int first = Math.min(bytes, PAGE - offset);
        int others = (bytes - first + PAGE - 1) / PAGE;
        long[] pages = memory.scattered(1 + others, bytes + offset);
        transfer.prp1 = pages[0] + offset;
        transfer.pieces.add(new Piece(transfer.prp1, first));
        int rest = bytes - first;
        for (int page = 1; page <= others; page++) {
            transfer.pieces.add(new Piece(pages[page], Math.min(rest, PAGE)));
            rest -= PAGE;
        }
        if (others == 1) {
            transfer.prp2 = pages[1];
        } else if (others > 1) {
            transfer.prp2 = transfer.writeList(pages, listOffset);
        }
        return transfer;
    }

    private long writeList(long[] pages, int listOffset) {
        long start = memory.pages(2) + listOffset;
        long slot = start;
        for (int page = 1; page < pages.length; page++) {
            boolean lastSlot = (slot & (PAGE - 1)) == PAGE - Long.BYTES;
            if (lastSlot && page + 1 < pages.length) {
                long next = memory.pages(2);
                memory.putLong(slot, next);
                slot = next;
            }
            memory.putLong(slot, pages[page]);
            slot += Long.BYTES;
        }
        memory.putLong(slot, GARBAGE);
        return start;
    }

    public long prp1() {
        return prp1;
    }

    public long prp2() {
        return prp2;
    }

    public void put(byte[] content) {
        int done = 0;
        for (Piece piece : pieces) {
            byte[] part = new byte[piece.bytes];
            System.arraycopy(content, done, part, 0, piece.bytes);
            memory.put(piece.address, part);
            done += piece.bytes;
        }
    }

    public byte[] get() {
        int bytes = pieces.stream().mapToInt(Piece::bytes).sum();
        byte[] content = new byte[bytes];
        int done = 0;
        for (Piece piece : pieces) {
            byte[] part = memory.bytes(piece.address, piece.bytes);
            System.arraycopy(part, 0, content, done, piece.bytes);
            done += piece.bytes;
        }
        return content;
    }
}
