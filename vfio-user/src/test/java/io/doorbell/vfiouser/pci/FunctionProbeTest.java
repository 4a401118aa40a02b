package io.doorbell.vfiouser.pci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What firmware finds out, on configuration spaces of some kinds. */
class FunctionProbeTest {
    private static final int BAR0 = 0x10;
    private static final int CAPABILITIES = 0x34;
    private static final int PIN = 0x3D;

    /** A configuration space whose BARs take the ones of a mask, and nothing else. */
    private static final class Space implements FunctionProbe.Configuration {
        private final ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        private final int[] writable = new int[FunctionShape.BARS];

        Space bar(int index, int value, int mask) {
            bytes.putInt(BAR0 + 4 * index, value);
            writable[index] = mask;
            return this;
        }

        Space capability(int offset, int id, int next, int control, int location) {
            bytes.put(offset, (byte) id).put(offset + 1, (byte) next);
            bytes.putShort(offset + 2, (short) control).putInt(offset + 4, location);
            return this;
        }

        Space set(int offset, int value) {
            bytes.put(offset, (byte) value);
            return this;
        }

        @Override
        public long read(int offset, int width) {
            long dword = bytes.getInt(offset & ~3) & 0xFFFF_FFFFL;
            return (dword >>> (8 * (offset & 3))) & (-1L >>> (64 - 8 * width));
        }

        @Override
        public void write(int offset, int width, int value) {
            int index = (offset - BAR0) / 4;
            assertThat(width).isEqualTo(4);
            int mask = writable[index];
            bytes.putInt(offset, (bytes.getInt(offset) & ~mask) | (value & mask));
        }
    }

    private static FunctionShape probe(Space space) {
        return FunctionProbe.probe(space);
    }

    @Test
    void barsOfEachKind_haveTheirSizes() {
        Space space =
                new Space()
                        .bar(0, 0x8000_0004, 0xFFFF_C000) // 64 bit, 16 KiB
                        .bar(1, 0x1, -1)
                        .bar(2, 0xF000_0000, 0xFFFF_F000) // 32 bit, 4 KiB
                        .bar(3, 0x0000_C001, 0xFFFF_FF00) // I/O, 256 bytes
                        .bar(4, 0x0000_000C, 0) // 64 bit, prefetchable, 8 GiB
                        .bar(5, 0, 0xFFFF_FFFE);

        assertThat(probe(space).barBytes())
                .containsExactly(16L << 10, 0L, 4L << 10, 256L, 8L << 30, 0L);
    }

    @Test
    void registers_areAsBeforeAfterwards() {
        Space space = new Space().bar(0, 0x8000_0004, 0xFFFF_C000).bar(1, 0x12, -1);

        var _ = probe(space);

        assertThat(space.read(BAR0, 4)).isEqualTo(0x8000_0004L);
        assertThat(space.read(BAR0 + 4, 4)).isEqualTo(0x12);
    }

    @Test
    void withoutBars_thereIsNone() {
        assertThat(probe(new Space()).barBytes()).containsOnly(0L).hasSize(FunctionShape.BARS);
    }

    @Test
    void msix_isFoundBehindOtherCapabilities() {
        Space space =
                new Space()
                        .set(CAPABILITIES, 0x40)
                        .capability(0x40, 0x01, 0x80, 3, 0)
                        .capability(0x80, 0x11, 0, 0x8010, 0x2003);

        assertThat(probe(space).msix()).isEqualTo(new FunctionShape.Msix(17, 3, 0x2000));
    }

    @Test
    void listThatLoops_ends() {
        Space space = new Space().set(CAPABILITIES, 0x40).capability(0x40, 0x01, 0x40, 0, 0);

        assertThat(probe(space).msix().vectorCount()).isZero();
    }

    @Test
    void pin_isThereIfItHasANumber() {
        assertThat(probe(new Space()).hasPin()).isFalse();
        assertThat(probe(new Space().set(PIN, 1)).hasPin()).isTrue();
    }
}
