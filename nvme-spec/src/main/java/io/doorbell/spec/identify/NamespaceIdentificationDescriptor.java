package io.doorbell.spec.identify;

import io.doorbell.spec.LittleEndian;

import java.lang.foreign.MemorySegment;

/**
 * A window on one descriptor of the list that CNS 03h returns (Base 2.0 §5.17.2.3). {@link #next}
 * moves it on; a length of 0 ends the list.
 *
 * <pre>
 *  byte 0      1      2          4 .. 3 + NIDL
 *       | NIDT | NIDL | reserved | NID |
 * </pre>
 *
 * <p>Identifiers are big endian. The length comes from the other side: check it with {@link
 * #lengthBytes(int)} and against the end of the page before reading on.
 */
public final class NamespaceIdentificationDescriptor {
    public static final int HEADER_SIZE_BYTES = 4;
    public static final int NIDT_OFFSET_BYTES = 0;
    public static final int NIDL_OFFSET_BYTES = 1;
    public static final int NID_OFFSET_BYTES = 4;

    /** NIDT: IEEE Extended Unique Identifier, 8 bytes. */
    public static final int TYPE_EUI64 = 1;

    /** NIDT: Namespace Globally Unique Identifier, 16 bytes. */
    public static final int TYPE_NGUID = 2;

    /** NIDT: UUID, 16 bytes. */
    public static final int TYPE_UUID = 3;

    /** NIDT: command set identifier, 1 byte. */
    public static final int TYPE_COMMAND_SET = 4;

    private MemorySegment memory = MemorySegment.NULL;
    private long offsetBytes;

    /** Moves the window to {@code offsetBytes} into {@code memory}. */
    public NamespaceIdentificationDescriptor wrap(MemorySegment memory, long offsetBytes) {
        this.memory = memory;
        this.offsetBytes = offsetBytes;
        return this;
    }

    /** Moves the window to the descriptor after this one. */
    public NamespaceIdentificationDescriptor next() {
        offsetBytes += HEADER_SIZE_BYTES + lengthBytes();
        return this;
    }

    /** Where in the memory this descriptor starts. */
    public long offsetBytes() {
        return offsetBytes;
    }

    /** Whether this is the end of the list rather than a descriptor. */
    public boolean isEnd() {
        return lengthBytes() == 0;
    }

    /** NIDT: one of the {@code TYPE_} constants. */
    public int type() {
        return LittleEndian.u8(memory, offsetBytes + NIDT_OFFSET_BYTES);
    }

    /** NIDL: bytes of the identifier. */
    public int lengthBytes() {
        return LittleEndian.u8(memory, offsetBytes + NIDL_OFFSET_BYTES);
    }

    /** What NIDL must be for a type; 0 for a type unknown to us. */
    public static int lengthBytes(int type) {
        return switch (type) {
            case TYPE_EUI64 -> 8;
            case TYPE_NGUID, TYPE_UUID -> 16;
            case TYPE_COMMAND_SET -> 1;
            default -> 0;
        };
    }

    /** First 8 bytes of NID: all of an EUI64, the upper half of an NGUID or UUID. */
    public long high() {
        return bigEndian(0);
    }

    /** Last 8 bytes of a 16-byte NID. */
    public long low() {
        return bigEndian(8);
    }

    /** NID of type {@link #TYPE_COMMAND_SET}. */
    public int commandSet() {
        return LittleEndian.u8(memory, offsetBytes + NID_OFFSET_BYTES);
    }

    /** Writes an EUI64 descriptor. */
    public NamespaceIdentificationDescriptor eui64(long eui64) {
        return header(TYPE_EUI64).bigEndian(0, eui64);
    }

    /** Writes an NGUID descriptor from the identifier's halves. */
    public NamespaceIdentificationDescriptor nguid(long high, long low) {
        return header(TYPE_NGUID).bigEndian(0, high).bigEndian(8, low);
    }

    /** Writes a UUID descriptor from the halves of a {@link java.util.UUID}. */
    public NamespaceIdentificationDescriptor uuid(long high, long low) {
        return header(TYPE_UUID).bigEndian(0, high).bigEndian(8, low);
    }

    /** Writes a command set descriptor. */
    public NamespaceIdentificationDescriptor commandSet(int commandSet) {
        LittleEndian.u8(
                memory, header(TYPE_COMMAND_SET).offsetBytes + NID_OFFSET_BYTES, commandSet);
        return this;
    }

    /** Ends the list here. */
    public NamespaceIdentificationDescriptor end() {
        LittleEndian.u32(memory, offsetBytes, 0);
        return this;
    }

    private NamespaceIdentificationDescriptor header(int type) {
        LittleEndian.u32(memory, offsetBytes, type | lengthBytes(type) << 8);
        return this;
    }

    private long bigEndian(int at) {
        return Long.reverseBytes(LittleEndian.u64(memory, offsetBytes + NID_OFFSET_BYTES + at));
    }

    private NamespaceIdentificationDescriptor bigEndian(int at, long value) {
        LittleEndian.u64(memory, offsetBytes + NID_OFFSET_BYTES + at, Long.reverseBytes(value));
        return this;
    }
}
