package io.doorbell.cli.bench;

import com.sun.management.ThreadMXBean;

import io.doorbell.cli.machine.Machine;
import io.doorbell.cli.machine.QueueRecorder;
import io.doorbell.cli.report.BenchReport.Row;
import io.doorbell.cli.report.LatencySummary;

import java.lang.management.ManagementFactory;
import java.util.List;

/** What had been done at one moment. */
final class Snapshot {
    private final long nanos;
    private final long[] completed; // by queue pair
    private final long allocatedBytes;

    private Snapshot(long nanos, long[] completed, long allocatedBytes) {
        this.nanos = nanos;
        this.completed = completed;
        this.allocatedBytes = allocatedBytes;
    }

    static Snapshot of(Machine machine) {
        List<QueueRecorder> recorders = machine.recorders();
        long[] completed = new long[recorders.size()];
        for (int i = 0; i < completed.length; i++) {
            completed[i] = recorders.get(i).completed();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return new Snapshot(System.nanoTime(), completed, threads.getTotalThreadAllocatedBytes());
    }

    /** What was done since {@code begin}. */
    Row since(Snapshot begin, int depth, LatencySummary latency, double yardstick) {
        long sum = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < completed.length; i++) {
            long count = completed[i] - begin.completed[i];
            sum += count;
            least = Math.min(least, count);
            most = Math.max(most, count);
        }
        return new Row(
                completed.length,
                depth,
                sum,
                least,
                most,
                nanos - begin.nanos,
                latency,
                allocatedBytes - begin.allocatedBytes,
                yardstick);
    }
}
