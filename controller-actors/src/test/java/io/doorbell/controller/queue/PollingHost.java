package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.CompletionReader.Entry;
import io.doorbell.spec.SubmissionEntry;

import java.util.BitSet;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * A host with one completion queue and some submission queues that feed it. It trusts SQHD: a slot
 * is filled again as soon as SQHD has passed it, so an SQHD too far ahead loses commands and one
 * that moves back, or stays, stops the host. Each command id is checked to complete once.
 */
final class PollingHost {
    /** Ids are dealt round this many, so that late and doubled completions are told apart. */
    private static final int IDS = 65_536;

    /** What the host keeps of one submission queue. */
    private static final class Submission {
        final MemoryWindow memory;
        final int entryCount;
        final BitSet outstanding = new BitSet(IDS);
        int tail;
        int head; // from SQHD
        int submitted;

        Submission(int entryCount) {
            this.entryCount = entryCount;
            this.memory = DeviceRig.memory((long) entryCount * SubmissionEntry.SIZE_BYTES);
        }

        boolean hasRoom() {
            return (tail + 1) % entryCount != head;
        }

        void write() {
            int id = submitted++ % IDS;
            memory.setInt((long) tail * SubmissionEntry.SIZE_BYTES, id << 16);
            outstanding.set(id);
            tail = (tail + 1) % entryCount;
        }

        void completed(Entry entry) {
            assertThat(outstanding.get(entry.commandId()))
                    .as("command %d of queue %d is outstanding", entry.commandId(), entry.sqId())
                    .isTrue();
            outstanding.clear(entry.commandId());
            int unread = Math.floorMod(tail - head, entryCount);
            int forward = Math.floorMod(entry.sqHead() - head, entryCount);
            assertThat(forward)
                    .as("SQHD moves forward, up to the tail")
                    .isLessThanOrEqualTo(unread);
            head = entry.sqHead();
        }
    }

    final WatchedWindow completions;
    private final CompletionReader reader;
    private final Submission[] queues; // submission queue id - 1
    private final RandomGenerator random;
    private final BiConsumer<Integer, Integer> ringTail;
    private final BiConsumer<Integer, Integer> ringHead;
    private final int completionQueueId;
    private long completed;

    PollingHost(
            int completionQueueId,
            int completionEntries,
            int[] submissionEntries,
            RandomGenerator random,
            BiConsumer<Integer, Integer> ringTail,
            BiConsumer<Integer, Integer> ringHead) {
        this.completionQueueId = completionQueueId;
        this.completions = new WatchedWindow(completionEntries);
        this.reader = new CompletionReader(completions, completionEntries);
        this.queues = new Submission[submissionEntries.length];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new Submission(submissionEntries[i]);
        }
        this.random = random;
        this.ringTail = ringTail;
        this.ringHead = ringHead;
    }

    MemoryWindow memory(int submissionQueueId) {
        return queues[submissionQueueId - 1].memory;
    }

    /** Submits a few commands on one of the queues, {@code max} at most; returns how many. */
    int submit(int max) {
        int index = random.nextInt(queues.length);
        Submission queue = queues[index];
        int written = 0;
        for (int wanted = random.nextInt(max + 1); written < wanted && queue.hasRoom(); written++) {
            queue.write();
        }
        if (written > 0) {
            ringTail.accept(index + 1, queue.tail);
        }
        return written;
    }

    /** Reads some of the new entries, or all; returns how many. */
    int consume(int max) {
        int read = 0;
        for (Entry entry : reader.read(max)) {
            queues[entry.sqId() - 1].completed(entry);
            read++;
        }
        if (read > 0) {
            completed += read;
            completions.consume(read);
            ringHead.accept(completionQueueId, reader.head());
        }
        return read;
    }

    boolean hasNew() {
        return reader.isNew();
    }

    long completed() {
        return completed;
    }
}
