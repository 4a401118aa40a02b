package io.doorbell.vfiouser.protocol;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** How one side answers a request that it does not refuse. */
public sealed interface Reply {
    /** Nothing but that it was done. */
    record Done() implements Reply {}

    /** The answer to {@link Request.Version}, in the same form. */
    record Version(int major, int minor, String capabilities) implements Reply {}

    /** The memory that was given up, as it was asked for. */
    record Unmapped(int flags, long address, long sizeBytes) implements Reply {}

    /** What the device has: numbers of regions and of kinds of interrupt. */
    record DeviceInfo(int flags, int regions, int irqs) implements Reply {
        public static final int RESETTABLE = 1;
        public static final int PCI = 2;
    }

    /** A region; one without bytes is none. */
    record RegionInfo(int flags, int index, long sizeBytes) implements Reply {
        public static final int READABLE = 1;
        public static final int WRITABLE = 2;
        public static final int MAPPABLE = 4;
    }

    /** A kind of interrupt, and how many of it there are. */
    record IrqInfo(int flags, int index, int count) implements Reply {
        public static final int BY_EVENT = 1;
        public static final int MASKABLE = 2;
        public static final int AUTOMASKED = 4;
    }

    /**
     * What was loaded from a region.
     *
     * @param data valid while the message is handled
     */
    record RegionData(long offset, int region, MemorySegment data) implements Reply {}

    /** A store into a region took effect. */
    record RegionWritten(long offset, int region, int count) implements Reply {}

    /**
     * Memory of the client.
     *
     * @param data valid while the message is handled
     */
    record DmaData(long address, MemorySegment data) implements Reply {}

    /** Memory of the client was written. */
    record DmaWritten(long address, long count) implements Reply {}

    /** Bytes of a message around the data of an access. */
    int ACCESS_OVERHEAD_BYTES = Header.BYTES + RequestBody.ACCESS_BYTES;

    /**
     * Writes a whole message.
     *
     * @param target native memory that it fits into
     * @return the part of {@code target} that it takes
     */
    default MemorySegment write(MemorySegment target, Header request) {
        int bytes = body(target.asSlice(Header.BYTES));
        request.reply(bytes).write(target);
        return target.asSlice(0, (long) Header.BYTES + bytes);
    }

    private int body(MemorySegment body) {
        switch (this) {
            case Done _ -> {
                return 0;
            }
            case Version(int major, int minor, String capabilities) -> {
                return version(body, major, minor, capabilities);
            }
            case Unmapped(int flags, long address, long size) -> {
                ints(body, RequestBody.DMA_UNMAP_BYTES, flags);
                body.set(Wire.LONG, 8, address);
                body.set(Wire.LONG, 16, size);
                return RequestBody.DMA_UNMAP_BYTES;
            }
            case DeviceInfo(int flags, int regions, int irqs) -> {
                ints(body, RequestBody.DEVICE_INFO_BYTES, flags, regions, irqs);
                return RequestBody.DEVICE_INFO_BYTES;
            }
            case RegionInfo(int flags, int index, long size) -> {
                ints(body, RequestBody.REGION_INFO_BYTES, flags, index, 0);
                body.set(Wire.LONG, 16, size);
                body.set(Wire.LONG, 24, 0);
                return RequestBody.REGION_INFO_BYTES;
            }
            case IrqInfo(int flags, int index, int count) -> {
                ints(body, RequestBody.IRQ_INFO_BYTES, flags, index, count);
                return RequestBody.IRQ_INFO_BYTES;
            }
            case RegionData(long offset, int region, MemorySegment data) -> {
                access(body, offset, region, (int) data.byteSize());
                MemorySegment.copy(data, 0, body, RequestBody.ACCESS_BYTES, data.byteSize());
                return RequestBody.ACCESS_BYTES + (int) data.byteSize();
            }
            case RegionWritten(long offset, int region, int count) -> {
                access(body, offset, region, count);
                return RequestBody.ACCESS_BYTES;
            }
            case DmaData(long address, MemorySegment data) -> {
                body.set(Wire.LONG, 0, address);
                body.set(Wire.LONG, 8, data.byteSize());
                MemorySegment.copy(data, 0, body, RequestBody.ACCESS_BYTES, data.byteSize());
                return RequestBody.ACCESS_BYTES + (int) data.byteSize();
            }
            case DmaWritten(long address, long count) -> {
                body.set(Wire.LONG, 0, address);
                body.set(Wire.LONG, 8, count);
                return RequestBody.ACCESS_BYTES;
            }
        }
    }

