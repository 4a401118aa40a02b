package io.doorbell.testkit.life;

import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubsystemReset;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.PciExpressCapability;
import io.doorbell.testkit.host.Host;

/** The ways to reset a controller (Base §3.7.2). */
enum Means {
    CONTROLLER {
        @Override
        void begin(Host host) {
            host.write32(Registers.CC, 0);
        }
    },
    FUNCTION {
        @Override
        void begin(Host host) {
            int express = host.findCapability(CapabilityHeader.ID_PCI_EXPRESS);
            host.config(
                    express + PciExpressCapability.DEVICE_CONTROL_OFFSET_BYTES,
                    2,
                    PciExpressCapability.DEVICE_CONTROL_FUNCTION_LEVEL_RESET);
        }
    },
    CONVENTIONAL {
        @Override
        void begin(Host host) {
            host.function().reset();
        }
    },
    SUBSYSTEM {
        @Override
        void begin(Host host) {
            host.write32(Registers.NSSR, SubsystemReset.RESET);
            host.elapse(1_000_000);
        }
    };

    abstract void begin(Host host);

    /** Resets, and switches memory space and bus mastering on again. */
    void reset(Host host) {
        begin(host);
        host.forgetQueues();
        host.enableFunction();
        host.expect("the reset is over", () -> !host.isReady() && !host.isFatal());
        host.write32(Registers.CSTS, ControllerStatus.CLEAR_SUBSYSTEM_RESET_OCCURRED);
        host.csts();
    }
}
