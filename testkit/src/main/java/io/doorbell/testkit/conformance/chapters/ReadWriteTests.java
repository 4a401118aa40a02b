package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

import java.util.Arrays;

/** Read and Write, and what every I/O command is checked for (NVM §3.2.4, §3.2.6). */
@Chapter("Read and Write")
final class ReadWriteTests {
    private static final int FUA = 1 << 30;
    private static final int LIMITED_RETRY = 1 << 31;

    // ---- data ----------------------------------------------------------------------------------

    @Clause(
            value = "NVM §3.2.6",
            otherwise = "A file system reads back something else than it wrote.",
            values = {1, 2, 7, 8, 9, 16, 17, 64, 255, 256})
    void write_isReadBack(Bench bench, long blocks) {
        Disk disk = Disk.of(bench);
        byte[] content = disk.store(100, (int) blocks, blocks);
        disk.expectContent("what was written", 100, content);
    }

    @Clause(
            value = "NVM §2.1.1",
            otherwise = "A disk of 4 KiB blocks returns data of the wrong place or size.",
            values = {1, 2, 3, 32})
    void writeOf4KiBBlocks_isReadBack(Bench bench, long blocks) {
        Disk disk =
                Disk.of(bench, DeviceShape.DEFAULT.withNamespaces(new NamespaceShape(4096, 12)));
        Expect.equal("block size", disk.blockBytes(), 4096);
        byte[] before = disk.store(4, 1, 1);
        byte[] content = disk.store(5, (int) blocks, 2);
        disk.expectContent("what was written", 5, content);
        disk.expectContent("the block in front", 4, before);
    }

    @Clause(
            value = "NVM §3.2.6",
            otherwise = "A write destroys the blocks beside it.",
            values = {1, 8, 256})
    void write_leavesItsNeighboursAlone(Bench bench, long blocks) {
        Disk disk = Disk.of(bench);
        byte[] before = disk.store(999, 1, 1);
        byte[] after = disk.store(1000 + blocks, 1, 2);
        disk.store(1000, (int) blocks, 3);
        disk.expectContent("the block in front", 999, before);
        disk.expectContent("the block behind", 1000 + blocks, after);
    }

    @Clause(
            value = "NVM §3.2.4",
            otherwise = "A read overwrites memory of the host that it was not given.")
    void read_storesExactlyItsBytes(Bench bench) {
        Disk disk = Disk.of(bench);
        disk.store(0, 8, 1);
        long buffer = disk.memory().pages(3);
        disk.memory().fill(buffer, 3 * Memory.PAGE_BYTES, 0x55);
        long start = buffer + Memory.PAGE_BYTES;
        Memory.Watch front = disk.memory().watch(buffer, Memory.PAGE_BYTES);
        int bytes = 3 * disk.blockBytes();
        Memory.Watch behind = disk.memory().watch(start + bytes, 2 * Memory.PAGE_BYTES - bytes);
        disk.ok(disk.read(0, 3, start));
        front.expectUnchanged();
        behind.expectUnchanged();
    }

    @Clause(
            value = "NVM §3.2.6",
            otherwise = "A write changes the host's buffer, and with it a page cache.")
    void write_leavesTheHostsBufferAlone(Bench bench) {
        Disk disk = Disk.of(bench);
        long buffer = disk.buffer(8);
        disk.memory().fillRandom(buffer, 8 * disk.blockBytes(), 4);
        Memory.Watch watch = disk.memory().watch(buffer, 8 * disk.blockBytes());
        disk.ok(disk.write(0, 8, buffer));
        watch.expectUnchanged();
    }

    @Clause(
            value = "NVM §3.2.3.2.1",
            otherwise = "A fresh disk shows a host what another one had written.",
            values = {0, 77, 32767})
    void neverWrittenBlock_readsAsDlfeatSays(Bench bench, long lba) {
        Disk disk = Disk.of(bench);
        int pattern = disk.namespace().deallocateFeatures() & 7;
        NotApplicable.unless(
                pattern == IdentifyNamespace.DLFEAT_READS_ZEROS, "DLFEAT does not say zeros");
        disk.memory().fill(disk.buffer(1), disk.blockBytes(), 0x55);
        disk.expectZeros("a block that was never written", lba, 1);
    }

