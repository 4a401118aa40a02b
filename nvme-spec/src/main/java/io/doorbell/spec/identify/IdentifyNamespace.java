package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on Identify Namespace of the NVM command set, CNS 00h (NVM 1.0 §4.1.5.1, Figure 97).
 *
 * <p>The page in the specification's order, one getter and one setter for each field; long, because
 * the page is. Namespace Management takes the same layout to create a namespace.
 */
public final class IdentifyNamespace {
    public static final int SIZE_BYTES = 4096;

    /** NSFEAT: NCAP may be less than NSZE. */
    public static final int NSFEAT_THIN = 1;

    /** NSFEAT: NAWUN, NAWUPF and NACWU count. */
    public static final int NSFEAT_NSABP = 1 << 1;

    /** NSFEAT: reads of deallocated blocks can be errors. */
    public static final int NSFEAT_DULBE = 1 << 2;

    /** NSFEAT: NGUID and EUI64 are never used again. */
    public static final int NSFEAT_IDENTIFIERS_NOT_REUSED = 1 << 3;

    /** NSFEAT: NPWG, NPWA, NPDG, NPDA and NOWS count. */
    public static final int NSFEAT_OPTPERF = 1 << 4;

    /** DLFEAT bits 2:0: deallocated blocks read as zeros. */
    public static final int DLFEAT_READS_ZEROS = 1;

    /** DLFEAT bits 2:0: deallocated blocks read as FFh. */
    public static final int DLFEAT_READS_ONES = 2;

    /** DLFEAT: Write Zeroes accepts DEAC. */
    public static final int DLFEAT_WRITE_ZEROES_DEALLOCATES = 1 << 3;

    /** DLFEAT: deallocated blocks have a valid guard. */
    public static final int DLFEAT_GUARD_CRC = 1 << 4;

    public static final int NSZE_OFFSET_BYTES = 0;
    public static final int NCAP_OFFSET_BYTES = 8;
    public static final int NUSE_OFFSET_BYTES = 16;
    public static final int NSFEAT_OFFSET_BYTES = 24;
    public static final int NLBAF_OFFSET_BYTES = 25;
    public static final int FLBAS_OFFSET_BYTES = 26;
    public static final int MC_OFFSET_BYTES = 27;
    public static final int DPC_OFFSET_BYTES = 28;
    public static final int DPS_OFFSET_BYTES = 29;
    public static final int NMIC_OFFSET_BYTES = 30;
    public static final int RESCAP_OFFSET_BYTES = 31;
    public static final int FPI_OFFSET_BYTES = 32;
    public static final int DLFEAT_OFFSET_BYTES = 33;
    public static final int NAWUN_OFFSET_BYTES = 34;
    public static final int NAWUPF_OFFSET_BYTES = 36;
    public static final int NACWU_OFFSET_BYTES = 38;
    public static final int NABSN_OFFSET_BYTES = 40;
    public static final int NABO_OFFSET_BYTES = 42;
    public static final int NABSPF_OFFSET_BYTES = 44;
    public static final int NOIOB_OFFSET_BYTES = 46;
    public static final int NVMCAP_OFFSET_BYTES = 48;
    public static final int NPWG_OFFSET_BYTES = 64;
    public static final int NPWA_OFFSET_BYTES = 66;
    public static final int NPDG_OFFSET_BYTES = 68;
    public static final int NPDA_OFFSET_BYTES = 70;
    public static final int NOWS_OFFSET_BYTES = 72;
    public static final int MSSRL_OFFSET_BYTES = 74;
    public static final int MCL_OFFSET_BYTES = 76;
    public static final int MSRC_OFFSET_BYTES = 80;
    public static final int ANAGRPID_OFFSET_BYTES = 92;
    public static final int NSATTR_OFFSET_BYTES = 99;
    public static final int NVMSETID_OFFSET_BYTES = 100;
    public static final int ENDGID_OFFSET_BYTES = 102;
    public static final int NGUID_OFFSET_BYTES = 104;
    public static final int EUI64_OFFSET_BYTES = 120;
    public static final int LBAF_OFFSET_BYTES = 128;
    public static final int LBAF_COUNT = 64;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public IdentifyNamespace wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public IdentifyNamespace clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** NSZE: logical blocks; the last LBA is one less. 0 for an inactive namespace. */
    public long sizeBlocks() {
        return LittleEndian.u64(memory, offsetBytes + NSZE_OFFSET_BYTES);
    }

