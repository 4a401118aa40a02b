package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.SglDescriptor;
import io.doorbell.spec.Status;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Memory;

import java.util.Arrays;

/** Scatter gather lists of I/O commands (Base §4.1.2). */
@Chapter("Scatter gather lists")
final class SglTests {
    private static final int DATA = SglDescriptor.TYPE_DATA_BLOCK;
    private static final int BUCKET = SglDescriptor.TYPE_BIT_BUCKET;
    private static final int SEGMENT = SglDescriptor.TYPE_SEGMENT;
    private static final int LAST = SglDescriptor.TYPE_LAST_SEGMENT;

    /** A descriptor: 16 bytes. */
    private record Descriptor(int type, long address, long bytes) {
        long high() {
            return (bytes & 0xFFFF_FFFFL) | (long) type << 60;
        }
    }

    private static Disk disk(Bench bench) {
        Disk disk = Disk.of(bench);
        NotApplicable.unless(
                (disk.controller().sglSupport() & 3) != 0, "SGLS: SGLs are not offered");
        return disk;
    }

    private static Command command(Disk disk, int opcode, int blocks, Descriptor first) {
        return disk.range(opcode, 0, blocks).sgl(first.address(), first.high());
    }

    private static Command read(Disk disk, int blocks, Descriptor first) {
        return command(disk, NvmOpcode.READ, blocks, first);
    }

    /** Puts descriptors behind each other in memory; returns where. */
    private static long put(Disk disk, Descriptor... descriptors) {
        long start = disk.memory().aligned((long) descriptors.length * 16, Memory.PAGE_BYTES);
        for (int i = 0; i < descriptors.length; i++) {
            disk.memory().putLong(start + 16L * i, descriptors[i].address());
            disk.memory().putLong(start + 16L * i + 8, descriptors[i].high());
        }
        return start;
    }

    private static Descriptor last(Disk disk, Descriptor... descriptors) {
        return new Descriptor(LAST, put(disk, descriptors), 16L * descriptors.length);
    }

    private static Descriptor segment(Disk disk, Descriptor... descriptors) {
        return new Descriptor(SEGMENT, put(disk, descriptors), 16L * descriptors.length);
    }

    /** Data blocks of these sizes, in memory that lies apart. */
    private static Descriptor[] blocks(Disk disk, int... sizes) {
        return Arrays.stream(sizes)
                .mapToObj(size -> new Descriptor(DATA, disk.memory().pages(1), size))
                .toArray(Descriptor[]::new);
    }

    private static byte[] content(Disk disk, Descriptor... blocks) {
        byte[] all = new byte[(int) Arrays.stream(blocks).mapToLong(Descriptor::bytes).sum()];
        int done = 0;
        for (Descriptor block : blocks) {
            byte[] part = disk.memory().bytes(block.address(), (int) block.bytes());
            System.arraycopy(part, 0, all, done, part.length);
            done += part.length;
        }
        return all;
    }

    private static void refused(Disk disk, Command command, int status) {
        Expect.refused(disk.run(command), status);
        disk.expectAlive();
    }

