package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.HostQueue;

/** The commands of blocks that move no data (NVM §3.2.5, §3.2.7, §3.2.8). */
@Chapter("Write Zeroes, Write Uncorrectable, Verify")
final class ZeroAndVerifyTests {
    private static final int DEAC = 1 << 25;
    private static final int DEALLOCATE = 1 << 2;
    private static final int FUA = 1 << 30;
    private static final int PRACT = 1 << 29;

    // ---- Write Zeroes --------------------------------------------------------------------------

    private static Disk zeroingDisk(Bench bench) {
        Disk disk = Disk.of(bench);
        disk.needs(OptionalNvmCommands.WRITE_ZEROES, "Write Zeroes");
        return disk;
    }

    private static Command zeroes(Disk disk, long lba, int blocks, int flags) {
        return disk.range(NvmOpcode.WRITE_ZEROES, lba, blocks).cdw(12, flags | (blocks - 1));
    }

    @Clause(
            value = "NVM §3.2.8",
            otherwise = "A file that was zeroed shows what its blocks held before.",
            values = {0, DEAC, FUA, DEAC | FUA})
    void writeZeroes_readsAsZerosAndSparesNeighbours(Bench bench, long flags) {
        Disk disk = zeroingDisk(bench);
        byte[] before = disk.store(99, 1, 1);
        disk.store(100, 64, 2);
        byte[] after = disk.store(164, 1, 3);
        disk.ok(zeroes(disk, 100, 64, (int) flags));
        disk.expectZeros("what was zeroed", 100, 64);
        disk.expectContent("the block in front", 99, before);
        disk.expectContent("the block behind", 164, after);
    }

    @Clause(
            value = "NVM §3.2.8",
            otherwise = "A driver cannot zero more at once than it can transfer.",
            values = {0, DEAC})
    void writeZeroes_isNotLimitedByMdts(Bench bench, long flags) {
        Disk disk = zeroingDisk(bench);
        int blocks = disk.transferBlocksMax();
        disk.store(0, blocks, 1);
        disk.store(2L * blocks, blocks, 1);
        disk.ok(zeroes(disk, 0, 3 * blocks, (int) flags));
        disk.expectZeros("the first part", 0, blocks);
        disk.expectZeros("the last part", 2L * blocks, blocks);
    }

    @Clause(
            value = "NVM §3.2.8",
            otherwise = "The largest Write Zeroes is taken for one of no block.",
            values = {0, DEAC})
    void writeZeroesOf65536Blocks_zeroesAll(Bench bench, long flags) {
        Disk disk =
                Disk.of(bench, DeviceShape.DEFAULT.withNamespaces(new NamespaceShape(70_000, 9)));
        disk.needs(OptionalNvmCommands.WRITE_ZEROES, "Write Zeroes");
        byte[] before = disk.store(9, 1, 1);
        disk.store(10, 8, 2);
        disk.store(65_538, 8, 3);
        byte[] after = disk.store(65_546, 1, 4);
        disk.ok(zeroes(disk, 10, 65_536, (int) flags));
        disk.expectZeros("its first blocks", 10, 8);
        disk.expectZeros("its last blocks", 65_538, 8);
        disk.expectContent("the block in front", 9, before);
        disk.expectContent("the block behind", 65_546, after);
    }

    @Clause(
            value = "NVM §3.2.8",
            otherwise = "Zeroing beyond the end of the disk destroys its start.",
            values = {-1, 0, 1L << 54, -2})
    void writeZeroesBeyondTheEnd_isLbaOutOfRange(Bench bench, long beyond) {
        Disk disk = zeroingDisk(bench);
        byte[] first = disk.store(0, 1, 1);
        byte[] last = disk.store(disk.blocks() - 1, 1, 1);
        long lba = beyond == -2 ? -1 : disk.blocks() + beyond;
        Expect.refused(disk.run(zeroes(disk, lba, 2, 0)), Status.LBA_OUT_OF_RANGE);
        disk.expectContent("the first block", 0, first);
        disk.expectContent("the last block", disk.blocks() - 1, last);
    }

    @Clause(
            value = "NVM §3.2.8",
            otherwise = "Memory that a command without data happens to name is accessed.")
    void writeZeroes_ignoresItsDataPointer(Bench bench) {
        Disk disk = zeroingDisk(bench);
        disk.ok(zeroes(disk, 0, 8, 0).prp1(disk.memory().nowhere() + 1));
    }

