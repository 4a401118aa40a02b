package io.doorbell.spec;

import java.lang.foreign.MemorySegment;

/**
 * A window on one SGL descriptor (Base 2.0 §4.1.2).
 *
 * <pre>
 *  byte 0        8       12         15
 *       | address | length | reserved | type 7:4, sub type 3:0 |
 * </pre>
 */
public final class SglDescriptor {
    public static final int SIZE_BYTES = 16;

    /** A block of data. */
    public static final int TYPE_DATA_BLOCK = 0;

    /** Data of a read to be thrown away; has no address. */
    public static final int TYPE_BIT_BUCKET = 1;

    /** The next segment of descriptors; last of its own segment. */
    public static final int TYPE_SEGMENT = 2;

    /** As {@link #TYPE_SEGMENT}, with no segment after it. */
    public static final int TYPE_LAST_SEGMENT = 3;

    /** A block of data behind a key; not on PCIe. */
    public static final int TYPE_KEYED_DATA_BLOCK = 4;

    /** A block of data the transport knows; not on PCIe. */
    public static final int TYPE_TRANSPORT_DATA_BLOCK = 5;

    /** The address is a memory address. */
    public static final int SUB_TYPE_ADDRESS = 0;

    /** The address is an offset; not on PCIe. */
    public static final int SUB_TYPE_OFFSET = 1;

    public static final int ADDRESS_OFFSET_BYTES = 0;
    public static final int LENGTH_OFFSET_BYTES = 8;
    public static final int IDENTIFIER_OFFSET_BYTES = 15;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public SglDescriptor wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Fills the structure with zeros. */
    public SglDescriptor clear() {
        memory.asSlice(offsetBytes, SIZE_BYTES).fill((byte) 0);
        return this;
    }

    /** Where the data, or the next segment, is. */
    public long address() {
        return LittleEndian.u64(memory, offsetBytes + ADDRESS_OFFSET_BYTES);
    }

    /** Sets ADDRESS. */
    public SglDescriptor address(long address) {
        LittleEndian.u64(memory, offsetBytes + ADDRESS_OFFSET_BYTES, address);
        return this;
    }

    /** Bytes of data or of the next segment, unsigned. */
    public int lengthBytes() {
        return LittleEndian.u32(memory, offsetBytes + LENGTH_OFFSET_BYTES);
    }

    /** Sets LENGTH. */
    public SglDescriptor lengthBytes(int lengthBytes) {
        LittleEndian.u32(memory, offsetBytes + LENGTH_OFFSET_BYTES, lengthBytes);
        return this;
    }

    /** Type 7:4 and sub type 3:0; see {@link #type()}. */
    public int identifier() {
        return LittleEndian.u8(memory, offsetBytes + IDENTIFIER_OFFSET_BYTES);
    }

    /** Sets IDENTIFIER. */
    public SglDescriptor identifier(int identifier) {
        LittleEndian.u8(memory, offsetBytes + IDENTIFIER_OFFSET_BYTES, identifier);
        return this;
    }

    /** One of the {@code TYPE_} constants, 0 to Fh. */
    public int type() {
        return identifier() >>> 4;
    }

    /** {@link #SUB_TYPE_ADDRESS}, or something else that PCIe does not have. */
    public int subType() {
        return identifier() & 0xF;
    }

    /** Sets the type, with sub type {@link #SUB_TYPE_ADDRESS}. */
    public SglDescriptor type(int type) {
        return identifier(type << 4);
    }
}
