package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.spec.CompletionEntry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I01 for the host: what has completed was not cancelled. */
final class HostCancels extends Oracle {
    /** An entry that the host has not told to have consumed. */
    private static final class Entry {
        private final int key; // queue and identifier
        private final long halfWithPhase;
        private final CompletionQueueState queue;
        private boolean visible;

        Entry(int key, long halfWithPhase, CompletionQueueState queue) {
            this.key = key;
            this.halfWithPhase = halfWithPhase;
            this.queue = queue;
        }
    }

    private final Map<Integer, List<Entry>> unconsumed = new HashMap<>(); // by completion queue
    private final Map<Integer, Entry> byKey = new HashMap<>(); // the last; may be consumed
    private final Map<Long, Entry> invisible = new HashMap<>(); // by address; never iterated

    HostCancels(Oracle.Post post) {
        super(
                post,
                "I01",
                "The host cancels no command whose completion it can see: it looks before it takes a queue away.",
                "Base 2.0 §3.3.3.2, §5.7");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    @Override
    public void epochBegan() {
        unconsumed.clear();
        byKey.clear();
        invisible.clear();
    }

    @Override
    public void posting(Posting posting) {
        CompletionQueueState queue = posting.queue();
        if (queue.id() == 0
                || !model().facts().tellsVisibility()
                || posting.command() == CommandTable.NONE) {
            return;
        }
        List<Entry> entries = unconsumed.computeIfAbsent(queue.id(), _ -> new ArrayList<>());
        if (!entries.isEmpty() && entries.getFirst().queue != queue) {
            entries.clear(); // of a queue before this one
        }
        long half = posting.address() + CompletionEntry.HIGH_QWORD_OFFSET_BYTES;
        Entry entry = new Entry(key(posting.sqId(), posting.commandId()), half, queue);
        entries.add(entry);
        byKey.put(entry.key, entry);
        invisible.put(half, entry);
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        if (sizeBytes <= CompletionEntry.SIZE_BYTES && !invisible.isEmpty()) {
            Entry entry = invisible.remove(address + sizeBytes - Long.BYTES);
            if (entry != null) {
                entry.visible = true;
            }
        }
    }

    /** The host has consumed the completion of a command. */
    void consumed(int submissionQueueId, int commandId) {
        Entry entry = byKey.remove(key(submissionQueueId, commandId));
        if (entry != null) {
            List<Entry> entries = entriesWith(entry);
            entries.subList(0, entries.indexOf(entry) + 1).clear(); // others were nobody's
        }
    }

    private List<Entry> entriesWith(Entry entry) {
        return unconsumed.getOrDefault(entry.queue.id(), new ArrayList<>());
    }

    /** The host takes a command for one that will never complete. */
    void cancelled(int submissionQueueId, int commandId) {
        Entry entry = byKey.get(key(submissionQueueId, commandId));
        if (entry != null
                && isVisible(entry)
                && !entry.queue.isExcused()
                && !model().isExcused(submissionQueueId, commandId)) {
            broken(
                    "CID %04Xh of submission queue %d completed"
                            .formatted(commandId, submissionQueueId),
                    "cancelled, with its completion to be seen at %Xh"
                            .formatted(entry.halfWithPhase));
        }
    }

    /** Whether it is there, behind no other that cannot be seen. */
    private boolean isVisible(Entry entry) {
        for (Entry each : entriesWith(entry)) {
            if (!each.visible) {
                return false;
            }
            if (each == entry) {
                return true;
            }
        }
        return false;
    }

    private static int key(int queueId, int commandId) {
        return queueId << 16 | commandId;
    }
}
