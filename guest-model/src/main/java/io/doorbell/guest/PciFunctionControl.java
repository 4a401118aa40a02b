package io.doorbell.guest;

import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.PciExpressCapability;

import java.time.Duration;

/** What a host does with the function by way of its configuration space. */
final class PciFunctionControl {
    /** A function may take this long (PCI Express Base §6.6.2). */
    private static final Duration RESET_TIME = Duration.ofMillis(100);

    private final RegisterAccess registers;
    private final StatusPoll poll;
    private final PciCapabilities capabilities;

    PciFunctionControl(RegisterAccess registers, StatusPoll poll) {
        this.registers = registers;
        this.poll = poll;
        this.capabilities = new PciCapabilities(registers);
    }

    /** Lets the function answer register accesses and access memory. */
    void enable(Runnable next) {
        command(
                ConfigurationHeader.COMMAND_MEMORY_SPACE | ConfigurationHeader.COMMAND_BUS_MASTER,
                next);
    }

    /** From here on the function accesses no memory, whatever state it is in. */
    void disableMastering(Runnable next) {
        command(ConfigurationHeader.COMMAND_MEMORY_SPACE, next);
    }

    private void command(int value, Runnable next) {
        registers.writeConfig(ConfigurationHeader.COMMAND_OFFSET_BYTES, 2, value, next);
    }

    /**
     * A Function Level Reset; afterwards registers can be accessed, memory cannot.
     *
     * @param impossible run instead if the function does not have it
     */
    void levelReset(Runnable next, Runnable impossible) {
        capabilities.find(
                CapabilityHeader.ID_PCI_EXPRESS,
                offset -> lookWhetherItCan(offset, next, impossible),
                impossible);
    }

    private void lookWhetherItCan(int offset, Runnable next, Runnable impossible) {
        registers.readConfig(
                offset + PciExpressCapability.DEVICE_CAPABILITIES_OFFSET_BYTES,
                4,
                can -> {
                    if ((can & PciExpressCapability.DEVICE_CAPABILITY_FUNCTION_LEVEL_RESET) == 0) {
                        impossible.run();
                        return;
                    }
                    registers.writeConfig(
                            offset + PciExpressCapability.DEVICE_CONTROL_OFFSET_BYTES,
                            2,
                            PciExpressCapability.DEVICE_CONTROL_FUNCTION_LEVEL_RESET,
                            () -> afterReset(next));
                });
    }

    /** A reset of the function is under way: waits for it to end. */
    void afterReset(Runnable next) {
        poll.after(RESET_TIME, () -> disableMastering(next));
    }
}
