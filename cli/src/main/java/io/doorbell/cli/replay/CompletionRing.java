package io.doorbell.cli.replay;

import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.LittleEndian;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * A completion queue as both devices write it. Which command is completed first, and what the head
 * of its submission queue is then, depends on time; so entries are compared by command, and of each
 * device that its entries are in order.
 */
final class CompletionRing {
    /** An entry, by its two halves, and the line of the trace at which it was posted. */
    record Entry(long low, long high, int line, long nanos) {
        /** Whose it is: submission queue and command. */
        int command() {
            return CompletionEntry.sqId(high) << Short.SIZE | CompletionEntry.commandId(high);
        }

        boolean hasResultOf(Entry other) {
            return low == other.low
                    && CompletionEntry.status(high) == CompletionEntry.status(other.high);
        }

        String text() {
            return "status %03Xh, dword 0 %08Xh"
                    .formatted(CompletionEntry.status(high), CompletionEntry.dw0(low));
        }

        String commandText() {
            return "command %04Xh of SQ %d"
                    .formatted(CompletionEntry.commandId(high), CompletionEntry.sqId(high));
        }
    }

    /** What one device has written, store by store. */
    private final class Side {
        private final MemorySegment memory =
                MemorySegment.ofArray(new byte[entries * CompletionEntry.SIZE_BYTES]);
        private long posted;

        /** The last byte of an entry is stored last. */
        void write(long offset, byte[] data, IntConsumer whole) {
            MemorySegment.copy(data, 0, memory, ValueLayout.JAVA_BYTE, offset, data.length);
            int size = CompletionEntry.SIZE_BYTES;
            long end = offset + data.length;
            for (long slot = offset / size; (slot + 1) * size <= end; slot++) {
                whole.accept((int) slot);
                posted++;
            }
        }

        Entry entry(int slot, int line, long nanos) {
            int at = slot * CompletionEntry.SIZE_BYTES;
            return new Entry(
                    LittleEndian.u64(memory, at),
                    LittleEndian.u64(memory, at + CompletionEntry.HIGH_QWORD_OFFSET_BYTES),
                    line,
                    nanos);
        }

        boolean isInOrder(Entry entry, int slot) {
            boolean phase = posted / entries % 2 == 0;
            return slot == posted % entries && CompletionEntry.phase(entry.high()) == phase;
        }
    }

    private final int queueId;
    private final long base;
    private final int entries;
    private final int vector;
    private final Side recorded;
    private final Side replayed;
    private final Map<Integer, ArrayDeque<Entry>> unmatched = new HashMap<>();

    /**
     * @param vector it interrupts with; -1 for none
     */
    CompletionRing(int queueId, long base, int entries, int vector) {
        this.queueId = queueId;
        this.base = base;
        this.entries = entries;
        this.vector = vector;
        this.recorded = new Side();
        this.replayed = new Side();
    }

    boolean holds(long address, long bytes) {
        return address >= base
                && address + bytes <= base + (long) entries * CompletionEntry.SIZE_BYTES;
    }

    int queueId() {
        return queueId;
    }

    int vector() {
        return vector;
    }

    /** The recorded device has written; the entries that are whole now. */
    List<Entry> recorded(long address, byte[] data, int line, long nanos) {
        List<Entry> posted = new ArrayList<>(1);
        recorded.write(address - base, data, slot -> posted.add(recorded.entry(slot, line, nanos)));
        return posted;
    }

    /**
     * The replayed device has written.
     *
     * @return whether an entry became whole
     */
    boolean replayed(long address, byte[] data, Findings findings) {
        long before = replayed.posted;
        replayed.write(
                address - base,
                data,
                slot -> {
                    Entry entry = replayed.entry(slot, findings.line(), findings.nanos());
                    if (!replayed.isInOrder(entry, slot)) {
                        findings.differs(
                                "entries of CQ %d in order".formatted(queueId),
                                "%s in slot %d, out of order or of the wrong phase"
                                        .formatted(entry.commandText(), slot));
                    }
                    unmatched.computeIfAbsent(entry.command(), _ -> new ArrayDeque<>(1)).add(entry);
                });
        return replayed.posted > before;
    }

    /** Whether the replayed device has done what the recorded one does with this store. */
    boolean isReplayed(long address) {
        int slot = (int) ((address - base) / CompletionEntry.SIZE_BYTES);
        long ahead = Math.floorMod(slot - recorded.posted, (long) entries);
        return recorded.posted + ahead < replayed.posted;
    }

    boolean hasReplayed(Entry entry) {
        return unmatched.containsKey(entry.command());
    }

    /** Takes the replayed completion of the same command; null if there is none. */
    @Nullable Entry match(Entry entry) {
        ArrayDeque<Entry> all = unmatched.get(entry.command());
        Entry oldest = all == null ? null : all.poll();
        if (all != null && all.isEmpty()) {
            unmatched.remove(entry.command());
        }
        return oldest;
    }

    /** What the replayed device has completed and the recorded one has not. */
    List<Entry> unmatched() {
        return unmatched.values().stream().flatMap(ArrayDeque::stream).toList();
    }
}
