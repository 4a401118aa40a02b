package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;
import io.doorbell.spec.Text;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on Identify Controller, CNS 01h (Base 2.0 §5.17.2.1, Figure 275; NVM 1.0 §4.1.5.2).
 *
 * <p>The page in the specification's order, one getter and one setter for each field; long, because
 * the page is. Fields without a method are reserved or vendor specific and stay 0.
 */
public final class IdentifyController {
    public static final int SIZE_BYTES = 4096;

    /** CMIC: the NVM subsystem may have more than one port. */
    public static final int CMIC_MULTIPLE_PORTS = 1;

    /** CMIC: the NVM subsystem may have more than one controller. */
    public static final int CMIC_MULTIPLE_CONTROLLERS = 1 << 1;

    /** CMIC: Asymmetric Namespace Access is reported. */
    public static final int CMIC_ANA = 1 << 3;

    /** CTRATT: 128-bit host identifiers. */
    public static final int CTRATT_HOST_ID_128 = 1;

    /** CTRATT: any command counts as Keep Alive (TBKAS). */
    public static final int CTRATT_TRAFFIC_BASED_KEEP_ALIVE = 1 << 6;

    /** CTRATT: more than 16 LBA formats (ELBAS). */
    public static final int CTRATT_EXTENDED_LBA_FORMATS = 1 << 15;

    /** CNTRLTYPE: I/O controller. */
    public static final int TYPE_IO = 1;

    /** CNTRLTYPE: discovery controller. */
    public static final int TYPE_DISCOVERY = 2;

    /** CNTRLTYPE: administrative controller. */
    public static final int TYPE_ADMINISTRATIVE = 3;

    /** LPA: SMART / Health per namespace. */
    public static final int LPA_SMART_PER_NAMESPACE = 1;

    /** LPA: log page 05h. */
    public static final int LPA_COMMAND_EFFECTS = 1 << 1;

    /** LPA: NUMDU and offsets in Get Log Page. */
    public static final int LPA_EXTENDED_DATA = 1 << 2;

    /** LPA: telemetry log pages. */
    public static final int LPA_TELEMETRY = 1 << 3;

    /** LPA: persistent event log page. */
    public static final int LPA_PERSISTENT_EVENTS = 1 << 4;

    /** LPA: log pages 00h, 12h and 13h. */
    public static final int LPA_SUPPORTED_AND_EFFECTS = 1 << 5;

    /** FNA: a format without erase applies to all namespaces. */
    public static final int FNA_FORMAT_ALL = 1;

    /** FNA: a secure erase applies to all namespaces. */
    public static final int FNA_ERASE_ALL = 1 << 1;

    /** FNA: cryptographic erase is supported. */
    public static final int FNA_CRYPTOGRAPHIC_ERASE = 1 << 2;

    /** FNA: NSID FFFFFFFFh is not accepted. */
    public static final int FNA_NO_BROADCAST = 1 << 3;

    /** VWC: a volatile write cache is present. */
    public static final int VWC_PRESENT = 1;

    /** VWC: Flush does not accept NSID FFFFFFFFh. */
    public static final int VWC_BROADCAST_FLUSH_UNSUPPORTED = 2 << 1;

    /** VWC: Flush accepts NSID FFFFFFFFh. */
    public static final int VWC_BROADCAST_FLUSH_SUPPORTED = 3 << 1;

    /** FUSES: Compare and Write. */
    public static final int FUSES_COMPARE_AND_WRITE = 1;

    /** OCFS: Copy with ranges of format 0. */
    public static final int OCFS_FORMAT_0 = 1;

    /** SGLS: SGLs of any alignment. */
    public static final int SGLS_BYTE_ALIGNED = 1;

    /** SGLS: SGLs of dword aligned blocks. */
    public static final int SGLS_DWORD_ALIGNED = 2;

    /** SGLS: bit bucket descriptors. */
    public static final int SGLS_BIT_BUCKET = 1 << 16;

    /** SGLS: an SGL may be longer than the data. */
    public static final int SGLS_LONGER_THAN_DATA = 1 << 18;

