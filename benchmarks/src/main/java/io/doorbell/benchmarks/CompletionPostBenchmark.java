package io.doorbell.benchmarks;

import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.bus.memory.SparseMapping;
import io.doorbell.spec.CompletionEntry;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Question: what does posting one completion entry into guest memory cost, and does the length of
 * the queue matter? Yardstick: two plain stores into an array.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CompletionPostBenchmark {
    @Param({"64", "4096", "65536"})
    private int entryCount;

    private MemoryWindow window = queue(2);
    private long[] array = {};
    private int tail;
    private boolean phase = true;

    /** Makes both rings of the length asked for. */
    @org.openjdk.jmh.annotations.Setup
    public void prepare() {
        window = queue(entryCount);
        array = new long[2 * entryCount];
    }

    private static MemoryWindow queue(int entries) {
        long size = (long) entries * CompletionEntry.SIZE_BYTES;
        MappedMemory memory =
                MappedMemory.of(
                        new MemoryRegion(0, SparseMapping.allocate(size, Arena.global()), true));
        return Objects.requireNonNull(memory.window(0, size));
    }

    @Benchmark
    public int post() {
        long offset = (long) tail * CompletionEntry.SIZE_BYTES;
        window.setLong(offset, CompletionEntry.lowQword(0, 0));
        window.setLongRelease(
                offset + CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                CompletionEntry.highQword(tail, 1, tail, 0, phase));
        return advance();
    }

    @Benchmark
    public int yardstickPlainStores() {
        array[2 * tail] = 0;
        array[2 * tail + 1] = tail;
        return advance();
    }

    private int advance() {
        tail++;
        if (tail == entryCount) {
            tail = 0;
            phase = !phase;
        }
        return tail;
    }
}
