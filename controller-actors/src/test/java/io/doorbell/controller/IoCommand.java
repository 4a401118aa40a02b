package io.doorbell.controller;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.DatasetManagement;
import io.doorbell.spec.command.DatasetRange;
import io.doorbell.spec.command.ReadWrite;
import io.doorbell.spec.command.WriteZeroes;

import java.util.function.Consumer;

/** I/O commands to namespace 1 as a test writes them. */
public final class IoCommand {
    private IoCommand() {}

    public static void flush(SubmissionEntry entry) {
        entry.opcode(NvmOpcode.FLUSH).namespaceId(1);
    }

    /** Read of whole blocks. */
    public static Consumer<SubmissionEntry> read(long lba, int blocks, long prp1, long prp2) {
        return entry -> transfer(entry.opcode(NvmOpcode.READ), lba, blocks, prp1, prp2);
    }

    /** Write of whole blocks. */
    public static Consumer<SubmissionEntry> write(long lba, int blocks, long prp1, long prp2) {
        return entry -> transfer(entry.opcode(NvmOpcode.WRITE), lba, blocks, prp1, prp2);
    }

    private static void transfer(
            SubmissionEntry entry, long lba, int blocks, long prp1, long prp2) {
        entry.namespaceId(1).prp1(prp1).prp2(prp2);
        ReadWrite.startingLba(entry, lba);
        ReadWrite.blockCount(entry, blocks);
    }

    /** Write Zeroes. */
    public static Consumer<SubmissionEntry> writeZeroes(long lba, int blocks, boolean deallocate) {
        return entry -> {
            entry.opcode(NvmOpcode.WRITE_ZEROES).namespaceId(1);
            WriteZeroes.startingLba(entry, lba);
            WriteZeroes.blockCount(entry, blocks);
            WriteZeroes.deallocate(entry, deallocate);
        };
    }

    /** Deallocates ranges given as LBA, count, LBA, count, ... */
    public static Completion deallocate(TestHost host, TestQueue queue, long... ranges) {
        long address = host.memory().pages(1);
        for (int range = 0; range < ranges.length / 2; range++) {
            new DatasetRange()
                    .wrap(host.memory().at(address, 4096), (long) range * DatasetRange.SIZE_BYTES)
                    .startingLba(ranges[2 * range])
                    .blockCount((int) ranges[2 * range + 1]);
        }
        return host.run(
                queue,
                entry -> {
                    entry.opcode(NvmOpcode.DATASET_MANAGEMENT).namespaceId(1).prp1(address);
                    DatasetManagement.rangeCountZeroBased(entry, ranges.length / 2 - 1);
                    DatasetManagement.deallocate(entry, true);
                });
    }
}
