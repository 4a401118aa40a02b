package io.doorbell.controller.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The doorbell registers of one shard, and beside each the flag of a queue that sleeps on it.
 *
 * <p>{@link DoorbellMemory} alone rings, the queue of a doorbell alone arms. Each side stores its
 * own word, then a full fence, then looks at the other's:
 *
 * <pre>
 *   ring:  value := v        arm:  armed := 1
 *          full fence              full fence
 *          armed?  take it         value still as seen?  sleep
 *                  and wake        else take the flag back and go on
 * </pre>
 *
 * Whatever the order, at least one of them sees the other's store, so no wake-up is lost; and the
 * flag is taken by an atomic exchange, so exactly one of them acts on it: one wake at most for each
 * arm. A queue may see a value before its ringer has looked at the flag; the wake then tells it
 * nothing new, and it sleeps again. Without either fence both may read the old word and the queue
 * sleeps for ever. It is the handshake of shadow doorbells and EventIdx (Base Annex B.5) in private
 * memory.
 */
class DoorbellFile {
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int ARMED = 1;
    private static final int AWAKE = 0;

    private final int[] values;
    private final int[] flags;
    private final int[] opposites; // the queue's own pointers, by which a ring is checked

    /** A register file of {@code slotCount} doorbells, all zero, nobody armed. */
    DoorbellFile(int slotCount) {
        values = new int[slotCount];
        flags = new int[slotCount];
        opposites = new int[slotCount];
    }

    /** The last stored value. What the host stored before it rang is seen after this. */
    int value(int slot) {
        return loadValue(slot);
    }

    /** Stores a value; true if a sleeping queue is owed a wake, which is then the caller's duty. */
    boolean ring(int slot, int value) {
        storeValue(slot, value);
        fullFence();
        return loadFlag(slot) == ARMED && takeFlag(slot);
    }

    /**
     * Asks to be woken when the value differs from {@code seen}. True: sleep, a wake will come.
     * False: it differs already; nothing is armed and no wake will come.
     */
    boolean arm(int slot, int seen) {
        raise(slot);
        return loadValue(slot) == seen || !takeFlag(slot);
    }

    /** The first half of {@link #arm}: whatever is loaded now, a later ring finds the flag. */
    void raise(int slot) {
        storeFlag(slot, ARMED);
        fullFence();
    }

    /** Takes the flag back; false if a ringer was faster and a wake will come. */
    boolean lower(int slot) {
        return takeFlag(slot);
    }

    /** Whether the queue sleeps on this doorbell, as the queue knows it. */
    boolean isArmed(int slot) {
        return loadFlag(slot) == ARMED;
    }

    /**
     * The queue's side of the pair: head of a submission queue, tail of a completion queue. A host
     * that has seen an entry written after this cannot ring before it is seen.
     */
    void publish(int slot, int opposite) {
        WORD.setRelease(opposites, slot, opposite);
    }

    /** What the queue has {@linkplain #publish published}. */
    int opposite(int slot) {
        return (int) WORD.getAcquire(opposites, slot);
    }

    /** Back to zero and nobody armed: the state after a reset, or of a queue not yet created. */
    void clear(int slot) {
        storeFlag(slot, AWAKE);
        storeValue(slot, 0);
        publish(slot, 0);
    }

    int slotCount() {
        return values.length;
    }

    // The six steps the handshake is made of. A test replaces them to try every interleaving.

    int loadValue(int slot) {
        return (int) WORD.getAcquire(values, slot);
    }

    void storeValue(int slot, int value) {
        WORD.setRelease(values, slot, value);
    }

    int loadFlag(int slot) {
        return (int) WORD.getOpaque(flags, slot);
    }

    void storeFlag(int slot, int flag) {
        WORD.setOpaque(flags, slot, flag);
    }

    boolean takeFlag(int slot) {
        return (int) WORD.getAndSet(flags, slot, AWAKE) == ARMED;
    }

    void fullFence() {
        VarHandle.fullFence();
    }
}