    public static final int VID_OFFSET_BYTES = 0;
    public static final int SSVID_OFFSET_BYTES = 2;
    public static final int SN_OFFSET_BYTES = 4;
    public static final int SN_SIZE_BYTES = 20;
    public static final int MN_OFFSET_BYTES = 24;
    public static final int MN_SIZE_BYTES = 40;
    public static final int FR_OFFSET_BYTES = 64;
    public static final int FR_SIZE_BYTES = 8;
    public static final int RAB_OFFSET_BYTES = 72;
    public static final int IEEE_OFFSET_BYTES = 73;
    public static final int CMIC_OFFSET_BYTES = 76;
    public static final int MDTS_OFFSET_BYTES = 77;
    public static final int CNTLID_OFFSET_BYTES = 78;
    public static final int VER_OFFSET_BYTES = 80;
    public static final int RTD3R_OFFSET_BYTES = 84;
    public static final int RTD3E_OFFSET_BYTES = 88;
    public static final int OAES_OFFSET_BYTES = 92;
    public static final int CTRATT_OFFSET_BYTES = 96;
    public static final int CNTRLTYPE_OFFSET_BYTES = 111;
    public static final int FGUID_OFFSET_BYTES = 112;
    public static final int CRDT1_OFFSET_BYTES = 128;
    public static final int CRDT2_OFFSET_BYTES = 130;
    public static final int CRDT3_OFFSET_BYTES = 132;
    public static final int OACS_OFFSET_BYTES = 256;
    public static final int ACL_OFFSET_BYTES = 258;
    public static final int AERL_OFFSET_BYTES = 259;
    public static final int FRMW_OFFSET_BYTES = 260;
    public static final int LPA_OFFSET_BYTES = 261;
    public static final int ELPE_OFFSET_BYTES = 262;
    public static final int NPSS_OFFSET_BYTES = 263;
    public static final int AVSCC_OFFSET_BYTES = 264;
    public static final int APSTA_OFFSET_BYTES = 265;
    public static final int WCTEMP_OFFSET_BYTES = 266;
    public static final int CCTEMP_OFFSET_BYTES = 268;
    public static final int MTFA_OFFSET_BYTES = 270;
    public static final int HMPRE_OFFSET_BYTES = 272;
    public static final int HMMIN_OFFSET_BYTES = 276;
    public static final int TNVMCAP_OFFSET_BYTES = 280;
    public static final int UNVMCAP_OFFSET_BYTES = 296;
    public static final int RPMBS_OFFSET_BYTES = 312;
    public static final int FWUG_OFFSET_BYTES = 319;
    public static final int KAS_OFFSET_BYTES = 320;
    public static final int SANICAP_OFFSET_BYTES = 328;
    public static final int HMMINDS_OFFSET_BYTES = 332;
    public static final int HMMAXD_OFFSET_BYTES = 336;
    public static final int NSETIDMAX_OFFSET_BYTES = 338;
    public static final int ENDGIDMAX_OFFSET_BYTES = 340;
    public static final int ANATT_OFFSET_BYTES = 342;
    public static final int ANACAP_OFFSET_BYTES = 343;
    public static final int ANAGRPMAX_OFFSET_BYTES = 344;
    public static final int NANAGRPID_OFFSET_BYTES = 348;
    public static final int SQES_OFFSET_BYTES = 512;
    public static final int CQES_OFFSET_BYTES = 513;
    public static final int MAXCMD_OFFSET_BYTES = 514;
    public static final int NN_OFFSET_BYTES = 516;
    public static final int ONCS_OFFSET_BYTES = 520;
    public static final int FUSES_OFFSET_BYTES = 522;
    public static final int FNA_OFFSET_BYTES = 524;
    public static final int VWC_OFFSET_BYTES = 525;
    public static final int AWUN_OFFSET_BYTES = 526;
    public static final int AWUPF_OFFSET_BYTES = 528;
    public static final int ICSVSCC_OFFSET_BYTES = 530;
    public static final int NWPC_OFFSET_BYTES = 531;
    public static final int ACWU_OFFSET_BYTES = 532;
    public static final int OCFS_OFFSET_BYTES = 534;
    public static final int SGLS_OFFSET_BYTES = 536;
    public static final int MNAN_OFFSET_BYTES = 540;
    public static final int SUBNQN_OFFSET_BYTES = 768;
    public static final int SUBNQN_SIZE_BYTES = 256;

    public static final int POWER_STATES_OFFSET_BYTES = 2048;
    public static final int POWER_STATE_COUNT = 32;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public IdentifyController wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public IdentifyController clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** VID: PCI vendor id. */
    public int vendorId() {
        return LittleEndian.u16(memory, offsetBytes + VID_OFFSET_BYTES);
    }

    /** Sets VID. */
    public IdentifyController vendorId(int vendorId) {
        LittleEndian.u16(memory, offsetBytes + VID_OFFSET_BYTES, vendorId);
        return this;
    }

    /** SSVID: PCI subsystem vendor id. */
    public int subsystemVendorId() {
        return LittleEndian.u16(memory, offsetBytes + SSVID_OFFSET_BYTES);
    }

    /** Sets SSVID. */
    public IdentifyController subsystemVendorId(int subsystemVendorId) {
        LittleEndian.u16(memory, offsetBytes + SSVID_OFFSET_BYTES, subsystemVendorId);
        return this;
    }

    /** SN, the serial number: 20 ASCII characters, without the spaces that pad it. */
    public String serialNumber() {
        return Text.padded(memory, offsetBytes + SN_OFFSET_BYTES, SN_SIZE_BYTES);
    }

    /**
     * Sets SN, padded with spaces.
     *
     * @throws IllegalArgumentException if it is longer than 20 characters or not printable ASCII
     */
    public IdentifyController serialNumber(String serialNumber) {
        Text.padded(memory, offsetBytes + SN_OFFSET_BYTES, SN_SIZE_BYTES, serialNumber);
        return this;
    }

    /** MN, the model number: 40 ASCII characters, without the spaces that pad it. */
    public String modelNumber() {
        return Text.padded(memory, offsetBytes + MN_OFFSET_BYTES, MN_SIZE_BYTES);
    }

    /**
     * Sets MN, padded with spaces.
     *
     * @throws IllegalArgumentException if it is longer than 40 characters or not printable ASCII
     */
    public IdentifyController modelNumber(String modelNumber) {
        Text.padded(memory, offsetBytes + MN_OFFSET_BYTES, MN_SIZE_BYTES, modelNumber);
        return this;
    }

