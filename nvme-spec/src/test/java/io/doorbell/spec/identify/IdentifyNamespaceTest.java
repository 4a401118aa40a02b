package io.doorbell.spec.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.spec.WindowLayout;
import io.doorbell.spec.WordLayout;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;

/** NVM 1.0 §4.1.5.1, Figure 97. */
class IdentifyNamespaceTest {
    @Test
    void everyFieldIsWhereTheClausePutsIt() {
        WindowLayout.of(4096, new IdentifyNamespace()::wrap)
                .qword("NSZE", 0, IdentifyNamespace::sizeBlocks, IdentifyNamespace::sizeBlocks)
                .qword(
                        "NCAP",
                        8,
                        IdentifyNamespace::capacityBlocks,
                        IdentifyNamespace::capacityBlocks)
                .qword("NUSE", 16, IdentifyNamespace::usedBlocks, IdentifyNamespace::usedBlocks)
                .field("NSFEAT", 24, 24, IdentifyNamespace::features, IdentifyNamespace::features)
                .field(
                        "NLBAF",
                        25,
                        25,
                        IdentifyNamespace::formatCountZeroBased,
                        IdentifyNamespace::formatCountZeroBased)
                .field(
                        "FLBAS",
                        26,
                        26,
                        IdentifyNamespace::formattedLbaSize,
                        IdentifyNamespace::formattedLbaSize)
                .field(
                        "MC",
                        27,
                        27,
                        IdentifyNamespace::metadataCapabilities,
                        IdentifyNamespace::metadataCapabilities)
                .field(
                        "DPC",
                        28,
                        28,
                        IdentifyNamespace::protectionCapabilities,
                        IdentifyNamespace::protectionCapabilities)
                .field(
                        "DPS",
                        29,
                        29,
                        IdentifyNamespace::protectionSettings,
                        IdentifyNamespace::protectionSettings)
                .field(
                        "NMIC",
                        30,
                        30,
                        IdentifyNamespace::multiPathCapabilities,
                        IdentifyNamespace::multiPathCapabilities)
                .field(
                        "RESCAP",
                        31,
                        31,
                        IdentifyNamespace::reservationCapabilities,
                        IdentifyNamespace::reservationCapabilities)
                .field(
                        "FPI",
                        32,
                        32,
                        IdentifyNamespace::formatProgress,
                        IdentifyNamespace::formatProgress)
                .field(
                        "DLFEAT",
                        33,
                        33,
                        IdentifyNamespace::deallocateFeatures,
                        IdentifyNamespace::deallocateFeatures)
                .field(
                        "NAWUN",
                        35,
                        34,
                        IdentifyNamespace::atomicWriteUnitZeroBased,
                        IdentifyNamespace::atomicWriteUnitZeroBased)
                .field(
                        "NAWUPF",
                        37,
                        36,
                        IdentifyNamespace::atomicWriteUnitPowerFailZeroBased,
                        IdentifyNamespace::atomicWriteUnitPowerFailZeroBased)
                .field(
                        "NACWU",
                        39,
                        38,
                        IdentifyNamespace::atomicCompareWriteUnitZeroBased,
                        IdentifyNamespace::atomicCompareWriteUnitZeroBased)
                .field(
                        "NABSN",
                        41,
                        40,
                        IdentifyNamespace::atomicBoundarySizeZeroBased,
                        IdentifyNamespace::atomicBoundarySizeZeroBased)
                .field(
                        "NABO",
                        43,
                        42,
                        IdentifyNamespace::atomicBoundaryOffset,
                        IdentifyNamespace::atomicBoundaryOffset)
                .field(
                        "NABSPF",
                        45,
                        44,
                        IdentifyNamespace::atomicBoundarySizePowerFailZeroBased,
                        IdentifyNamespace::atomicBoundarySizePowerFailZeroBased)
                .field(
                        "NOIOB",
                        47,
                        46,
                        IdentifyNamespace::optimalIoBoundaryBlocks,
                        IdentifyNamespace::optimalIoBoundaryBlocks)
                .qword(
                        "NVMCAP low",
                        48,
                        IdentifyNamespace::capacityBytes,
                        (v, x) -> v.capacityBytes(v.capacityBytesHigh(), x))
                .qword(
                        "NVMCAP high",
                        56,
                        IdentifyNamespace::capacityBytesHigh,
                        (v, x) -> v.capacityBytes(x, v.capacityBytes()))
                .field(
                        "NPWG",
                        65,
                        64,
                        IdentifyNamespace::preferredWriteGranularityZeroBased,
                        IdentifyNamespace::preferredWriteGranularityZeroBased)
                .field(
                        "NPWA",
                        67,
                        66,
                        IdentifyNamespace::preferredWriteAlignmentZeroBased,
                        IdentifyNamespace::preferredWriteAlignmentZeroBased)
                .field(
                        "NPDG",
                        69,
                        68,
                        IdentifyNamespace::preferredDeallocateGranularityZeroBased,
                        IdentifyNamespace::preferredDeallocateGranularityZeroBased)
                .field(
                        "NPDA",
                        71,
                        70,
                        IdentifyNamespace::preferredDeallocateAlignmentZeroBased,
                        IdentifyNamespace::preferredDeallocateAlignmentZeroBased)
                .field(
                        "NOWS",
                        73,
                        72,
                        IdentifyNamespace::optimalWriteSizeZeroBased,
                        IdentifyNamespace::optimalWriteSizeZeroBased)
                .field(
                        "MSSRL",
                        75,
                        74,
                        IdentifyNamespace::copyRangeLengthMaximum,
                        IdentifyNamespace::copyRangeLengthMaximum)
                .field(
                        "MCL",
                        79,
                        76,
                        IdentifyNamespace::copyLengthMaximum,
                        IdentifyNamespace::copyLengthMaximum)
                .field(
                        "MSRC",
                        80,
                        80,
                        IdentifyNamespace::copyRangesMaximumZeroBased,
                        IdentifyNamespace::copyRangesMaximumZeroBased)
                .field(
                        "ANAGRPID",
                        95,
                        92,
                        IdentifyNamespace::anaGroupId,
                        IdentifyNamespace::anaGroupId)
                .field(
                        "NSATTR",
                        99,
                        99,
                        IdentifyNamespace::attributes,
                        IdentifyNamespace::attributes)
                .field(
                        "NVMSETID",
                        101,
                        100,
                        IdentifyNamespace::nvmSetId,
                        IdentifyNamespace::nvmSetId)
                .field(
                        "ENDGID",
                        103,
                        102,
                        IdentifyNamespace::enduranceGroupId,
                        IdentifyNamespace::enduranceGroupId)
                .bigEndianQword(
                        "NGUID high",
                        104,
                        IdentifyNamespace::nguidHigh,
                        (v, x) -> v.nguid(x, v.nguidLow()))
                .bigEndianQword(
                        "NGUID low",
                        112,
                        IdentifyNamespace::nguidLow,
                        (v, x) -> v.nguid(v.nguidHigh(), x))
                .bigEndianQword("EUI64", 120, IdentifyNamespace::eui64, IdentifyNamespace::eui64)
                .field("LBAF0", 131, 128, v -> v.lbaFormat(0), (v, x) -> v.lbaFormat(0, x))
                .field("LBAF63", 383, 380, v -> v.lbaFormat(63), (v, x) -> v.lbaFormat(63, x))
                .hasNoOtherField(IdentifyNamespace.class);
    }

