package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.LbaFormat;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.HostQueue;

/** What Identify says of I/O commands and namespaces, against what is there (NVM §4.1.5). */
@Chapter("Namespaces and what is announced of them")
final class NamespaceTests {
    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver uses a command that is not there, or misses one that is.",
            values = {
                NvmOpcode.COMPARE,
                NvmOpcode.WRITE_UNCORRECTABLE,
                NvmOpcode.DATASET_MANAGEMENT,
                NvmOpcode.WRITE_ZEROES,
                NvmOpcode.VERIFY,
                NvmOpcode.COPY,
                NvmOpcode.RESERVATION_REGISTER,
                NvmOpcode.RESERVATION_REPORT,
                NvmOpcode.RESERVATION_ACQUIRE,
                NvmOpcode.RESERVATION_RELEASE
            })
    void oncs_saysWhichCommandsThereAre(Bench bench, long opcode) {
        Disk disk = Disk.of(bench);
        int bit =
                switch ((int) opcode) {
                    case NvmOpcode.COMPARE -> OptionalNvmCommands.COMPARE;
                    case NvmOpcode.WRITE_UNCORRECTABLE -> OptionalNvmCommands.WRITE_UNCORRECTABLE;
                    case NvmOpcode.DATASET_MANAGEMENT -> OptionalNvmCommands.DATASET_MANAGEMENT;
                    case NvmOpcode.WRITE_ZEROES -> OptionalNvmCommands.WRITE_ZEROES;
                    case NvmOpcode.VERIFY -> OptionalNvmCommands.VERIFY;
                    case NvmOpcode.COPY -> OptionalNvmCommands.COPY;
                    default -> OptionalNvmCommands.RESERVATIONS;
                };
        boolean offered = (disk.controller().optionalNvmCommands() & bit) != 0;
        Completion completion = disk.run(disk.data((int) opcode, 0, 1, disk.buffer(1)));
        boolean unknown = (completion.status() & 0x7FF) == Status.INVALID_COMMAND_OPCODE;
        Expect.that(
                "%s, and ONCS says it is%s offered".formatted(completion, offered ? "" : " not"),
                offered != unknown);
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "Linux takes the disk for one of another size, or of none.",
            values = {9, 12})
    void flbas_pointsToTheFormatInUse(Bench bench, long blockSizeLog2) {
        Disk disk =
                Disk.of(
                        bench,
                        DeviceShape.DEFAULT.withNamespaces(
                                new NamespaceShape(4096, (int) blockSizeLog2)));
        int index = disk.namespace().formatIndex();
        Expect.between("FLBAS", index, 0, disk.namespace().formatCountZeroBased());
        Expect.equal(
                "LBADS", LbaFormat.dataSizeLog2(disk.namespace().lbaFormat(index)), blockSizeLog2);
        Expect.equal("NSZE", disk.blocks(), 4096);
        Expect.equal("NCAP", disk.namespace().capacityBlocks(), 4096);
        Expect.equal("NVMCAP", disk.namespace().capacityBytes(), 4096L << blockSizeLog2);
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "nvme format offers a block size that does not exist.")
    void everyAnnouncedFormat_hasBlocksOf512BytesOrMore(Bench bench) {
        Disk disk = Disk.of(bench);
        for (int i = 0; i <= disk.namespace().formatCountZeroBased(); i++) {
            int format = disk.namespace().lbaFormat(i);
            Expect.between("LBADS of format " + i, LbaFormat.dataSizeLog2(format), 9, 16);
            Expect.equal("metadata of format " + i, LbaFormat.metadataSizeBytes(format), 0);
        }
        for (int i = disk.namespace().formatCountZeroBased() + 1; i < 16; i++) {
            Expect.equal("LBAF of format " + i, disk.namespace().lbaFormat(i), 0);
        }
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver fuses commands for which there is no Compare.")
    void fuses_needsCompare(Bench bench) {
        Disk disk = Disk.of(bench);
        boolean fused =
                (disk.controller().fusedOperations() & IdentifyController.FUSES_COMPARE_AND_WRITE)
                        != 0;
        boolean compare =
                (disk.controller().optionalNvmCommands() & OptionalNvmCommands.COMPARE) != 0;
        Expect.that("Compare is offered if FUSES is set", !fused || compare);
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "A host that copies within the announced limits gets errors.")
    void copyLimits_areConsistent(Bench bench) {
        Disk disk = Disk.of(bench);
        disk.needs(OptionalNvmCommands.COPY, "Copy");
        Expect.that("OCFS names a format", disk.controller().copyFormats() != 0);
        int length = disk.namespace().copyRangeLengthMaximum();
        Expect.that("MSSRL is not 0", length > 0);
        Expect.between("MCL", disk.namespace().copyLengthMaximum(), length, Integer.MAX_VALUE);
    }

    @Clause(
            value = "NVM §2.1.4",
            otherwise = "A data base that trusts in atomic writes finds torn pages.")
    void atomicUnits_areInOrder(Bench bench) {
        Disk disk = Disk.of(bench);
        int normal = disk.controller().atomicWriteUnitZeroBased();
        int powerFail = disk.controller().atomicWriteUnitPowerFailZeroBased();
        Expect.between("AWUPF", powerFail, 0, normal);
    }

    @Clause(
            value = "Base §3.2.1",
            otherwise = "Two disks of one controller show each other's data.")
    void namespaces_areApart(Bench bench) {
        Disk disk =
                Disk.of(
                        bench,
                        DeviceShape.DEFAULT.withNamespaces(
                                new NamespaceShape(1000, 9), new NamespaceShape(500, 12)));
        byte[] content = disk.store(100, 8, 1);
        long buffer = disk.memory().pages(1);
        byte[] other = disk.memory().fillRandom(buffer, 4096, 2);
        disk.ok(Commands.write(2, 100, 1, buffer));
        disk.expectContent("namespace 1", 100, content);
        disk.memory().fill(buffer, 4096, 0);
        disk.ok(Commands.read(2, 100, 1, buffer));
        Disk.expectSame("namespace 2", disk.memory().bytes(buffer, 4096), other);
        Expect.refused(disk.run(Commands.read(2, 500, 1, buffer)), Status.LBA_OUT_OF_RANGE);
    }

    @Clause(value = "Base §3.7.2", otherwise = "A reset of the controller loses what was written.")
    void data_outliveAReset(Bench bench) {
        Disk disk = Disk.of(bench);
        byte[] content = disk.store(100, 8, 1);
        disk.host().restart();
        HostQueue queue = disk.host().createPair(1, 16);
        long buffer = disk.buffer(8);
        Expect.success(queue.run(disk.read(100, 8, buffer)));
        Disk.expectSame("data", disk.memory().bytes(buffer, content.length), content);
    }
}
