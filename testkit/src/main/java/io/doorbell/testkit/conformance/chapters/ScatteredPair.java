package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.Memory;

/**
 * A queue pair in pages that lie apart and in falling order, described by PRP Lists (Base §5.4,
 * §5.5: PC = 0).
 */
final class ScatteredPair {
    private static final int PAGE = Memory.PAGE_BYTES;
    private static final int LIST_SLOTS = PAGE / Long.BYTES;

    private final Host host;
    private final int id;
    private final int entries;
    private final long[] submissionPages;
    private final long[] completionPages;
    private int tail;
    private int head;
    private boolean phase = true;
    private int commandId;

    private ScatteredPair(Host host, int id, int entries) {
        this.host = host;
        this.id = id;
        this.entries = entries;
        this.submissionPages = pages(entries * SubmissionEntry.SIZE_BYTES);
        this.completionPages = pages(entries * CompletionEntry.SIZE_BYTES);
    }

    static ScatteredPair create(Host host, int id, int entries) {
        NotApplicable.unless(
                !ControllerCapabilities.contiguousQueuesRequired(host.cap()),
                "CAP.CQR asks for queues in one piece");
        ScatteredPair pair = new ScatteredPair(host, id, entries);
        host.adminOk(
                Commands.createCompletionQueue(id, entries, pair.list(pair.completionPages), 1)
                        .cdw(11, 1 << 16 | 2));
        host.adminOk(
                Commands.createSubmissionQueue(id, entries, pair.list(pair.submissionPages), id)
                        .cdw(11, id << 16));
        return pair;
    }

    private long[] pages(int bytes) {
        long[] pages = new long[(bytes + PAGE - 1) / PAGE];
        long end = host.memory().pages(2 * pages.length) + 2L * pages.length * PAGE;
        for (int i = 0; i < pages.length; i++) {
            pages[i] = end - 2L * (i + 1) * PAGE;
        }
        return pages;
    }

    private long list(long[] pages) {
        long first = host.memory().pages(1);
        long list = first;
        int slot = 0;
        for (int i = 0; i < pages.length; i++) {
            if (slot == LIST_SLOTS - 1 && i < pages.length - 1) {
                long next = host.memory().pages(1);
                host.memory().putLong(list + 8L * slot, next);
                list = next;
                slot = 0;
            }
            host.memory().putLong(list + 8L * slot++, pages[i]);
        }
        return first;
    }

    private static long at(long[] pages, int slot, int entryBytes) {
        long offset = (long) slot * entryBytes;
        return pages[(int) (offset / PAGE)] + offset % PAGE;
    }

    private void put() {
        long address = at(submissionPages, tail, SubmissionEntry.SIZE_BYTES);
        host.memory().fill(address, SubmissionEntry.SIZE_BYTES, 0);
        host.memory().putInt(address, (commandId & 0xFFFF) << 16 | NvmOpcode.FLUSH);
        host.memory().putInt(address + 4, 1);
        tail = (tail + 1) % entries;
    }

    private boolean hasCompletion() {
        long address = at(completionPages, head, CompletionEntry.SIZE_BYTES);
        return ((host.memory().getInt(address + 12) >>> 16) & 1) == (phase ? 1 : 0);
    }

    private void expectCompletion(int id) {
        host.expect("a completion in slot " + head, this::hasCompletion);
        long address = at(completionPages, head, CompletionEntry.SIZE_BYTES);
        Expect.equal("CID", host.memory().getShort(address + 12), id & 0xFFFF);
        head++;
        if (head == entries) {
            head = 0;
            phase = !phase;
        }
    }

    /** One command, all its way. */
    void runFlush() {
        put();
        host.ringSubmission(id, tail);
        expectCompletion(commandId++);
        host.ringCompletion(id, head);
    }

    /** Goes round the whole queue in big steps. */
    void expectLastSlotsWork() {
        int step = entries / 4;
        for (int round = 0; round < 5; round++) {
            int first = commandId;
            for (int i = 0; i < step; i++) {
                put();
                commandId++;
            }
            host.ringSubmission(id, tail);
            for (int i = 0; i < step; i++) {
                expectCompletion(first + i);
            }
            host.ringCompletion(id, head);
        }
    }

    Memory.Watch watchPagesBetween() {
        return host.memory().watch(completionPages[0] + PAGE, PAGE);
    }
}