    @Clause(
            value = "Base §3.3.1",
            otherwise = "A few large discards make the disk stand still for every other request.")
    void readsBesideManyLongCommands_complete(Bench bench) {
        Disk disk =
                Disk.of(bench, DeviceShape.DEFAULT.withNamespaces(new NamespaceShape(70_000, 9)));
        disk.needs(OptionalNvmCommands.WRITE_ZEROES, "Write Zeroes");
        HostQueue queue = disk.queue();
        long buffer = disk.buffer(1);
        for (int i = 0; i < 20; i++) {
            queue.put(zeroes(disk, 0, 65_536, 0));
        }
        int read = queue.put(disk.read(69_000, 1, buffer));
        queue.ring();
        int seen = 0;
        boolean readSeen = false;
        while (seen < 21) {
            Completion completion = queue.expectCompletion();
            Expect.success(completion);
            readSeen |= completion.commandId() == read;
            seen++;
        }
        queue.ringHead();
        Expect.that("the read completed", readSeen);
    }

    // ---- Write Uncorrectable -------------------------------------------------------------------

    private static Disk breakableDisk(Bench bench) {
        Disk disk = Disk.of(bench);
        disk.needs(OptionalNvmCommands.WRITE_UNCORRECTABLE, "Write Uncorrectable");
        return disk;
    }

    private static Command makeUnreadable(Disk disk, long lba, int blocks) {
        return disk.range(NvmOpcode.WRITE_UNCORRECTABLE, lba, blocks);
    }

    @Clause(
            value = "NVM §3.2.7",
            otherwise = "A host that marks bad blocks to test its error path sees good ones.",
            values = {NvmOpcode.READ, NvmOpcode.COMPARE, NvmOpcode.VERIFY})
    void unreadableBlock_isAnUnrecoveredReadError(Bench bench, long opcode) {
        Disk disk = breakableDisk(bench);
        disk.store(100, 8, 1);
        disk.ok(makeUnreadable(disk, 103, 2));
        if (opcode == NvmOpcode.COMPARE) {
            disk.needs(OptionalNvmCommands.COMPARE, "Compare");
        } else if (opcode == NvmOpcode.VERIFY) {
            disk.needs(OptionalNvmCommands.VERIFY, "Verify");
        }
        Expect.status(
                disk.run(disk.data((int) opcode, 100, 8, disk.buffer(8))),
                Status.UNRECOVERED_READ_ERROR);
    }

    @Clause(value = "NVM §3.2.7", otherwise = "Blocks beside a bad one cannot be read either.")
    void neighboursOfAnUnreadableBlock_canBeRead(Bench bench) {
        Disk disk = breakableDisk(bench);
        byte[] content = disk.store(100, 8, 1);
        disk.ok(makeUnreadable(disk, 108, 1));
        disk.ok(makeUnreadable(disk, 99, 1));
        disk.expectContent("the blocks between", 100, content);
    }

    @Clause(
            value = "NVM §3.2.7",
            otherwise = "A bad block stays bad although it was written again.")
    void write_makesTheBlockReadable(Bench bench) {
        Disk disk = breakableDisk(bench);
        disk.ok(makeUnreadable(disk, 100, 4));
        byte[] content = disk.store(100, 2, 7);
        disk.expectContent("what was written", 100, content);
        Expect.status(disk.run(disk.read(102, 1, disk.buffer(1))), Status.UNRECOVERED_READ_ERROR);
    }

    @Clause(
            value = "NVM §3.2.8",
            otherwise = "A bad block stays bad although it was zeroed.",
            values = {0, DEAC})
    void writeZeroes_makesTheBlockReadable(Bench bench, long flags) {
        Disk disk = breakableDisk(bench);
        disk.needs(OptionalNvmCommands.WRITE_ZEROES, "Write Zeroes");
        disk.ok(makeUnreadable(disk, 100, 4));
        disk.ok(zeroes(disk, 100, 4, (int) flags));
        disk.expectZeros("what was zeroed", 100, 4);
    }

    @Clause(value = "NVM §3.2.7", otherwise = "Blocks that were discarded cannot be marked as bad.")
    void deallocatedBlock_canBeMadeUnreadable(Bench bench) {
        Disk disk = breakableDisk(bench);
        disk.needs(OptionalNvmCommands.WRITE_ZEROES, "Write Zeroes");
        disk.store(100, 1, 1);
        disk.ok(zeroes(disk, 100, 1, DEAC));
        disk.ok(makeUnreadable(disk, 100, 1));
        Expect.status(disk.run(disk.read(100, 1, disk.buffer(1))), Status.UNRECOVERED_READ_ERROR);
    }

