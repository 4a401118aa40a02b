package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.protocol.Request;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;

/**
 * What a driver does, on a controller that runs: queues with commands in them, of which some are
 * garbage; memory that goes away and comes back or whose file becomes shorter; events that are
 * none; resets at any moment.
 */
final class FuzzSession {
    private static final long RAM_BYTES = FuzzMessages.RAM_BYTES;
    private static final int STEPS_MAX = 60;
    private static final int ENTRIES = 32;
    private static final int ADMIN_SUBMISSION = 0x1000;
    private static final int ADMIN_COMPLETION = 0x2000;
    private static final int IO_SUBMISSION = 0x3000;
    private static final int IO_COMPLETION = 0x4000;
    private static final int LISTS = 0x5000;
    private static final int ENTRY_BYTES = 64;
    private static final int[] ADMIN_OPCODES = {
        0x00, 0x01, 0x02, 0x04, 0x05, 0x06, 0x08, 0x09, 0x0A, 0x0C, 0x7C, 0x80
    };
    private static final int[] IO_OPCODES = {0x00, 0x01, 0x02, 0x04, 0x05, 0x08, 0x09, 0x0C, 0x19};

    private final Random random;
    private final FuzzMessages messages;
    private final FuzzConnection connection;
    private final FuzzMemory memory;
    private long sent;
    private boolean open = true;

    FuzzSession(
            Random random, FuzzMessages messages, FuzzConnection connection, FuzzMemory memory) {
        this.random = random;
        this.messages = messages;
        this.connection = connection;
        this.memory = memory;
    }

    /** Runs it; returns how many messages were sent. */
    long run() throws PosixException {
        mapAll();
        enable();
        for (int i = random.nextInt(STEPS_MAX); i > 0 && open; i--) {
            step();
        }
        memory.restore();
        return sent;
    }

    boolean isOpen() {
        return open;
    }

    private void step() throws PosixException {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> submit(0, ADMIN_SUBMISSION, ADMIN_OPCODES);
            case 3, 4, 5, 6 -> submit(1, IO_SUBMISSION, IO_OPCODES);
            case 7 -> register(0x1004 + 8 * random.nextInt(2), random.nextInt(ENTRIES + 1));
            case 8 -> send(new Request.DmaUnmap(2, 0, 0), List.of());
            case 9 -> mapAll();
            case 10 -> memory.changeFiles();
            case 11 -> reset();
            case 12 -> enable();
            case 13 -> irqs();
            default -> send(messages.next(), memory.some(random.nextInt(3)));
        }
    }

    private void mapAll() {
        for (int i = 0; i < 2; i++) {
            boolean described = random.nextInt(4) != 0;
            send(
                    new Request.DmaMap(
                            random.nextInt(8) == 0 ? random.nextInt(4) : 3,
                            0,
                            i * RAM_BYTES,
                            RAM_BYTES),
                    described ? List.of(i == 0 ? memory.ram() : memory.shrinking()) : List.of());
        }
    }

    private void enable() {
        long base = random.nextInt(6) == 0 ? RAM_BYTES : 0; // in the file that becomes shorter
        config(4, 6);
        register(0x14, 0);
        register(0x24, (ENTRIES - 1) << 16 | (ENTRIES - 1));
        register(0x28, (int) base + ADMIN_SUBMISSION);
        register(0x2C, 0);
        register(0x30, (int) base + ADMIN_COMPLETION);
        register(0x34, 0);
        register(0x14, 0x0046_0001);
        createQueues(base);
    }

    private void createQueues(long base) {
        MemorySegment entry =
                memory.content().asSlice(ADMIN_SUBMISSION, 2 * ENTRY_BYTES).fill((byte) 0);
        put(entry, 0, 0x05);
        put(entry, 24, (int) base + IO_COMPLETION);
        put(entry, 40, (ENTRIES - 1) << 16 | 1);
        put(entry, 44, 1 << 16 | 3);
        put(entry, ENTRY_BYTES, 0x0001_0001);
        put(entry, ENTRY_BYTES + 24, (int) base + IO_SUBMISSION);
        put(entry, ENTRY_BYTES + 40, (ENTRIES - 1) << 16 | 1);
        put(entry, ENTRY_BYTES + 44, 1 << 16 | 1);
        register(0x1000, 1);
        register(0x1000, 2);
    }

    private void submit(int queue, int address, int[] opcodes) {
        int slot = random.nextInt(ENTRIES);
        MemorySegment entry =
                memory.content().asSlice(address + (long) slot * ENTRY_BYTES, ENTRY_BYTES);
        for (int at = 0; at < ENTRY_BYTES; at += Integer.BYTES) {
            put(entry, at, random.nextInt(4) == 0 ? random.nextInt() : 0);
        }
        int flags = random.nextInt(6) == 0 ? random.nextInt(256) << 8 : 0;
        put(entry, 0, slot << 16 | flags | opcodes[random.nextInt(opcodes.length)]);
        put(entry, 4, random.nextInt(10) == 0 ? random.nextInt() : 1);
        put(entry, 24, place());
        put(entry, 28, random.nextInt(20) == 0 ? random.nextInt() : 0);
        put(entry, 32, place());
        put(entry, 48, random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(64));
        put(memory.content(), LISTS + 8L * random.nextInt(512), place());
        register(0x1000 + 8 * queue, random.nextInt(ENTRIES + (random.nextInt(10) == 0 ? 8 : 0)));
    }

    /** Somewhere in memory, most often at the start of a page, or anywhere. */
    private int place() {
        int page = random.nextInt(520) << 12;
        return switch (random.nextInt(8)) {
            case 0 -> page | random.nextInt(4096);
            case 1 -> LISTS;
            case 2 -> random.nextInt();
            default -> page;
        };
    }

    private void reset() {
        switch (random.nextInt(6)) {
            case 0 -> send(new Request.DeviceReset(), List.of());
            case 1 -> register(0x20, 0x4E56_4D65);
            case 2 -> config(4, random.nextInt(8));
            case 3 -> register(0x14, 0x0046_4001);
            default -> register(0x14, 0x0046_0000);
        }
    }

    private void irqs() {
        int count = 1 + random.nextInt(3);
        send(
                random.nextInt(3) == 0
                        ? messages.setIrqs()
                        : new Request.SetIrqs(0x24, random.nextInt(3), random.nextInt(9), count),
                memory.some(count));
    }

    private void config(int offset, int value) {
        send(new Request.RegionWrite(offset, 7, FuzzMessages.dword(value)), List.of());
    }

    private void register(int offset, int value) {
        send(new Request.RegionWrite(offset, 0, FuzzMessages.dword(value)), List.of());
    }

    private void send(Request request, List<Descriptor> descriptors) {
        if (open) {
            sent++;
            open = connection.send(request, descriptors, 40);
        }
    }

    private static void put(MemorySegment memory, long at, int value) {
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
    }
}
