package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.MsixTableEntry;

import org.apache.pekko.actor.typed.ActorRef;

import java.util.function.Consumer;

/** Finds the function's MSI-X capability, enables it, and routes vectors to actors (PCIe §3.5). */
final class InterruptSetup {
    private final RegisterAccess registers;
    private final InterruptRoutes routes;
    private long tableOffset;
    private int vectorCount;

    InterruptSetup(RegisterAccess registers, InterruptRoutes routes) {
        this.registers = registers;
        this.routes = routes;
    }

    /** Enables bus mastering, memory space and MSI-X; all vectors stay masked. */
    void enable(Runnable next, Consumer<String> failed) {
        registers.writeConfig(
                ConfigurationHeader.COMMAND_OFFSET_BYTES,
                2,
                ConfigurationHeader.COMMAND_MEMORY_SPACE | ConfigurationHeader.COMMAND_BUS_MASTER,
                () ->
                        registers.readConfig(
                                ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES,
                                1,
                                first -> findCapability((int) first, next, failed)));
    }

    private void findCapability(int offset, Runnable next, Consumer<String> failed) {
        if (offset == 0) {
            failed.accept("the function has no MSI-X capability");
            return;
        }
        registers.readConfig(
                offset,
                2,
                header -> {
                    if ((header & 0xFF) == CapabilityHeader.ID_MSIX) {
                        readCapability(offset, next);
                    } else {
                        findCapability((int) header >>> 8, next, failed);
                    }
                });
    }

    private void readCapability(int offset, Runnable next) {
        registers.readConfig(
                offset + MsixCapability.TABLE_OFFSET_BYTES,
                4,
                table -> {
                    tableOffset = MsixCapability.offsetInBar((int) table);
                    registers.readConfig(
                            offset + MsixCapability.CONTROL_OFFSET_BYTES,
                            2,
                            control -> {
                                vectorCount =
                                        ((int) control & (MsixCapability.VECTORS_MAX - 1)) + 1;
                                registers.writeConfig(
                                        offset + MsixCapability.CONTROL_OFFSET_BYTES,
                                        2,
                                        MsixCapability.CONTROL_ENABLE,
                                        next);
                            });
                });
    }

    /** Vectors that the function has. */
    int vectorCount() {
        return vectorCount;
    }

    /** Lets a vector reach this actor, and unmasks it. */
    void route(int vector, ActorRef<HostMessage> target) {
        MsixMessage message = routes.reserve(target.narrow());
        long entry = tableOffset + (long) vector * MsixTableEntry.SIZE_BYTES;
        registers.writeLong(entry + MsixTableEntry.ADDRESS_OFFSET_BYTES, message.address());
        registers.write(entry + MsixTableEntry.DATA_OFFSET_BYTES, message.data());
        registers.write(entry + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES, 0);
    }
}
