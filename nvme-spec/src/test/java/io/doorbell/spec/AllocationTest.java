package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.doorbell.spec.command.ReadWrite;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;

/** The path of every command must not allocate, compiled or not. */
class AllocationTest {
    private static final int ENTRY_COUNT = 64;
    private static final int ROUNDS = 2_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SubmissionEntry entry = new SubmissionEntry();

    @Test
    void writingAndReadingEntries_allocatesNothingPerCommand() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment queue = arena.allocate((long) ENTRY_COUNT * SubmissionEntry.SIZE_BYTES);
            long expected = run(queue); // loads classes and links method handles
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThat(run(queue)).isEqualTo(expected);
            long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocatedBytes / (ROUNDS * ENTRY_COUNT)).as("bytes per command").isZero();
        }
    }

    private long run(MemorySegment queue) {
        long checksum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int slot = 0; slot < ENTRY_COUNT; slot++) {
                checksum += submitAndComplete(queue, slot, round);
            }
        }
        return checksum;
    }

    private long submitAndComplete(MemorySegment queue, int slot, int round) {
        entry.wrap(queue, (long) slot * SubmissionEntry.SIZE_BYTES)
                .opcode(NvmOpcode.READ)
                .commandId(slot)
                .namespaceId(1);
        ReadWrite.startingLba(entry, round);
        ReadWrite.blockCount(entry, 8);
        int status = ReadWrite.forceUnitAccess(entry) ? Status.INTERNAL_ERROR : Status.SUCCESS;
        return CompletionEntry.highQword(slot, 1, entry.commandId(), status, true)
                + ReadWrite.startingLba(entry)
                + ReadWrite.blockCount(entry);
    }
}
