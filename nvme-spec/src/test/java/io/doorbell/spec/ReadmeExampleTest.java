package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.command.ReadWrite;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The example of the module's README, word for word. */
class ReadmeExampleTest {
    @Test
    void example_completesARead() {
        MemorySegment queue = Arena.ofAuto().allocate(64 * SubmissionEntry.SIZE_BYTES, 4096);
        SubmissionEntry entry = new SubmissionEntry().wrap(queue, 3 * SubmissionEntry.SIZE_BYTES);

        entry.clear().opcode(NvmOpcode.READ).commandId(7).namespaceId(1); // the host
        ReadWrite.blockCount(ReadWrite.startingLba(entry, 0x1000), 8);

        long slba = ReadWrite.startingLba(entry);
        boolean inRange = LbaRange.isWithin(slba, ReadWrite.blockCount(entry), 4096);
        int status = inRange ? Status.SUCCESS : Status.doNotRetry(Status.LBA_OUT_OF_RANGE);
        long high = CompletionEntry.highQword(4, 1, entry.commandId(), status, true); // the device

        assertThat(Status.describe(CompletionEntry.status(high)))
                .isEqualTo("LBA Out of Range (0/80h), do not retry");
    }
}
