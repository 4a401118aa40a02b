package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.protocol.Request;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** Requests of random kinds, with numbers that are often near something. */
final class FuzzMessages {
    static final long RAM_BYTES = 1 << 20;

    private static final int DATA_BYTES_MAX = 600;
    private static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        12,
        16,
        0x14,
        0x1C,
        0x20,
        0x24,
        0x28,
        0x30,
        0x50,
        0x80,
        255,
        256,
        4095,
        4096,
        0x1000,
        0x1008,
        0x2000,
        0x3FFC,
        0x4000,
        0x10000,
        0xFFFFF,
        0x100000,
        0x7FFFFFFF,
        0x80000000L,
        0xFFFFFFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -8,
        -4096
    };

    private final Random random;

    FuzzMessages(Random random) {
        this.random = random;
    }

    Request next() {
        return switch (random.nextInt(14)) {
            case 0 -> new Request.DmaMap(random.nextInt(4), page(), page(), page());
            case 1 -> new Request.DmaMap(3, 0, random.nextInt(4) * RAM_BYTES, RAM_BYTES);
            case 2 -> new Request.DmaUnmap(chance(4) ? 2 : 0, page(), page());
            case 3 -> new Request.GetRegionInfo((int) number(), small());
            case 4 -> new Request.GetIrqInfo(small());
            case 5 -> setIrqs();
            case 6 -> new Request.RegionRead(number(), small(), chance(2) ? 4 : small());
            case 7 -> new Request.RegionRead(0, 7, 1 + random.nextInt(256));
            case 8 -> new Request.RegionWrite(number(), small(), data());
            case 9 -> new Request.RegionWrite(4L * random.nextInt(64), 7, dword());
            case 10 -> new Request.RegionWrite(4L * random.nextInt(32), 0, dword());
            case 11 -> new Request.RegionWrite(0x1000 + 4L * random.nextInt(40), 0, dword());
            case 12 -> chance(40) ? new Request.DeviceReset() : new Request.GetDeviceInfo();
            default -> new Request.Unknown(random.nextInt(20));
        };
    }

    Request setIrqs() {
        return new Request.SetIrqs(random.nextInt(64), small(), small(), small());
    }

    private MemorySegment data() {
        MemorySegment data = heap(random.nextInt(DATA_BYTES_MAX));
        data.asByteBuffer().putInt(0, random.nextInt());
        return data;
    }

    private MemorySegment dword() {
        return dword(chance(8) ? 0x0046_0001 : chance(2) ? 7 : (int) number());
    }

    static MemorySegment dword(int value) {
        MemorySegment data = heap(Integer.BYTES);
        data.set(ValueLayout.JAVA_INT_UNALIGNED, 0, value);
        return data;
    }

    private static MemorySegment heap(int bytes) {
        return MemorySegment.ofArray(new byte[Math.max(bytes, Integer.BYTES)]);
    }

    long number() {
        return chance(3) ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private long page() {
        return chance(8) ? number() : 4096L * random.nextInt(300);
    }

    private int small() {
        return chance(20) ? (int) number() : random.nextInt(10);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
