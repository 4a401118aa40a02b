package io.doorbell.simulation.memory;

import org.jspecify.annotations.Nullable;

/** A store that its owner has made and the other side does not see yet. */
final class PendingStore {
    private final long address;
    private final int sizeBytes;
    private final long value; // what is stored if that is at most 8 bytes
    private final byte @Nullable [] content; // what is stored otherwise
    private final long dueTick;
    private final int fences;

    /**
     * @param dueTick when it is seen at the latest
     * @param fences how many store fences were before it
     */
    PendingStore(long address, int sizeBytes, long value, long dueTick, int fences) {
        this.address = address;
        this.sizeBytes = sizeBytes;
        this.value = value;
        this.content = null;
        this.dueTick = dueTick;
        this.fences = fences;
    }

    PendingStore(long address, byte[] content, long dueTick, int fences) {
        this.address = address;
        this.sizeBytes = content.length;
        this.value = 0;
        this.content = content;
        this.dueTick = dueTick;
        this.fences = fences;
    }

    long address() {
        return address;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    long value() {
        return value;
    }

    /** Null if {@link #value} says it all. */
    byte @Nullable [] content() {
        return content;
    }

    byte byteAt(int index) {
        return content == null ? (byte) (value >>> (index * Byte.SIZE)) : content[index];
    }

    long dueTick() {
        return dueTick;
    }

    int fences() {
        return fences;
    }

    boolean overlaps(long otherAddress, long otherSizeBytes) {
        return otherAddress < address + sizeBytes && address < otherAddress + otherSizeBytes;
    }
}
