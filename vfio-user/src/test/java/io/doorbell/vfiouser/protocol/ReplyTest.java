package io.doorbell.vfiouser.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;

/** Replies as QEMU 11.1.2 accepts them, byte by byte. */
class ReplyTest {
    private static final Arena ARENA = Arena.ofAuto();

    record Captured(int command, Reply reply, String hex) {}

    static List<Captured> captured() {
        return List.of(
                new Captured(2, new Reply.Done(), "0700 0200 10000000 01000000 00000000"),
                new Captured(
                        1,
                        new Reply.Version(0, 0, "{}"),
                        "0700 0100 17000000 01000000 00000000 0000 0000 7b7d 00"),
                new Captured(
                        3,
                        new Reply.Unmapped(0, 0x1000, 0x2000),
                        "0700 0300 28000000 01000000 00000000 18000000 00000000 0010000000000000"
                                + " 0020000000000000"),
                new Captured(
                        4,
                        new Reply.DeviceInfo(3, 9, 5),
                        "0700 0400 20000000 01000000 00000000 10000000 03000000 09000000 05000000"),
                new Captured(
                        5,
                        new Reply.RegionInfo(3, 0, 0x4000),
                        "0700 0500 30000000 01000000 00000000 20000000 03000000 00000000 00000000"
                                + " 0040000000000000 0000000000000000"),
                new Captured(
                        7,
                        new Reply.IrqInfo(1, 2, 65),
                        "0700 0700 20000000 01000000 00000000 10000000 01000000 02000000 41000000"),
                new Captured(
                        9,
                        new Reply.RegionData(0x1C, 0, bytes("01000000")),
                        "0700 0900 24000000 01000000 00000000 1c00000000000000 00000000 04000000"
                                + " 01000000"),
                new Captured(
                        10,
                        new Reply.RegionWritten(4, 7, 2),
                        "0700 0a00 20000000 01000000 00000000 0400000000000000 07000000 02000000"),
                new Captured(
                        11,
                        new Reply.DmaData(0x1000, bytes("0102")),
                        "0700 0b00 22000000 01000000 00000000 0010000000000000 0200000000000000"
                                + " 0102"),
                new Captured(
                        12,
                        new Reply.DmaWritten(0x1000, 2),
                        "0700 0c00 20000000 01000000 00000000 0010000000000000"
                                + " 0200000000000000"));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void isWritten_andReadBack(Captured captured) throws ProtocolException {
        MemorySegment target = ARENA.allocate(1000);
        Header request = Header.request(7, captured.command(), 0, false);

        MemorySegment written = captured.reply().write(target, request);

        assertThat(hex(written)).isEqualTo(captured.hex().replace(" ", ""));
        Header header = Header.read(written, 0);
        assertThat(header.isReply()).isTrue();
        MemorySegment again = ARENA.allocate(1000);
        Reply read = Reply.read(header, written.asSlice(Header.BYTES));
        if (!(read instanceof Reply.Done)) { // an unmap's body says nothing new
            assertThat(hex(read.write(again, request))).isEqualTo(hex(written));
        }
    }

    private static MemorySegment bytes(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return ARENA.allocate(bytes.length, 8).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static String hex(MemorySegment memory) {
        return HexFormat.of().formatHex(memory.toArray(Wire.BYTE));
    }
}
