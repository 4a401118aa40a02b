package io.doorbell.simulation.observe;

import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.spec.feature.InterruptCoalescing;
import io.doorbell.spec.feature.InterruptVectorConfiguration;
import io.doorbell.spec.pci.MsixTableEntry;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The MSI-X table, what was sent and delivered, and how the host wants messages coalesced. */
public final class InterruptState {
    /** In place of a vector: the message belongs to none. */
    public static final int NONE = -1;

    private final int vectors;
    private final long[] addresses;
    private final int[] data;
    private final boolean[] masked;
    private final boolean[] reopened; // written since the epoch ended
    private final long[] sentThrough; // rank of the last post before the last message
    private final long[] deliveredThrough;
    private final long[] sent;
    private final int[] inFlight;
    private final int[] withheld; // entries posted since the last message
    private final long[] withheldNanos; // when the first of them was posted
    private final boolean[] urgent; // one of them must not wait
    private final BitSet excused = new BitSet();
    private final BitSet coalescingDisabled = new BitSet();
    private final BitSet savedCoalescingDisabled = new BitSet();
    private final Map<MsixMessage, Integer> byMessage = new HashMap<>();
    private Predicate<MsixMessage> routed = message -> message.address() != 0;
    private boolean mapIsOld = true;
    private int coalescing;
    private int savedCoalescing;
    private boolean pinAsserted;
    private boolean pinDoubtful;

    InterruptState(int vectors) {
        this.vectors = vectors;
        addresses = new long[vectors];
        data = new int[vectors];
        masked = new boolean[vectors];
        reopened = new boolean[vectors];
        sentThrough = new long[vectors];
        deliveredThrough = new long[vectors];
        sent = new long[vectors];
        inFlight = new int[vectors];
        withheld = new int[vectors];
        withheldNanos = new long[vectors];
        urgent = new boolean[vectors];
        Arrays.fill(masked, true);
    }

    public int vectors() {
        return vectors;
    }

    /** The vector's own mask bit. */
    public boolean isMasked(int vector) {
        return masked[vector];
    }

    /** Whether the message of a vector reaches somebody. */
    public boolean isRouted(int vector) {
        return routed.test(new MsixMessage(addresses[vector], data[vector]));
    }

    /** Messages of this vector sent so far. */
    public long sent(int vector) {
        return sent[vector];
    }

    /** Messages that were sent and did not arrive yet. */
    public int inFlight(int vector) {
        return inFlight[vector];
    }

    /** The rank of the last entry that a sent message can speak of. */
    public long sentThrough(int vector) {
        return sentThrough[vector];
    }

    /** The rank of the last entry that a delivered message speaks of. */
    public long deliveredThrough(int vector) {
        return deliveredThrough[vector];
    }

    /** Entries posted since the last message of this vector. */
    public int withheld(int vector) {
        return withheld[vector];
    }

    /** When the first of them was posted. */
    public long withheldSince(int vector) {
        return withheldNanos[vector];
    }

    /** Whether the entries posted since the last message may wait for more. */
    public boolean mayCoalesce(int vector) {
        return !urgent[vector]
                && !coalescingDisabled.get(vector)
                && InterruptCoalescing.thresholdZeroBased(coalescing) > 0
                && InterruptCoalescing.time(coalescing) > 0;
    }

    /** Feature 08h, THR + 1. */
    public int threshold() {
        return InterruptCoalescing.thresholdZeroBased(coalescing) + 1;
    }

    /** Feature 08h, TIME. */
    public long timeNanos() {
        return InterruptCoalescing.timeNanos(coalescing);
    }

    /** A fault took a message of this vector; it owes nothing until its next one arrives. */
    public boolean isExcused(int vector) {
        return excused.get(vector);
    }

    /** Whether the host has opened the vector since the last epoch ended. */
    public boolean wasReopened(int vector) {
        return reopened[vector];
    }

    /** The pin, as the host sees it. */
    public boolean pinAsserted() {
        return pinAsserted;
    }

