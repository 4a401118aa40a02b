package io.doorbell.spec.pci;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A window on a type 0 PCI configuration header (PCIe 1.0 §3.8). Where capabilities start is in
 * {@link #capabilitiesPointer}; each begins with a {@link CapabilityHeader}.
 */
public final class ConfigurationHeader {
    public static final int SIZE_BYTES = 64;

    /** Mass storage, non-volatile memory, NVMe I/O controller. */
    public static final int CLASS_CODE_NVME_IO = 0x01_08_02;

    /** Mass storage, non-volatile memory, NVMe administrative controller. */
    public static final int CLASS_CODE_NVME_ADMINISTRATIVE = 0x01_08_03;

    /** MSE: base address registers are decoded. */
    public static final int COMMAND_MEMORY_SPACE = 1 << 1;

    /** BME: the function may access memory and send MSI or MSI-X messages. */
    public static final int COMMAND_BUS_MASTER = 1 << 2;

    /** Parity error response. */
    public static final int COMMAND_PARITY_ERROR = 1 << 6;

    /** SERR# enable. */
    public static final int COMMAND_SYSTEM_ERROR = 1 << 8;

    /** ID: the interrupt pin is not driven. */
    public static final int COMMAND_INTERRUPT_DISABLE = 1 << 10;

    /** IS: the function asserts its interrupt pin, or would if not disabled. */
    public static final int STATUS_INTERRUPT = 1 << 3;

    /** CL: there are capabilities; always 1. */
    public static final int STATUS_CAPABILITIES_LIST = 1 << 4;

    /** Configuration space of conventional PCI. */
    public static final int SPACE_SIZE_BYTES = 256;

    /** Configuration space of PCI Express. */
    public static final int EXTENDED_SPACE_SIZE_BYTES = 4096;

    public static final int VENDOR_ID_OFFSET_BYTES = 0x00;
    public static final int DEVICE_ID_OFFSET_BYTES = 0x02;
    public static final int COMMAND_OFFSET_BYTES = 0x04;
    public static final int STATUS_OFFSET_BYTES = 0x06;
    public static final int REVISION_ID_OFFSET_BYTES = 0x08;
    public static final int CLASS_CODE_OFFSET_BYTES = 0x09;
    public static final int CACHE_LINE_SIZE_OFFSET_BYTES = 0x0C;
    public static final int LATENCY_TIMER_OFFSET_BYTES = 0x0D;
    public static final int HEADER_TYPE_OFFSET_BYTES = 0x0E;
    public static final int BUILT_IN_SELF_TEST_OFFSET_BYTES = 0x0F;
    public static final int BASE_ADDRESS_OFFSET_BYTES = 0x10;
    public static final int BASE_ADDRESS_COUNT = 6;
    public static final int SUBSYSTEM_VENDOR_ID_OFFSET_BYTES = 0x2C;
    public static final int SUBSYSTEM_ID_OFFSET_BYTES = 0x2E;
    public static final int EXPANSION_ROM_OFFSET_BYTES = 0x30;
    public static final int CAPABILITIES_POINTER_OFFSET_BYTES = 0x34;
    public static final int INTERRUPT_LINE_OFFSET_BYTES = 0x3C;
    public static final int INTERRUPT_PIN_OFFSET_BYTES = 0x3D;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public ConfigurationHeader wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public ConfigurationHeader clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Vendor id, as Identify Controller VID. */
    public int vendorId() {
        return LittleEndian.u16(memory, offsetBytes + VENDOR_ID_OFFSET_BYTES);
    }

    /** Sets VENDOR_ID. */
    public ConfigurationHeader vendorId(int vendorId) {
        LittleEndian.u16(memory, offsetBytes + VENDOR_ID_OFFSET_BYTES, vendorId);
        return this;
    }

    /** Device id. */
    public int deviceId() {
        return LittleEndian.u16(memory, offsetBytes + DEVICE_ID_OFFSET_BYTES);
    }

    /** Sets DEVICE_ID. */
    public ConfigurationHeader deviceId(int deviceId) {
        LittleEndian.u16(memory, offsetBytes + DEVICE_ID_OFFSET_BYTES, deviceId);
        return this;
    }

    /** CMD: the {@code COMMAND_} bits. */
    public int command() {
        return LittleEndian.u16(memory, offsetBytes + COMMAND_OFFSET_BYTES);
    }

    /** Sets COMMAND. */
    public ConfigurationHeader command(int command) {
        LittleEndian.u16(memory, offsetBytes + COMMAND_OFFSET_BYTES, command);
        return this;
    }

    /** STS: the {@code STATUS_} bits. */
    public int status() {
        return LittleEndian.u16(memory, offsetBytes + STATUS_OFFSET_BYTES);
    }

    /** Sets STATUS. */
    public ConfigurationHeader status(int status) {
        LittleEndian.u16(memory, offsetBytes + STATUS_OFFSET_BYTES, status);
        return this;
    }

    /** Revision id. */
    public int revisionId() {
        return LittleEndian.u8(memory, offsetBytes + REVISION_ID_OFFSET_BYTES);
    }

    /** Sets REVISION_ID. */
    public ConfigurationHeader revisionId(int revisionId) {
        LittleEndian.u8(memory, offsetBytes + REVISION_ID_OFFSET_BYTES, revisionId);
        return this;
    }

    /** Programming interface, sub class and base class; {@link #CLASS_CODE_NVME_IO}. */
    public int classCode() {
        long at = offsetBytes + CLASS_CODE_OFFSET_BYTES;
        return LittleEndian.u16(memory, at) | LittleEndian.u8(memory, at + 2) << 16;
    }

    /** Sets CLASS_CODE, 24 bits. */
    public ConfigurationHeader classCode(int classCode) {
        long at = offsetBytes + CLASS_CODE_OFFSET_BYTES;
        LittleEndian.u16(memory, at, classCode);
        LittleEndian.u8(memory, at + 2, classCode >>> 16);
        return this;
    }

    /** Cache line size, in dwords; PCIe ignores it. */
    public int cacheLineSize() {
        return LittleEndian.u8(memory, offsetBytes + CACHE_LINE_SIZE_OFFSET_BYTES);
    }

    /** Sets CACHE_LINE_SIZE. */
    public ConfigurationHeader cacheLineSize(int cacheLineSize) {
        LittleEndian.u8(memory, offsetBytes + CACHE_LINE_SIZE_OFFSET_BYTES, cacheLineSize);
        return this;
    }

    /** Latency timer; 0 on PCIe. */
    public int latencyTimer() {
        return LittleEndian.u8(memory, offsetBytes + LATENCY_TIMER_OFFSET_BYTES);
    }

    /** Sets LATENCY_TIMER. */
    public ConfigurationHeader latencyTimer(int latencyTimer) {
        LittleEndian.u8(memory, offsetBytes + LATENCY_TIMER_OFFSET_BYTES, latencyTimer);
        return this;
    }

    /** Layout 6:0, 0 here; bit 7: the device has several functions. */
    public int headerType() {
        return LittleEndian.u8(memory, offsetBytes + HEADER_TYPE_OFFSET_BYTES);
    }

    /** Sets HEADER_TYPE. */
    public ConfigurationHeader headerType(int headerType) {
        LittleEndian.u8(memory, offsetBytes + HEADER_TYPE_OFFSET_BYTES, headerType);
        return this;
    }

    /** BIST; 0 if not supported. */
    public int builtInSelfTest() {
        return LittleEndian.u8(memory, offsetBytes + BUILT_IN_SELF_TEST_OFFSET_BYTES);
    }

    /** Sets BUILT_IN_SELF_TEST. */
    public ConfigurationHeader builtInSelfTest(int builtInSelfTest) {
        LittleEndian.u8(memory, offsetBytes + BUILT_IN_SELF_TEST_OFFSET_BYTES, builtInSelfTest);
        return this;
    }

    /** Base address register {@code index}, 0 to 5; see {@link BaseAddress}. */
    public int baseAddress(int index) {
        return LittleEndian.u32(
                memory,
                offsetBytes
                        + BASE_ADDRESS_OFFSET_BYTES
                        + 4L * Objects.checkIndex(index, BASE_ADDRESS_COUNT));
    }

    /** Sets BASE_ADDRESS number {@code index}, from 0 to 5. */
    public ConfigurationHeader baseAddress(int index, int value) {
        LittleEndian.u32(
                memory,
                offsetBytes
                        + BASE_ADDRESS_OFFSET_BYTES
                        + 4L * Objects.checkIndex(index, BASE_ADDRESS_COUNT),
                value);
        return this;
    }

    /** Subsystem vendor id, as Identify Controller SSVID. */
    public int subsystemVendorId() {
        return LittleEndian.u16(memory, offsetBytes + SUBSYSTEM_VENDOR_ID_OFFSET_BYTES);
    }

    /** Sets SUBSYSTEM_VENDOR_ID. */
    public ConfigurationHeader subsystemVendorId(int subsystemVendorId) {
        LittleEndian.u16(memory, offsetBytes + SUBSYSTEM_VENDOR_ID_OFFSET_BYTES, subsystemVendorId);
        return this;
    }

    /** Subsystem id. */
    public int subsystemId() {
        return LittleEndian.u16(memory, offsetBytes + SUBSYSTEM_ID_OFFSET_BYTES);
    }

    /** Sets SUBSYSTEM_ID. */
    public ConfigurationHeader subsystemId(int subsystemId) {
        LittleEndian.u16(memory, offsetBytes + SUBSYSTEM_ID_OFFSET_BYTES, subsystemId);
        return this;
    }

    /** Expansion ROM base address; 0 if there is none. */
    public int expansionRom() {
        return LittleEndian.u32(memory, offsetBytes + EXPANSION_ROM_OFFSET_BYTES);
    }

    /** Sets EXPANSION_ROM. */
    public ConfigurationHeader expansionRom(int expansionRom) {
        LittleEndian.u32(memory, offsetBytes + EXPANSION_ROM_OFFSET_BYTES, expansionRom);
        return this;
    }

    /** Offset of the first capability; 0 if there is none. */
    public int capabilitiesPointer() {
        return LittleEndian.u8(memory, offsetBytes + CAPABILITIES_POINTER_OFFSET_BYTES);
    }

    /** Sets CAPABILITIES_POINTER. */
    public ConfigurationHeader capabilitiesPointer(int capabilitiesPointer) {
        LittleEndian.u8(
                memory, offsetBytes + CAPABILITIES_POINTER_OFFSET_BYTES, capabilitiesPointer);
        return this;
    }

    /** Written and read by software only. */
    public int interruptLine() {
        return LittleEndian.u8(memory, offsetBytes + INTERRUPT_LINE_OFFSET_BYTES);
    }

    /** Sets INTERRUPT_LINE. */
    public ConfigurationHeader interruptLine(int interruptLine) {
        LittleEndian.u8(memory, offsetBytes + INTERRUPT_LINE_OFFSET_BYTES, interruptLine);
        return this;
    }

    /** 1 for INTA; 0 without pin-based interrupts. */
    public int interruptPin() {
        return LittleEndian.u8(memory, offsetBytes + INTERRUPT_PIN_OFFSET_BYTES);
    }

    /** Sets INTERRUPT_PIN. */
    public ConfigurationHeader interruptPin(int interruptPin) {
        LittleEndian.u8(memory, offsetBytes + INTERRUPT_PIN_OFFSET_BYTES, interruptPin);
        return this;
    }
}
