package io.doorbell.simulation.shrink;

import io.doorbell.simulation.lab.Spectator;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;

import java.util.HashMap;
import java.util.Map;

/** Counts the I/O commands that a host submits, by its rings. */
final class CommandCounter implements Spectator {
    private final int queueEntries;
    private final int doorbellStride;
    private final Map<Integer, Integer> tails = new HashMap<>(); // looked up, never iterated
    private long submitted;

    CommandCounter(int queueEntries, int doorbellStride) {
        this.queueEntries = queueEntries;
        this.doorbellStride = doorbellStride;
    }

    long submitted() {
        return submitted;
    }

    @Override
    public void registerWriteIssued(int bar, long offsetBytes, int widthBytes, long value) {
        if (bar == 0 && offsetBytes == Registers.CC) {
            tails.clear();
        }
        int index = bar == 0 ? Doorbells.index(offsetBytes, doorbellStride) : -1;
        if (index > 1 && !Doorbells.isCompletionHead(index)) {
            int tail = (int) value % queueEntries;
            Integer before = tails.put(index, tail);
            submitted += Doorbells.distance(before == null ? 0 : before, tail, queueEntries);
        }
    }
}
