package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.CopyRange;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;

import java.util.Arrays;

/** Copy (NVM §3.2.2). */
@Chapter("Copy")
final class CopyTests {
    private static final int FUA = 1 << 30;

    private static Disk disk(Bench bench) {
        Disk disk = Disk.of(bench);
        disk.needs(OptionalNvmCommands.COPY, "Copy");
        return disk;
    }

    /** Copies ranges given as LBA, count, LBA, count, ... */
    private static Command copy(Disk disk, long destination, long... ranges) {
        int count = ranges.length / 2;
        long bytes = (long) count * CopyRange.SIZE_BYTES;
        long list = disk.memory().aligned(bytes, 4096);
        for (int i = 0; i < count; i++) {
            long at = list + (long) i * CopyRange.SIZE_BYTES;
            disk.memory().putLong(at + CopyRange.STARTING_LBA_OFFSET_BYTES, ranges[2 * i]);
            disk.memory().putLong(at + CopyRange.BLOCK_COUNT_OFFSET_BYTES, ranges[2 * i + 1] - 1);
        }
        return Command.of(NvmOpcode.COPY)
                .nsid(Disk.NSID)
                .prp1(list)
                .prp2(list + 4096)
                .qword(10, destination)
                .cdw(12, count - 1);
    }

    @Clause(
            value = "NVM §3.2.2",
            otherwise = "A copy that the device was trusted with is not one.",
            values = {1, 8, 17, 128})
    void oneRange_isCopiedAndNeighboursStay(Bench bench, long blocks) {
        Disk disk = disk(bench);
        byte[] content = disk.store(100, (int) blocks, 1);
        byte[] before = disk.store(999, 1, 2);
        byte[] after = disk.store(1000 + blocks, 1, 3);
        disk.ok(copy(disk, 1000, 100, blocks));
        disk.expectContent("the copy", 1000, content);
        disk.expectContent("the source", 100, content);
        disk.expectContent("the block in front", 999, before);
        disk.expectContent("the block behind", 1000 + blocks, after);
    }

    @Clause(
            value = "NVM §3.2.2",
            otherwise = "Ranges are put together in the wrong order.",
            values = {0, FUA})
    void severalRanges_areCopiedOneBehindTheOther(Bench bench, long flags) {
        Disk disk = disk(bench);
        byte[] a = disk.store(300, 3, 1);
        byte[] b = disk.store(100, 5, 2);
        byte[] c = disk.store(200, 1, 3);
        disk.ok(copy(disk, 1000, 300, 3, 100, 5, 200, 1).cdw(12, (int) flags | 2));
        disk.expectContent("the first range", 1000, a);
        disk.expectContent("the second range", 1003, b);
        disk.expectContent("the third range", 1008, c);
    }

    @Clause(
            value = "NVM §3.2.2",
            otherwise = "A copy onto a part of itself repeats its start.",
            values = {-3, 1, 3})
    void rangeThatOverlapsItsDestination_isCopiedAsItWas(Bench bench, long distance) {
        Disk disk = disk(bench);
        byte[] content = disk.store(500, 100, 1);
        disk.ok(copy(disk, 500 + distance, 500, 100));
        disk.expectContent("the copy", 500 + distance, content);
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "A host that keeps to MSSRL, MSRC and MCL gets errors.")
    void limits_areReachable(Bench bench) {
        Disk disk = disk(bench);
        int length = disk.namespace().copyRangeLengthMaximum();
        int ranges = disk.namespace().copyRangesMaximumZeroBased() + 1;
        int total = disk.namespace().copyLengthMaximum();
        Expect.that("MSSRL and MCL are set", length > 0 && total > 0);
        disk.ok(copy(disk, 4096, 0, length));
        disk.ok(copy(disk, 4096, filled(Math.min(ranges, total), 1)));
        disk.ok(copy(disk, 4096, filled(Math.min(ranges, total / length), length)));
    }

    @Clause(
            value = "NVM §3.2.2",
            otherwise = "A copy beyond what the device can do is cut short silently.",
            values = {0, 1, 2})
    void moreThanALimit_isCommandSizeLimitExceeded(Bench bench, long limit) {
        Disk disk = disk(bench);
        int length = disk.namespace().copyRangeLengthMaximum();
        int ranges = disk.namespace().copyRangesMaximumZeroBased() + 1;
        int total = disk.namespace().copyLengthMaximum();
        long[] list =
                limit == 0
                        ? filled(1, length + 1) // MSSRL
                        : limit == 1
                                ? filled(ranges + 1, 1) // MSRC
                                : filled(total / length + 1, length); // MCL
        byte[] content = disk.store(4096, 1, 1);
        Expect.refused(disk.run(copy(disk, 4096, list)), Status.COMMAND_SIZE_LIMIT_EXCEEDED);
        disk.expectContent("the destination", 4096, content);
    }

