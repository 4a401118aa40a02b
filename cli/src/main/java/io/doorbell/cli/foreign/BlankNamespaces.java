package io.doorbell.cli.foreign;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.spec.identify.OptionalAdminCommands;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Host;

import java.util.List;

/**
 * How namespaces are made what they were before any test: blocks that were never written, in the
 * format of the beginning. A device without Format NVM keeps what tests have written.
 */
final class BlankNamespaces {
    private static final int FORMAT_MASK = 0xF;

    /**
     * A namespace of the beginning.
     *
     * @param format FLBAS bits 3:0
     */
    record Original(int id, int format) {
        static Original of(int id, IdentifyNamespace namespace) {
            return new Original(id, namespace.formattedLbaSize() & FORMAT_MASK);
        }
    }

    private final List<Original> originals;

    /**
     * @param optionalAdminCommands OACS
     */
    BlankNamespaces(int optionalAdminCommands, List<Original> originals) {
        this.originals =
                (optionalAdminCommands & OptionalAdminCommands.FORMAT_NVM) != 0
                        ? List.copyOf(originals)
                        : List.of();
    }

    boolean areToBeMade() {
        return !originals.isEmpty();
    }

    /** Formats them; the function is started for it. */
    void make(PciFunction function) {
        Host host = new Host(function).start();
        for (Original each : originals) {
            host.adminOk(Command.of(AdminOpcode.FORMAT_NVM).nsid(each.id).cdw(10, each.format));
        }
    }
}
