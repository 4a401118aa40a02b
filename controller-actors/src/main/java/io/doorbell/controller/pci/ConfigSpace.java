package io.doorbell.controller.pci;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.doorbell.spec.pci.BaseAddress;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.PciExpressCapability;
import io.doorbell.spec.pci.PowerManagementCapability;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The 256 bytes of PCI configuration space (PCIe §3.8): header, power management, PCI Express,
 * MSI-X. A mask beside the bytes says which bits a host may change.
 */
final class ConfigSpace {
    private static final int POWER_MANAGEMENT_OFFSET = 0x40;
    private static final int MSIX_OFFSET = 0x50;
    private static final int PCI_EXPRESS_OFFSET = 0x80;
    private static final int COMMAND_WRITABLE =
            ConfigurationHeader.COMMAND_MEMORY_SPACE
                    | ConfigurationHeader.COMMAND_BUS_MASTER
                    | ConfigurationHeader.COMMAND_PARITY_ERROR
                    | ConfigurationHeader.COMMAND_SYSTEM_ERROR
                    | ConfigurationHeader.COMMAND_INTERRUPT_DISABLE;

    private static final int DEVICE_CONTROL_WRITABLE = 0xFFFF;
    private static final int INTERRUPT_PIN_A = 1;

    private final MemorySegment bytes = space();
    private final MemorySegment writable = space();
    private final ConfigurationHeader header = new ConfigurationHeader().wrap(bytes, 0);
    private final PowerManagementCapability power =
            new PowerManagementCapability().wrap(bytes, POWER_MANAGEMENT_OFFSET);
    private final MsixCapability msix = new MsixCapability().wrap(bytes, MSIX_OFFSET);
    private final PciExpressCapability express =
            new PciExpressCapability().wrap(bytes, PCI_EXPRESS_OFFSET);
    private final MemorySegment initial; // as the function was powered on

    ConfigSpace(int vendorId, int deviceId, Bar0Layout layout) {
        layOutHeader(vendorId, deviceId, layout);
        layOutCapabilities(layout);
        initial = space().copyFrom(bytes);
    }

    private static MemorySegment space() {
        return Arena.ofAuto().allocate(ConfigurationHeader.SPACE_SIZE_BYTES, Long.BYTES);
    }

    private void layOutHeader(int vendorId, int deviceId, Bar0Layout layout) {
        header.vendorId(vendorId)
                .deviceId(deviceId)
                .status(ConfigurationHeader.STATUS_CAPABILITIES_LIST)
                .classCode(ConfigurationHeader.CLASS_CODE_NVME_IO)
                .subsystemVendorId(vendorId)
                .subsystemId(deviceId)
                .baseAddress(0, BaseAddress.MEMORY_64_BIT)
                .capabilitiesPointer(POWER_MANAGEMENT_OFFSET)
                .interruptPin(INTERRUPT_PIN_A);
        long addressBits = -layout.sizeBytes();
        new ConfigurationHeader()
                .wrap(writable, 0)
                .command(COMMAND_WRITABLE)
                .cacheLineSize(0xFF)
                .interruptLine(0xFF)
                .baseAddress(0, (int) addressBits)
                .baseAddress(1, (int) (addressBits >>> 32));
    }

    private void layOutCapabilities(Bar0Layout layout) {
        power.capabilityId(CapabilityHeader.ID_POWER_MANAGEMENT)
                .next(MSIX_OFFSET)
                .capabilities(PowerManagementCapability.VERSION)
                .controlStatus(PowerManagementCapability.NO_SOFT_RESET);
        new PowerManagementCapability()
                .wrap(writable, POWER_MANAGEMENT_OFFSET)
                .controlStatus(PowerManagementCapability.POWER_STATE_MASK);
        msix.capabilityId(CapabilityHeader.ID_MSIX)
                .next(PCI_EXPRESS_OFFSET)
                .table(MsixCapability.location(0, layout.tableOffset()))
                .pendingBits(MsixCapability.location(0, layout.pendingOffset()))
                .vectorCount(layout.vectorCount());
        new MsixCapability()
                .wrap(writable, MSIX_OFFSET)
                .control(MsixCapability.CONTROL_WRITABLE_MASK);
        express.capabilityId(CapabilityHeader.ID_PCI_EXPRESS)
                .capabilities(PciExpressCapability.VERSION)
                .deviceCapabilities(
                        PciExpressCapability.DEVICE_CAPABILITY_ROLE_BASED_ERRORS
                                | PciExpressCapability.DEVICE_CAPABILITY_FUNCTION_LEVEL_RESET)
                .deviceCapabilities2(PciExpressCapability.DEVICE_CAPABILITY2_TIMEOUT_DISABLE);
        new PciExpressCapability()
                .wrap(writable, PCI_EXPRESS_OFFSET)
                .deviceControl(DEVICE_CONTROL_WRITABLE);
    }