    /** Sets NSZE. */
    public IdentifyNamespace sizeBlocks(long sizeBlocks) {
        LittleEndian.u64(memory, offsetBytes + NSZE_OFFSET_BYTES, sizeBlocks);
        return this;
    }

    /** NCAP: logical blocks that may be allocated at a time. */
    public long capacityBlocks() {
        return LittleEndian.u64(memory, offsetBytes + NCAP_OFFSET_BYTES);
    }

    /** Sets NCAP. */
    public IdentifyNamespace capacityBlocks(long capacityBlocks) {
        LittleEndian.u64(memory, offsetBytes + NCAP_OFFSET_BYTES, capacityBlocks);
        return this;
    }

    /** NUSE: logical blocks allocated now. */
    public long usedBlocks() {
        return LittleEndian.u64(memory, offsetBytes + NUSE_OFFSET_BYTES);
    }

    /** Sets NUSE. */
    public IdentifyNamespace usedBlocks(long usedBlocks) {
        LittleEndian.u64(memory, offsetBytes + NUSE_OFFSET_BYTES, usedBlocks);
        return this;
    }

    /** NSFEAT: the {@code NSFEAT_} bits. */
    public int features() {
        return LittleEndian.u8(memory, offsetBytes + NSFEAT_OFFSET_BYTES);
    }

    /** Sets NSFEAT. */
    public IdentifyNamespace features(int features) {
        LittleEndian.u8(memory, offsetBytes + NSFEAT_OFFSET_BYTES, features);
        return this;
    }

    /** NLBAF: LBA formats, counted from zero. */
    public int formatCountZeroBased() {
        return LittleEndian.u8(memory, offsetBytes + NLBAF_OFFSET_BYTES);
    }

    /** Sets NLBAF. */
    public IdentifyNamespace formatCountZeroBased(int formatCountZeroBased) {
        LittleEndian.u8(memory, offsetBytes + NLBAF_OFFSET_BYTES, formatCountZeroBased);
        return this;
    }

    /** FLBAS: the format in use; see {@link #formatIndex}. Bit 4: metadata follows each block. */
    public int formattedLbaSize() {
        return LittleEndian.u8(memory, offsetBytes + FLBAS_OFFSET_BYTES);
    }

    /** Sets FLBAS. */
    public IdentifyNamespace formattedLbaSize(int formattedLbaSize) {
        LittleEndian.u8(memory, offsetBytes + FLBAS_OFFSET_BYTES, formattedLbaSize);
        return this;
    }

