package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.guest.HostPolicies.InterruptMode;
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
    private final InterruptMode mode;
    private final ActorRef<HostMessage> driver;
    private final Map<Integer, MsixMessage> messages = new TreeMap<>(); // by vector
    private int capability; // where it lies, once found
    private int tableBar;
    private long tableOffset;
    private int vectorCount;
    private boolean usesPin;

    /**
     * @param driver told of the pin, where it is used
     */
    InterruptSetup(
            RegisterAccess registers,
            PciCapabilities capabilities,
            InterruptRoutes routes,
            InterruptMode mode,
            ActorRef<HostMessage> driver) {
        this.registers = registers;
        this.capabilities = capabilities;
        this.routes = routes;
        this.mode = mode;
        this.driver = driver;
    }

    /** Enables MSI-X, or the pin. Of a function just reset all vectors are masked. */
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
        usesPin = mode != InterruptMode.MSIX;
        if (usesPin) {
            routes.connectPin(driver.narrow());
        }
        control(usesPin ? 0 : MsixCapability.CONTROL_ENABLE, next);
    }

    /** Goes over from the pin to MSI-X, if that is the mode; the driver has vector 0 then. */
    void useMessages(Runnable next) {
        if (mode != InterruptMode.PIN_THEN_MSIX) {
            next.run();
            return;
        }
        usesPin = false;
        control(
                MsixCapability.CONTROL_ENABLE,
                () -> {
                    route(0, driver);
                    next.run();
                });
    }

    private void control(int value, Runnable next) {
        registers.writeConfig(capability + MsixCapability.CONTROL_OFFSET_BYTES, 2, value, next);
    }

    /**
     * Masks or unmasks a vector that is routed; others stay as they are.
     *
     * @param reserved bits of the mask's register that mean nothing
     */
    void mask(int vector, boolean masked, int reserved) {
        if (messages.containsKey(vector)) {
            long entry = tableOffset + (long) vector * MsixTableEntry.SIZE_BYTES;
            store(
                    entry + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES,
                    (reserved & ~MsixTableEntry.MASKED) | (masked ? MsixTableEntry.MASKED : 0));
        }
    }

    /** Masks all vectors at once, or lets each be as its own mask says. */
    void maskAll(boolean masked) {
        int mask = masked ? MsixCapability.CONTROL_FUNCTION_MASK : 0;
        control((usesPin ? 0 : MsixCapability.CONTROL_ENABLE) | mask, () -> {});
    }

    /** Vectors that the host may use. */
    int vectorCount() {
        return mode == InterruptMode.PIN || mode == InterruptMode.PIN_MASKED ? 1 : vectorCount;
    }

    /**
     * Lets a vector reach this actor, and unmasks it. A vector that had an entry already is masked
     * first (PCI Local Bus 3.0 §6.8.2). The pin reaches the driver only.
     */
    void route(int vector, ActorRef<HostMessage> target) {
        if (usesPin) {
            return;
        }
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
