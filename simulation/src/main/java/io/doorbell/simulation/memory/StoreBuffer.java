package io.doorbell.simulation.memory;

import java.util.ArrayList;
import java.util.List;

/** Stores of one side that the other does not see yet, in the order in which they were made. */
final class StoreBuffer {
    /** What becomes of a store when it is seen. */
    interface Sink {
        void seen(PendingStore store);
    }

    private final List<PendingStore> stores = new ArrayList<>();
    private final boolean inOrder;
    private final Sink sink;
    private int fences;

    /**
     * @param inOrder whether no store is seen before an earlier one, fence or not
     */
    StoreBuffer(boolean inOrder, Sink sink) {
        this.inOrder = inOrder;
        this.sink = sink;
    }

    boolean isEmpty() {
        return stores.isEmpty();
    }

    void add(long address, int sizeBytes, long value, long dueTick) {
        stores.add(new PendingStore(address, sizeBytes, value, dueTick, fences));
    }

    void add(long address, byte[] content, long dueTick) {
        stores.add(new PendingStore(address, content, dueTick, fences));
    }

    /** No store made after this is seen before any made so far. */
    void fence() {
        if (!stores.isEmpty()) {
            fences++;
        }
    }

    /** Puts the stores over a copy of memory from {@code address}. */
    void overlay(long address, byte[] target, int offset, int sizeBytes) {
        for (PendingStore store : stores) {
            long from = Math.max(address, store.address());
            long end = Math.min(address + sizeBytes, store.address() + store.sizeBytes());
            for (long at = from; at < end; at++) {
                target[offset + (int) (at - address)] = store.byteAt((int) (at - store.address()));
            }
        }
    }

    /** Lets everything be seen. */
    void drain() {
        drainFirst(stores.size());
    }

    /** Lets everything before the last fence be seen. */
    void drainFenced() {
        for (int i = 0; i < stores.size(); ) {
            if (stores.get(i).fences() < fences) {
                see(i);
            } else {
                i++;
            }
        }
    }

    /** Lets be seen what is due, and what must be seen before it. */
    void drainDue(long tick) {
        for (int i = 0; i < stores.size(); i++) {
            if (stores.get(i).dueTick() <= tick) {
                i -= seeWithPredecessors(i);
            }
        }
    }

    /** Lets be seen what a load of this range must see. */
    void drainOverlapping(long address, long sizeBytes) {
        for (int i = 0; i < stores.size(); i++) {
            if (stores.get(i).overlaps(address, sizeBytes)) {
                i -= seeWithPredecessors(i);
            }
        }
    }

    /** How many stores left: the one at {@code index}, and those that may not be seen after it. */
    private int seeWithPredecessors(int index) {
        if (inOrder) {
            drainFirst(index + 1);
            return index + 1;
        }
        PendingStore store = stores.get(index);
        int left = 0;
        for (int i = 0; i < index - left; ) {
            PendingStore earlier = stores.get(i);
            if (earlier.fences() < store.fences()
                    || earlier.overlaps(store.address(), store.sizeBytes())) {
                int seen = seeWithPredecessors(i);
                left += seen;
                i -= seen - 1; // those that stayed are looked at again, to no effect
            } else {
                i++;
            }
        }
        see(index - left);
        return left + 1;
    }

    private void drainFirst(int count) {
        for (int i = 0; i < count; i++) {
            sink.seen(stores.get(i));
        }
        stores.subList(0, count).clear();
    }

    private void see(int index) {
        sink.seen(stores.remove(index));
    }
}
