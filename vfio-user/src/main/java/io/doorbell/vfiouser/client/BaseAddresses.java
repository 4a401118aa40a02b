package io.doorbell.vfiouser.client;

import io.doorbell.spec.pci.ConfigurationHeader;

/**
 * The base address registers, which a vfio-user client keeps itself: the sizes are those of the
 * device's regions, and what kind of address each takes is what its register said at first. The
 * device may ignore what is written to its own.
 */
final class BaseAddresses {
    private static final int COUNT = ConfigurationHeader.BASE_ADDRESS_COUNT;
    private static final int FIRST_BYTE = ConfigurationHeader.BASE_ADDRESS_OFFSET_BYTES;
    private static final int END_BYTE = FIRST_BYTE + Integer.BYTES * COUNT;
    private static final int KIND_MASK = 0xF;
    private static final int WIDE = 4;
    private static final int IO = 1;

    private final int[] writable = new int[COUNT];
    private final int[] registers = new int[COUNT];

    /**
     * @param kinds the registers as the device showed them
     * @param sizes of the regions, in bytes; 0 for none
     */
    BaseAddresses(int[] kinds, long[] sizes) {
        for (int i = 0; i < COUNT; i++) {
            if (sizes[i] == 0) {
                continue;
            }
            long mask = -sizes[i] & -(KIND_MASK + 1);
            registers[i] = kinds[i] & KIND_MASK;
            writable[i] = (int) mask;
            if ((kinds[i] & (WIDE | IO)) == WIDE && i + 1 < COUNT) {
                writable[i + 1] = (int) (mask >>> 32);
            }
        }
    }

    /** Whether a byte of configuration space belongs to them. */
    static boolean contains(int offset) {
        return offset >= FIRST_BYTE && offset < END_BYTE;
    }

    int readByte(int offset) {
        return registers[index(offset)] >>> shift(offset) & 0xFF;
    }

    void writeByte(int offset, int value) {
        int index = index(offset);
        int mask = writable[index] & (0xFF << shift(offset));
        registers[index] = (registers[index] & ~mask) | (value << shift(offset) & mask);
    }

    /** No address is assigned. */
    void clear() {
        for (int i = 0; i < COUNT; i++) {
            registers[i] &= ~writable[i];
        }
    }

    private static int index(int offset) {
        return (offset - FIRST_BYTE) / Integer.BYTES;
    }

    private static int shift(int offset) {
        return offset % Integer.BYTES * Byte.SIZE;
    }
}
