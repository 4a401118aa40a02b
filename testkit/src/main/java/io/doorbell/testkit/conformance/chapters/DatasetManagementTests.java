package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.DatasetRange;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Memory;

import java.util.Arrays;

/** Dataset Management (NVM §3.2.3). */
@Chapter("Dataset Management")
final class DatasetManagementTests {
    private static final int DEALLOCATE = 1 << 2;
    private static final int HINTS = 3; // integral read, integral write

    private static Disk disk(Bench bench) {
        return disk(bench, DeviceShape.DEFAULT);
    }

    private static Disk disk(Bench bench, DeviceShape shape) {
        Disk disk = Disk.of(bench, shape);
        disk.needs(OptionalNvmCommands.DATASET_MANAGEMENT, "Dataset Management");
        return disk;
    }

    /** A list of ranges: LBA, count, LBA, count, ... */
    private static void putRanges(Disk disk, long address, long... ranges) {
        for (int i = 0; i < ranges.length; i += 2) {
            long at = address + (long) i / 2 * DatasetRange.SIZE_BYTES;
            disk.memory().putLong(at, ranges[i + 1] << 32);
            disk.memory().putLong(at + DatasetRange.STARTING_LBA_OFFSET_BYTES, ranges[i]);
        }
    }

    private static Command command(int ranges, int attributes, long address) {
        return Command.of(NvmOpcode.DATASET_MANAGEMENT)
                .nsid(Disk.NSID)
                .prp1(address)
                .cdw(10, ranges - 1)
                .cdw(11, attributes);
    }

    private static Command deallocate(Disk disk, long... ranges) {
        long list = disk.memory().pages(1);
        putRanges(disk, list, ranges);
        return command(ranges.length / 2, DEALLOCATE, list);
    }

    @Clause(
            value = "NVM §3.2.3.2.1",
            otherwise = "A discarded block shows neither zeros nor what it held.",
            values = {1, 8, 100, 4096})
    void deallocatedBlocks_readAsZerosAndNeighboursStay(Bench bench, long blocks) {
        Disk disk = disk(bench);
        int shown = (int) Math.min(blocks, 64);
        byte[] before = disk.store(99, 1, 1);
        disk.store(100, shown, 2);
        disk.store(100 + blocks - shown, shown, 2);
        byte[] after = disk.store(100 + blocks, 1, 3);
        disk.ok(deallocate(disk, 100, blocks));
        disk.expectZeros("the first blocks", 100, shown);
        disk.expectZeros("the last blocks", 100 + blocks - shown, shown);
        disk.expectContent("the block in front", 99, before);
        disk.expectContent("the block behind", 100 + blocks, after);
    }

    @Clause(
            value = "NVM §3.2.3",
            otherwise = "A short list at the end of a page makes the device read memory behind it.",
            values = {1, 2, 16})
    void list_isReadNoFurtherThanItsRanges(Bench bench, long ranges) {
        Disk disk = disk(bench);
        long page = disk.memory().pages(1);
        long list = page + 4096 - ranges * DatasetRange.SIZE_BYTES;
        for (int i = 0; i < ranges; i++) {
            putRanges(disk, list + (long) i * DatasetRange.SIZE_BYTES, 10 + i, 1);
        }
        disk.store(10, 1, 5);
        disk.ok(command((int) ranges, DEALLOCATE, list).prp2(3));
        disk.expectZeros("the first range", 10, 1);
    }

    @Clause(
            value = "NVM §3.2.3",
            otherwise = "Of a list of ranges only some are discarded.",
            values = {1, 2, 16, 255, 256})
    void everyRangeOfTheList_isActedOn(Bench bench, long ranges) {
        Disk disk = disk(bench);
        long[] list = new long[2 * (int) ranges];
        for (int i = 0; i < ranges; i++) {
            list[2 * i] = 4L * i;
            list[2 * i + 1] = 2;
        }
        disk.store(0, 16, 1);
        byte[] last = disk.store(4 * (ranges - 1), 4, 2);
        disk.ok(deallocate(disk, list));
        disk.expectZeros("the first range", 0, 2);
        disk.expectZeros("the last range", 4 * (ranges - 1), 2);
        byte[] kept = disk.load(4 * (ranges - 1) + 2, 2);
        Disk.expectSame(
                "the blocks behind the last range",
                kept,
                Arrays.copyOfRange(last, 2 * disk.blockBytes(), last.length));
    }

    @Clause(
            value = "NVM §3.2.3",
            otherwise = "A controller that reads the whole 4 KiB crashes a host behind an IOMMU.",
            values = {1, 3, 16})
    void rangeList_isNotReadBeyondItsRanges(Bench bench, long ranges) {
        Disk disk = disk(bench);
        long list = disk.memory().end() - ranges * DatasetRange.SIZE_BYTES;
        for (int i = 0; i < ranges; i++) {
            putRanges(disk, list + (long) i * DatasetRange.SIZE_BYTES, 8L * i, 1);
        }
        disk.store(0, 1, 1);
        disk.ok(command((int) ranges, DEALLOCATE, list));
        disk.expectZeros("the first range", 0, 1);
    }

