package io.doorbell.cli.replay;

import java.util.ArrayList;
import java.util.List;

/** What a replay has compared, and where the device did not do as recorded. */
final class Findings {
    /** More than these only repeat them. */
    private static final int DIFFERENCES_MAX = 20;

    private final List<Replayed.Difference> differences = new ArrayList<>();
    private int line;
    private long nanos;
    private long accesses;
    private long answers;
    private long completions;
    private long interrupts;
    private long readBytes;
    private long writtenBytes;
    private long unknownBytes;
    private long rings;
    private long faults;

    /** The replay is at this line of the trace. */
    void at(int newLine, long newNanos) {
        line = newLine;
        nanos = newNanos;
    }

    int line() {
        return line;
    }

    long nanos() {
        return nanos;
    }

    /** The device does not do as recorded in the line at hand. */
    void differs(String recorded, String now) {
        differs(line, nanos, recorded, now);
    }

    /** As above, in another line. */
    void differs(int where, long when, String recorded, String now) {
        if (!isFull()) {
            differences.add(new Replayed.Difference(where, when, recorded, now));
        }
    }

    /** Whether to go on would tell nothing new. */
    boolean isFull() {
        return differences.size() >= DIFFERENCES_MAX;
    }

    void accessed() {
        accesses++;
    }

    void answered() {
        answers++;
    }

    void completed() {
        completions++;
    }

    void interrupted() {
        interrupts++;
    }

    void struck() {
        faults++;
    }

    void rang() {
        rings++;
    }

    void read(long bytes) {
        readBytes += bytes;
    }

    /** Of these bytes, so many came from blocks that nobody knows. */
    void written(long bytes, long unknown) {
        writtenBytes += bytes;
        unknownBytes += unknown;
    }

    Replayed result(int machines, Replayed.Ending ending) {
        return new Replayed(
                line,
                nanos,
                machines,
                accesses,
                answers,
                completions,
                interrupts,
                readBytes,
                writtenBytes,
                unknownBytes,
                rings,
                faults,
                List.copyOf(differences),
                ending);
    }
}