    /** FR, the active firmware revision: 8 ASCII characters, without the spaces that pad it. */
    public String firmwareRevision() {
        return Text.padded(memory, offsetBytes + FR_OFFSET_BYTES, FR_SIZE_BYTES);
    }

    /**
     * Sets FR, padded with spaces.
     *
     * @throws IllegalArgumentException if it is longer than 8 characters or not printable ASCII
     */
    public IdentifyController firmwareRevision(String firmwareRevision) {
        Text.padded(memory, offsetBytes + FR_OFFSET_BYTES, FR_SIZE_BYTES, firmwareRevision);
        return this;
    }

    /** RAB: log2 of the recommended arbitration burst in commands. */
    public int recommendedArbitrationBurst() {
        return LittleEndian.u8(memory, offsetBytes + RAB_OFFSET_BYTES);
    }

    /** Sets RAB. */
    public IdentifyController recommendedArbitrationBurst(int recommendedArbitrationBurst) {
        LittleEndian.u8(memory, offsetBytes + RAB_OFFSET_BYTES, recommendedArbitrationBurst);
        return this;
    }

    /** IEEE: the vendor's 24-bit OUI. */
    public int ieeeOui() {
        long at = offsetBytes + IEEE_OFFSET_BYTES;
        return LittleEndian.u16(memory, at) | LittleEndian.u8(memory, at + 2) << 16;
    }

    /** Sets IEEE, 24 bits. */
    public IdentifyController ieeeOui(int ieeeOui) {
        long at = offsetBytes + IEEE_OFFSET_BYTES;
        LittleEndian.u16(memory, at, ieeeOui);
        LittleEndian.u8(memory, at + 2, ieeeOui >>> 16);
        return this;
    }

