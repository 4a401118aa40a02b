package io.doorbell.cli.bench;

import com.sun.management.OperatingSystemMXBean;

import io.doorbell.cli.machine.Machine;
import io.doorbell.cli.report.IdleReport;
import io.doorbell.controller.namespace.NullStore;

import java.lang.management.ManagementFactory;

/** Measures what queue pairs cost that have nothing to do: processor time, messages, heap. */
final class IdleBench {
    private static final int PAIRS = 10_000;
    private static final int DEPTH = 32;
    private static final long WATCHED_NANOS = 5_000_000_000L;
    private static final long SETTLING_NANOS = 1_000_000_000L;

    private IdleBench() {}

    static IdleReport measure() {
        long base = heapWith(1);
        try (Machine machine = new Machine(RealBench.plan(PAIRS, DEPTH), new NullStore(), false)) {
            machine.boot();
            long heap = liveHeapBytes();
            RealBench.park(SETTLING_NANOS);
            OperatingSystemMXBean process =
                    (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long messages = machine.messagesSent();
            long cpu = process.getProcessCpuTime();
            long begin = System.nanoTime();
            RealBench.park(WATCHED_NANOS);
            return new IdleReport(
                    PAIRS,
                    System.nanoTime() - begin,
                    process.getProcessCpuTime() - cpu,
                    machine.messagesSent() - messages,
                    (heap - base) / (PAIRS - 1));
        }
    }

    private static long heapWith(int pairs) {
        try (Machine machine = new Machine(RealBench.plan(pairs, DEPTH), new NullStore(), false)) {
            machine.boot();
            return liveHeapBytes();
        }
    }

    private static long liveHeapBytes() {
        System.gc(); // what a first collection only makes ready to be freed, a second frees
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