    @Clause(
            value = "NVM §3.2.6",
            otherwise = "Data that a journal relies on is missing after it was reported written.",
            values = {FUA, LIMITED_RETRY, FUA | LIMITED_RETRY})
    void flagsOfReadAndWrite_doNotChangeTheData(Bench bench, long flags) {
        Disk disk = Disk.of(bench);
        long buffer = disk.buffer(4);
        byte[] content = disk.memory().fillRandom(buffer, 4 * disk.blockBytes(), 9);
        disk.ok(disk.write(3, 4, buffer).cdw(12, (int) flags | 3));
        disk.memory().fill(buffer, 4 * disk.blockBytes(), 0);
        disk.ok(disk.read(3, 4, buffer).cdw(12, (int) flags | 3));
        Disk.expectSame("data", disk.memory().bytes(buffer, content.length), content);
    }

    @Clause(
            value = "NVM §3.2.4",
            otherwise = "A driver that sets PRINFO on a plain namespace cannot read it.",
            values = {1, 2, 4, 8, 15})
    void protectionInformation_isIgnoredWithoutMetadata(Bench bench, long information) {
        Disk disk = Disk.of(bench);
        NotApplicable.unless(
                disk.namespace().protectionSettings() == 0, "the namespace has protection");
        byte[] content = disk.store(3, 1, 9);
        long buffer = disk.buffer(1);
        disk.ok(disk.read(3, 1, buffer).cdw(12, (int) information << 26).cdw(14, 77));
        Disk.expectSame("data", disk.memory().bytes(buffer, content.length), content);
    }

    @Clause(
            value = "NVM §3.2.4",
            otherwise = "A driver that gives access hints gets errors.",
            values = {0x01, 0x0F, 0x30, 0x40, 0x80, 0xFF})
    void accessHints_areNoErrors(Bench bench, long hints) {
        Disk disk = Disk.of(bench);
        long buffer = disk.buffer(1);
        disk.ok(disk.read(3, 1, buffer).cdw(13, (int) hints));
        disk.ok(disk.write(3, 1, buffer).cdw(13, (int) hints));
    }

    @Clause(
            value = "Base §3.3.1.2",
            otherwise = "Of many requests in flight some are lost or finished twice.")
    void manyCommands_completeOnceEach(Bench bench) {
        Disk disk = Disk.of(bench);
        HostQueue queue = disk.queue();
        long buffer = disk.buffer(1);
        boolean[] seen = new boolean[queue.entries() - 1];
        int[] ids = new int[seen.length];
        for (int i = 0; i < seen.length; i++) {
            ids[i] = queue.put(i % 3 == 0 ? Commands.flush(Disk.NSID) : disk.read(i, 1, buffer));
        }
        queue.ring();
        for (int i = 0; i < seen.length; i++) {
            int id = queue.expectCompletion().commandId();
            int index = Arrays.stream(ids).boxed().toList().indexOf(id);
            Expect.that("command %04Xh was submitted".formatted(id), index >= 0);
            Expect.that("command %04Xh completes once".formatted(id), !seen[index]);
            seen[index] = true;
        }
        queue.ringHead();
        queue.expectNoCompletion(1_000_000);
    }

    // ---- ranges and sizes ----------------------------------------------------------------------

    @Clause(
            value = "NVM §3.2.4",
            otherwise = "A partition that ends with the disk cannot use its last block.")
    void lastBlock_isUsable(Bench bench) {
        Disk disk = Disk.of(bench);
        byte[] content = disk.store(disk.blocks() - 1, 1, 5);
        disk.expectContent("the last block", disk.blocks() - 1, content);
    }

