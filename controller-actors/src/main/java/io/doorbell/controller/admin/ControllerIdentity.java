package io.doorbell.controller.admin;

import java.util.UUID;

/**
 * Who the controller says it is (Base §5.17.2.1).
 *
 * @param vendorId PCI vendor id, also of the subsystem
 * @param deviceId PCI device id, also of the subsystem
 * @param serialNumber at most 20 ASCII characters
 * @param modelNumber at most 40 ASCII characters
 * @param firmwareRevision at most 8 ASCII characters
 * @param subsystemUuid makes the NVM subsystem's qualified name
 */
public record ControllerIdentity(
        int vendorId,
        int deviceId,
        String serialNumber,
        String modelNumber,
        String firmwareRevision,
        UUID subsystemUuid) {
    private static final int DEVICE_ID_USUAL = 0x0010;

    /** An identity with the device id that simulated hosts know. */
    public ControllerIdentity(
            int vendorId,
            String serialNumber,
            String modelNumber,
            String firmwareRevision,
            UUID subsystemUuid) {
        this(vendorId, DEVICE_ID_USUAL, serialNumber, modelNumber, firmwareRevision, subsystemUuid);
    }

    /** The subsystem NQN (Base §4.5). */
    public String qualifiedName() {
        return "nqn.2014-08.org.nvmexpress:uuid:" + subsystemUuid;
    }
}