    /** Reads 1, 2 or 4 bytes; beyond the space all ones, as from an absent register. */
    int read(int offsetBytes, int widthBytes) {
        if (!isInside(offsetBytes, widthBytes)) {
            return -1 >>> (32 - 8 * widthBytes);
        }
        int value = 0;
        for (int i = 0; i < widthBytes; i++) {
            value |= Byte.toUnsignedInt(bytes.get(JAVA_BYTE, offsetBytes + i)) << (8 * i);
        }
        return value;
    }

    /** Writes 1, 2 or 4 bytes; what may not be changed keeps its value. */
    void write(int offsetBytes, int widthBytes, int value) {
        if (!isInside(offsetBytes, widthBytes)) {
            return;
        }
        for (int i = 0; i < widthBytes; i++) {
            int mask = writable.get(JAVA_BYTE, offsetBytes + i);
            int kept = bytes.get(JAVA_BYTE, offsetBytes + i) & ~mask;
            bytes.set(JAVA_BYTE, offsetBytes + i, (byte) (kept | ((value >>> (8 * i)) & mask)));
        }
    }

    private static boolean isInside(int offsetBytes, int widthBytes) {
        return offsetBytes >= 0 && offsetBytes + widthBytes <= ConfigurationHeader.SPACE_SIZE_BYTES;
    }

    /** Whether the last write asked for a function level reset; the bit reads 0 again. */
    boolean takeFunctionLevelReset() {
        int control = express.deviceControl();
        express.deviceControl(control & ~PciExpressCapability.DEVICE_CONTROL_FUNCTION_LEVEL_RESET);
        return (control & PciExpressCapability.DEVICE_CONTROL_FUNCTION_LEVEL_RESET) != 0;
    }

    /** Every bit a host may change is as it was at power on. */
    void reset() {
        bytes.copyFrom(initial);
    }

    boolean memorySpaceEnabled() {
        return isPowered() && (header.command() & ConfigurationHeader.COMMAND_MEMORY_SPACE) != 0;
    }

    boolean busMasterEnabled() {
        return isPowered() && mayMasterBus();
    }

    /** CMD.BME, whatever the power state: going to D3hot and back keeps a controller's state. */
    boolean mayMasterBus() {
        return (header.command() & ConfigurationHeader.COMMAND_BUS_MASTER) != 0;
    }

    /** In any other state than D0 the function answers configuration accesses only (PCIe §3.8). */
    private boolean isPowered() {
        return (power.controlStatus() & PowerManagementCapability.POWER_STATE_MASK)
                == PowerManagementCapability.POWER_STATE_D0;
    }

    /** Whether an access meets STS.IS. */
    static boolean holdsInterruptStatus(int offsetBytes, int widthBytes) {
        return offsetBytes <= ConfigurationHeader.STATUS_OFFSET_BYTES
                && offsetBytes + widthBytes > ConfigurationHeader.STATUS_OFFSET_BYTES;
    }

    /** STS.IS: an interrupt by pin is due, whether or not it may be asserted. */
    void interruptStatus(boolean due) {
        int others = header.status() & ~ConfigurationHeader.STATUS_INTERRUPT;
        header.status(due ? others | ConfigurationHeader.STATUS_INTERRUPT : others);
    }

    /** The pin is asserted: an interrupt is due, and neither CMD.ID nor the power state forbid. */
    boolean pinAsserted() {
        return isPowered()
                && (header.status() & ConfigurationHeader.STATUS_INTERRUPT) != 0
                && (header.command() & ConfigurationHeader.COMMAND_INTERRUPT_DISABLE) == 0;
    }

    /** MSI-X Enable: the pin is out of use. */
    boolean messagesEnabled() {
        return (msix.control() & MsixCapability.CONTROL_ENABLE) != 0;
    }

    /** MSI-X enabled and the function not masked. */
    boolean messagesUnmasked() {
        return msix.isUnmasked();
    }
}
