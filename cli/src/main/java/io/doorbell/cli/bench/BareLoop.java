package io.doorbell.cli.bench;

import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.memory.SparseMapping;
import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.ReadWrite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The yardstick: one thread that does the ring work of host and device for all queue pairs in turn,
 * with no actors, no messages and no doorbells between them.
 *
 * <p>For each command it writes the entry, fetches it, checks it, resolves its PRP entries, looks
 * up the data page, posts the completion and consumes it by phase: what the machine does too. What
 * it leaves out is the price of actors.
 */
final class BareLoop {
    private static final int PAGE = 4096;
    private static final long NAMESPACE_BLOCKS = 1 << 20;

    private final int depth;
    private final int entries;
    private final MappedMemory memory;
    private final Pair[] pairs;
    private final long dataAddress;
    private final MemorySegment draftBytes = bytes(SubmissionEntry.SIZE_BYTES);
    private final SubmissionEntry draft = new SubmissionEntry().wrap(draftBytes, 0);
    private final MemorySegment fetched;
    private final SubmissionEntry command = new SubmissionEntry();
    private final MemorySegment scratch = bytes(PAGE);
    private final DataPointer data = new DataPointer();
    private final Arena arena = Arena.ofShared();
    private long nextLba;

    /** A pair's rings and pointers. */
    private static final class Pair {
        private final MemoryWindow submission;
        private final MemoryWindow completion;
        private int slot; // of both queues: everything submitted is completed at once
        private boolean phase = true;

        Pair(MemoryWindow submission, MemoryWindow completion) {
            this.submission = submission;
            this.completion = completion;
        }
    }

    BareLoop(int pairCount, int depth) {
        this.depth = depth;
        entries = Math.max(2, Integer.highestOneBit(depth) * 2);
        long ringPages = pages((long) entries * SubmissionEntry.SIZE_BYTES);
        long pairBytes = ringPages + pages((long) entries * CompletionEntry.SIZE_BYTES);
        long sizeBytes = PAGE + pairCount * pairBytes;
        memory =
                MappedMemory.of(
                        new MemoryRegion(0, SparseMapping.allocate(sizeBytes, arena), true));
        dataAddress = 0;
        fetched = bytes(entries * SubmissionEntry.SIZE_BYTES);
        pairs = new Pair[pairCount];
        for (int i = 0; i < pairCount; i++) {
            long base = PAGE + i * pairBytes;
            pairs[i] =
                    new Pair(
                            window(base, (long) entries * SubmissionEntry.SIZE_BYTES),
                            window(base + ringPages, (long) entries * CompletionEntry.SIZE_BYTES));
        }
    }

    private static MemorySegment bytes(int sizeBytes) {
        return Arena.ofAuto().allocate(sizeBytes, Long.BYTES);
    }

    private static long pages(long bytes) {
        return (bytes + PAGE - 1) / PAGE * PAGE;
    }

    private MemoryWindow window(long address, long sizeBytes) {
        return Objects.requireNonNull(memory.window(address, sizeBytes));
    }

    /** Runs for so long to warm up, then for as long again, and says how fast the latter went. */
    double commandsPerSecond(long nanos) {
        try (arena) {
            run(nanos);
            long begin = System.nanoTime();
            long commands = run(nanos);
            return commands * 1e9 / (System.nanoTime() - begin);
        }
    }

    private long run(long nanos) {
        long end = System.nanoTime() + nanos;
        long commands = 0;
        int pair = 0;
        while (commands % 1024 != 0 || System.nanoTime() - end < 0) {
            round(pairs[pair]);
            pair = pair + 1 == pairs.length ? 0 : pair + 1;
            commands += depth;
        }
        return commands;
    }

    private void round(Pair pair) {
        int first = pair.slot;
        for (int i = 0; i < depth; i++) {
            submit(pair, (first + i) % entries, i);
        }
        fetch(pair, first);
        boolean postPhase = pair.phase;
        for (int i = 0; i < depth; i++) {
            int slot = (first + i) % entries;
            post(pair, slot, execute(i), slot < first ? !postPhase : postPhase);
        }
        for (int i = 0; i < depth; i++) {
            consume(pair);
        }
    }

    private void submit(Pair pair, int slot, int tag) {
        draft.clear().opcode(NvmOpcode.READ).commandId(tag).namespaceId(1).prp1(dataAddress);
        ReadWrite.startingLba(draft, nextLba++ % NAMESPACE_BLOCKS);
        ReadWrite.blockCount(draft, 1);
        pair.submission.write(
                (long) slot * SubmissionEntry.SIZE_BYTES,
                draftBytes,
                0,
                SubmissionEntry.SIZE_BYTES);
    }

    private void fetch(Pair pair, int first) {
        int untilEnd = Math.min(depth, entries - first);
        long size = SubmissionEntry.SIZE_BYTES;
        pair.submission.read(first * size, fetched, 0, untilEnd * size);
        if (untilEnd < depth) {
            pair.submission.read(0, fetched, untilEnd * size, (depth - untilEnd) * size);
        }
    }

    private int execute(int index) {
        command.wrap(fetched, (long) index * SubmissionEntry.SIZE_BYTES);
        if (command.opcode() != NvmOpcode.READ
                || command.namespaceId() != 1
                || ReadWrite.startingLba(command) >= NAMESPACE_BLOCKS) {
            return Status.INVALID_FIELD_IN_COMMAND;
        }
        int status = data.resolve(memory, command, PAGE, PAGE, scratch);
        return status == Status.SUCCESS && data.check(true).isOk()
                ? Status.SUCCESS
                : Status.DATA_TRANSFER_ERROR;
    }

    private void post(Pair pair, int slot, int status, boolean phase) {
        long offset = (long) slot * CompletionEntry.SIZE_BYTES;
        pair.completion.setLong(offset, CompletionEntry.lowQword(0, 0));
        pair.completion.setLongRelease(
                offset + CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                CompletionEntry.highQword(slot, 1, command.commandId(), status, phase));
    }

    private void consume(Pair pair) {
        long entry =
                pair.completion.getLongAcquire(
                        (long) pair.slot * CompletionEntry.SIZE_BYTES
                                + CompletionEntry.HIGH_QWORD_OFFSET_BYTES);
        if (CompletionEntry.phase(entry) != pair.phase || CompletionEntry.status(entry) != 0) {
            throw new IllegalStateException("The yardstick lost a completion.");
        }
        pair.slot++;
        if (pair.slot == entries) {
            pair.slot = 0;
            pair.phase = !pair.phase;
        }
    }
}
