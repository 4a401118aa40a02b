package io.doorbell.spec.pci;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/**
 * A window on the PCI Express capability, id 10h (PCIe 1.0 §3.8). Fields without a method are 0 on
 * a function without a real link.
 */
public final class PciExpressCapability {
    public static final int SIZE_BYTES = 60;

    /** PXCAP bits 3:0: the layout shown here. */
    public static final int VERSION = 2;

    /** PXCAP bits 7:4: endpoint. */
    public static final int TYPE_ENDPOINT = 0;

    /** PXCAP bits 7:4: endpoint inside the root complex. */
    public static final int TYPE_ROOT_COMPLEX_INTEGRATED_ENDPOINT = 9;

    /** PXDCAP: role-based error reporting; always 1. */
    public static final int DEVICE_CAPABILITY_ROLE_BASED_ERRORS = 1 << 15;

    /** PXDCAP: Function Level Reset is supported. */
    public static final int DEVICE_CAPABILITY_FUNCTION_LEVEL_RESET = 1 << 28;

    /** PXDC: writing 1 starts a Function Level Reset; reads 0. */
    public static final int DEVICE_CONTROL_FUNCTION_LEVEL_RESET = 1 << 15;

    /** PXDCAP2: completion timeouts can be disabled. */
    public static final int DEVICE_CAPABILITY2_TIMEOUT_DISABLE = 1 << 4;

    public static final int CAPABILITY_ID_OFFSET_BYTES = 0;
    public static final int NEXT_OFFSET_BYTES = 1;
    public static final int CAPABILITIES_OFFSET_BYTES = 2;
    public static final int DEVICE_CAPABILITIES_OFFSET_BYTES = 4;
    public static final int DEVICE_CONTROL_OFFSET_BYTES = 8;
    public static final int DEVICE_STATUS_OFFSET_BYTES = 10;
    public static final int LINK_CAPABILITIES_OFFSET_BYTES = 12;
    public static final int LINK_CONTROL_OFFSET_BYTES = 16;
    public static final int LINK_STATUS_OFFSET_BYTES = 18;
    public static final int DEVICE_CAPABILITIES2_OFFSET_BYTES = 36;
    public static final int DEVICE_CONTROL2_OFFSET_BYTES = 40;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public PciExpressCapability wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public PciExpressCapability clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Capability id; see {@link CapabilityHeader}. */
    public int capabilityId() {
        return LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES);
    }

    /** Sets CAPABILITY_ID. */
    public PciExpressCapability capabilityId(int capabilityId) {
        LittleEndian.u8(memory, offsetBytes + CAPABILITY_ID_OFFSET_BYTES, capabilityId);
        return this;
    }

    /** Offset of the next capability; 0 at the end. */
    public int next() {
        return LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES);
    }

    /** Sets NEXT. */
    public PciExpressCapability next(int next) {
        LittleEndian.u8(memory, offsetBytes + NEXT_OFFSET_BYTES, next);
        return this;
    }

    /** PXCAP: version 3:0, device or port type 7:4. */
    public int capabilities() {
        return LittleEndian.u16(memory, offsetBytes + CAPABILITIES_OFFSET_BYTES);
    }

    /** Sets CAPABILITIES. */
    public PciExpressCapability capabilities(int capabilities) {
        LittleEndian.u16(memory, offsetBytes + CAPABILITIES_OFFSET_BYTES, capabilities);
        return this;
    }

    /** PXDCAP: the {@code DEVICE_CAPABILITY_} bits. */
    public int deviceCapabilities() {
        return LittleEndian.u32(memory, offsetBytes + DEVICE_CAPABILITIES_OFFSET_BYTES);
    }

    /** Sets DEVICE_CAPABILITIES. */
    public PciExpressCapability deviceCapabilities(int deviceCapabilities) {
        LittleEndian.u32(
                memory, offsetBytes + DEVICE_CAPABILITIES_OFFSET_BYTES, deviceCapabilities);
        return this;
    }

    /** PXDC: payload and read request sizes, {@link #DEVICE_CONTROL_FUNCTION_LEVEL_RESET}. */
    public int deviceControl() {
        return LittleEndian.u16(memory, offsetBytes + DEVICE_CONTROL_OFFSET_BYTES);
    }

    /** Sets DEVICE_CONTROL. */
    public PciExpressCapability deviceControl(int deviceControl) {
        LittleEndian.u16(memory, offsetBytes + DEVICE_CONTROL_OFFSET_BYTES, deviceControl);
        return this;
    }

    /** PXDS: errors seen, transactions pending. */
    public int deviceStatus() {
        return LittleEndian.u16(memory, offsetBytes + DEVICE_STATUS_OFFSET_BYTES);
    }

    /** Sets DEVICE_STATUS. */
    public PciExpressCapability deviceStatus(int deviceStatus) {
        LittleEndian.u16(memory, offsetBytes + DEVICE_STATUS_OFFSET_BYTES, deviceStatus);
        return this;
    }

    /** PXLCAP: link speed and width that are possible. */
    public int linkCapabilities() {
        return LittleEndian.u32(memory, offsetBytes + LINK_CAPABILITIES_OFFSET_BYTES);
    }

    /** Sets LINK_CAPABILITIES. */
    public PciExpressCapability linkCapabilities(int linkCapabilities) {
        LittleEndian.u32(memory, offsetBytes + LINK_CAPABILITIES_OFFSET_BYTES, linkCapabilities);
        return this;
    }

    /** PXLC. */
    public int linkControl() {
        return LittleEndian.u16(memory, offsetBytes + LINK_CONTROL_OFFSET_BYTES);
    }

    /** Sets LINK_CONTROL. */
    public PciExpressCapability linkControl(int linkControl) {
        LittleEndian.u16(memory, offsetBytes + LINK_CONTROL_OFFSET_BYTES, linkControl);
        return this;
    }

    /** PXLS: link speed 3:0 and width 9:4 in use. */
    public int linkStatus() {
        return LittleEndian.u16(memory, offsetBytes + LINK_STATUS_OFFSET_BYTES);
    }

    /** Sets LINK_STATUS. */
    public PciExpressCapability linkStatus(int linkStatus) {
        LittleEndian.u16(memory, offsetBytes + LINK_STATUS_OFFSET_BYTES, linkStatus);
        return this;
    }

    /** PXDCAP2: the {@code DEVICE_CAPABILITY2_} bits. */
    public int deviceCapabilities2() {
        return LittleEndian.u32(memory, offsetBytes + DEVICE_CAPABILITIES2_OFFSET_BYTES);
    }

    /** Sets DEVICE_CAPABILITIES2. */
    public PciExpressCapability deviceCapabilities2(int deviceCapabilities2) {
        LittleEndian.u32(
                memory, offsetBytes + DEVICE_CAPABILITIES2_OFFSET_BYTES, deviceCapabilities2);
        return this;
    }

    /** PXDC2. */
    public int deviceControl2() {
        return LittleEndian.u16(memory, offsetBytes + DEVICE_CONTROL2_OFFSET_BYTES);
    }

    /** Sets DEVICE_CONTROL2. */
    public PciExpressCapability deviceControl2(int deviceControl2) {
        LittleEndian.u16(memory, offsetBytes + DEVICE_CONTROL2_OFFSET_BYTES, deviceControl2);
        return this;
    }
}
