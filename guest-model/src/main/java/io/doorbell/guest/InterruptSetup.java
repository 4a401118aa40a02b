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
    /** More capabilities than fit into configuration space are a list that bites its tail. */
    private static final int CAPABILITIES_MAX = 48;

    private static final int POINTER_MASK = 0xFC;

    private final RegisterAccess registers;
    private final InterruptRoutes routes;
    private int tableBar;
    private long tableOffset;
    private int vectorCount;

    InterruptSetup(RegisterAccess registers, InterruptRoutes routes) {
        this.registers = registers;
        this.routes = routes;
    }

    /** Lets the function answer register accesses and access memory. */
    void enableFunction(Runnable next) {
        registers.writeConfig(
                ConfigurationHeader.COMMAND_OFFSET_BYTES,
                2,
                ConfigurationHeader.COMMAND_MEMORY_SPACE | ConfigurationHeader.COMMAND_BUS_MASTER,
                next);
    }

    /** Enables MSI-X; all vectors stay masked. */
    void enable(Runnable next, Consumer<String> failed) {
        registers.readConfig(
                ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES,
                1,
                first -> findCapability((int) first & POINTER_MASK, 1, next, failed));
    }

    private void findCapability(int offset, int number, Runnable next, Consumer<String> failed) {
        if (offset == 0 || number > CAPABILITIES_MAX) {
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
                        int following = (int) header >>> 8 & POINTER_MASK;
                        findCapability(following, number + 1, next, failed);
                    }
                });
    }

    private void readCapability(int offset, Runnable next) {
        registers.readConfig(
                offset + MsixCapability.TABLE_OFFSET_BYTES,
                4,
                table -> {
                    tableBar = MsixCapability.bar((int) table);
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
        store(entry + MsixTableEntry.ADDRESS_OFFSET_BYTES, (int) message.address());
        store(
                entry + MsixTableEntry.ADDRESS_OFFSET_BYTES + Integer.BYTES,
                (int) (message.address() >>> 32));
        store(entry + MsixTableEntry.DATA_OFFSET_BYTES, message.data());
        store(entry + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES, 0);
    }

    private void store(long offsetBytes, int value) {
        registers.write(tableBar, offsetBytes, value);
    }
}
