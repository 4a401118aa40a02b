package io.doorbell.cli.machine;

import io.doorbell.guest.LatencyRecorder;
import io.doorbell.guest.workload.Operation;

import org.HdrHistogram.Histogram;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts the completions of one queue, and takes their latencies if asked to. Written by the
 * queue's thread; the count may be read by any, the histograms once the queue is at rest.
 */
public final class QueueRecorder implements LatencyRecorder {
    private static final VarHandle COMPLETED;
    private static final int SIGNIFICANT_DIGITS = 3;

    static {
        try {
            COMPLETED =
                    MethodHandles.lookup()
                            .findVarHandle(QueueRecorder.class, "completed", long.class);
        } catch (ReflectiveOperationException error) {
            throw new ExceptionInInitializerError(error);
        }
    }

    private final boolean takesLatencies;
    private final Map<Operation, Histogram> histograms = new EnumMap<>(Operation.class);
    private long completed;

    QueueRecorder(boolean takesLatencies) {
        this.takesLatencies = takesLatencies;
    }

    @Override
    public void record(Operation operation, long nanos) {
        COMPLETED.setOpaque(this, completed + 1);
        if (takesLatencies) {
            histogram(operation).recordValue(Math.max(0, nanos));
        }
    }

    /**
     * Forgets the latencies taken so far, as after warming up. The queue may be recording: one of
     * them may be lost or kept, which a benchmark can bear.
     */
    public void forgetLatencies() {
        histograms.values().forEach(Histogram::reset);
    }

    /** Commands completed so far. */
    public long completed() {
        return (long) COMPLETED.getOpaque(this);
    }

    /** The latencies of an operation, in nanoseconds. */
    public Histogram histogram(Operation operation) {
        return histograms.computeIfAbsent(operation, _ -> new Histogram(SIGNIFICANT_DIGITS));
    }
}
