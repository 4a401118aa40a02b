package io.doorbell.vfiouser.pci;

import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what a function has, as firmware does: it walks the capabilities, and writes ones to
 * each BAR to see how many of them stay. For a function that was powered on and that nobody else
 * uses yet.
 */
public final class FunctionProbe {
    private static final int CAPABILITIES_MAX = 48; // more do not fit; a list that loops has more
    private static final int BAR_IO = 1;
    private static final int BAR_TYPE_MASK = 6;
    private static final int BAR_TYPE_64_BIT = 4;
    private static final long BAR_ATTRIBUTES = 0xF;
    private static final int LOCATION_BAR_MASK = 7;

    /** Accesses to configuration space; the value of a load is zero-extended. */
    public interface Configuration {
        long read(int offsetBytes, int widthBytes);

        void write(int offsetBytes, int widthBytes, int value);
    }

    private final Configuration configuration;

    private FunctionProbe(Configuration configuration) {
        this.configuration = configuration;
    }

    /** What the function with this configuration space has. */
    public static FunctionShape probe(Configuration configuration) {
        FunctionProbe probe = new FunctionProbe(configuration);
        return new FunctionShape(
                probe.bars(),
                configuration.read(ConfigurationHeader.INTERRUPT_PIN_OFFSET_BYTES, 1) != 0,
                probe.msix());
    }

    private List<Long> bars() {
        List<Long> sizes = new ArrayList<>();
        while (sizes.size() < FunctionShape.BARS) {
            int offset = ConfigurationHeader.BASE_ADDRESS_OFFSET_BYTES + 4 * sizes.size();
            int type = (int) configuration.read(offset, 4);
            boolean isWide = (type & BAR_IO) == 0 && (type & BAR_TYPE_MASK) == BAR_TYPE_64_BIT;
            long ones = ones(offset) | (isWide ? ones(offset + 4) << 32 : 0xFFFF_FFFF_0000_0000L);
            long address = ones & ~BAR_ATTRIBUTES;
            boolean isThere = isWide ? address != 0 : (int) address != 0;
            sizes.add(isThere ? -address : 0);
            if (isWide) {
                sizes.add(0L);
            }
        }
        return sizes;
    }

    /** The bits of a register that take ones; it is as before afterwards. */
    private long ones(int offset) {
        int before = (int) configuration.read(offset, 4);
        configuration.write(offset, 4, -1);
        long ones = configuration.read(offset, 4);
        configuration.write(offset, 4, before);
        return ones;
    }

    private FunctionShape.Msix msix() {
        int offset =
                (int) configuration.read(ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES, 1);
        for (int i = 0; i < CAPABILITIES_MAX && offset != 0; i++) {
            if (configuration.read(offset, 1) == CapabilityHeader.ID_MSIX) {
                int control = (int) configuration.read(offset + 2, 2);
                int location = (int) configuration.read(offset + 4, 4);
                return new FunctionShape.Msix(
                        (control & (MsixCapability.VECTORS_MAX - 1)) + 1,
                        location & LOCATION_BAR_MASK,
                        Integer.toUnsignedLong(location & ~LOCATION_BAR_MASK));
            }
            offset = (int) configuration.read(offset + 1, 1);
        }
        return FunctionShape.Msix.NONE;
    }
}