    private final MemorySegment memory = WindowLayout.memory(4096);
    private final IdentifyNamespace page = new IdentifyNamespace().wrap(memory, 0);

    @Test
    void lbaFormats_areDwordsAsInTheClause() {
        page.lbaFormat(0, LbaFormat.ofBlockSize(512)).lbaFormat(1, LbaFormat.ofBlockSize(4096));
        assertThat(page.lbaFormat(0)).isEqualTo(0x0009_0000);
        assertThat(page.lbaFormat(1)).isEqualTo(0x000C_0000);
        assertThat(WindowLayout.hex(memory, 128, 8)).isEqualTo("0000090000000c00");
        assertThat(LbaFormat.blockSizeBytes(0x000C_0008)).isEqualTo(4096);
        assertThatThrownBy(() -> page.lbaFormat(64)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> LbaFormat.ofBlockSize(1000))
                .hasMessage("A logical block cannot have 1000 bytes; use a power of two from 512.");
    }

    @Test
    void lbaFormatFields_areInTheirBits() {
        WordLayout.field(15, 0, LbaFormat::metadataSizeBytes);
        WordLayout.field(23, 16, LbaFormat::dataSizeLog2);
        WordLayout.field(25, 24, LbaFormat::relativePerformance);
    }

    @Test
    void formatIndex_isSplitOverFlbas() {
        page.formattedLbaSize(0x10).formatIndex(0x3A);
        assertThat(page.formattedLbaSize()).isEqualTo(0b0111_1010);
        assertThat(page.formatIndex()).isEqualTo(0x3A);
        page.formatIndex(1);
        assertThat(page.formattedLbaSize()).isEqualTo(0x11);
    }

    @Test
    void identifiers_areBigEndian() {
        page.nguid(0x0102030405060708L, 0x090A0B0C0D0E0F10L).eui64(0x1112131415161718L);
        assertThat(WindowLayout.hex(memory, 104, 24))
                .isEqualTo("0102030405060708090a0b0c0d0e0f101112131415161718");
        assertThat(page.eui64()).isEqualTo(0x1112131415161718L);
    }

    @Test
    void deallocateFeatures_areThoseOfTheClause() {
        int features =
                IdentifyNamespace.DLFEAT_READS_ZEROS
                        | IdentifyNamespace.DLFEAT_WRITE_ZEROES_DEALLOCATES;
        assertThat(features).isEqualTo(0x09);
        assertThat(IdentifyNamespace.NSFEAT_OPTPERF | IdentifyNamespace.NSFEAT_DULBE)
                .isEqualTo(0x14);
    }
}