    private static void ints(MemorySegment body, int... values) {
        for (int i = 0; i < values.length; i++) {
            body.set(Wire.INT, 4L * i, values[i]);
        }
    }

    private static void access(MemorySegment body, long offset, int region, int count) {
        body.set(Wire.LONG, 0, offset);
        body.set(Wire.INT, 8, region);
        body.set(Wire.INT, 12, count);
    }

    /** The body of a version message, which is the same in both directions; returns its size. */
    static int version(MemorySegment body, int major, int minor, String capabilities) {
        byte[] text = capabilities.getBytes(StandardCharsets.UTF_8);
        body.set(Wire.SHORT, 0, (short) major);
        body.set(Wire.SHORT, 2, (short) minor);
        MemorySegment.copy(text, 0, body, Wire.BYTE, 4, text.length);
        body.set(Wire.BYTE, 4L + text.length, (byte) 0);
        return 4 + text.length + 1;
    }

    /**
     * Reads the body of a reply that is no refusal.
     *
     * @throws ProtocolException if it is too short for its command, or says sizes that cannot be
     */
    static Reply read(Header header, MemorySegment body) throws ProtocolException {
        return switch (header.command()) {
            case Commands.VERSION -> {
                Request.Version version = (Request.Version) Request.read(header, body);
                yield new Version(version.major(), version.minor(), version.capabilities());
            }
            case Commands.DMA_MAP,
                    Commands.DMA_UNMAP,
                    Commands.DEVICE_SET_IRQS,
                    Commands.DEVICE_RESET ->
                    new Done();
            case Commands.DEVICE_GET_INFO -> {
                check(body, RequestBody.DEVICE_INFO_BYTES);
                yield new DeviceInfo(
                        body.get(Wire.INT, 4), body.get(Wire.INT, 8), body.get(Wire.INT, 12));
            }
            case Commands.DEVICE_GET_REGION_INFO -> {
                check(body, RequestBody.REGION_INFO_BYTES);
                yield new RegionInfo(
                        body.get(Wire.INT, 4), body.get(Wire.INT, 8), body.get(Wire.LONG, 16));
            }
            case Commands.DEVICE_GET_IRQ_INFO -> {
                check(body, RequestBody.IRQ_INFO_BYTES);
                yield new IrqInfo(
                        body.get(Wire.INT, 4), body.get(Wire.INT, 8), body.get(Wire.INT, 12));
            }
            case Commands.REGION_READ -> {
                check(body, RequestBody.ACCESS_BYTES);
                yield new RegionData(
                        body.get(Wire.LONG, 0),
                        body.get(Wire.INT, 8),
                        RequestBody.data("REGION_READ", body, body.get(Wire.INT, 12)));
            }
            case Commands.REGION_WRITE -> {
                check(body, RequestBody.ACCESS_BYTES);
                yield new RegionWritten(
                        body.get(Wire.LONG, 0), body.get(Wire.INT, 8), body.get(Wire.INT, 12));
            }
            case Commands.DMA_READ -> {
                check(body, RequestBody.ACCESS_BYTES);
                yield new DmaData(
                        body.get(Wire.LONG, 0),
                        RequestBody.data("DMA_READ", body, body.get(Wire.LONG, 8)));
            }
            case Commands.DMA_WRITE -> {
                check(body, RequestBody.ACCESS_BYTES);
                yield new DmaWritten(body.get(Wire.LONG, 0), body.get(Wire.LONG, 8));
            }
            default ->
                    throw new ProtocolException(
                            "A reply to command %d, which was never sent."
                                    .formatted(header.command()));
        };
    }

    private static void check(MemorySegment body, int bytesMin) throws ProtocolException {
        if (body.byteSize() < bytesMin) {
            throw new ProtocolException(
                    "A reply with a body of %,d bytes; it has %d."
                            .formatted(body.byteSize(), bytesMin));
        }
    }
}
