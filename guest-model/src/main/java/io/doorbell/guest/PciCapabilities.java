package io.doorbell.guest;

import io.doorbell.spec.pci.ConfigurationHeader;

import java.util.function.IntConsumer;

/** Looks for a capability in the function's configuration space (PCIe §3.8). */
final class PciCapabilities {
    /** More capabilities than fit into configuration space are a list that bites its tail. */
    private static final int COUNT_MAX = 48;

    private static final int POINTER_MASK = 0xFC;
    private static final int ID_MASK = 0xFF;

    private final RegisterAccess registers;

    PciCapabilities(RegisterAccess registers) {
        this.registers = registers;
    }

    /** Tells {@code found} where the capability lies. */
    void find(int id, IntConsumer found, Runnable absent) {
        registers.readConfig(
                ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES,
                1,
                first -> look(id, (int) first & POINTER_MASK, 1, found, absent));
    }

    private void look(int id, int offset, int number, IntConsumer found, Runnable absent) {
        if (offset == 0 || number > COUNT_MAX) {
            absent.run();
            return;
        }
        registers.readConfig(
                offset,
                2,
                header -> {
                    if ((header & ID_MASK) == id) {
                        found.accept(offset);
                    } else {
                        int following = (int) header >>> 8 & POINTER_MASK;
                        look(id, following, number + 1, found, absent);
                    }
                });
    }
}
