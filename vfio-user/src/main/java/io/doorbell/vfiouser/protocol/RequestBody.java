package io.doorbell.vfiouser.protocol;

import io.doorbell.vfiouser.protocol.Request.DeviceReset;
import io.doorbell.vfiouser.protocol.Request.DmaMap;
import io.doorbell.vfiouser.protocol.Request.DmaRead;
import io.doorbell.vfiouser.protocol.Request.DmaUnmap;
import io.doorbell.vfiouser.protocol.Request.DmaWrite;
import io.doorbell.vfiouser.protocol.Request.GetDeviceInfo;
import io.doorbell.vfiouser.protocol.Request.GetIrqInfo;
import io.doorbell.vfiouser.protocol.Request.GetRegionInfo;
import io.doorbell.vfiouser.protocol.Request.RegionRead;
import io.doorbell.vfiouser.protocol.Request.RegionWrite;
import io.doorbell.vfiouser.protocol.Request.SetIrqs;
import io.doorbell.vfiouser.protocol.Request.Unknown;
import io.doorbell.vfiouser.protocol.Request.Version;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * The bodies of requests, byte by byte.
 *
 * <pre>
 *  VERSION          u16 major, u16 minor, JSON, NUL
 *  DMA_MAP          u32 argsz, u32 flags, u64 offset in the file, u64 address, u64 size
 *  DMA_UNMAP        u32 argsz, u32 flags, u64 address, u64 size
 *  GET_INFO         u32 argsz, u32 flags, u32 regions, u32 irqs
 *  GET_REGION_INFO  u32 argsz, u32 flags, u32 index, u32 capabilities, u64 size, u64 offset
 *  GET_IRQ_INFO     u32 argsz, u32 flags, u32 index, u32 count
 *  SET_IRQS         u32 argsz, u32 flags, u32 index, u32 start, u32 count
 *  REGION_READ      u64 offset, u32 region, u32 count
 *  REGION_WRITE     u64 offset, u32 region, u32 count, data
 *  DMA_READ         u64 address, u64 count
 *  DMA_WRITE        u64 address, u64 count, data
 * </pre>
 */
final class RequestBody {
    static final int DMA_MAP_BYTES = 32;
    static final int DMA_UNMAP_BYTES = 24;
    static final int DEVICE_INFO_BYTES = 16;
    static final int REGION_INFO_BYTES = 32;
    static final int IRQ_INFO_BYTES = 16;
    static final int SET_IRQS_BYTES = 20;
    static final int ACCESS_BYTES = 16;
    private static final int VERSION_BYTES_MIN = 4;

    private RequestBody() {}

    static Request read(int command, MemorySegment body) throws ProtocolException {
        return switch (command) {
            case Commands.VERSION -> version(body);
            case Commands.DMA_MAP -> {
                check("DMA_MAP", body, DMA_MAP_BYTES);
                yield new DmaMap(
                        body.get(Wire.INT, 4),
                        body.get(Wire.LONG, 8),
                        body.get(Wire.LONG, 16),
                        body.get(Wire.LONG, 24));
            }
            case Commands.DMA_UNMAP -> {
                check("DMA_UNMAP", body, DMA_UNMAP_BYTES);
                yield new DmaUnmap(
                        body.get(Wire.INT, 4), body.get(Wire.LONG, 8), body.get(Wire.LONG, 16));
            }
            case Commands.DEVICE_GET_INFO -> new GetDeviceInfo();
            case Commands.DEVICE_GET_REGION_INFO -> {
                check("DEVICE_GET_REGION_INFO", body, REGION_INFO_BYTES);
                yield new GetRegionInfo(body.get(Wire.INT, 0), body.get(Wire.INT, 8));
            }
            case Commands.DEVICE_GET_IRQ_INFO -> {
                check("DEVICE_GET_IRQ_INFO", body, IRQ_INFO_BYTES);
                yield new GetIrqInfo(body.get(Wire.INT, 8));
            }
            case Commands.DEVICE_SET_IRQS -> {
                check("DEVICE_SET_IRQS", body, SET_IRQS_BYTES);
                yield new SetIrqs(
                        body.get(Wire.INT, 4),
                        body.get(Wire.INT, 8),
                        body.get(Wire.INT, 12),
                        body.get(Wire.INT, 16));
            }
            case Commands.REGION_READ -> {
                check("REGION_READ", body, ACCESS_BYTES);
                yield new RegionRead(
                        body.get(Wire.LONG, 0), body.get(Wire.INT, 8), body.get(Wire.INT, 12));
            }
            case Commands.REGION_WRITE -> {
                check("REGION_WRITE", body, ACCESS_BYTES);
                yield new RegionWrite(
                        body.get(Wire.LONG, 0),
                        body.get(Wire.INT, 8),
                        data("REGION_WRITE", body, body.get(Wire.INT, 12)));
            }
            case Commands.DMA_READ -> {
                check("DMA_READ", body, ACCESS_BYTES);
                yield new DmaRead(body.get(Wire.LONG, 0), body.get(Wire.LONG, 8));
            }
            case Commands.DMA_WRITE -> {
                check("DMA_WRITE", body, ACCESS_BYTES);
                yield new DmaWrite(
                        body.get(Wire.LONG, 0), data("DMA_WRITE", body, body.get(Wire.LONG, 8)));
            }
            case Commands.DEVICE_RESET -> new DeviceReset();
            default -> new Unknown(command);
        };
    }

