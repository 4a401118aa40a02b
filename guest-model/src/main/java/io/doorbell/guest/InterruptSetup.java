package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.MsixTableEntry;

import org.apache.pekko.actor.typed.ActorRef;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Finds the function's MSI-X capability, enables it, and routes vectors to actors (PCIe §3.5). */
final class InterruptSetup {
    private final RegisterAccess registers;
    private final PciCapabilities capabilities;
    private final InterruptRoutes routes;
    private final Map<Integer, MsixMessage> messages = new TreeMap<>(); // by vector
    private int capability; // where it lies, once found
    private int tableBar;
    private long tableOffset;
    private int vectorCount;

    InterruptSetup(RegisterAccess registers, PciCapabilities capabilities, InterruptRoutes routes) {
        this.registers = registers;
        this.capabilities = capabilities;
        this.routes = routes;
    }

    /** Enables MSI-X. Of a function just reset all vectors are masked. */
    void enable(Runnable next, Consumer<String> failed) {
        if (capability != 0) {
            writeControl(next);
            return;
        }
        capabilities.find(
                CapabilityHeader.ID_MSIX,
                offset -> readCapability(offset, next),
                () -> failed.accept("the function has no MSI-X capability"));
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
                                capability = offset;
                                writeControl(next);
                            });
                });
    }

    private void writeControl(Runnable next) {
        registers.writeConfig(
                capability + MsixCapability.CONTROL_OFFSET_BYTES,
                2,
                MsixCapability.CONTROL_ENABLE,
                next);
    }

    /** Masks or unmasks a vector that is routed; others stay as they are. */
    void mask(int vector, boolean masked) {
        if (messages.containsKey(vector)) {
            long entry = tableOffset + (long) vector * MsixTableEntry.SIZE_BYTES;
            store(
                    entry + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES,
                    masked ? MsixTableEntry.MASKED : 0);
        }
    }

    /** Masks all vectors at once, or lets each be as its own mask says. */
    void maskAll(boolean masked) {
        registers.writeConfig(
                capability + MsixCapability.CONTROL_OFFSET_BYTES,
                2,
                MsixCapability.CONTROL_ENABLE | (masked ? MsixCapability.CONTROL_FUNCTION_MASK : 0),
                () -> {});
    }

    /** Vectors that the function has. */
    int vectorCount() {
        return vectorCount;
    }

    /**
     * Lets a vector reach this actor, and unmasks it. A vector that had an entry already is masked
     * first (PCI Local Bus 3.0 §6.8.2).
     */
    void route(int vector, ActorRef<HostMessage> target) {
        MsixMessage message = messages.get(vector);
        long entry = tableOffset + (long) vector * MsixTableEntry.SIZE_BYTES;
        if (message == null) {
            message = routes.reserve(target.narrow());
            messages.put(vector, message);
        } else {
            store(entry + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES, MsixTableEntry.MASKED);
        }
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
