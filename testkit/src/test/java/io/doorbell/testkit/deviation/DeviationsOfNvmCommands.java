package io.doorbell.testkit.deviation;

import java.util.List;

/** What a controller can get wrong about I/O commands, data pointers and namespaces. */
final class DeviationsOfNvmCommands {
    private static final String PRP = "data/PrpWalk.java";
    private static final String SGL = "data/SglWalk.java";
    private static final String BLOCKS = "namespace/BlockCommands.java";
    private static final String RANGES = "namespace/RangeCommands.java";
    private static final String MEMORY = "namespace/MemoryStore.java";

    static final List<Deviation> ALL =
            List.of(
                    new Deviation(
                            "PRP offset dropped",
                            "a page entry with an offset is used as it is",
                            PRP,
                            "if (offset(address, pageBytes) != 0) {",
                            "if (false) {"),
                    new Deviation(
                            "PRP1 alignment",
                            "PRP1 may be at any even address",
                            PRP,
                            "(prp1 & 3) != 0",
                            "(prp1 & 1) != 0"),
                    new Deviation(
                            "PRP chain as page",
                            "the pointer at the end of a list page is taken for a page too",
                            PRP,
                            "int pages = chained ? slots - 1 : needed;",
                            "int pages = chained ? slots : needed;"),
                    new Deviation(
                            "PRP list from page start",
                            "the offset of a list in its page is ignored",
                            PRP,
                            "long list = start;",
                            "long list = start & -pageBytes;"),
                    new Deviation(
                            "SGL bucket ignored",
                            "a bit bucket of a read swallows nothing",
                            SGL,
                            "if (toHost) {",
                            "if (false) {"),
                    new Deviation(
                            "SGL segment anywhere",
                            "a segment descriptor may be where it must not",
                            SGL,
                            "segmentsMayFollow && isFinal ? follow(bytes) : badSegment();",
                            "follow(bytes);"),
                    new Deviation(
                            "SGL too short",
                            "a transfer ends where its SGL does, with success",
                            SGL,
                            "if (status == Status.SUCCESS && !isComplete()) {",
                            "if (false) {"),
                    new Deviation(
                            "LBA overflow",
                            "the end of a range is computed with overflow",
                            "namespace/Namespace.java",
                            "return LbaRange.isWithin(startLba, count, blockCount);",
                            "return startLba + count <= blockCount;"),
                    new Deviation(
                            "MDTS twice",
                            "transfers may be twice as long as announced",
                            BLOCKS,
                            "if (bytes > transferBytesMax) {",
                            "if (bytes > 2 * transferBytesMax) {"),
                    new Deviation(
                            "Compare's first byte",
                            "Compare does not look at the first byte",
                            BLOCKS,
                            "if (MemorySegment.mismatch(ours, 0, piece, hosts, 0, piece) >= 0) {",
                            "if (MemorySegment.mismatch(ours, 0, piece, hosts, 0, piece) > 0) {"),
                    new Deviation(
                            "Write Zeroes one short",
                            "NLB of Write Zeroes counts from one",
                            BLOCKS,
                            "int blocks = WriteZeroes.blockCount(entry);",
                            "int blocks = WriteZeroes.blockCountZeroBased(entry);"),
                    new Deviation(
                            "Verify with PRACT",
                            "Verify accepts a protection action",
                            BLOCKS,
                            "if ((ReadWrite.protectionInfo(entry) & PROTECTION_ACTION) != 0) {",
                            "if (false) {"),
                    new Deviation(
                            "stale after discard",
                            "deallocated blocks read as what they held",
                            MEMORY,
                            "bytes.asSlice(offset, piece).fill((byte) 0);",
                            "bytes.asSlice(offset, piece);"),
                    new Deviation(
                            "torn write",
                            "a write that fails half way leaves half a block",
                            MEMORY,
                            "data.check(false).isOk()",
                            "true"),
                    new Deviation(
                            "Compare and Write regardless",
                            "the Write of a fused pair takes place whatever was found",
                            MEMORY,
                            "if (block.mismatch(expected.asSlice(0, sizeBytes)) >= 0) {",
                            "if (false) {"),
                    new Deviation(
                            "fused half alone",
                            "half a fused pair is executed as a plain command",
                            "namespace/NvmCommandSet.java",
                            "if (command.fuse() != SubmissionEntry.FUSE_NONE) {",
                            "if (false) {"),
                    new Deviation(
                            "fused pair parted",
                            "a pair across two fetches is no pair",
                            "queue/SubmissionQueue.java",
                            "batch.endsWithinPair()",
                            "false"),
                    new Deviation(
                            "discard of hints",
                            "Dataset Management deallocates without being asked to",
                            RANGES,
                            "if (!DatasetManagement.deallocate(entry)) {",
                            "if (false) {"),
                    new Deviation(
                            "DSM over-read",
                            "the range list is read as 4 KiB, whatever its length",
                            RANGES,
                            "int listBytes = DatasetManagement.dataLengthBytes(entry);",
                            "int listBytes = 4096;"),
                    new Deviation(
                            "MCL ignored",
                            "Copy has no limit of its sum",
                            RANGES,
                            "if (blocks > NvmLimits.COPY_BLOCKS_MAX) {",
                            "if (false) {"),
                    new Deviation(
                            "Copy's DW0",
                            "a Copy that failed does not say how far it came",
                            "namespace/Copying.java",
                            "return next < sources.length ? next : 0;",
                            "return 0;"),
                    new Deviation(
                            "unreadable reads",
                            "blocks of Write Uncorrectable are read as if nothing had happened",
                            "namespace/BlockAccess.java",
                            "if (!states.isReadable(first, sectors)) {",
                            "if (false) {"),
                    new Deviation(
                            "unreadable for ever",
                            "a write does not make an unreadable block readable",
                            "namespace/BlockStates.java",
                            "written.add(first, count);\n        if (!unreadable.isEmpty()) {",
                            "written.add(first, count);\n        if (false) {"),
                    new Deviation(
                            "FLBAS of nothing",
                            "Identify names format 0 whatever the block size is",
                            "admin/NamespacePage.java",
                            ".formatIndex(namespace.formatIndex())",
                            ".formatIndex(0)"));

    private DeviationsOfNvmCommands() {}
}