    // ---- data ----------------------------------------------------------------------------------

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A driver that uses SGLs for large requests reads garbage.",
            values = {1, 8, 64, 256})
    void oneDataBlock_carriesAllOfTheData(Bench bench, long count) {
        Disk disk = disk(bench);
        int bytes = (int) count * disk.blockBytes();
        long out = disk.memory().aligned(bytes, 4096);
        byte[] content = disk.memory().fillRandom(out, bytes, count);
        disk.ok(command(disk, NvmOpcode.WRITE, (int) count, new Descriptor(DATA, out, bytes)));
        disk.expectContent("what was written", 0, content);
        long in = disk.memory().aligned(bytes, 4096);
        disk.ok(read(disk, (int) count, new Descriptor(DATA, in, bytes)));
        Disk.expectSame("what was read", disk.memory().bytes(in, bytes), content);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A device that offers any alignment moves data of odd buffers elsewhere.",
            values = {1, 2, 3, 4, 7, 513})
    void anyAlignment_worksIfOffered(Bench bench, long offset) {
        Disk disk = disk(bench);
        NotApplicable.unless(
                (disk.controller().sglSupport() & 3) == IdentifyController.SGLS_BYTE_ALIGNED
                        || offset % 4 == 0,
                "SGLS asks for dwords");
        byte[] content = disk.store(0, 1, 1);
        long page = disk.memory().pages(2);
        disk.ok(read(disk, 1, new Descriptor(DATA, page + offset, disk.blockBytes())));
        Disk.expectSame("data", disk.memory().bytes(page + offset, content.length), content);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "Pieces of a request are put together in the wrong order.",
            values = {NvmOpcode.READ, NvmOpcode.WRITE, NvmOpcode.COMPARE})
    void lastSegmentOfDataBlocks_isFollowedInOrder(Bench bench, long opcode) {
        Disk disk = disk(bench);
        byte[] content = disk.store(0, 8, 1);
        Descriptor[] pieces = blocks(disk, 512, 4, 1020, 2048, 0, 512);
        int done = 0;
        if (opcode != NvmOpcode.READ) {
            for (Descriptor piece : pieces) {
                int end = done + (int) piece.bytes();
                disk.memory().put(piece.address(), Arrays.copyOfRange(content, done, end));
                done = end;
            }
        }
        disk.ok(command(disk, (int) opcode, 8, last(disk, pieces)));
        Disk.expectSame("the pieces", content(disk, pieces), content);
        disk.expectContent("the blocks", 0, content);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A list of several segments ends with the first.",
            values = {1, 2, 5})
    void chainOfSegments_isFollowed(Bench bench, long segments) {
        Disk disk = disk(bench);
        int count = (int) segments + 1;
        byte[] content = disk.store(0, count, 1);
        int[] sizes = new int[count];
        Arrays.fill(sizes, disk.blockBytes());
        Descriptor[] pieces = blocks(disk, sizes);
        Descriptor next = last(disk, pieces[count - 1]);
        for (int i = count - 2; i >= 0; i--) {
            next = segment(disk, pieces[i], next);
        }
        disk.ok(read(disk, count, next));
        Disk.expectSame("the pieces", content(disk, pieces), content);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A segment longer than a page is read in part.",
            values = {256, 257, 512})
    void longSegment_isReadToItsEnd(Bench bench, long descriptors) {
        Disk disk = disk(bench);
        int count = 32;
        byte[] content = disk.store(0, count, 1);
        int[] sizes = new int[(int) descriptors];
        Arrays.fill(sizes, 4);
        sizes[sizes.length - 1] = content.length - 4 * (sizes.length - 1);
        Descriptor[] pieces = new Descriptor[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            pieces[i] = new Descriptor(DATA, disk.memory().aligned(sizes[i], 4096), sizes[i]);
        }
        disk.ok(read(disk, count, last(disk, pieces)));
        Disk.expectSame("the pieces", content(disk, pieces), content);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A device reads on behind an SGL, into memory that may not be there.")
    void segment_isNotReadBeyondItsEnd(Bench bench) {
        Disk disk = disk(bench);
        byte[] content = disk.store(0, 2, 1);
        Descriptor[] pieces = blocks(disk, 512, 512);
        long end = disk.memory().end() - 32;
        for (int i = 0; i < 2; i++) {
            disk.memory().putLong(end + 16L * i, pieces[i].address());
            disk.memory().putLong(end + 16L * i + 8, pieces[i].high());
        }
        disk.ok(read(disk, 2, new Descriptor(LAST, end, 32)));
        Disk.expectSame("the pieces", content(disk, pieces), content);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A host that wants a part of a read gets the wrong part.")
    void bitBucketOfARead_swallowsItsBytes(Bench bench) {
        Disk disk = disk(bench);
        NotApplicable.unless(
                (disk.controller().sglSupport() & IdentifyController.SGLS_BIT_BUCKET) != 0,
                "SGLS: bit buckets are not offered");
        byte[] content = disk.store(0, 4, 1);
        Descriptor[] pieces = blocks(disk, 100, 412);
        disk.ok(
                read(
                        disk,
                        4,
                        last(
                                disk,
                                pieces[0],
                                new Descriptor(BUCKET, 0, 1024),
                                pieces[1],
                                new Descriptor(BUCKET, 0, 512))));
        Disk.expectSame(
                "the bytes in front of the bucket",
                content(disk, pieces[0]),
                Arrays.copyOf(content, 100));
        Disk.expectSame(
                "the bytes behind the bucket",
                content(disk, pieces[1]),
                Arrays.copyOfRange(content, 1124, 1536));
    }

    @Clause(value = "Base §4.1.2", otherwise = "A bit bucket writes bytes that nobody gave.")
    void bitBucketOfAWrite_countsAsEmpty(Bench bench) {
        Disk disk = disk(bench);
        NotApplicable.unless(
                (disk.controller().sglSupport() & IdentifyController.SGLS_BIT_BUCKET) != 0,
                "SGLS: bit buckets are not offered");
        Descriptor[] pieces = blocks(disk, 256, 256);
        disk.memory().fill(pieces[0].address(), 256, 1);
        disk.memory().fill(pieces[1].address(), 256, 2);
        disk.ok(
                command(
                        disk,
                        NvmOpcode.WRITE,
                        1,
                        last(disk, pieces[0], new Descriptor(BUCKET, 0, 99), pieces[1])));
        disk.expectContent("the block", 0, content(disk, pieces));
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A list that is longer than its data is refused, or fills memory behind.")
    void longerThanTheData_isAnsweredAsSglsSays(Bench bench) {
        Disk disk = disk(bench);
        disk.store(0, 1, 1);
        long page = disk.memory().pages(1);
        Memory.Watch behind = disk.memory().watch(page + disk.blockBytes(), 1024);
        Completion completion =
                disk.run(read(disk, 1, new Descriptor(DATA, page, disk.blockBytes() + 1024)));
        behind.expectUnchanged();
        if ((disk.controller().sglSupport() & IdentifyController.SGLS_LONGER_THAN_DATA) != 0) {
            Expect.success(completion);
        } else {
            Expect.refused(completion, Status.DATA_SGL_LENGTH_INVALID);
        }
    }

    // ---- errors --------------------------------------------------------------------------------

    @Clause(
            value = "Base §4.1.2",
            otherwise = "The end of a read is not there, and the host is not told.",
            values = {0, 1, 511})
    void shorterThanTheData_isDataSglLengthInvalid(Bench bench, long bytes) {
        Disk disk = disk(bench);
        refused(
                disk,
                read(disk, 1, new Descriptor(DATA, disk.memory().pages(1), bytes)),
                Status.DATA_SGL_LENGTH_INVALID);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "An address that overflows reaches the start of memory.",
            values = {-1, -256, -511})
    void blockBeyondTheAddressSpace_isDataSglLengthInvalid(Bench bench, long address) {
        Disk disk = disk(bench);
        refused(
                disk,
                read(disk, 1, new Descriptor(DATA, address, 512)),
                Status.DATA_SGL_LENGTH_INVALID);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A descriptor of a kind that PCIe does not have is taken for data.",
            values = {0x4, 0x5, 0x6, 0xE, 0xF})
    void unknownType_isSglDescriptorTypeInvalid(Bench bench, long type) {
        Disk disk = disk(bench);
        long page = disk.memory().pages(1);
        refused(
                disk,
                read(disk, 1, new Descriptor((int) type, page, 512)),
                Status.SGL_DESCRIPTOR_TYPE_INVALID);
        refused(
                disk,
                read(disk, 1, last(disk, new Descriptor((int) type, page, 512))),
                Status.SGL_DESCRIPTOR_TYPE_INVALID);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "An offset is taken for an address.",
            values = {1, 10, 15})
    void unknownSubType_isSglDescriptorTypeInvalid(Bench bench, long subType) {
        Disk disk = disk(bench);
        Command command = disk.range(NvmOpcode.READ, 0, 1);
        command.sgl(disk.memory().pages(1), 512 | subType << 56);
        refused(disk, command, Status.SGL_DESCRIPTOR_TYPE_INVALID);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A segment of a broken length is read in part, or for ever.",
            values = {0, 1, 15, 17, 40})
    void segmentLengthNotAMultipleOf16_isInvalidSglSegmentDescriptor(Bench bench, long bytes) {
        Disk disk = disk(bench);
        long list = put(disk, blocks(disk, 512, 512, 512));
        refused(
                disk,
                read(disk, 1, new Descriptor(LAST, list, bytes)),
                Status.INVALID_SGL_SEGMENT_DESCRIPTOR);
        refused(
                disk,
                read(disk, 1, new Descriptor(SEGMENT, list, bytes)),
                Status.INVALID_SGL_SEGMENT_DESCRIPTOR);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "Descriptors behind a segment pointer are lost or used twice.")
    void segmentDescriptorInTheMiddle_isInvalidSglSegmentDescriptor(Bench bench) {
        Disk disk = disk(bench);
        Descriptor inner = last(disk, blocks(disk, 512));
        Descriptor behind = blocks(disk, 512)[0];
        refused(
                disk,
                read(disk, 2, segment(disk, inner, behind)),
                Status.INVALID_SGL_SEGMENT_DESCRIPTOR);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A last segment is followed by another one.",
            values = {2, 3})
    void segmentDescriptorInALastSegment_isInvalidSglSegmentDescriptor(Bench bench, long type) {
        Disk disk = disk(bench);
        Descriptor data = blocks(disk, 512)[0];
        Descriptor more = new Descriptor((int) type, put(disk, blocks(disk, 512)), 16);
        refused(disk, read(disk, 2, last(disk, data, more)), Status.INVALID_SGL_SEGMENT_DESCRIPTOR);
    }

    @Clause(
            value = "Base §4.1.2",
            otherwise = "A list that leads to itself keeps the device busy for ever.")
    void segmentThatLeadsToItself_isEndedWithAnError(Bench bench) {
        Disk disk = disk(bench);
        long list = disk.memory().pages(1);
        Descriptor empty = new Descriptor(DATA, disk.memory().pages(1), 0);
        Descriptor again = new Descriptor(SEGMENT, list, 32);
        disk.memory().putLong(list, empty.address());
        disk.memory().putLong(list + 8, empty.high());
        disk.memory().putLong(list + 16, again.address());
        disk.memory().putLong(list + 24, again.high());
        refused(disk, read(disk, 1, again), Status.INVALID_NUMBER_OF_SGL_DESCRIPTORS);
    }

    @Clause(
            value = "Base §9.3",
            otherwise = "A list that cannot be read moves data to stale addresses.",
            values = {DATA, SEGMENT, LAST})
    void memoryThatIsNotThere_isADataTransferError(Bench bench, long type) {
        Disk disk = disk(bench);
        Expect.status(
                disk.run(read(disk, 1, new Descriptor((int) type, disk.memory().nowhere(), 512))),
                Status.DATA_TRANSFER_ERROR);
        disk.expectAlive();
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A device without SGLs takes them for PRPs and moves data anywhere.",
            values = {1, 2})
    void sgl_isAnInvalidFieldIfNotOffered(Bench bench, long kind) {
        Disk disk = Disk.of(bench, DeviceShape.DEFAULT.withScatterGatherLists(false));
        NotApplicable.unless((disk.controller().sglSupport() & 3) == 0, "SGLS: SGLs are offered");
        refused(
                disk,
                disk.read(0, 1, disk.memory().pages(1)).dataPointerKind((int) kind),
                Status.INVALID_FIELD_IN_COMMAND);
    }
}
