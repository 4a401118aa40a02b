package io.doorbell.cli.replay;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * Bytes that passed at addresses of memory. Those at one address are taken in their order, however
 * they were cut into accesses: what one device reads at once, another may read in two.
 */
final class PassedBytes {
    private static final int PAGE_LOG2 = 12;
    private static final long PAGE_BYTES = 1L << PAGE_LOG2;

    /** Bytes {@code from} to {@code to} of a transfer; the first is at {@code address}. */
    private static final class Piece {
        private final Transfer transfer;
        private final long address;
        private final int from;
        private final int to;

        private Piece(Transfer transfer, long address, int from, int to) {
            this.transfer = transfer;
            this.address = address;
            this.from = from;
            this.to = to;
        }

        private int bytes() {
            return to - from;
        }

        private boolean holds(long place) {
            return place >= address && place - address < bytes();
        }

        /** What is left without {@code count} bytes from {@code place} on. */
        private List<Piece> without(long place, int count) {
            List<Piece> left = new ArrayList<>(2);
            int before = (int) (place - address);
            if (before > 0) {
                left.add(new Piece(transfer, address, from, from + before));
            }
            if (before + count < bytes()) {
                left.add(new Piece(transfer, place + count, from + before + count, to));
            }
            return left;
        }
    }

    private final Map<Long, List<Piece>> pages = new HashMap<>();

    /** These bytes have passed. */
    void add(long address, Transfer transfer) {
        int length = transfer.data().length;
        for (int done = 0; done < length; ) {
            long place = address + done;
            int count = (int) Math.min(length - done, PAGE_BYTES - (place & (PAGE_BYTES - 1)));
            pages.computeIfAbsent(place >>> PAGE_LOG2, _ -> new ArrayList<>(1))
                    .add(new Piece(transfer, place, done, done + count));
            done += count;
        }
    }

    /** Whether all these bytes have passed and can be taken. */
    boolean has(long address, long bytes) {
        for (long done = 0; done < bytes; ) {
            Piece piece = find(address + done);
            if (piece == null) {
                return false;
            }
            done += piece.address + piece.bytes() - (address + done);
        }
        return true;
    }

    private @Nullable Piece find(long place) {
        for (Piece piece : pages.getOrDefault(place >>> PAGE_LOG2, List.of())) {
            if (piece.holds(place)) {
                return piece;
            }
        }
        return null;
    }

    /**
     * Takes the oldest byte at each address from this one on, into {@code target} from {@code from}
     * on.
     *
     * @return how many there were, from the first on
     */
    int take(long address, byte[] target, int from) {
        int done = from;
        while (done < target.length) {
            long place = address + done - from;
            Piece piece = find(place);
            if (piece == null) {
                break;
            }
            int skipped = (int) (place - piece.address);
            int count = Math.min(target.length - done, piece.bytes() - skipped);
            System.arraycopy(piece.transfer.data(), piece.from + skipped, target, done, count);
            remove(piece, place, count);
            done += count;
        }
        return done - from;
    }

    private void remove(Piece piece, long place, int count) {
        piece.transfer.match(count);
        List<Piece> page = pages.getOrDefault(place >>> PAGE_LOG2, List.of());
        int index = page.indexOf(piece);
        page.remove(index);
        page.addAll(index, piece.without(place, count));
        if (page.isEmpty()) {
            pages.remove(place >>> PAGE_LOG2);
        }
    }

    /** What is left of a transfer to this address passes nobody any more. */
    void forget(long address, Transfer transfer) {
        long last = (address + transfer.data().length - 1) >>> PAGE_LOG2;
        for (long page = address >>> PAGE_LOG2; page <= last && !transfer.isMatched(); page++) {
            List<Piece> pieces = pages.getOrDefault(page, List.of());
            for (Piece piece : List.copyOf(pieces)) {
                if (piece.transfer == transfer) {
                    remove(piece, piece.address, piece.bytes());
                }
            }
        }
    }

    /** Names every range that was not taken: what brought it, and its address. */
    void forEach(ObjLongConsumer<Transfer> visitor) {
        pages.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Long::compareUnsigned))
                .flatMap(page -> page.getValue().stream())
                .forEach(piece -> visitor.accept(piece.transfer, piece.address));
    }

    /** Forgets all. */
    void clear() {
        pages.clear();
    }
}
