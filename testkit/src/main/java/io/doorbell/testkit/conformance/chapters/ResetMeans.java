package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubsystemReset;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.PciExpressCapability;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

/** The four ways to a Controller Level Reset (Base §3.7.2), as values of a test. */
final class ResetMeans {
    /** CC.EN cleared. */
    static final int CONTROLLER = 0;

    /** Initiate Function Level Reset in the PCI Express capability. */
    static final int FUNCTION = 1;

    /** A conventional reset, as from a bridge above. */
    static final int CONVENTIONAL = 2;

    /** NSSR. */
    static final int SUBSYSTEM = 3;

    private ResetMeans() {}

    /** Resets, waits until it is over, and makes the registers accessible again. */
    static void reset(Host host, long means) {
        switch ((int) means) {
            case CONTROLLER -> {
                host.write32(Registers.CC, host.cc() & ~1);
                host.expect("CSTS.RDY is 0", () -> !host.isReady());
            }
            case FUNCTION -> functionLevelReset(host);
            case CONVENTIONAL -> host.function().reset();
            case SUBSYSTEM -> {
                NotApplicable.unless(
                        ControllerCapabilities.subsystemResetSupported(host.cap()),
                        "CAP.NSSRS is 0");
                host.write32(Registers.NSSR, SubsystemReset.RESET);
                host.elapse(1_000_000);
            }
            default -> throw new IllegalArgumentException("No reset " + means);
        }
        host.forgetQueues();
        host.enableFunction();
        host.expect(
                "CSTS is 0 but for NSSRO after the reset",
                () -> (host.csts() & ~ControllerStatus.CLEAR_SUBSYSTEM_RESET_OCCURRED) == 0);
    }

    static void functionLevelReset(Host host) {
        int express = host.findCapability(CapabilityHeader.ID_PCI_EXPRESS);
        Expect.that("the function has a PCI Express capability", express != 0);
        int offered =
                host.config(express + PciExpressCapability.DEVICE_CAPABILITIES_OFFSET_BYTES, 4)
                        & PciExpressCapability.DEVICE_CAPABILITY_FUNCTION_LEVEL_RESET;
        NotApplicable.unless(offered != 0, "the function offers no function level reset");
        int control = express + PciExpressCapability.DEVICE_CONTROL_OFFSET_BYTES;
        host.config(
                control,
                2,
                host.config(control, 2) | PciExpressCapability.DEVICE_CONTROL_FUNCTION_LEVEL_RESET);
        host.elapse(100_000_000); // what a host has to wait (PCIe Base §6.6.2)
    }
}