    private static Version version(MemorySegment body) throws ProtocolException {
        check("VERSION", body, VERSION_BYTES_MIN);
        MemorySegment text = body.asSlice(VERSION_BYTES_MIN);
        long length = 0;
        while (length < text.byteSize() && text.get(Wire.BYTE, length) != 0) {
            length++;
        }
        return new Version(
                body.get(Wire.SHORT, 0) & 0xFFFF,
                body.get(Wire.SHORT, 2) & 0xFFFF,
                new String(text.asSlice(0, length).toArray(Wire.BYTE), StandardCharsets.UTF_8));
    }

    /** The data behind the numbers of an access, as many bytes as it says. */
    static MemorySegment data(String what, MemorySegment body, long count)
            throws ProtocolException {
        if (count < 0 || count > body.byteSize() - ACCESS_BYTES) {
            throw new ProtocolException(
                    "%s of %s bytes, with %,d in the message."
                            .formatted(
                                    what,
                                    Long.toUnsignedString(count),
                                    body.byteSize() - ACCESS_BYTES));
        }
        return body.asSlice(ACCESS_BYTES, count);
    }

    private static void check(String what, MemorySegment body, int bytesMin)
            throws ProtocolException {
        if (body.byteSize() < bytesMin) {
            throw new ProtocolException(
                    "%s with a body of %,d bytes; it has %d."
                            .formatted(what, body.byteSize(), bytesMin));
        }
    }

    /** Writes requests, each to the start of one segment. */
    record Writer(MemorySegment target) {
        MemorySegment write(Request request, int id, boolean posted) {
            int command = command(request);
            int bytes = body(request, target.asSlice(Header.BYTES));
            Header.request(id, command, bytes, posted).write(target);
            return target.asSlice(0, Header.BYTES + bytes);
        }

        private static int command(Request request) {
            return switch (request) {
                case Version _ -> Commands.VERSION;
                case DmaMap _ -> Commands.DMA_MAP;
                case DmaUnmap _ -> Commands.DMA_UNMAP;
                case GetDeviceInfo _ -> Commands.DEVICE_GET_INFO;
                case GetRegionInfo _ -> Commands.DEVICE_GET_REGION_INFO;
                case GetIrqInfo _ -> Commands.DEVICE_GET_IRQ_INFO;
                case SetIrqs _ -> Commands.DEVICE_SET_IRQS;
                case RegionRead _ -> Commands.REGION_READ;
                case RegionWrite _ -> Commands.REGION_WRITE;
                case DmaRead _ -> Commands.DMA_READ;
                case DmaWrite _ -> Commands.DMA_WRITE;
                case DeviceReset _ -> Commands.DEVICE_RESET;
                case Unknown(int command) -> command;
            };
        }

        private static int body(Request request, MemorySegment body) {
            return switch (request) {
                case Version(int major, int minor, String capabilities) ->
                        Reply.version(body, major, minor, capabilities);
                case DmaMap(int flags, long fileOffset, long address, long size) -> {
                    ints(body, DMA_MAP_BYTES, flags);
                    longs(body, 8, fileOffset, address, size);
                    yield DMA_MAP_BYTES;
                }
                case DmaUnmap(int flags, long address, long size) -> {
                    ints(body, DMA_UNMAP_BYTES, flags);
                    longs(body, 8, address, size);
                    yield DMA_UNMAP_BYTES;
                }
                case GetDeviceInfo _ -> {
                    ints(body, DEVICE_INFO_BYTES, 0, 0, 0);
                    yield DEVICE_INFO_BYTES;
                }
                case GetRegionInfo(int argumentBytes, int index) -> {
                    ints(body, argumentBytes, 0, index, 0);
                    longs(body, 16, 0, 0);
                    yield REGION_INFO_BYTES;
                }
                case GetIrqInfo(int index) -> {
                    ints(body, IRQ_INFO_BYTES, 0, index, 0);
                    yield IRQ_INFO_BYTES;
                }
                case SetIrqs(int flags, int index, int start, int count) -> {
                    ints(body, SET_IRQS_BYTES, flags, index, start, count);
                    yield SET_IRQS_BYTES;
                }
                case RegionRead(long offset, int region, int count) -> {
                    longs(body, 0, offset);
                    ints(body.asSlice(8), region, count);
                    yield ACCESS_BYTES;
                }
                case RegionWrite(long offset, int region, MemorySegment data) -> {
                    longs(body, 0, offset);
                    ints(body.asSlice(8), region, (int) data.byteSize());
                    MemorySegment.copy(data, 0, body, ACCESS_BYTES, data.byteSize());
                    yield ACCESS_BYTES + (int) data.byteSize();
                }
                case DmaRead(long address, long count) -> {
                    longs(body, 0, address, count);
                    yield ACCESS_BYTES;
                }
                case DmaWrite(long address, MemorySegment data) -> {
                    longs(body, 0, address, data.byteSize());
                    MemorySegment.copy(data, 0, body, ACCESS_BYTES, data.byteSize());
                    yield ACCESS_BYTES + (int) data.byteSize();
                }
                case DeviceReset _, Unknown _ -> 0;
            };
        }

        private static void ints(MemorySegment body, int... values) {
            for (int i = 0; i < values.length; i++) {
                body.set(Wire.INT, 4L * i, values[i]);
            }
        }

        private static void longs(MemorySegment body, long offset, long... values) {
            for (int i = 0; i < values.length; i++) {
                body.set(Wire.LONG, offset + 8L * i, values[i]);
            }
        }
    }
}
