package io.doorbell.controller.queue;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Question: what do a ring nobody sleeps on, and a whole round of arm, ring and wake, cost without
 * any message? Yardstick: a plain store and load. In the package of {@link DoorbellFile} because
 * nothing else may touch it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DoorbellFileBenchmark {
    private final DoorbellFile file = new DoorbellFile(64);
    private final int[] plain = new int[64];
    private int value;

    @Benchmark
    public boolean ringOfABusyQueue() {
        return file.ring(2, ++value);
    }

    @Benchmark
    public boolean armThenRing() {
        boolean asleep = file.arm(2, value);
        return asleep && file.ring(2, ++value);
    }

    @Benchmark
    public int yardstickStoreAndLoad() {
        plain[2] = ++value;
        return plain[3];
    }
}