    @Clause(
            value = "NVM §3.2.4",
            otherwise = "A host reads beyond the end of a disk, or crashes the device.",
            values = {-1, 0, 1, 1L << 32, 1L << 54, Long.MAX_VALUE, Long.MIN_VALUE, -2})
    void readBeyondTheEnd_isLbaOutOfRange(Bench bench, long beyond) {
        Disk disk = Disk.of(bench);
        long lba = beyond == -2 ? -1 : disk.blocks() + beyond;
        long buffer = disk.buffer(2);
        Memory.Watch watch = disk.memory().watch(buffer, 2 * disk.blockBytes());
        Expect.refused(disk.run(disk.read(lba, 2, buffer)), Status.LBA_OUT_OF_RANGE);
        watch.expectUnchanged();
        disk.expectAlive();
    }

    @Clause(
            value = "NVM §3.2.6",
            otherwise = "A write beyond the end lands at the start of the disk.",
            values = {-1, 0, 1, 1L << 32, 1L << 54, Long.MAX_VALUE, Long.MIN_VALUE, -2})
    void writeBeyondTheEnd_isLbaOutOfRangeAndWritesNothing(Bench bench, long beyond) {
        Disk disk = Disk.of(bench);
        byte[] first = disk.store(0, 2, 1);
        byte[] last = disk.store(disk.blocks() - 1, 1, 2);
        long lba = beyond == -2 ? -1 : disk.blocks() + beyond;
        Expect.refused(disk.run(disk.write(lba, 2, disk.buffer(2))), Status.LBA_OUT_OF_RANGE);
        disk.expectContent("the first blocks", 0, first);
        disk.expectContent("the last block", disk.blocks() - 1, last);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver that keeps to MDTS gets errors for its longest requests.",
            values = {1, 2, 5, 8})
    void longestTransferOfMdts_works(Bench bench, long mdts) {
        Disk disk = Disk.of(bench, DeviceShape.DEFAULT.withTransferSizeLog2Pages((int) mdts));
        int blocks = disk.transferBlocksMax();
        byte[] content = disk.store(0, blocks, mdts);
        disk.expectContent("the longest transfer", 0, content);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "The device moves more than it said it can, into memory that is not there.",
            values = {1, 2, 5, 8})
    void transferAboveMdts_isAnInvalidField(Bench bench, long mdts) {
        Disk disk = Disk.of(bench, DeviceShape.DEFAULT.withTransferSizeLog2Pages((int) mdts));
        int blocks = disk.transferBlocksMax() + 1;
        long buffer = disk.buffer(blocks);
        Expect.refused(disk.run(disk.read(0, blocks, buffer)), Status.INVALID_FIELD_IN_COMMAND);
        Expect.refused(disk.run(disk.write(0, blocks, buffer)), Status.INVALID_FIELD_IN_COMMAND);
    }

    // ---- target --------------------------------------------------------------------------------

