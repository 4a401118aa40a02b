package io.doorbell.testkit.host;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.pci.PciFunction;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The host's memory: pages handed out in order, and what lies in them. */
public final class Memory {
    public static final int PAGE_BYTES = 4096;

    private final GuestMemory memory;
    private final long endAddress;
    private long nextFree = 16 * PAGE_BYTES; // address 0 stays free: it would hide a lost pointer

    Memory(PciFunction function) {
        this.memory = function.memory();
        this.endAddress = function.memoryBytes();
    }

    /** An address where no memory is. */
    public long nowhere() {
        return 1L << 46;
    }

    /** The first address behind all memory. */
    public long end() {
        return endAddress;
    }

    /** {@code count} pages in a row, zeroed, never given out before. */
    public long pages(int count) {
        return aligned((long) count * PAGE_BYTES, PAGE_BYTES);
    }

    /** Fresh zeroed memory that starts at a multiple of {@code alignment}, a power of two. */
    public long aligned(long sizeBytes, long alignment) {
        long address = (nextFree + alignment - 1) & -alignment;
        nextFree = (address + sizeBytes + PAGE_BYTES - 1) & -PAGE_BYTES;
        if (nextFree > endAddress) {
            throw new IllegalStateException(
                    "The test needs more than the machine's %,d bytes of memory."
                            .formatted(endAddress));
        }
        ok(memory.zero(address, sizeBytes), address);
        return address;
    }

    public byte[] bytes(long address, int count) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(Math.max(1, count));
            ok(memory.read(address, copy, 0, count), address);
            return copy.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    public void put(long address, byte[] content) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, content);
            ok(memory.write(address, copy, 0, content.length), address);
        }
    }

    /** Fills a range with one byte. */
    public void fill(long address, int count, int value) {
        byte[] content = new byte[count];
        Arrays.fill(content, (byte) value);
        put(address, content);
    }

    /** Fills a range with bytes that follow from a seed, and returns them. */
    public byte[] fillRandom(long address, int count, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        byte[] content = new byte[count];
        random.nextBytes(content);
        put(address, content);
        return content;
    }

    public int getByte(long address) {
        return bytes(address, 1)[0] & 0xFF;
    }

    public int getShort(long address) {
        byte[] bytes = bytes(address, 2);
        return (bytes[0] & 0xFF) | (bytes[1] & 0xFF) << 8;
    }

    /** A dword at a multiple of 4, little-endian. */
    public int getInt(long address) {
        return window(address & ~7L).getIntAcquire(address & 7);
    }

    /** A qword at a multiple of 8, little-endian. */
    public long getLong(long address) {
        return window(address).getLongAcquire(0);
    }

    public void putInt(long address, int value) {
        window(address & ~7L).setIntRelease(address & 7, value);
    }

    public void putLong(long address, long value) {
        window(address).setLongRelease(0, value);
    }

    /** Text of a fixed width, its padding removed. */
    public String text(long address, int count) {
        return new String(bytes(address, count), java.nio.charset.StandardCharsets.US_ASCII)
                .stripTrailing();
    }

    /** Remembers what lies here now. */
    public Watch watch(long address, int count) {
        return new Watch(address, bytes(address, count));
    }

    /** Orders what was stored before against what is loaded after. */
    public void fullFence() {
        memory.fullFence();
    }

    private MemoryWindow window(long address) {
        MemoryWindow window = memory.window(address, Long.BYTES);
        if (window == null) {
            throw new IllegalArgumentException("No memory at %Xh.".formatted(address));
        }
        return window;
    }

    private static void ok(DmaStatus status, long address) {
        if (!status.isOk()) {
            throw new IllegalArgumentException("No memory at %Xh: %s.".formatted(address, status));
        }
    }

    /** A range of memory as it was. */
    public final class Watch {
        private final long address;
        private final byte[] before;

        private Watch(long address, byte[] before) {
            this.address = address;
            this.before = before;
        }

        /** Nobody has stored anything else here since. */
        public void expectUnchanged() {
            byte[] now = bytes(address, before.length);
            int at = Arrays.mismatch(before, now);
            if (at >= 0) {
                Expect.fail(
                        "memory at %Xh changed from %02Xh to %02Xh"
                                .formatted(address + at, before[at], now[at]));
            }
        }
    }
}
