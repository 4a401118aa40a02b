package io.doorbell.vfiouser.client;

import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.PciExpressCapability;

/**
 * Configuration space as the host sees it: the device's, but for the base addresses and the
 * function mask of MSI-X, which are the client's. The rest of what a host writes goes to the
 * device.
 */
final class ConfigurationSpace {
    private static final int CAPABILITIES_MAX = 48;
    private static final int CONTROL_BYTES = 2;
    private static final int HIGH_BYTE = 1;

    /** Told of each change of MSI-X. */
    @FunctionalInterface
    interface MsixListener {
        /**
         * It is so from now on.
         *
         * @param held no message may be sent: the function is masked, or no bus master
         */
        void changed(boolean enabled, boolean held);
    }

    private final DeviceRegions regions;
    private final Runnable functionReset;
    private final MsixListener msix;
    private final BaseAddresses baseAddresses;
    private final int msixControl; // offsets of registers; 0 if there are none
    private final int deviceControl;
    private boolean memoryDecoded;
    private boolean busMaster;
    private boolean held;
    private boolean enabled;
    private boolean functionMasked;

    /**
     * @param functionReset told that the function has reset itself
     */
    ConfigurationSpace(DeviceRegions regions, Runnable functionReset, MsixListener msix) {
        this.regions = regions;
        this.functionReset = functionReset;
        this.msix = msix;
        int[] kinds = new int[ConfigurationHeader.BASE_ADDRESS_COUNT];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = (int) raw(ConfigurationHeader.BASE_ADDRESS_OFFSET_BYTES + 4 * i, 4);
        }
        baseAddresses = new BaseAddresses(kinds, regions.barBytes());
        int capability = findCapability(CapabilityHeader.ID_MSIX);
        msixControl = capability == 0 ? 0 : capability + MsixCapability.CONTROL_OFFSET_BYTES;
        int express = findCapability(CapabilityHeader.ID_PCI_EXPRESS);
        deviceControl =
                express == 0 ? 0 : express + PciExpressCapability.DEVICE_CONTROL_OFFSET_BYTES;
        lookAtCommand();
    }

    private int findCapability(int id) {
        int offset = (int) raw(ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES, 1) & 0xFC;
        for (int i = 0; i < CAPABILITIES_MAX && offset != 0; i++) {
            if (raw(offset, 1) == id) {
                return offset;
            }
            offset = (int) raw(offset + 1, 1) & 0xFC;
        }
        return 0;
    }

    private long raw(int offset, int width) {
        return regions.read(DeviceRegions.CONFIGURATION, offset, width);
    }

    /**
     * Where MSI-X lies.
     *
     * @param vectors that the device says it can signal
     */
    MsixVectors.Place msixPlace(int vectors) {
        if (msixControl == 0 || vectors == 0) {
            return MsixVectors.Place.NONE;
        }
        int capability = msixControl - MsixCapability.CONTROL_OFFSET_BYTES;
        return MsixVectors.Place.of(
                (int) raw(msixControl, CONTROL_BYTES),
                (int) raw(capability + MsixCapability.TABLE_OFFSET_BYTES, 4),
                (int) raw(capability + MsixCapability.PENDING_BITS_OFFSET_BYTES, 4));
    }

    /** Whether an access to a BAR reaches the device. */
    boolean isMemoryDecoded() {
        return memoryDecoded;
    }

    long read(int offset, int width) {
        long value = raw(offset, width);
        for (int i = 0; i < width; i++) {
            int at = offset + i;
            if (BaseAddresses.contains(at)) {
                value = withByte(value, i, baseAddresses.readByte(at));
            } else if (isMaskByte(at) && functionMasked) {
                value |= (long) (MsixCapability.CONTROL_FUNCTION_MASK >>> Byte.SIZE) << (8 * i);
            }
        }
        return value;
    }

    void write(int offset, int width, int value) {
        long passedOn = value & DeviceRegions.nothing(width);
        boolean resets = false;
        boolean nowMasked = functionMasked;
        for (int i = 0; i < width; i++) {
            int at = offset + i;
            int written = value >>> (Byte.SIZE * i) & 0xFF;
            if (BaseAddresses.contains(at)) {
                baseAddresses.writeByte(at, written);
            } else if (isMaskByte(at)) {
                int mask = MsixCapability.CONTROL_FUNCTION_MASK >>> Byte.SIZE;
                nowMasked = (written & mask) != 0;
                passedOn = withByte(passedOn, i, written & ~mask);
            } else if (deviceControl != 0 && at == deviceControl + HIGH_BYTE) {
                resets =
                        (written
                                        & PciExpressCapability.DEVICE_CONTROL_FUNCTION_LEVEL_RESET
                                                >>> Byte.SIZE)
                                != 0;
            }
        }
        regions.write(DeviceRegions.CONFIGURATION, offset, width, passedOn);
        boolean isControl = offset <= msixControl + HIGH_BYTE && offset + width > msixControl;
        if (resets) {
            forget();
            functionReset.run();
        }
        lookAtCommand();
        lookAtMsix(nowMasked && !resets, isControl && msixControl != 0);
    }

    private boolean isMaskByte(int offset) {
        return msixControl != 0 && offset == msixControl + HIGH_BYTE;
    }

    private static long withByte(long value, int index, int content) {
        int shift = Byte.SIZE * index;
        return (value & ~(0xFFL << shift)) | ((long) content << shift);
    }

    private void lookAtCommand() {
        long command = raw(ConfigurationHeader.COMMAND_OFFSET_BYTES, 2);
        memoryDecoded = (command & ConfigurationHeader.COMMAND_MEMORY_SPACE) != 0;
        busMaster = (command & ConfigurationHeader.COMMAND_BUS_MASTER) != 0;
    }

    /** MSI-X that is off though nobody wrote so was switched off by a reset. */
    private void lookAtMsix(boolean nowMasked, boolean written) {
        if (msixControl == 0) {
            return;
        }
        boolean nowEnabled = (raw(msixControl, CONTROL_BYTES) & MsixCapability.CONTROL_ENABLE) != 0;
        if (enabled && !nowEnabled && !written) {
            forget();
            functionReset.run();
            return;
        }
        functionMasked = nowMasked;
        boolean nowHeld = nowMasked || !busMaster;
        if (nowEnabled != enabled || nowHeld != held) {
            enabled = nowEnabled;
            held = nowHeld;
            msix.changed(nowEnabled, nowHeld);
        }
    }

    private void forget() {
        baseAddresses.clear();
        enabled = false;
        functionMasked = false;
        held = false;
    }

    /** The function was reset, and has forgotten what was written. */
    void reset() {
        forget();
        lookAtCommand();
    }
}