    /** Whether a fault may have lost a change of the pin, or holds one back, over resets too. */
    public boolean isPinDoubtful() {
        return pinDoubtful;
    }

    // ---- what the model does -----------------------------------------------------------------

    void route(Predicate<MsixMessage> isRouted) {
        routed = isRouted;
    }

    void excuse(int vector) {
        excused.set(vector);
    }

    /** A message that was sent will not arrive. */
    void messageLost(int vector) {
        inFlight[vector] = Math.max(0, inFlight[vector] - 1);
        excused.set(vector);
    }

    void tableWritten(long offset, int widthBytes, long value) {
        int vector = (int) (offset / MsixTableEntry.SIZE_BYTES);
        int at = (int) (offset % MsixTableEntry.SIZE_BYTES);
        if (vector >= vectors) {
            return;
        }
        dword(vector, at, (int) value);
        if (widthBytes == Long.BYTES) {
            dword(vector, at + Integer.BYTES, (int) (value >>> 32));
        }
        reopened[vector] = true;
        mapIsOld = true;
    }

    private void dword(int vector, int at, int value) {
        switch (at) {
            case 0 ->
                    addresses[vector] =
                            (addresses[vector] >>> 32 << 32) | Integer.toUnsignedLong(value & -4);
            case 4 -> addresses[vector] = (addresses[vector] & 0xFFFF_FFFFL) | (long) value << 32;
            case MsixTableEntry.DATA_OFFSET_BYTES -> data[vector] = value;
            case MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES ->
                    masked[vector] = (value & MsixTableEntry.MASKED) != 0;
            default -> {} // between two fields: nobody knows
        }
    }

    void controlWritten() {
        Arrays.fill(reopened, true);
    }

    int vectorOf(MsixMessage message) {
        if (mapIsOld) {
            byMessage.clear();
            for (int vector = vectors - 1; vector >= 0; vector--) {
                if (addresses[vector] != 0) {
                    byMessage.put(new MsixMessage(addresses[vector], data[vector]), vector);
                }
            }
            mapIsOld = false;
        }
        Integer found = byMessage.get(message);
        return found == null ? NONE : found;
    }

    void posted(int vector, boolean isUrgent, long nowNanos) {
        if (withheld[vector]++ == 0) {
            withheldNanos[vector] = nowNanos;
        }
        urgent[vector] |= isUrgent;
    }

    void messageSent(int vector, long lastPost) {
        sent[vector]++;
        inFlight[vector]++;
        sentThrough[vector] = lastPost;
        withheld[vector] = 0;
        urgent[vector] = false;
    }

    void messageDelivered(int vector) {
        inFlight[vector] = Math.max(0, inFlight[vector] - 1);
        deliveredThrough[vector] = sentThrough[vector];
        excused.clear(vector);
    }

    void pinStruck() {
        pinDoubtful = true;
    }

    void pin(boolean asserted) {
        pinAsserted = asserted;
    }

    void coalesce(int value, boolean save) {
        coalescing = value;
        savedCoalescing = save ? value : savedCoalescing;
    }

    void configureVector(int value, boolean save) {
        int vector = InterruptVectorConfiguration.vector(value);
        boolean disabled = InterruptVectorConfiguration.coalescingDisabled(value);
        coalescingDisabled.set(vector, disabled);
        if (save) {
            savedCoalescingDisabled.set(vector, disabled);
        }
    }

    void epochEnded() {
        Arrays.fill(withheld, 0);
        Arrays.fill(urgent, false);
        Arrays.fill(reopened, false);
        excused.clear();
        coalescing = savedCoalescing;
        coalescingDisabled.clear();
        coalescingDisabled.or(savedCoalescingDisabled);
    }

    void functionReset() {
        Arrays.fill(addresses, 0);
        Arrays.fill(data, 0);
        Arrays.fill(masked, true);
        Arrays.fill(inFlight, 0);
        mapIsOld = true;
    }
}