    @Clause(
            value = "NVM §3.2.3",
            otherwise = "A hint how data will be used destroys them.",
            values = {0, 1, 2, 3})
    void withoutDeallocate_nothingChanges(Bench bench, long attributes) {
        Disk disk = disk(bench);
        byte[] content = disk.store(0, 16, 1);
        long list = disk.memory().pages(1);
        putRanges(disk, list, 0, 16);
        disk.ok(command(1, (int) attributes, list));
        disk.expectContent("the blocks", 0, content);
    }

    @Clause(value = "NVM §3.2.3", otherwise = "A discard with hints is refused or ignored.")
    void hintsBesideDeallocate_areIgnored(Bench bench) {
        Disk disk = disk(bench);
        disk.store(0, 16, 1);
        long list = disk.memory().pages(1);
        putRanges(disk, list, 0, 16);
        disk.memory().putInt(list, 0x0700_0431); // context attributes
        disk.ok(command(1, DEALLOCATE | HINTS, list));
        disk.expectZeros("the blocks", 0, 16);
    }

    @Clause(
            value = "NVM §3.2.3",
            otherwise = "A range of no block discards one, or the rest of the disk.")
    void emptyRange_doesNothing(Bench bench) {
        Disk disk = disk(bench);
        byte[] content = disk.store(0, 16, 1);
        disk.ok(deallocate(disk, 3, 0, disk.blocks(), 0));
        disk.expectContent("the blocks", 0, content);
    }

    @Clause(
            value = "NVM §3.2.3",
            otherwise = "A discard beyond the end of the disk destroys its start.",
            values = {-1, 0, 1L << 54, -2})
    void rangeBeyondTheEnd_isLbaOutOfRange(Bench bench, long beyond) {
        Disk disk = disk(bench);
        byte[] first = disk.store(0, 2, 1);
        byte[] last = disk.store(disk.blocks() - 1, 1, 2);
        long lba = beyond == -2 ? -1 : disk.blocks() + beyond;
        Expect.refused(disk.run(deallocate(disk, lba, 2)), Status.LBA_OUT_OF_RANGE);
        Expect.refused(disk.run(deallocate(disk, 5, 0xFFFF_FFFFL)), Status.LBA_OUT_OF_RANGE);
        disk.expectContent("the first blocks", 0, first);
        disk.expectContent("the last block", disk.blocks() - 1, last);
    }

    @Clause(
            value = "Base §9.3",
            otherwise = "A range list that cannot be read discards whatever was there before.")
    void rangeListThatIsNotThere_isADataTransferError(Bench bench) {
        Disk disk = disk(bench);
        Expect.status(
                disk.run(command(1, DEALLOCATE, disk.memory().nowhere())),
                Status.DATA_TRANSFER_ERROR);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A range list over two pages is read from the wrong place.")
    void rangeListOverTwoPages_isRead(Bench bench) {
        Disk disk = disk(bench);
        disk.store(40, 1, 1);
        disk.store(50, 1, 1);
        long first = disk.memory().pages(1);
        disk.memory().pages(1);
        long second = disk.memory().pages(1);
        long list = first + Memory.PAGE_BYTES - DatasetRange.SIZE_BYTES;
        putRanges(disk, list, 40, 1);
        putRanges(disk, second, 50, 1);
        disk.ok(command(2, DEALLOCATE, list).prp2(second));
        disk.expectZeros("the range of the first page", 40, 1);
        disk.expectZeros("the range of the second page", 50, 1);
    }

    @Clause(
            value = "NVM §3.2.3",
            otherwise = "blkdiscard of a whole disk leaves some of it.",
            values = {9, 12})
    void wholeDisk_canBeDeallocated(Bench bench, long blockSizeLog2) {
        Disk disk =
                disk(
                        bench,
                        DeviceShape.DEFAULT.withNamespaces(
                                new NamespaceShape(
                                        1L << (26 - blockSizeLog2), (int) blockSizeLog2)));
        disk.store(0, 8, 1);
        disk.store(disk.blocks() / 2, 8, 2);
        disk.store(disk.blocks() - 8, 8, 3);
        disk.ok(deallocate(disk, 0, disk.blocks()));
        disk.expectZeros("the start", 0, 8);
        disk.expectZeros("the middle", disk.blocks() / 2, 8);
        disk.expectZeros("the end", disk.blocks() - 8, 8);
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "nvme-cli shows a disk as full that is empty, or the reverse.")
    void nuse_countsWhatIsNotDeallocatedAndNeverExceedsNcap(Bench bench) {
        Disk disk = disk(bench);
        Expect.that(
                "NUSE ≤ NCAP ≤ NSZE",
                disk.namespace().usedBlocks() <= disk.namespace().capacityBlocks()
                        && disk.namespace().capacityBlocks() <= disk.blocks());
        disk.store(0, 64, 1);
        long used = disk.namespaceNow().usedBlocks();
        Expect.between("NUSE after 64 blocks", used, 64, disk.blocks());
        disk.ok(deallocate(disk, 0, 64));
        Expect.between("NUSE after the discard", disk.namespaceNow().usedBlocks(), 0, used);
    }
}
