package io.doorbell.vfiouser.client;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.MsixTableEntry;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.EventWait;
import io.doorbell.vfiouser.posix.PosixException;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * MSI-X as a vfio-user client has it: table, masks and pending bits are the client's, and the
 * device knows an event for each vector that was unmasked since MSI-X was switched on. An event of
 * a vector that is masked meanwhile sets its pending bit.
 *
 * <p>Events are looked at when {@link #takeEvents} is called.
 */
final class MsixVectors implements AutoCloseable {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int PENDING_WORD_BYTES = 8;
    private static final int ADDRESS_ALIGNMENT = 4;

    /**
     * Where it lies.
     *
     * @param count of vectors; 0 without the capability
     */
    record Place(int count, int tableBar, long tableOffset, int pendingBar, long pendingOffset) {
        /** What the two dwords of the capability say. */
        static Place of(int control, int table, int pending) {
            return new Place(
                    (control & (MsixCapability.VECTORS_MAX - 1)) + 1,
                    MsixCapability.bar(table),
                    MsixCapability.offsetInBar(table),
                    MsixCapability.bar(pending),
                    MsixCapability.offsetInBar(pending));
        }

        static final Place NONE = new Place(0, 0, 0, 0, 0);
    }

    private final Place place;
    private final IrqRequests requests;
    private final EventWait wait;
    private final Consumer<MsixMessage> host;
    private final byte[] table;
    private final MemorySegment entries;
    private final byte[] pendingBits;
    private final @Nullable Descriptor[] events;
    private final boolean[] connected;
    private final List<Integer> watched = new ArrayList<>(); // vectors that are connected
    private boolean enabled;
    private boolean held; // all of them

    /**
     * @param wait is for the events of these vectors
     * @param host takes the messages
     */
    MsixVectors(Place place, IrqRequests requests, EventWait wait, Consumer<MsixMessage> host) {
        this.place = place;
        this.requests = requests;
        this.wait = wait;
        this.host = host;
        this.table = new byte[place.count() * MsixTableEntry.SIZE_BYTES];
        this.entries = MemorySegment.ofArray(table);
        this.pendingBits =
                new byte[(place.count() + Long.SIZE - 1) / Long.SIZE * PENDING_WORD_BYTES];
        this.events = new Descriptor[place.count()];
        this.connected = new boolean[place.count()];
        forgetTable();
    }

    /** Whether an access meets the table or the pending bits. */
    boolean covers(int bar, long offset) {
        return isTable(bar, offset) || isPending(bar, offset);
    }

    private boolean isTable(int bar, long offset) {
        return bar == place.tableBar()
                && offset >= place.tableOffset()
                && offset < place.tableOffset() + table.length;
    }

    private boolean isPending(int bar, long offset) {
        return bar == place.pendingBar()
                && offset >= place.pendingOffset()
                && offset < place.pendingOffset() + pendingBits.length;
    }

    /** A load of 1 to 8 bytes from what it {@link #covers}; what lies beyond is 0. */
    long read(int bar, long offset, int width) {
        takeEvents();
        boolean isTable = isTable(bar, offset);
        byte[] from = isTable ? table : pendingBits;
        int at = (int) (offset - (isTable ? place.tableOffset() : place.pendingOffset()));
        long value = 0;
        for (int i = 0; i < width && at + i < from.length; i++) {
            value |= (from[at + i] & 0xFFL) << (Byte.SIZE * i);
        }
        return value;
    }

    /** A store into what it {@link #covers}; the pending bits are the function's. */
    void write(int bar, long offset, int width, long value) {
        if (!isTable(bar, offset)) {
            return;
        }
        takeEvents(); // with the entry as it was
        int at = (int) (offset - place.tableOffset());
        for (int i = 0; i < width && at + i < table.length; i++) {
            table[at + i] = (byte) (value >>> (Byte.SIZE * i));
        }
        int vector = at / MsixTableEntry.SIZE_BYTES;
        keepReservedBits(vector);
        update(vector);
    }

    private void keepReservedBits(int vector) {
        long entry = (long) vector * MsixTableEntry.SIZE_BYTES;
        entries.set(LONG, entry, entries.get(LONG, entry) & -ADDRESS_ALIGNMENT);
        long control = entry + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES;
        entries.set(INT, control, entries.get(INT, control) & MsixTableEntry.MASKED);
    }

    /**
     * What configuration space says now.
     *
     * @param nowHeld no message may be sent: the function is masked, or no bus master
     */
    void control(boolean nowEnabled, boolean nowHeld) {
        takeEvents();
        held = nowHeld;
        if (nowEnabled && !enabled) {
            requests.connectNone(0);
        } else if (!nowEnabled && enabled) {
            disconnect();
        }
        enabled = nowEnabled;
        for (int vector = 0; vector < place.count(); vector++) {
            update(vector);
        }
    }

    private void disconnect() {
        requests.disconnectAll();
        Arrays.fill(connected, false);
        watched.clear();
        wait.watch(List.of());
    }

    /** The function was reset. */
    void reset() {
        if (enabled) {
            disconnect();
        }
        enabled = false;
        held = false;
        forgetTable();
    }

    private void forgetTable() {
        Arrays.fill(pendingBits, (byte) 0);
        entries.fill((byte) 0);
        for (int vector = 0; vector < place.count(); vector++) {
            entries.set(INT, control(vector), MsixTableEntry.MASKED);
        }
    }

    private static long control(int vector) {
        return (long) vector * MsixTableEntry.SIZE_BYTES
                + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES;
    }

    private boolean isMasked(int vector) {
        return held || entries.get(INT, control(vector)) != 0;
    }

    private void update(int vector) {
        if (!enabled || isMasked(vector)) {
            return;
        }
        if (!connected[vector]) {
            Descriptor event = event(vector);
            long _ = take(event); // of the time before MSI-X was off
            connected[vector] = true;
            watched.add(vector);
            wait.watch(watched.stream().map(this::event).toList());
            requests.connect(vector, event);
        }
        int bit = 1 << vector % Byte.SIZE;
        if ((pendingBits[vector / Byte.SIZE] & bit) != 0) {
            pendingBits[vector / Byte.SIZE] &= (byte) ~bit;
            host.accept(message(vector));
        }
    }

    private Descriptor event(int vector) {
        Descriptor event = events[vector];
        if (event == null) {
            try {
                event = Descriptor.event();
            } catch (PosixException refused) {
                throw new IllegalStateException("No event for vector " + vector, refused);
            }
            events[vector] = event;
        }
        return event;
    }

    private MsixMessage message(int vector) {
        long entry = (long) vector * MsixTableEntry.SIZE_BYTES;
        return new MsixMessage(
                entries.get(LONG, entry + MsixTableEntry.ADDRESS_OFFSET_BYTES),
                entries.get(INT, entry + MsixTableEntry.DATA_OFFSET_BYTES));
    }

    /** Takes the interrupts that have arrived. */
    void takeEvents() {
        wait.look(
                index -> {
                    int vector = watched.get(index);
                    arrived(vector, take(event(vector)));
                });
    }

    private void arrived(int vector, long count) {
        if (count > 0 && isMasked(vector)) {
            pendingBits[vector / Byte.SIZE] |= (byte) (1 << vector % Byte.SIZE);
            return;
        }
        for (long i = 0; i < count; i++) {
            host.accept(message(vector));
        }
    }

    private static long take(Descriptor event) {
        try {
            return event.takeEvents();
        } catch (PosixException refused) {
            throw new IllegalStateException("An event cannot be read.", refused);
        }
    }

    @Override
    public void close() {
        for (Descriptor event : events) {
            if (event != null) {
                event.close();
            }
        }
    }
}
