package io.doorbell.vfiouser.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Messages as QEMU 11.1.2 sends them, byte by byte, and as this side sends them. */
class RequestTest {
    private static final Arena ARENA = Arena.ofAuto();

    /** What was captured, and what it means. */
    record Captured(String hex, Request request, int id, boolean posted) {}

    static List<Captured> captured() {
        return List.of(
                new Captured( // RAM of 1 GiB
                        "0100 0200 30000000 00000000 00000000 20000000 03000000 0000000000000000"
                                + " 0000000000000000 0000004000000000",
                        new Request.DmaMap(3, 0, 0, 0x4000_0000L),
                        1,
                        false),
                new Captured( // RAM above 4 GiB of a 5 GiB guest
                        "0200 0200 30000000 00000000 00000000 20000000 03000000 0000008000000000"
                                + " 0000000001000000 000000c000000000",
                        new Request.DmaMap(3, 0x8000_0000L, 0x1_0000_0000L, 0xC000_0000L),
                        2,
                        false),
                new Captured(
                        "0900 0300 28000000 00000000 00000000 18000000 00000000 0000000000000000"
                                + " 0000004000000000",
                        new Request.DmaUnmap(0, 0, 0x4000_0000L),
                        9,
                        false),
                new Captured(
                        "0300 0400 20000000 00000000 00000000 10000000 00000000 00000000 00000000",
                        new Request.GetDeviceInfo(),
                        3,
                        false),
                new Captured(
                        "0400 0500 30000000 00000000 00000000 20000000 00000000 07000000 00000000"
                                + " 0000000000000000 0000000000000000",
                        new Request.GetRegionInfo(32, 7),
                        4,
                        false),
                new Captured(
                        "0b00 0700 20000000 00000000 00000000 10000000 00000000 03000000 00000000",
                        new Request.GetIrqInfo(3),
                        11,
                        false),
                new Captured( // vector 5 has an event
                        "1100 0800 24000000 00000000 00000000 14000000 24000000 02000000 05000000"
                                + " 01000000",
                        new Request.SetIrqs(0x24, 2, 5, 1),
                        17,
                        false),
                new Captured( // all of configuration space
                        "0c00 0900 20000000 00000000 00000000 0000000000000000 07000000 00010000",
                        new Request.RegionRead(0, 7, 256),
                        12,
                        false),
                new Captured( // the tail of queue 1 becomes 5, posted
                        "ffff 0a00 24000000 10000000 00000000 0810000000000000 00000000 04000000"
                                + " 05000000",
                        new Request.RegionWrite(0x1008, 0, bytes("05000000")),
                        0xFFFF,
                        true),
                new Captured(
                        "2a00 0d00 10000000 00000000 00000000",
                        new Request.DeviceReset(),
                        42,
                        false),
                new Captured(
                        "0000 0b00 20000000 00000000 00000000 0010000000000000 0002000000000000",
                        new Request.DmaRead(0x1000, 512),
                        0,
                        false),
                new Captured(
                        "0100 0c00 28000000 00000000 00000000 0010000000000000 0800000000000000"
                                + " 0102030405060708",
                        new Request.DmaWrite(0x1000, bytes("0102030405060708")),
                        1,
                        false));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void isRead(Captured captured) throws ProtocolException {
        MemorySegment message = bytes(captured.hex());
        Header header = Header.read(message, 0);

        assertThat(header.id()).isEqualTo(captured.id());
        assertThat(header.sizeBytes()).isEqualTo(message.byteSize());
        assertThat(header.isRequest()).isTrue();
        assertThat(header.isPosted()).isEqualTo(captured.posted());
        assertThat(shown(Request.read(header, message.asSlice(Header.BYTES))))
                .isEqualTo(shown(captured.request()));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void isWritten(Captured captured) {
        MemorySegment target = ARENA.allocate(1000);

        MemorySegment written = captured.request().write(target, captured.id(), captured.posted());

        assertThat(hex(written)).isEqualTo(captured.hex().replace(" ", ""));
    }

    @Test
    void version_isReadUpToItsEnd() throws ProtocolException {
        MemorySegment message =
                bytes("0000 0100 1b000000 00000000 00000000 0000 0100 7b2261223a317d 00 7878");

        Request request = Request.read(Header.read(message, 0), message.asSlice(Header.BYTES));

        assertThat(request).isEqualTo(new Request.Version(0, 1, "{\"a\":1}"));
    }

    /** Cut anywhere, a message is refused or means what its bytes say; it is never a crash. */
    @ParameterizedTest
    @MethodSource("captured")
    void tooShort_isRefused(Captured captured) {
        MemorySegment message = bytes(captured.hex());
        Header header = Header.read(message, 0);
        for (long length = Header.BYTES; length < message.byteSize(); length++) {
            MemorySegment body = message.asSlice(Header.BYTES, length - Header.BYTES);
            if (captured.request() instanceof Request.GetDeviceInfo) {
                continue; // nothing of it is looked at
            }
            assertThatThrownBy(() -> Request.read(header, body))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void moreDataThanTheMessageHas_isRefused() {
        MemorySegment message =
                bytes(
                        "0000 0c00 28000000 00000000 00000000 0010000000000000 ffffffffffffffff"
                                + " 0102030405060708");
        assertThatThrownBy(
                        () -> Request.read(Header.read(message, 0), message.asSlice(Header.BYTES)))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void whateverBytes_neverCrash() {
        Random random = new Random(17);
        for (int i = 0; i < 200_000; i++) {
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            Header header = new Header(0, random.nextInt(18), Header.BYTES + body.length, 0, 0);
            try {
                Request _ = Request.read(header, MemorySegment.ofArray(body));
            } catch (ProtocolException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            }
        }
    }

    private static MemorySegment bytes(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        return ARENA.allocate(bytes.length, 8).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static String hex(MemorySegment memory) {
        return HexFormat.of().formatHex(memory.toArray(Wire.BYTE));
    }

    /** Segments are equal by place, not by content. */
    private static String shown(Request request) {
        return switch (request) {
            case Request.RegionWrite(long offset, int region, MemorySegment data) ->
                    "write %d %d %s".formatted(offset, region, hex(data));
            case Request.DmaWrite(long address, MemorySegment data) ->
                    "dma write %d %s".formatted(address, hex(data));
            default -> request.toString();
        };
    }
}