    private static long[] filled(int ranges, int blocks) {
        long[] list = new long[2 * ranges];
        for (int i = 0; i < ranges; i++) {
            list[2 * i + 1] = blocks;
        }
        return list;
    }

    @Clause(
            value = "NVM §3.2.2",
            otherwise = "Ranges of a format that the device does not know are misread.",
            values = {1, 2, 3, 15})
    void descriptorFormatThatIsNotOffered_isAnInvalidField(Bench bench, long format) {
        Disk disk = disk(bench);
        if ((disk.controller().copyFormats() >>> format & 1) == 0) {
            Expect.refused(
                    disk.run(copy(disk, 100, 0, 1).cdw(12, (int) format << 8)),
                    Status.INVALID_FIELD_IN_COMMAND);
        }
    }

    @Clause(
            value = "NVM §3.2.2",
            otherwise = "A copy to beyond the end of the disk lands at its start.",
            values = {-1, 0, 1L << 54, -2})
    void destinationBeyondTheEnd_isLbaOutOfRangeAndCopiesNothing(Bench bench, long beyond) {
        Disk disk = disk(bench);
        byte[] last = disk.store(disk.blocks() - 1, 1, 2);
        disk.store(100, 2, 1);
        long lba = beyond == -2 ? -1 : disk.blocks() + beyond;
        Expect.refused(disk.run(copy(disk, lba, 100, 2)), Status.LBA_OUT_OF_RANGE);
        disk.expectContent("the last block", disk.blocks() - 1, last);
    }

    @Clause(
            value = "NVM §3.2.2",
            otherwise = "A host cannot tell how far a copy came that failed.",
            values = {0, 1, 3})
    void sourceBeyondTheEnd_isLbaOutOfRangeAndDw0SaysWhichRange(Bench bench, long bad) {
        Disk disk = disk(bench);
        byte[] content = disk.store(100, 2, 1);
        long[] ranges = {100, 2, 100, 2, 100, 2, 100, 2};
        ranges[2 * (int) bad] = disk.blocks() - 1;
        Completion completion = disk.run(copy(disk, 1000, ranges));
        Expect.refused(completion, Status.LBA_OUT_OF_RANGE);
        Expect.between("DW0, the lowest range not copied", completion.dw0(), 0, bad);
        for (int i = 0; i < completion.dw0(); i++) {
            disk.expectContent("range " + i, 1000 + 2L * i, content);
        }
    }

    @Clause(
            value = "NVM §3.2.2",
            otherwise = "A copy of a bad block is a good one, with garbage in it.",
            values = {0, 2})
    void unreadableSource_isAnUnrecoveredReadErrorAndDw0SaysWhichRange(Bench bench, long bad) {
        Disk disk = disk(bench);
        disk.needs(OptionalNvmCommands.WRITE_UNCORRECTABLE, "Write Uncorrectable");
        byte[] content = disk.store(0, 32, 1);
        disk.ok(disk.range(NvmOpcode.WRITE_UNCORRECTABLE, 8 * bad + 3, 1));
        Completion completion = disk.run(copy(disk, 1000, 0, 8, 8, 8, 16, 8, 24, 8));
        Expect.status(completion, Status.UNRECOVERED_READ_ERROR);
        Expect.equal("DW0, the lowest range not copied", completion.dw0(), bad);
        byte[] copied = Arrays.copyOf(content, (int) bad * 8 * disk.blockBytes());
        if (bad > 0) {
            disk.expectContent("the ranges in front", 1000, copied);
        }
    }

    @Clause(
            value = "Base §9.3",
            otherwise = "A list of ranges that cannot be read copies whatever was there before.")
    void rangeListThatIsNotThere_isADataTransferError(Bench bench) {
        Disk disk = disk(bench);
        Expect.status(
                disk.run(copy(disk, 1000, 0, 8).prp1(disk.memory().nowhere())),
                Status.DATA_TRANSFER_ERROR);
    }
}
