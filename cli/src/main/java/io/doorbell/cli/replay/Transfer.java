package io.doorbell.cli.replay;

/** Bytes that one access moved, and how many of them the other side has not matched yet. */
final class Transfer {
    private final int line;
    private final long nanos;
    private final byte[] data;
    private long leftBytes;

    /**
     * @param line of the trace at which it happened
     * @param nanos of that line
     */
    Transfer(int line, long nanos, byte[] data) {
        this.line = line;
        this.nanos = nanos;
        this.data = data;
        this.leftBytes = data.length;
    }

    int line() {
        return line;
    }

    long nanos() {
        return nanos;
    }

    byte[] data() {
        return data;
    }

    void match(int bytes) {
        leftBytes -= bytes;
    }

    boolean isMatched() {
        return leftBytes == 0;
    }
}