    /** MC: bit 0 metadata inline, bit 1 in a separate buffer. */
    public int metadataCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + MC_OFFSET_BYTES);
    }

    /** Sets MC. */
    public IdentifyNamespace metadataCapabilities(int metadataCapabilities) {
        LittleEndian.u8(memory, offsetBytes + MC_OFFSET_BYTES, metadataCapabilities);
        return this;
    }

    /** DPC: end-to-end protection types that are supported. */
    public int protectionCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + DPC_OFFSET_BYTES);
    }

    /** Sets DPC. */
    public IdentifyNamespace protectionCapabilities(int protectionCapabilities) {
        LittleEndian.u8(memory, offsetBytes + DPC_OFFSET_BYTES, protectionCapabilities);
        return this;
    }

    /** DPS: end-to-end protection type in use, 0 for none. */
    public int protectionSettings() {
        return LittleEndian.u8(memory, offsetBytes + DPS_OFFSET_BYTES);
    }

    /** Sets DPS. */
    public IdentifyNamespace protectionSettings(int protectionSettings) {
        LittleEndian.u8(memory, offsetBytes + DPS_OFFSET_BYTES, protectionSettings);
        return this;
    }

    /** NMIC: bit 0: may be attached to several controllers at a time. */
    public int multiPathCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + NMIC_OFFSET_BYTES);
    }

    /** Sets NMIC. */
    public IdentifyNamespace multiPathCapabilities(int multiPathCapabilities) {
        LittleEndian.u8(memory, offsetBytes + NMIC_OFFSET_BYTES, multiPathCapabilities);
        return this;
    }

    /** RESCAP: reservation types that are supported. */
    public int reservationCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + RESCAP_OFFSET_BYTES);
    }

    /** Sets RESCAP. */
    public IdentifyNamespace reservationCapabilities(int reservationCapabilities) {
        LittleEndian.u8(memory, offsetBytes + RESCAP_OFFSET_BYTES, reservationCapabilities);
        return this;
    }

    /** FPI: bit 7 supported, bits 6:0 percentage still to be formatted. */
    public int formatProgress() {
        return LittleEndian.u8(memory, offsetBytes + FPI_OFFSET_BYTES);
    }

    /** Sets FPI. */
    public IdentifyNamespace formatProgress(int formatProgress) {
        LittleEndian.u8(memory, offsetBytes + FPI_OFFSET_BYTES, formatProgress);
        return this;
    }

    /** DLFEAT: the {@code DLFEAT_} values. */
    public int deallocateFeatures() {
        return LittleEndian.u8(memory, offsetBytes + DLFEAT_OFFSET_BYTES);
    }

    /** Sets DLFEAT. */
    public IdentifyNamespace deallocateFeatures(int deallocateFeatures) {
        LittleEndian.u8(memory, offsetBytes + DLFEAT_OFFSET_BYTES, deallocateFeatures);
        return this;
    }

    /** NAWUN: as AWUN, for this namespace, counted from zero. */
    public int atomicWriteUnitZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NAWUN_OFFSET_BYTES);
    }

    /** Sets NAWUN. */
    public IdentifyNamespace atomicWriteUnitZeroBased(int atomicWriteUnitZeroBased) {
        LittleEndian.u16(memory, offsetBytes + NAWUN_OFFSET_BYTES, atomicWriteUnitZeroBased);
        return this;
    }

    /** NAWUPF: as AWUPF, for this namespace, counted from zero. */
    public int atomicWriteUnitPowerFailZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NAWUPF_OFFSET_BYTES);
    }

    /** Sets NAWUPF. */
    public IdentifyNamespace atomicWriteUnitPowerFailZeroBased(
            int atomicWriteUnitPowerFailZeroBased) {
        LittleEndian.u16(
                memory, offsetBytes + NAWUPF_OFFSET_BYTES, atomicWriteUnitPowerFailZeroBased);
        return this;
    }

    /** NACWU: as ACWU, for this namespace, counted from zero. */
    public int atomicCompareWriteUnitZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NACWU_OFFSET_BYTES);
    }

    /** Sets NACWU. */
    public IdentifyNamespace atomicCompareWriteUnitZeroBased(int atomicCompareWriteUnitZeroBased) {
        LittleEndian.u16(memory, offsetBytes + NACWU_OFFSET_BYTES, atomicCompareWriteUnitZeroBased);
        return this;
    }

    /** NABSN: atomic boundary in blocks, counted from zero; 0 for none. */
    public int atomicBoundarySizeZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NABSN_OFFSET_BYTES);
    }

    /** Sets NABSN. */
    public IdentifyNamespace atomicBoundarySizeZeroBased(int atomicBoundarySizeZeroBased) {
        LittleEndian.u16(memory, offsetBytes + NABSN_OFFSET_BYTES, atomicBoundarySizeZeroBased);
        return this;
    }

    /** NABO: first LBA on an atomic boundary. */
    public int atomicBoundaryOffset() {
        return LittleEndian.u16(memory, offsetBytes + NABO_OFFSET_BYTES);
    }

    /** Sets NABO. */
    public IdentifyNamespace atomicBoundaryOffset(int atomicBoundaryOffset) {
        LittleEndian.u16(memory, offsetBytes + NABO_OFFSET_BYTES, atomicBoundaryOffset);
        return this;
    }

    /** NABSPF: as NABSN, over a power failure, counted from zero. */
    public int atomicBoundarySizePowerFailZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NABSPF_OFFSET_BYTES);
    }

    /** Sets NABSPF. */
    public IdentifyNamespace atomicBoundarySizePowerFailZeroBased(
            int atomicBoundarySizePowerFailZeroBased) {
        LittleEndian.u16(
                memory, offsetBytes + NABSPF_OFFSET_BYTES, atomicBoundarySizePowerFailZeroBased);
        return this;
    }

    /** NOIOB: I/O should not cross multiples of this many blocks; 0 for none. */
    public int optimalIoBoundaryBlocks() {
        return LittleEndian.u16(memory, offsetBytes + NOIOB_OFFSET_BYTES);
    }

    /** Sets NOIOB. */
    public IdentifyNamespace optimalIoBoundaryBlocks(int optimalIoBoundaryBlocks) {
        LittleEndian.u16(memory, offsetBytes + NOIOB_OFFSET_BYTES, optimalIoBoundaryBlocks);
        return this;
    }

    /** NVMCAP: NVM allocated to the namespace, in bytes. Low 64 bits of 128. */
    public long capacityBytes() {
        return LittleEndian.u64(memory, offsetBytes + NVMCAP_OFFSET_BYTES);
    }

    /** Bits 127:64 of NVMCAP. */
    public long capacityBytesHigh() {
        return LittleEndian.u64(memory, offsetBytes + NVMCAP_OFFSET_BYTES + 8);
    }

    /** Sets NVMCAP from an unsigned 64-bit value; bits 127:64 become 0. */
    public IdentifyNamespace capacityBytes(long capacityBytes) {
        return capacityBytes(0, capacityBytes);
    }

    /** Sets all 128 bits of NVMCAP. */
    public IdentifyNamespace capacityBytes(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + NVMCAP_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + NVMCAP_OFFSET_BYTES + 8, high);
        return this;
    }

    /** NPWG: blocks, counted from zero; valid with {@link #NSFEAT_OPTPERF}. */
    public int preferredWriteGranularityZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NPWG_OFFSET_BYTES);
    }

    /** Sets NPWG. */
    public IdentifyNamespace preferredWriteGranularityZeroBased(
            int preferredWriteGranularityZeroBased) {
        LittleEndian.u16(
                memory, offsetBytes + NPWG_OFFSET_BYTES, preferredWriteGranularityZeroBased);
        return this;
    }

    /** NPWA: blocks, counted from zero; valid with {@link #NSFEAT_OPTPERF}. */
    public int preferredWriteAlignmentZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NPWA_OFFSET_BYTES);
    }

    /** Sets NPWA. */
    public IdentifyNamespace preferredWriteAlignmentZeroBased(
            int preferredWriteAlignmentZeroBased) {
        LittleEndian.u16(memory, offsetBytes + NPWA_OFFSET_BYTES, preferredWriteAlignmentZeroBased);
        return this;
    }

    /** NPDG: blocks, counted from zero; valid with {@link #NSFEAT_OPTPERF}. */
    public int preferredDeallocateGranularityZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NPDG_OFFSET_BYTES);
    }

    /** Sets NPDG. */
    public IdentifyNamespace preferredDeallocateGranularityZeroBased(
            int preferredDeallocateGranularityZeroBased) {
        LittleEndian.u16(
                memory, offsetBytes + NPDG_OFFSET_BYTES, preferredDeallocateGranularityZeroBased);
        return this;
    }

    /** NPDA: blocks, counted from zero; valid with {@link #NSFEAT_OPTPERF}. */
    public int preferredDeallocateAlignmentZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NPDA_OFFSET_BYTES);
    }

    /** Sets NPDA. */
    public IdentifyNamespace preferredDeallocateAlignmentZeroBased(
            int preferredDeallocateAlignmentZeroBased) {
        LittleEndian.u16(
                memory, offsetBytes + NPDA_OFFSET_BYTES, preferredDeallocateAlignmentZeroBased);
        return this;
    }

    /** NOWS: blocks, counted from zero; valid with {@link #NSFEAT_OPTPERF}. */
    public int optimalWriteSizeZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + NOWS_OFFSET_BYTES);
    }

    /** Sets NOWS. */
    public IdentifyNamespace optimalWriteSizeZeroBased(int optimalWriteSizeZeroBased) {
        LittleEndian.u16(memory, offsetBytes + NOWS_OFFSET_BYTES, optimalWriteSizeZeroBased);
        return this;
    }

    /** MSSRL: longest source range of Copy, in blocks. */
    public int copyRangeLengthMaximum() {
        return LittleEndian.u16(memory, offsetBytes + MSSRL_OFFSET_BYTES);
    }

    /** Sets MSSRL. */
    public IdentifyNamespace copyRangeLengthMaximum(int copyRangeLengthMaximum) {
        LittleEndian.u16(memory, offsetBytes + MSSRL_OFFSET_BYTES, copyRangeLengthMaximum);
        return this;
    }

    /** MCL: longest Copy, in blocks. */
    public int copyLengthMaximum() {
        return LittleEndian.u32(memory, offsetBytes + MCL_OFFSET_BYTES);
    }

    /** Sets MCL. */
    public IdentifyNamespace copyLengthMaximum(int copyLengthMaximum) {
        LittleEndian.u32(memory, offsetBytes + MCL_OFFSET_BYTES, copyLengthMaximum);
        return this;
    }

    /** MSRC: source ranges of Copy, counted from zero. */
    public int copyRangesMaximumZeroBased() {
        return LittleEndian.u8(memory, offsetBytes + MSRC_OFFSET_BYTES);
    }

    /** Sets MSRC. */
    public IdentifyNamespace copyRangesMaximumZeroBased(int copyRangesMaximumZeroBased) {
        LittleEndian.u8(memory, offsetBytes + MSRC_OFFSET_BYTES, copyRangesMaximumZeroBased);
        return this;
    }

    /** ANAGRPID: ANA group; 0 if not reported. */
    public int anaGroupId() {
        return LittleEndian.u32(memory, offsetBytes + ANAGRPID_OFFSET_BYTES);
    }

    /** Sets ANAGRPID. */
    public IdentifyNamespace anaGroupId(int anaGroupId) {
        LittleEndian.u32(memory, offsetBytes + ANAGRPID_OFFSET_BYTES, anaGroupId);
        return this;
    }

    /** NSATTR: bit 0: write protected. */
    public int attributes() {
        return LittleEndian.u8(memory, offsetBytes + NSATTR_OFFSET_BYTES);
    }

    /** Sets NSATTR. */
    public IdentifyNamespace attributes(int attributes) {
        LittleEndian.u8(memory, offsetBytes + NSATTR_OFFSET_BYTES, attributes);
        return this;
    }

    /** NVMSETID: NVM set; 0 if not reported. */
    public int nvmSetId() {
        return LittleEndian.u16(memory, offsetBytes + NVMSETID_OFFSET_BYTES);
    }

    /** Sets NVMSETID. */
    public IdentifyNamespace nvmSetId(int nvmSetId) {
        LittleEndian.u16(memory, offsetBytes + NVMSETID_OFFSET_BYTES, nvmSetId);
        return this;
    }

    /** ENDGID: endurance group; 0 if not reported. */
    public int enduranceGroupId() {
        return LittleEndian.u16(memory, offsetBytes + ENDGID_OFFSET_BYTES);
    }

    /** Sets ENDGID. */
    public IdentifyNamespace enduranceGroupId(int enduranceGroupId) {
        LittleEndian.u16(memory, offsetBytes + ENDGID_OFFSET_BYTES, enduranceGroupId);
        return this;
    }

    /** NGUID: 128-bit identifier, big endian; 0 for none. The first 8 bytes. */
    public long nguidHigh() {
        return Long.reverseBytes(LittleEndian.u64(memory, offsetBytes + NGUID_OFFSET_BYTES));
    }

    /** The last 8 bytes of NGUID. */
    public long nguidLow() {
        return Long.reverseBytes(LittleEndian.u64(memory, offsetBytes + NGUID_OFFSET_BYTES + 8));
    }

    /** Sets NGUID from its first and last 8 bytes. */
    public IdentifyNamespace nguid(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + NGUID_OFFSET_BYTES, Long.reverseBytes(high));
        LittleEndian.u64(memory, offsetBytes + NGUID_OFFSET_BYTES + 8, Long.reverseBytes(low));
        return this;
    }

    /** EUI64: 64-bit identifier, big endian; 0 for none. */
    public long eui64() {
        return Long.reverseBytes(LittleEndian.u64(memory, offsetBytes + EUI64_OFFSET_BYTES));
    }

    /** Sets EUI64. */
    public IdentifyNamespace eui64(long eui64) {
        LittleEndian.u64(memory, offsetBytes + EUI64_OFFSET_BYTES, Long.reverseBytes(eui64));
        return this;
    }

    /** LBAF number {@code index}, 0 to 63; see {@link LbaFormat}. */
    public int lbaFormat(int index) {
        return LittleEndian.u32(
                memory,
                offsetBytes + LBAF_OFFSET_BYTES + 4L * Objects.checkIndex(index, LBAF_COUNT));
    }

    /** Sets LBAF number {@code index}, from 0 to 63. */
    public IdentifyNamespace lbaFormat(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes + LBAF_OFFSET_BYTES + 4L * Objects.checkIndex(index, LBAF_COUNT),
                value);
        return this;
    }

    /** The LBA format in use, 0 to 63, from FLBAS bits 6:5 and 3:0. */
    public int formatIndex() {
        int formatted = formattedLbaSize();
        return (formatted >>> 5 & 3) << 4 | (formatted & 0xF);
    }

    /** Replaces the format index in FLBAS, 0 to 63, and keeps its other bits. */
    public IdentifyNamespace formatIndex(int index) {
        Objects.checkIndex(index, LBAF_COUNT);
        int kept = formattedLbaSize() & ~0x6F;
        return formattedLbaSize(kept | (index >>> 4) << 5 | (index & 0xF));
    }
}