    /** CMIC: the {@code CMIC_} bits. */
    public int multiPathCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + CMIC_OFFSET_BYTES);
    }

    /** Sets CMIC. */
    public IdentifyController multiPathCapabilities(int multiPathCapabilities) {
        LittleEndian.u8(memory, offsetBytes + CMIC_OFFSET_BYTES, multiPathCapabilities);
        return this;
    }

    /** MDTS: log2 of the largest transfer in CAP.MPSMIN pages; 0 for no limit. */
    public int maximumDataTransferSize() {
        return LittleEndian.u8(memory, offsetBytes + MDTS_OFFSET_BYTES);
    }

    /** Sets MDTS. */
    public IdentifyController maximumDataTransferSize(int maximumDataTransferSize) {
        LittleEndian.u8(memory, offsetBytes + MDTS_OFFSET_BYTES, maximumDataTransferSize);
        return this;
    }

    /** CNTLID: unique in the NVM subsystem. */
    public int controllerId() {
        return LittleEndian.u16(memory, offsetBytes + CNTLID_OFFSET_BYTES);
    }

    /** Sets CNTLID. */
    public IdentifyController controllerId(int controllerId) {
        LittleEndian.u16(memory, offsetBytes + CNTLID_OFFSET_BYTES, controllerId);
        return this;
    }

    /** VER: equal to the VS register; see {@link io.doorbell.spec.Version}. */
    public int version() {
        return LittleEndian.u32(memory, offsetBytes + VER_OFFSET_BYTES);
    }

    /** Sets VER. */
    public IdentifyController version(int version) {
        LittleEndian.u32(memory, offsetBytes + VER_OFFSET_BYTES, version);
        return this;
    }

    /** RTD3R: time to resume from D3, in µs; 0 if not reported. */
    public int resumeLatencyMicros() {
        return LittleEndian.u32(memory, offsetBytes + RTD3R_OFFSET_BYTES);
    }

    /** Sets RTD3R. */
    public IdentifyController resumeLatencyMicros(int resumeLatencyMicros) {
        LittleEndian.u32(memory, offsetBytes + RTD3R_OFFSET_BYTES, resumeLatencyMicros);
        return this;
    }

    /** RTD3E: time to enter D3, in µs; 0 if not reported. */
    public int shutdownLatencyMicros() {
        return LittleEndian.u32(memory, offsetBytes + RTD3E_OFFSET_BYTES);
    }

    /** Sets RTD3E. */
    public IdentifyController shutdownLatencyMicros(int shutdownLatencyMicros) {
        LittleEndian.u32(memory, offsetBytes + RTD3E_OFFSET_BYTES, shutdownLatencyMicros);
        return this;
    }

    /** OAES: as {@link io.doorbell.spec.feature.AsynchronousEventConfiguration}, bits 31:8. */
    public int eventsSupported() {
        return LittleEndian.u32(memory, offsetBytes + OAES_OFFSET_BYTES);
    }

    /** Sets OAES. */
    public IdentifyController eventsSupported(int eventsSupported) {
        LittleEndian.u32(memory, offsetBytes + OAES_OFFSET_BYTES, eventsSupported);
        return this;
    }

    /** CTRATT: the {@code CTRATT_} bits. */
    public int controllerAttributes() {
        return LittleEndian.u32(memory, offsetBytes + CTRATT_OFFSET_BYTES);
    }

    /** Sets CTRATT. */
    public IdentifyController controllerAttributes(int controllerAttributes) {
        LittleEndian.u32(memory, offsetBytes + CTRATT_OFFSET_BYTES, controllerAttributes);
        return this;
    }

    /** CNTRLTYPE: one of the {@code TYPE_} constants. */
    public int controllerType() {
        return LittleEndian.u8(memory, offsetBytes + CNTRLTYPE_OFFSET_BYTES);
    }

    /** Sets CNTRLTYPE. */
    public IdentifyController controllerType(int controllerType) {
        LittleEndian.u8(memory, offsetBytes + CNTRLTYPE_OFFSET_BYTES, controllerType);
        return this;
    }

    /** FGUID: identifies the field replaceable unit; 0 if not reported. The first 8 bytes. */
    public long fruGuidHigh() {
        return Long.reverseBytes(LittleEndian.u64(memory, offsetBytes + FGUID_OFFSET_BYTES));
    }

    /** The last 8 bytes of FGUID. */
    public long fruGuidLow() {
        return Long.reverseBytes(LittleEndian.u64(memory, offsetBytes + FGUID_OFFSET_BYTES + 8));
    }

    /** Sets FGUID from its first and last 8 bytes. */
    public IdentifyController fruGuid(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + FGUID_OFFSET_BYTES, Long.reverseBytes(high));
        LittleEndian.u64(memory, offsetBytes + FGUID_OFFSET_BYTES + 8, Long.reverseBytes(low));
        return this;
    }

    /** CRDT1: delay of CRD 1, in units of 100 ms. */
    public int retryDelay1() {
        return LittleEndian.u16(memory, offsetBytes + CRDT1_OFFSET_BYTES);
    }

    /** Sets CRDT1. */
    public IdentifyController retryDelay1(int retryDelay1) {
        LittleEndian.u16(memory, offsetBytes + CRDT1_OFFSET_BYTES, retryDelay1);
        return this;
    }

    /** CRDT2: delay of CRD 2, in units of 100 ms. */
    public int retryDelay2() {
        return LittleEndian.u16(memory, offsetBytes + CRDT2_OFFSET_BYTES);
    }

    /** Sets CRDT2. */
    public IdentifyController retryDelay2(int retryDelay2) {
        LittleEndian.u16(memory, offsetBytes + CRDT2_OFFSET_BYTES, retryDelay2);
        return this;
    }

    /** CRDT3: delay of CRD 3, in units of 100 ms. */
    public int retryDelay3() {
        return LittleEndian.u16(memory, offsetBytes + CRDT3_OFFSET_BYTES);
    }

    /** Sets CRDT3. */
    public IdentifyController retryDelay3(int retryDelay3) {
        LittleEndian.u16(memory, offsetBytes + CRDT3_OFFSET_BYTES, retryDelay3);
        return this;
    }

    /** OACS: the {@link OptionalAdminCommands} bits. */
    public int optionalAdminCommands() {
        return LittleEndian.u16(memory, offsetBytes + OACS_OFFSET_BYTES);
    }

    /** Sets OACS. */
    public IdentifyController optionalAdminCommands(int optionalAdminCommands) {
        LittleEndian.u16(memory, offsetBytes + OACS_OFFSET_BYTES, optionalAdminCommands);
        return this;
    }

    /** ACL: outstanding Abort commands allowed, counted from zero. */
    public int abortLimitZeroBased() {
        return LittleEndian.u8(memory, offsetBytes + ACL_OFFSET_BYTES);
    }

    /** Sets ACL. */
    public IdentifyController abortLimitZeroBased(int abortLimitZeroBased) {
        LittleEndian.u8(memory, offsetBytes + ACL_OFFSET_BYTES, abortLimitZeroBased);
        return this;
    }

    /** AERL: outstanding Asynchronous Event Requests allowed, counted from zero. */
    public int eventRequestLimitZeroBased() {
        return LittleEndian.u8(memory, offsetBytes + AERL_OFFSET_BYTES);
    }

    /** Sets AERL. */
    public IdentifyController eventRequestLimitZeroBased(int eventRequestLimitZeroBased) {
        LittleEndian.u8(memory, offsetBytes + AERL_OFFSET_BYTES, eventRequestLimitZeroBased);
        return this;
    }

    /**
     * FRMW: bit 0 slot 1 is read only, bits 3:1 number of slots, bit 4 activation without reset.
     */
    public int firmwareUpdates() {
        return LittleEndian.u8(memory, offsetBytes + FRMW_OFFSET_BYTES);
    }

    /** Sets FRMW. */
    public IdentifyController firmwareUpdates(int firmwareUpdates) {
        LittleEndian.u8(memory, offsetBytes + FRMW_OFFSET_BYTES, firmwareUpdates);
        return this;
    }

    /** LPA: the {@code LPA_} bits. */
    public int logPageAttributes() {
        return LittleEndian.u8(memory, offsetBytes + LPA_OFFSET_BYTES);
    }

    /** Sets LPA. */
    public IdentifyController logPageAttributes(int logPageAttributes) {
        LittleEndian.u8(memory, offsetBytes + LPA_OFFSET_BYTES, logPageAttributes);
        return this;
    }

    /** ELPE: entries of the Error Information log, counted from zero. */
    public int errorLogEntriesZeroBased() {
        return LittleEndian.u8(memory, offsetBytes + ELPE_OFFSET_BYTES);
    }

    /** Sets ELPE. */
    public IdentifyController errorLogEntriesZeroBased(int errorLogEntriesZeroBased) {
        LittleEndian.u8(memory, offsetBytes + ELPE_OFFSET_BYTES, errorLogEntriesZeroBased);
        return this;
    }

    /** NPSS: power states, counted from zero, at most 31. */
    public int powerStatesZeroBased() {
        return LittleEndian.u8(memory, offsetBytes + NPSS_OFFSET_BYTES);
    }

    /** Sets NPSS. */
    public IdentifyController powerStatesZeroBased(int powerStatesZeroBased) {
        LittleEndian.u8(memory, offsetBytes + NPSS_OFFSET_BYTES, powerStatesZeroBased);
        return this;
    }

    /** AVSCC: bit 0: vendor admin commands use the standard format. */
    public int adminVendorCommandConfiguration() {
        return LittleEndian.u8(memory, offsetBytes + AVSCC_OFFSET_BYTES);
    }

    /** Sets AVSCC. */
    public IdentifyController adminVendorCommandConfiguration(int adminVendorCommandConfiguration) {
        LittleEndian.u8(memory, offsetBytes + AVSCC_OFFSET_BYTES, adminVendorCommandConfiguration);
        return this;
    }

    /** APSTA: bit 0: feature Autonomous Power State Transition is supported. */
    public int autonomousPowerStateTransition() {
        return LittleEndian.u8(memory, offsetBytes + APSTA_OFFSET_BYTES);
    }

    /** Sets APSTA. */
    public IdentifyController autonomousPowerStateTransition(int autonomousPowerStateTransition) {
        LittleEndian.u8(memory, offsetBytes + APSTA_OFFSET_BYTES, autonomousPowerStateTransition);
        return this;
    }

    /** WCTEMP: warning composite temperature, in K. */
    public int warningTemperatureKelvin() {
        return LittleEndian.u16(memory, offsetBytes + WCTEMP_OFFSET_BYTES);
    }

    /** Sets WCTEMP. */
    public IdentifyController warningTemperatureKelvin(int warningTemperatureKelvin) {
        LittleEndian.u16(memory, offsetBytes + WCTEMP_OFFSET_BYTES, warningTemperatureKelvin);
        return this;
    }

    /** CCTEMP: critical composite temperature, in K. */
    public int criticalTemperatureKelvin() {
        return LittleEndian.u16(memory, offsetBytes + CCTEMP_OFFSET_BYTES);
    }

    /** Sets CCTEMP. */
    public IdentifyController criticalTemperatureKelvin(int criticalTemperatureKelvin) {
        LittleEndian.u16(memory, offsetBytes + CCTEMP_OFFSET_BYTES, criticalTemperatureKelvin);
        return this;
    }

    /** MTFA: longest pause for firmware activation, in units of 100 ms; 0 undefined. */
    public int maximumFirmwareActivationTime() {
        return LittleEndian.u16(memory, offsetBytes + MTFA_OFFSET_BYTES);
    }

    /** Sets MTFA. */
    public IdentifyController maximumFirmwareActivationTime(int maximumFirmwareActivationTime) {
        LittleEndian.u16(memory, offsetBytes + MTFA_OFFSET_BYTES, maximumFirmwareActivationTime);
        return this;
    }

    /** HMPRE: preferred host memory buffer, in units of 4 KiB; 0 for none. */
    public int hostMemoryPreferred() {
        return LittleEndian.u32(memory, offsetBytes + HMPRE_OFFSET_BYTES);
    }

    /** Sets HMPRE. */
    public IdentifyController hostMemoryPreferred(int hostMemoryPreferred) {
        LittleEndian.u32(memory, offsetBytes + HMPRE_OFFSET_BYTES, hostMemoryPreferred);
        return this;
    }

    /** HMMIN: smallest host memory buffer, in units of 4 KiB. */
    public int hostMemoryMinimum() {
        return LittleEndian.u32(memory, offsetBytes + HMMIN_OFFSET_BYTES);
    }

    /** Sets HMMIN. */
    public IdentifyController hostMemoryMinimum(int hostMemoryMinimum) {
        LittleEndian.u32(memory, offsetBytes + HMMIN_OFFSET_BYTES, hostMemoryMinimum);
        return this;
    }

    /** TNVMCAP: capacity of the NVM subsystem, in bytes. Low 64 bits of 128. */
    public long totalCapacityBytes() {
        return LittleEndian.u64(memory, offsetBytes + TNVMCAP_OFFSET_BYTES);
    }

    /** Bits 127:64 of TNVMCAP. */
    public long totalCapacityBytesHigh() {
        return LittleEndian.u64(memory, offsetBytes + TNVMCAP_OFFSET_BYTES + 8);
    }

    /** Sets TNVMCAP from an unsigned 64-bit value; bits 127:64 become 0. */
    public IdentifyController totalCapacityBytes(long totalCapacityBytes) {
        return totalCapacityBytes(0, totalCapacityBytes);
    }

    /** Sets all 128 bits of TNVMCAP. */
    public IdentifyController totalCapacityBytes(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + TNVMCAP_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + TNVMCAP_OFFSET_BYTES + 8, high);
        return this;
    }

    /** UNVMCAP: capacity not yet given to a namespace, in bytes. Low 64 bits of 128. */
    public long unallocatedCapacityBytes() {
        return LittleEndian.u64(memory, offsetBytes + UNVMCAP_OFFSET_BYTES);
    }

    /** Bits 127:64 of UNVMCAP. */
    public long unallocatedCapacityBytesHigh() {
        return LittleEndian.u64(memory, offsetBytes + UNVMCAP_OFFSET_BYTES + 8);
    }

    /** Sets UNVMCAP from an unsigned 64-bit value; bits 127:64 become 0. */
    public IdentifyController unallocatedCapacityBytes(long unallocatedCapacityBytes) {
        return unallocatedCapacityBytes(0, unallocatedCapacityBytes);
    }

    /** Sets all 128 bits of UNVMCAP. */
    public IdentifyController unallocatedCapacityBytes(long high, long low) {
        LittleEndian.u64(memory, offsetBytes + UNVMCAP_OFFSET_BYTES, low);
        LittleEndian.u64(memory, offsetBytes + UNVMCAP_OFFSET_BYTES + 8, high);
        return this;
    }

    /** RPMBS: replay protected memory blocks; 0 for none. */
    public int replayProtectedMemoryBlocks() {
        return LittleEndian.u32(memory, offsetBytes + RPMBS_OFFSET_BYTES);
    }

    /** Sets RPMBS. */
    public IdentifyController replayProtectedMemoryBlocks(int replayProtectedMemoryBlocks) {
        LittleEndian.u32(memory, offsetBytes + RPMBS_OFFSET_BYTES, replayProtectedMemoryBlocks);
        return this;
    }

    /** FWUG: firmware update granularity, in units of 4 KiB; FFh for none. */
    public int firmwareGranularity() {
        return LittleEndian.u8(memory, offsetBytes + FWUG_OFFSET_BYTES);
    }

    /** Sets FWUG. */
    public IdentifyController firmwareGranularity(int firmwareGranularity) {
        LittleEndian.u8(memory, offsetBytes + FWUG_OFFSET_BYTES, firmwareGranularity);
        return this;
    }

    /** KAS: granularity of Keep Alive, in units of 100 ms; 0 if not supported. */
    public int keepAliveGranularity() {
        return LittleEndian.u16(memory, offsetBytes + KAS_OFFSET_BYTES);
    }

    /** Sets KAS. */
    public IdentifyController keepAliveGranularity(int keepAliveGranularity) {
        LittleEndian.u16(memory, offsetBytes + KAS_OFFSET_BYTES, keepAliveGranularity);
        return this;
    }

    /** SANICAP: sanitize operations; 0 for none. */
    public int sanitizeCapabilities() {
        return LittleEndian.u32(memory, offsetBytes + SANICAP_OFFSET_BYTES);
    }

    /** Sets SANICAP. */
    public IdentifyController sanitizeCapabilities(int sanitizeCapabilities) {
        LittleEndian.u32(memory, offsetBytes + SANICAP_OFFSET_BYTES, sanitizeCapabilities);
        return this;
    }

    /** HMMINDS: smallest host memory descriptor, in units of 4 KiB. */
    public int hostMemoryDescriptorMinimum() {
        return LittleEndian.u32(memory, offsetBytes + HMMINDS_OFFSET_BYTES);
    }

    /** Sets HMMINDS. */
    public IdentifyController hostMemoryDescriptorMinimum(int hostMemoryDescriptorMinimum) {
        LittleEndian.u32(memory, offsetBytes + HMMINDS_OFFSET_BYTES, hostMemoryDescriptorMinimum);
        return this;
    }

    /** HMMAXD: most host memory descriptors; 0 for no limit. */
    public int hostMemoryDescriptorsMaximum() {
        return LittleEndian.u16(memory, offsetBytes + HMMAXD_OFFSET_BYTES);
    }

    /** Sets HMMAXD. */
    public IdentifyController hostMemoryDescriptorsMaximum(int hostMemoryDescriptorsMaximum) {
        LittleEndian.u16(memory, offsetBytes + HMMAXD_OFFSET_BYTES, hostMemoryDescriptorsMaximum);
        return this;
    }

    /** NSETIDMAX: highest NVM set identifier. */
    public int nvmSetIdMaximum() {
        return LittleEndian.u16(memory, offsetBytes + NSETIDMAX_OFFSET_BYTES);
    }

    /** Sets NSETIDMAX. */
    public IdentifyController nvmSetIdMaximum(int nvmSetIdMaximum) {
        LittleEndian.u16(memory, offsetBytes + NSETIDMAX_OFFSET_BYTES, nvmSetIdMaximum);
        return this;
    }

    /** ENDGIDMAX: highest endurance group identifier. */
    public int enduranceGroupIdMaximum() {
        return LittleEndian.u16(memory, offsetBytes + ENDGIDMAX_OFFSET_BYTES);
    }

    /** Sets ENDGIDMAX. */
    public IdentifyController enduranceGroupIdMaximum(int enduranceGroupIdMaximum) {
        LittleEndian.u16(memory, offsetBytes + ENDGIDMAX_OFFSET_BYTES, enduranceGroupIdMaximum);
        return this;
    }

    /** ANATT: longest ANA transition, in s. */
    public int anaTransitionSeconds() {
        return LittleEndian.u8(memory, offsetBytes + ANATT_OFFSET_BYTES);
    }

    /** Sets ANATT. */
    public IdentifyController anaTransitionSeconds(int anaTransitionSeconds) {
        LittleEndian.u8(memory, offsetBytes + ANATT_OFFSET_BYTES, anaTransitionSeconds);
        return this;
    }

    /** ANACAP: the ANA states that are reported. */
    public int anaCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + ANACAP_OFFSET_BYTES);
    }

    /** Sets ANACAP. */
    public IdentifyController anaCapabilities(int anaCapabilities) {
        LittleEndian.u8(memory, offsetBytes + ANACAP_OFFSET_BYTES, anaCapabilities);
        return this;
    }

    /** ANAGRPMAX: highest ANA group identifier. */
    public int anaGroupIdMaximum() {
        return LittleEndian.u32(memory, offsetBytes + ANAGRPMAX_OFFSET_BYTES);
    }

    /** Sets ANAGRPMAX. */
    public IdentifyController anaGroupIdMaximum(int anaGroupIdMaximum) {
        LittleEndian.u32(memory, offsetBytes + ANAGRPMAX_OFFSET_BYTES, anaGroupIdMaximum);
        return this;
    }

    /** NANAGRPID: number of ANA groups. */
    public int anaGroupCount() {
        return LittleEndian.u32(memory, offsetBytes + NANAGRPID_OFFSET_BYTES);
    }

    /** Sets NANAGRPID. */
    public IdentifyController anaGroupCount(int anaGroupCount) {
        LittleEndian.u32(memory, offsetBytes + NANAGRPID_OFFSET_BYTES, anaGroupCount);
        return this;
    }

    /** SQES: log2 of the submission entry size, minimum 3:0, maximum 7:4; 66h for 64 bytes. */
    public int submissionEntrySizes() {
        return LittleEndian.u8(memory, offsetBytes + SQES_OFFSET_BYTES);
    }

    /** Sets SQES. */
    public IdentifyController submissionEntrySizes(int submissionEntrySizes) {
        LittleEndian.u8(memory, offsetBytes + SQES_OFFSET_BYTES, submissionEntrySizes);
        return this;
    }

    /** CQES: log2 of the completion entry size, minimum 3:0, maximum 7:4; 44h for 16 bytes. */
    public int completionEntrySizes() {
        return LittleEndian.u8(memory, offsetBytes + CQES_OFFSET_BYTES);
    }

    /** Sets CQES. */
    public IdentifyController completionEntrySizes(int completionEntrySizes) {
        LittleEndian.u8(memory, offsetBytes + CQES_OFFSET_BYTES, completionEntrySizes);
        return this;
    }

    /**
     * MAXCMD: outstanding commands the controller can process per queue; 0 on PCIe if not reported.
     */
    public int maximumOutstandingCommands() {
        return LittleEndian.u16(memory, offsetBytes + MAXCMD_OFFSET_BYTES);
    }

    /** Sets MAXCMD. */
    public IdentifyController maximumOutstandingCommands(int maximumOutstandingCommands) {
        LittleEndian.u16(memory, offsetBytes + MAXCMD_OFFSET_BYTES, maximumOutstandingCommands);
        return this;
    }

    /** NN: the highest valid NSID. */
    public int namespaceIdMaximum() {
        return LittleEndian.u32(memory, offsetBytes + NN_OFFSET_BYTES);
    }

    /** Sets NN. */
    public IdentifyController namespaceIdMaximum(int namespaceIdMaximum) {
        LittleEndian.u32(memory, offsetBytes + NN_OFFSET_BYTES, namespaceIdMaximum);
        return this;
    }

    /** ONCS: the {@link OptionalNvmCommands} bits. */
    public int optionalNvmCommands() {
        return LittleEndian.u16(memory, offsetBytes + ONCS_OFFSET_BYTES);
    }

    /** Sets ONCS. */
    public IdentifyController optionalNvmCommands(int optionalNvmCommands) {
        LittleEndian.u16(memory, offsetBytes + ONCS_OFFSET_BYTES, optionalNvmCommands);
        return this;
    }

    /** FUSES: bit 0: Compare and Write can be fused. */
    public int fusedOperations() {
        return LittleEndian.u16(memory, offsetBytes + FUSES_OFFSET_BYTES);
    }

    /** Sets FUSES. */
    public IdentifyController fusedOperations(int fusedOperations) {
        LittleEndian.u16(memory, offsetBytes + FUSES_OFFSET_BYTES, fusedOperations);
        return this;
    }

    /** FNA: the {@code FNA_} bits. */
    public int formatAttributes() {
        return LittleEndian.u8(memory, offsetBytes + FNA_OFFSET_BYTES);
    }

    /** Sets FNA. */
    public IdentifyController formatAttributes(int formatAttributes) {
        LittleEndian.u8(memory, offsetBytes + FNA_OFFSET_BYTES, formatAttributes);
        return this;
    }

    /** VWC: bit 0 a cache is present, bits 2:1 one of the {@code VWC_BROADCAST_FLUSH_} values. */
    public int volatileWriteCache() {
        return LittleEndian.u8(memory, offsetBytes + VWC_OFFSET_BYTES);
    }

    /** Sets VWC. */
    public IdentifyController volatileWriteCache(int volatileWriteCache) {
        LittleEndian.u8(memory, offsetBytes + VWC_OFFSET_BYTES, volatileWriteCache);
        return this;
    }

    /** AWUN: blocks written atomically in normal operation, counted from zero. */
    public int atomicWriteUnitZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + AWUN_OFFSET_BYTES);
    }

    /** Sets AWUN. */
    public IdentifyController atomicWriteUnitZeroBased(int atomicWriteUnitZeroBased) {
        LittleEndian.u16(memory, offsetBytes + AWUN_OFFSET_BYTES, atomicWriteUnitZeroBased);
        return this;
    }

    /** AWUPF: blocks written atomically over a power failure, counted from zero. */
    public int atomicWriteUnitPowerFailZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + AWUPF_OFFSET_BYTES);
    }

    /** Sets AWUPF. */
    public IdentifyController atomicWriteUnitPowerFailZeroBased(
            int atomicWriteUnitPowerFailZeroBased) {
        LittleEndian.u16(
                memory, offsetBytes + AWUPF_OFFSET_BYTES, atomicWriteUnitPowerFailZeroBased);
        return this;
    }

    /** ICSVSCC: bit 0: vendor I/O commands use the standard format. */
    public int ioVendorCommandConfiguration() {
        return LittleEndian.u8(memory, offsetBytes + ICSVSCC_OFFSET_BYTES);
    }

    /** Sets ICSVSCC. */
    public IdentifyController ioVendorCommandConfiguration(int ioVendorCommandConfiguration) {
        LittleEndian.u8(memory, offsetBytes + ICSVSCC_OFFSET_BYTES, ioVendorCommandConfiguration);
        return this;
    }

    /** NWPC: namespace write protection states; 0 for none. */
    public int writeProtectionCapabilities() {
        return LittleEndian.u8(memory, offsetBytes + NWPC_OFFSET_BYTES);
    }

    /** Sets NWPC. */
    public IdentifyController writeProtectionCapabilities(int writeProtectionCapabilities) {
        LittleEndian.u8(memory, offsetBytes + NWPC_OFFSET_BYTES, writeProtectionCapabilities);
        return this;
    }

    /** ACWU: blocks of an atomic fused Compare and Write, counted from zero. */
    public int atomicCompareWriteUnitZeroBased() {
        return LittleEndian.u16(memory, offsetBytes + ACWU_OFFSET_BYTES);
    }

    /** Sets ACWU. */
    public IdentifyController atomicCompareWriteUnitZeroBased(int atomicCompareWriteUnitZeroBased) {
        LittleEndian.u16(memory, offsetBytes + ACWU_OFFSET_BYTES, atomicCompareWriteUnitZeroBased);
        return this;
    }

    /** OCFS: bit n: Copy accepts descriptor format n. */
    public int copyFormats() {
        return LittleEndian.u16(memory, offsetBytes + OCFS_OFFSET_BYTES);
    }

    /** Sets OCFS. */
    public IdentifyController copyFormats(int copyFormats) {
        LittleEndian.u16(memory, offsetBytes + OCFS_OFFSET_BYTES, copyFormats);
        return this;
    }

    /** SGLS: the {@code SGLS_} values. */
    public int sglSupport() {
        return LittleEndian.u32(memory, offsetBytes + SGLS_OFFSET_BYTES);
    }

    /** Sets SGLS. */
    public IdentifyController sglSupport(int sglSupport) {
        LittleEndian.u32(memory, offsetBytes + SGLS_OFFSET_BYTES, sglSupport);
        return this;
    }

    /** MNAN: most namespaces at a time; 0 for NN. */
    public int namespacesMaximum() {
        return LittleEndian.u32(memory, offsetBytes + MNAN_OFFSET_BYTES);
    }

    /** Sets MNAN. */
    public IdentifyController namespacesMaximum(int namespacesMaximum) {
        LittleEndian.u32(memory, offsetBytes + MNAN_OFFSET_BYTES, namespacesMaximum);
        return this;
    }

    /** SUBNQN: NVMe qualified name of the NVM subsystem, at most 223 characters. */
    public String subsystemQualifiedName() {
        return Text.terminated(memory, offsetBytes + SUBNQN_OFFSET_BYTES, SUBNQN_SIZE_BYTES);
    }

    /**
     * Sets SUBNQN and fills the rest with NUL.
     *
     * @throws IllegalArgumentException if it is longer than 255 characters or not printable ASCII
     */
    public IdentifyController subsystemQualifiedName(String subsystemQualifiedName) {
        Text.terminated(
                memory,
                offsetBytes + SUBNQN_OFFSET_BYTES,
                SUBNQN_SIZE_BYTES,
                subsystemQualifiedName);
        return this;
    }

    /**
     * Moves {@code descriptor} to power state {@code index}.
     *
     * @throws IndexOutOfBoundsException unless {@code index} is within 0 to 31
     */
    public PowerStateDescriptor powerState(int index, PowerStateDescriptor descriptor) {
        Objects.checkIndex(index, POWER_STATE_COUNT);
        long start = offsetBytes + POWER_STATES_OFFSET_BYTES;
        return descriptor.wrap(memory, start + (long) index * PowerStateDescriptor.SIZE_BYTES);
    }
}
