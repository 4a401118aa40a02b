package io.doorbell.vfiouser.protocol;

import io.doorbell.vfiouser.protocol.RequestBody.Writer;

import java.lang.foreign.MemorySegment;

/** What one side asks of the other. Numbers are as they came: unsigned, unchecked. */
public sealed interface Request {
    /** Bytes behind the header of a request without data, at most. */
    int FIXED_BYTES_MAX = RequestBody.DMA_MAP_BYTES;

    /** Access flags of {@link DmaMap}. */
    int DMA_READABLE = 1;

    /** Access flags of {@link DmaMap}. */
    int DMA_WRITABLE = 2;

    /** {@link DmaUnmap} of everything. */
    int UNMAP_ALL = 2;

    /**
     * The first message: who talks, and what it can do.
     *
     * @param capabilities JSON, without the NUL
     */
    record Version(int major, int minor, String capabilities) implements Request {}

    /**
     * Memory of the client that the device may use from now on; with a descriptor of the file that
     * it lies in, or else to be reached by {@link DmaRead} and {@link DmaWrite}.
     *
     * @param fileOffset of its first byte
     */
    record DmaMap(int flags, long fileOffset, long address, long sizeBytes) implements Request {}

    /** Memory that the device may no longer use. */
    record DmaUnmap(int flags, long address, long sizeBytes) implements Request {
        public boolean isAll() {
            return (flags & UNMAP_ALL) != 0;
        }
    }

    /** Asks what the device has. */
    record GetDeviceInfo() implements Request {}

    /**
     * Asks about a region.
     *
     * @param argumentBytes that the client has room for
     */
    record GetRegionInfo(int argumentBytes, int index) implements Request {}

    /** Asks about a kind of interrupt. */
    record GetIrqInfo(int index) implements Request {}

    /**
     * Says how interrupts are to be signalled, or masks them.
     *
     * @param index a kind of interrupt
     * @param start the first vector
     * @param count of vectors
     */
    record SetIrqs(int flags, int index, int start, int count) implements Request {
        public static final int DATA_NONE = 1;
        public static final int DATA_EVENT = 4;
        public static final int ACTION_MASK = 8;
        public static final int ACTION_UNMASK = 0x10;
        public static final int ACTION_TRIGGER = 0x20;

        public boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    /** A load from a region. */
    record RegionRead(long offset, int region, int count) implements Request {}

    /**
     * A store into a region.
     *
     * @param data valid while the message is handled
     */
    record RegionWrite(long offset, int region, MemorySegment data) implements Request {}

    /** A conventional reset of the device. */
    record DeviceReset() implements Request {}

    /** The device reads memory of the client. */
    record DmaRead(long address, long count) implements Request {}

    /**
     * The device writes memory of the client.
     *
     * @param data valid while the message is handled
     */
    record DmaWrite(long address, MemorySegment data) implements Request {}

    /** One that this side does not know. */
    record Unknown(int command) implements Request {}

    /**
     * Reads the body of a request.
     *
     * @throws ProtocolException if it is too short, or says sizes that cannot be
     */
    static Request read(Header header, MemorySegment body) throws ProtocolException {
        return RequestBody.read(header.command(), body);
    }

    /**
     * Writes a whole message.
     *
     * @param target native memory that it fits into
     * @return the part of {@code target} that it takes
     */
    default MemorySegment write(MemorySegment target, int id, boolean posted) {
        return new Writer(target).write(this, id, posted);
    }
}
