package io.doorbell.controller.queue;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.spec.CompletionEntry;

import java.util.ArrayList;
import java.util.List;

/** The least a host needs to read a completion queue: a head and the phase it expects there. */
final class CompletionReader {
    /** An entry, and where it stood. */
    record Entry(int slot, int sqHead, int sqId, int commandId, int status, int dw0) {}

    private final MemoryWindow queue;
    private final int entryCount;
    private int head;
    private boolean expectedPhase = true;

    CompletionReader(MemoryWindow queue, int entryCount) {
        this.queue = queue;
        this.entryCount = entryCount;
    }

    /** Reads new entries, {@code max} at most, and stops at the first whose phase is old. */
    List<Entry> read(int max) {
        List<Entry> entries = new ArrayList<>();
        while (entries.size() < max && isNew()) {
            long offset = (long) head * CompletionEntry.SIZE_BYTES;
            long high = queue.getLongAcquire(offset + CompletionEntry.HIGH_QWORD_OFFSET_BYTES);
            long low = queue.getLong(offset + CompletionEntry.LOW_QWORD_OFFSET_BYTES);
            entries.add(
                    new Entry(
                            head,
                            CompletionEntry.sqHead(high),
                            CompletionEntry.sqId(high),
                            CompletionEntry.commandId(high),
                            CompletionEntry.status(high),
                            CompletionEntry.dw0(low)));
            advance();
        }
        return entries;
    }

    List<Entry> readAll() {
        return read(Integer.MAX_VALUE);
    }

    private void advance() {
        head++;
        if (head == entryCount) {
            head = 0;
            expectedPhase = !expectedPhase;
        }
    }

    boolean isNew() {
        return phaseOf(head) == expectedPhase;
    }

    boolean phaseOf(int slot) {
        return CompletionEntry.phase(
                queue.getLongAcquire(
                        (long) slot * CompletionEntry.SIZE_BYTES
                                + CompletionEntry.HIGH_QWORD_OFFSET_BYTES));
    }

    int head() {
        return head;
    }

    boolean expectedPhase() {
        return expectedPhase;
    }
}