    @Clause(
            value = "Base §3.3.3.1",
            otherwise = "A host that names a namespace that does not exist reads another one.",
            values = {0, 2, 0x1000, 0x7FFF_FFFFL, 0x8000_0001L, 0xFFFF_FFFEL})
    void invalidNamespace_isInvalidNamespaceOrFormat(Bench bench, long nsid) {
        Disk disk = Disk.of(bench);
        NotApplicable.unless(
                nsid == 0 || nsid > disk.controller().namespaceIdMaximum(), "NN has it");
        Expect.refused(
                disk.run(Commands.read((int) nsid, 0, 1, disk.buffer(1))),
                Status.INVALID_NAMESPACE_OR_FORMAT);
        Expect.refused(disk.run(Commands.flush((int) nsid)), Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(
            value = "Base §3.3.3.1",
            otherwise = "One command forgets to look whether its namespace exists.",
            values = {
                NvmOpcode.FLUSH,
                NvmOpcode.WRITE,
                NvmOpcode.READ,
                NvmOpcode.WRITE_UNCORRECTABLE,
                NvmOpcode.COMPARE,
                NvmOpcode.WRITE_ZEROES,
                NvmOpcode.DATASET_MANAGEMENT,
                NvmOpcode.VERIFY,
                NvmOpcode.COPY
            })
    void invalidNamespace_isRefusedByEachCommand(Bench bench, long opcode) {
        Disk disk = Disk.of(bench);
        int nsid = disk.controller().namespaceIdMaximum() + 1;
        Completion completion =
                disk.run(Commands.transfer((int) opcode, nsid, 0, 1).prp1(disk.buffer(8)));
        int status = Status.codeTypeAndCode(completion.status());
        NotApplicable.unless(status != Status.INVALID_COMMAND_OPCODE, "ONCS does not offer it");
        Expect.refused(completion, Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(
            value = "NVM §3.2",
            otherwise = "An address whose low half is 0 is taken for the start of the disk.",
            values = {
                NvmOpcode.WRITE,
                NvmOpcode.READ,
                NvmOpcode.WRITE_UNCORRECTABLE,
                NvmOpcode.COMPARE,
                NvmOpcode.WRITE_ZEROES,
                NvmOpcode.VERIFY
            })
    void addressWithLowHalfZero_isLbaOutOfRange(Bench bench, long opcode) {
        Disk disk = Disk.of(bench);
        byte[] content = disk.store(0, 1, 1);
        Completion completion =
                disk.run(disk.data((int) opcode, 0xFFFF_FFFF_0000_0000L, 1, disk.buffer(1)));
        int status = Status.codeTypeAndCode(completion.status());
        NotApplicable.unless(status != Status.INVALID_COMMAND_OPCODE, "ONCS does not offer it");
        Expect.refused(completion, Status.LBA_OUT_OF_RANGE);
        disk.expectContent("block 0", 0, content);
    }

    @Clause(
            value = "NVM §3.2",
            otherwise = "Of two errors at once none is reported.",
            values = {NvmOpcode.READ, NvmOpcode.WRITE})
    void beyondTheEndAndAboveMdts_isOneOfBothErrors(Bench bench, long opcode) {
        Disk disk = Disk.of(bench);
        int blocks = disk.transferBlocksMax() + 1;
        Completion completion =
                disk.run(disk.data((int) opcode, disk.blocks(), blocks, disk.buffer(blocks)));
        int status = Status.codeTypeAndCode(completion.status());
        Expect.that(
                completion + " is an invalid field or beyond the end",
                status == Status.INVALID_FIELD_IN_COMMAND || status == Status.LBA_OUT_OF_RANGE);
    }

    @Clause(
            value = "Base §3.3.3.1",
            level = Level.MAY,
            otherwise = "A driver that leaves reserved fields as they were is refused.")
    void reservedFields_areIgnored(Bench bench) {
        Disk disk = Disk.of(bench);
        Command flush = Commands.flush(Disk.NSID).cdw(0, NvmOpcode.FLUSH | 0xF << 10);
        for (int dword = 2; dword < 16; dword++) {
            flush.cdw(dword, -1);
        }
        disk.ok(flush);
        disk.ok(disk.read(0, 1, disk.buffer(1)).qword(2, -1L));
    }

    @Clause(
            value = "Base §3.3.3.1",
            level = Level.SHOULD,
            otherwise = "A command meant for one namespace is executed on some or all.",
            values = {NvmOpcode.READ, NvmOpcode.WRITE, NvmOpcode.WRITE_ZEROES, NvmOpcode.COMPARE})
    void broadcastNamespace_isRefusedByAllButFlush(Bench bench, long opcode) {
        Disk disk = Disk.of(bench);
        byte[] content = disk.store(0, 1, 1);
        Completion completion =
                disk.run(Commands.transfer((int) opcode, -1, 0, 1).prp1(disk.buffer(1)));
        int status = completion.status() & 0x7FF;
        Expect.that(
                completion + " is an invalid field, namespace or opcode",
                status == Status.INVALID_FIELD_IN_COMMAND
                        || status == Status.INVALID_NAMESPACE_OR_FORMAT
                        || status == Status.INVALID_COMMAND_OPCODE);
        disk.expectContent("block 0", 0, content);
    }

    @Clause(
            value = "Base §7",
            otherwise = "A driver that probes for a command takes success for support.",
            values = {0x03, 0x06, 0x07, 0x0A, 0x0B, 0x10, 0x20, 0x40, 0x80, 0xC0, 0xFF})
    void unknownOpcode_isInvalidCommandOpcode(Bench bench, long opcode) {
        Disk disk = Disk.of(bench);
        Completion completion =
                disk.run(Command.of((int) opcode).nsid(Disk.NSID).prp1(disk.buffer(1)));
        Expect.refused(completion, Status.INVALID_COMMAND_OPCODE);
        disk.expectAlive();
    }

    @Clause(
            value = "Base §3.3.3.1",
            otherwise = "A data pointer of a reserved kind is taken for PRPs.",
            values = {2, 3})
    void dataPointerKindThatIsNotOffered_isAnInvalidField(Bench bench, long kind) {
        Disk disk = Disk.of(bench);
        boolean metadataSgl = (disk.controller().sglSupport() & (1 << 19)) != 0;
        NotApplicable.unless(kind == 3 || !metadataSgl, "SGLS: metadata SGLs are offered");
        Expect.refused(
                disk.run(disk.read(0, 1, disk.buffer(1)).dataPointerKind((int) kind)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    // ---- failures ------------------------------------------------------------------------------

    @Clause(
            value = "Base §9.3",
            otherwise = "A DMA error is reported as success, and a host uses what is not data.",
            values = {NvmOpcode.READ, NvmOpcode.WRITE})
    void memoryThatIsNotThere_isADataTransferError(Bench bench, long opcode) {
        Disk disk = Disk.of(bench);
        Completion completion =
                disk.run(
                        Commands.transfer((int) opcode, Disk.NSID, 0, 1)
                                .prp1(disk.memory().nowhere()));
        Expect.status(completion, Status.DATA_TRANSFER_ERROR);
        disk.expectAlive();
    }

    @Clause(
            value = "Base §9.3",
            level = Level.SHOULD,
            otherwise = "A driver gives up a request that would succeed if it were sent again.")
    void dataTransferError_mayBeRetried(Bench bench) {
        Disk disk = Disk.of(bench);
        Completion completion = disk.run(disk.read(0, 1, disk.memory().nowhere()));
        Expect.status(completion, Status.DATA_TRANSFER_ERROR);
        Expect.that(
                completion + " may be retried", (completion.status() & Status.DO_NOT_RETRY) == 0);
    }

    @Clause(
            value = "NVM §2.1.4.2",
            otherwise = "A write that failed leaves a block that is half old and half new.",
            values = {4, 256, 508})
    void writeThatFailsHalfWay_leavesNoTornBlock(Bench bench, long intoTheBlock) {
        Disk disk = Disk.of(bench);
        byte[] old = disk.store(0, 8, 1);
        long page = disk.memory().pages(1);
        disk.memory().fill(page, Memory.PAGE_BYTES, 0x77);
        // The page ends within the second block; what should follow is not there.
        long start = page + Memory.PAGE_BYTES - disk.blockBytes() - intoTheBlock;
        Completion completion =
                disk.run(Commands.write(Disk.NSID, 0, 8, start).prp2(disk.memory().nowhere()));
        Expect.status(completion, Status.DATA_TRANSFER_ERROR);
        byte[] now = disk.load(0, 8);
        byte[] fresh = new byte[disk.blockBytes()];
        Arrays.fill(fresh, (byte) 0x77);
        for (int block = 0; block < 8; block++) {
            int from = block * disk.blockBytes();
            byte[] seen = Arrays.copyOfRange(now, from, from + disk.blockBytes());
            Expect.that(
                    "block %d is old or new as a whole".formatted(block),
                    Arrays.equals(seen, Arrays.copyOfRange(old, from, from + disk.blockBytes()))
                            || Arrays.equals(seen, fresh));
        }
    }
}
