package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Memory;

/** Compare (NVM §3.2.1). */
@Chapter("Compare")
final class CompareTests {
    private static Disk disk(Bench bench) {
        Disk disk = Disk.of(bench);
        disk.needs(OptionalNvmCommands.COMPARE, "Compare");
        return disk;
    }

    private static Command compare(Disk disk, long lba, int blocks, long address) {
        return disk.data(NvmOpcode.COMPARE, lba, blocks, address);
    }

    @Clause(
            value = "NVM §3.2.1",
            otherwise = "A host that checks what it wrote is told of corruption that is not there.",
            values = {1, 8, 17, 256})
    void equalData_succeed(Bench bench, long blocks) {
        Disk disk = disk(bench);
        long buffer = disk.buffer((int) blocks);
        disk.memory().fillRandom(buffer, (int) blocks * disk.blockBytes(), 1);
        disk.ok(disk.write(50, (int) blocks, buffer));
        disk.ok(compare(disk, 50, (int) blocks, buffer));
    }

    @Clause(
            value = "NVM §3.2.1",
            otherwise = "Corruption stays unnoticed by a host that looks for it.",
            values = {0, 1, 511, 512, 4095, 4096, 65_535, 65_536, 131_071})
    void oneByteThatDiffers_isCompareFailure(Bench bench, long at) {
        Disk disk = disk(bench);
        int blocks = 128 * 1024 / disk.blockBytes();
        long buffer = disk.buffer(blocks);
        disk.memory().fillRandom(buffer, blocks * disk.blockBytes(), 1);
        disk.ok(disk.write(50, blocks, buffer));
        int wrong = disk.memory().getByte(buffer + at) ^ 1;
        disk.memory().put(buffer + at, new byte[] {(byte) wrong});
        Expect.status(disk.run(compare(disk, 50, blocks, buffer)), Status.COMPARE_FAILURE);
    }

    @Clause(
            value = "NVM §3.2.1",
            otherwise = "A comparison changes what it compares.",
            values = {0, 1})
    void compare_changesNeitherSide(Bench bench, long differs) {
        Disk disk = disk(bench);
        byte[] content = disk.store(0, 4, 1);
        long buffer = disk.buffer(4);
        disk.memory().put(buffer, content);
        if (differs == 1) {
            disk.memory().fill(buffer, 7, 0);
        }
        Memory.Watch watch = disk.memory().watch(buffer, content.length);
        Expect.status(
                disk.run(compare(disk, 0, 4, buffer)),
                differs == 1 ? Status.COMPARE_FAILURE : Status.SUCCESS);
        watch.expectUnchanged();
        disk.expectContent("the blocks", 0, content);
    }

    @Clause(
            value = "NVM §3.2.1",
            otherwise = "Blocks that were never written do not compare as they read.")
    void neverWrittenBlocks_compareAsTheyRead(Bench bench) {
        Disk disk = disk(bench);
        long buffer = disk.buffer(8);
        disk.ok(disk.read(200, 8, buffer));
        disk.ok(compare(disk, 200, 8, buffer));
    }

    @Clause(
            value = "NVM §3.2.1",
            otherwise = "A comparison beyond the end of the disk reports equal data.")
    void compareBeyondTheEnd_isLbaOutOfRange(Bench bench) {
        Disk disk = disk(bench);
        Expect.refused(
                disk.run(compare(disk, disk.blocks() - 1, 2, disk.buffer(2))),
                Status.LBA_OUT_OF_RANGE);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "The device reads more of the host's memory than MDTS allows.")
    void compareAboveMdts_isAnInvalidField(Bench bench) {
        Disk disk = disk(bench);
        int blocks = disk.transferBlocksMax() + 1;
        Expect.refused(
                disk.run(compare(disk, 0, blocks, disk.buffer(blocks))),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §9.3",
            otherwise = "Data that could not be fetched are reported as different or equal.")
    void compareWithMemoryThatIsNotThere_isADataTransferError(Bench bench) {
        Disk disk = disk(bench);
        Expect.status(
                disk.run(compare(disk, 0, 1, disk.memory().nowhere())), Status.DATA_TRANSFER_ERROR);
    }
}
