package io.doorbell.spec.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.spec.CommandLayout;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.WindowLayout;

import org.junit.jupiter.api.Test;

/** NVM 1.0 §3.2. */
class NvmCommandsTest {
    @Test
    void datasetRange_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(16, new DatasetRange()::wrap)
                .field(
                        "contextAttributes",
                        3,
                        0,
                        DatasetRange::contextAttributes,
                        DatasetRange::contextAttributes)
                .field("blockCount", 7, 4, DatasetRange::blockCount, DatasetRange::blockCount)
                .qword("startingLba", 8, DatasetRange::startingLba, DatasetRange::startingLba)
                .hasNoOtherField(DatasetRange.class);
        assertThat(DatasetRange.SIZE_BYTES).isEqualTo(16);
    }

    @Test
    void copyRange_hasEveryFieldWhereTheClausePutsIt() {
        WindowLayout.of(32, new CopyRange()::wrap)
                .qword("startingLba", 8, CopyRange::startingLba, CopyRange::startingLba)
                .field(
                        "blockCountZeroBased",
                        17,
                        16,
                        CopyRange::blockCountZeroBased,
                        CopyRange::blockCountZeroBased)
                .field("referenceTag", 27, 24, CopyRange::referenceTag, CopyRange::referenceTag)
                .field(
                        "applicationTag",
                        29,
                        28,
                        CopyRange::applicationTag,
                        CopyRange::applicationTag)
                .field(
                        "applicationTagMask",
                        31,
                        30,
                        CopyRange::applicationTagMask,
                        CopyRange::applicationTagMask)
                .hasNoOtherField(CopyRange.class);
        assertThat(CopyRange.SIZE_BYTES).isEqualTo(32);
    }

    @Test
    void readWrite_hasItsFieldsInPlace() {
        new CommandLayout()
                .qword(10, ReadWrite::startingLba, ReadWrite::startingLba)
                .field(12, 15, 0, ReadWrite::blockCountZeroBased, ReadWrite::blockCountZeroBased)
                .field(12, 23, 20, ReadWrite::directiveType, ReadWrite::directiveType)
                .flag(12, 24, ReadWrite::storageTagCheck, ReadWrite::storageTagCheck)
                .field(12, 29, 26, ReadWrite::protectionInfo, ReadWrite::protectionInfo)
                .flag(12, 30, ReadWrite::forceUnitAccess, ReadWrite::forceUnitAccess)
                .flag(12, 31, ReadWrite::limitedRetry, ReadWrite::limitedRetry)
                .field(13, 7, 0, ReadWrite::accessHints, ReadWrite::accessHints)
                .field(13, 31, 16, ReadWrite::directiveSpecific, ReadWrite::directiveSpecific)
                .field(14, 31, 0, ReadWrite::referenceTag, ReadWrite::referenceTag)
                .field(15, 15, 0, ReadWrite::applicationTag, ReadWrite::applicationTag)
                .field(15, 31, 16, ReadWrite::applicationTagMask, ReadWrite::applicationTagMask);
    }

    @Test
    void writeZeroes_hasItsFieldsInPlace() {
        new CommandLayout()
                .qword(10, WriteZeroes::startingLba, WriteZeroes::startingLba)
                .field(
                        12,
                        15,
                        0,
                        WriteZeroes::blockCountZeroBased,
                        WriteZeroes::blockCountZeroBased)
                .flag(12, 24, WriteZeroes::storageTagCheck, WriteZeroes::storageTagCheck)
                .flag(12, 25, WriteZeroes::deallocate, WriteZeroes::deallocate)
                .field(12, 29, 26, WriteZeroes::protectionInfo, WriteZeroes::protectionInfo)
                .flag(12, 30, WriteZeroes::forceUnitAccess, WriteZeroes::forceUnitAccess)
                .flag(12, 31, WriteZeroes::limitedRetry, WriteZeroes::limitedRetry)
                .field(14, 31, 0, WriteZeroes::referenceTag, WriteZeroes::referenceTag)
                .field(15, 15, 0, WriteZeroes::applicationTag, WriteZeroes::applicationTag)
                .field(
                        15,
                        31,
                        16,
                        WriteZeroes::applicationTagMask,
                        WriteZeroes::applicationTagMask);
    }

    @Test
    void writeUncorrectable_hasItsFieldsInPlace() {
        new CommandLayout()
                .qword(10, WriteUncorrectable::startingLba, WriteUncorrectable::startingLba)
                .field(
                        12,
                        15,
                        0,
                        WriteUncorrectable::blockCountZeroBased,
                        WriteUncorrectable::blockCountZeroBased);
    }

    @Test
    void datasetManagement_hasItsFieldsInPlace() {
        new CommandLayout()
                .field(
                        10,
                        7,
                        0,
                        DatasetManagement::rangeCountZeroBased,
                        DatasetManagement::rangeCountZeroBased)
                .flag(11, 0, DatasetManagement::integralRead, DatasetManagement::integralRead)
                .flag(11, 1, DatasetManagement::integralWrite, DatasetManagement::integralWrite)
                .flag(11, 2, DatasetManagement::deallocate, DatasetManagement::deallocate);
    }

    @Test
    void copy_hasItsFieldsInPlace() {
        new CommandLayout()
                .qword(10, Copy::destinationLba, Copy::destinationLba)
                .field(12, 7, 0, Copy::rangeCountZeroBased, Copy::rangeCountZeroBased)
                .field(12, 11, 8, Copy::descriptorFormat, Copy::descriptorFormat)
                .field(12, 15, 12, Copy::readProtectionInfo, Copy::readProtectionInfo)
                .field(12, 23, 20, Copy::directiveType, Copy::directiveType)
                .flag(12, 24, Copy::storageTagCheck, Copy::storageTagCheck)
                .field(12, 29, 26, Copy::writeProtectionInfo, Copy::writeProtectionInfo)
                .flag(12, 30, Copy::forceUnitAccess, Copy::forceUnitAccess)
                .flag(12, 31, Copy::limitedRetry, Copy::limitedRetry)
                .field(13, 31, 16, Copy::directiveSpecific, Copy::directiveSpecific)
                .field(14, 31, 0, Copy::referenceTag, Copy::referenceTag)
                .field(15, 15, 0, Copy::applicationTag, Copy::applicationTag)
                .field(15, 31, 16, Copy::applicationTagMask, Copy::applicationTagMask);
    }

    @Test
    void blockCount_isCountedFromOne() {
        SubmissionEntry entry = new CommandLayout().entry();
        assertThat(ReadWrite.blockCount(entry)).isEqualTo(1);
        ReadWrite.blockCount(entry, 65_536);
        assertThat(entry.cdw12()).isEqualTo(0xFFFF);
        assertThat(WriteZeroes.blockCount(entry)).isEqualTo(65_536);
        assertThat(WriteUncorrectable.blockCount(entry)).isEqualTo(65_536);
        assertThatThrownBy(() -> ReadWrite.blockCount(entry, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReadWrite.blockCount(entry, 65_537))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rangeCount_givesTheLengthOfTheData() {
        SubmissionEntry entry = new CommandLayout().entry();
        DatasetManagement.rangeCountZeroBased(entry, 255);
        assertThat(DatasetManagement.rangeCount(entry)).isEqualTo(256);
        assertThat(DatasetManagement.dataLengthBytes(entry)).isEqualTo(4096);
        Copy.rangeCountZeroBased(entry, 1);
        assertThat(Copy.rangeCount(entry)).isEqualTo(2);
        assertThat(Copy.dataLengthBytes(entry)).isEqualTo(64);
    }

    @Test
    void copyRange_countsBlocksFromOne() {
        var range = new CopyRange().wrap(WindowLayout.memory(32), 0).blockCountZeroBased(0xFFFF);
        assertThat(range.blockCount()).isEqualTo(65_536);
    }
}