    @Clause(
            value = "NVM §3.2.7",
            level = Level.MAY, // a device may show what it shows of any deallocated block
            otherwise = "Trimming a disk hides the blocks that were marked as bad.")
    void unreadableBlock_staysSoWhenItIsDeallocated(Bench bench) {
        Disk disk = breakableDisk(bench);
        disk.needs(OptionalNvmCommands.DATASET_MANAGEMENT, "Dataset Management");
        disk.ok(makeUnreadable(disk, 100, 1));
        long range = disk.memory().pages(1);
        disk.memory().putLong(range, 1L << 32);
        disk.memory().putLong(range + 8, 100);
        disk.ok(
                Command.of(NvmOpcode.DATASET_MANAGEMENT)
                        .nsid(Disk.NSID)
                        .prp1(range)
                        .cdw(11, DEALLOCATE));
        Expect.status(disk.run(disk.read(100, 1, disk.buffer(1))), Status.UNRECOVERED_READ_ERROR);
    }

    @Clause(value = "NVM §3.2.7", otherwise = "A reset of the controller heals the medium.")
    void unreadableBlock_staysSoOverAReset(Bench bench) {
        Disk disk = breakableDisk(bench);
        disk.ok(makeUnreadable(disk, 100, 1));
        disk.host().restart();
        HostQueue queue = disk.host().createPair(1, 16);
        Expect.status(
                queue.run(Commands.read(Disk.NSID, 100, 1, disk.buffer(1))),
                Status.UNRECOVERED_READ_ERROR);
    }

    @Clause(
            value = "NVM §3.2.7",
            otherwise = "A command beyond the end of the disk marks blocks at its start.")
    void writeUncorrectableBeyondTheEnd_isLbaOutOfRange(Bench bench) {
        Disk disk = breakableDisk(bench);
        Expect.refused(
                disk.run(makeUnreadable(disk, disk.blocks() - 1, 2)), Status.LBA_OUT_OF_RANGE);
        disk.ok(disk.read(disk.blocks() - 1, 1, disk.buffer(1)));
    }

    // ---- Verify --------------------------------------------------------------------------------

    private static Disk verifyingDisk(Bench bench) {
        Disk disk = Disk.of(bench);
        disk.needs(OptionalNvmCommands.VERIFY, "Verify");
        return disk;
    }

    @Clause(
            value = "NVM §3.2.5",
            otherwise = "A scrub of a good disk finds errors.",
            values = {1, 8, 4096, 32768})
    void verifyOfReadableBlocks_succeeds(Bench bench, long blocks) {
        Disk disk = verifyingDisk(bench);
        disk.store(0, 8, 1);
        disk.ok(disk.range(NvmOpcode.VERIFY, 0, (int) blocks));
    }

    @Clause(
            value = "NVM §3.2.5",
            otherwise = "A scrub misses the one bad block.",
            values = {0, 1, 4095, 32767})
    void verify_findsTheOneUnreadableBlock(Bench bench, long bad) {
        Disk disk = verifyingDisk(bench);
        disk.needs(OptionalNvmCommands.WRITE_UNCORRECTABLE, "Write Uncorrectable");
        disk.ok(makeUnreadable(disk, bad, 1));
        Expect.status(
                disk.run(disk.range(NvmOpcode.VERIFY, 0, (int) disk.blocks())),
                Status.UNRECOVERED_READ_ERROR);
    }

    @Clause(
            value = "NVM §3.2.5",
            otherwise = "Verify asks for an action on data that it does not have.")
    void verifyWithProtectionAction_isAnInvalidField(Bench bench) {
        Disk disk = verifyingDisk(bench);
        Expect.refused(
                disk.run(disk.range(NvmOpcode.VERIFY, 0, 1).cdw(12, PRACT)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "NVM §3.2.5",
            otherwise = "A scrub beyond the end of the disk reports a good medium.")
    void verifyBeyondTheEnd_isLbaOutOfRange(Bench bench) {
        Disk disk = verifyingDisk(bench);
        Expect.refused(
                disk.run(disk.range(NvmOpcode.VERIFY, disk.blocks() - 1, 2)),
                Status.LBA_OUT_OF_RANGE);
    }
}
