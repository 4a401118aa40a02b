package io.doorbell.controller.pci;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.spec.pci.MsixTableEntry;

import org.apache.pekko.actor.typed.ActorRef;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The MSI-X table and pending bits of the function (PCIe §3.5.2). All entries start masked. */
final class MsixTable {
    private static final ValueLayout.OfInt DWORD = JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment table;
    private final List<MsixVector> vectors = new ArrayList<>();
    private final InterruptRoutes routes;
    private final MsixTableEntry entry = new MsixTableEntry();
    private boolean messagesAllowed;

    MsixTable(List<MsixVector> vectors, InterruptRoutes routes) {
        this.vectors.addAll(vectors);
        this.routes = routes;
        table =
                Arena.ofAuto()
                        .allocate(
                                (long) vectors.size() * MsixTableEntry.SIZE_BYTES,
                                MsixTableEntry.SIZE_BYTES);
        reset();
    }

    /** Every entry masked and empty, nothing pending. */
    void reset() {
        messagesAllowed = false;
        for (int vector = 0; vector < vectors.size(); vector++) {
            entry(vector).reset();
            vectors.get(vector).close();
            vectors.get(vector).clearPending();
        }
    }

    /** MSI-X Enable without Function Mask, and bus mastering: messages may leave. */
    void allowMessages(boolean allowed) {
        messagesAllowed = allowed;
        for (int vector = 0; vector < vectors.size(); vector++) {
            apply(vector);
        }
    }

    /** Aligned access of 4 or 8 bytes; others are ignored. */
    void write(long offsetBytes, int widthBytes, long value) {
        if (isAligned(offsetBytes, widthBytes)) {
            table.set(DWORD, offsetBytes, (int) value);
            if (widthBytes == Long.BYTES) {
                table.set(DWORD, offsetBytes + Integer.BYTES, (int) (value >>> 32));
            }
            apply((int) (offsetBytes / MsixTableEntry.SIZE_BYTES));
        }
    }

    /** Aligned access of 4 or 8 bytes; others read 0. */
    long read(long offsetBytes, int widthBytes) {
        if (!isAligned(offsetBytes, widthBytes)) {
            return 0;
        }
        long low = Integer.toUnsignedLong(table.get(DWORD, offsetBytes));
        return widthBytes == Integer.BYTES
                ? low
                : low | (long) table.get(DWORD, offsetBytes + Integer.BYTES) << 32;
    }

    /** The pending bits at a multiple of 4 or 8 bytes. */
    long readPending(long offsetBytes, int widthBytes) {
        long bits = 0;
        if (offsetBytes % widthBytes == 0 && widthBytes >= Integer.BYTES) {
            int first = (int) offsetBytes * Byte.SIZE;
            for (int i = 0; i < widthBytes * Byte.SIZE && first + i < vectors.size(); i++) {
                if (vectors.get(first + i).isPending()) {
                    bits |= 1L << i;
                }
            }
        }
        return bits;
    }

    private void apply(int vector) {
        MsixTableEntry written = entry(vector);
        MsixMessage message = new MsixMessage(written.address(), written.data());
        ActorRef<MsixMessage> target = routes.target(message);
        if (messagesAllowed && !written.isMasked() && target != null) {
            vectors.get(vector).open(target, message);
        } else {
            vectors.get(vector).close();
        }
    }

    private boolean isAligned(long offsetBytes, int widthBytes) {
        return widthBytes >= Integer.BYTES
                && offsetBytes % widthBytes == 0
                && offsetBytes + widthBytes <= table.byteSize();
    }

    private MsixTableEntry entry(int vector) {
        return entry.wrap(table, (long) vector * MsixTableEntry.SIZE_BYTES);
    }
}
