package io.doorbell.benchmarks;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.SparseMapping;
import io.doorbell.controller.data.DataPointer;
import io.doorbell.spec.SubmissionEntry;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;

/**
 * Question: what does it cost to resolve the PRP entries of a transfer and to move its data, by
 * pages? Yardstick: one copy of the same size.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DataPointerBenchmark {
    private static final int PAGE = 4096;
    private static final int PAGES_MAX = 128;

    @Param({"1", "2", "32", "128"})
    private int pages;

    private final MemorySegment mapped =
            SparseMapping.allocate((2L * PAGES_MAX + 2) * PAGE, Arena.global());
    private final GuestMemory memory = MappedMemory.of(new MemoryRegion(0, mapped, true));
    private final MemorySegment scratch = Arena.global().allocate(PAGE, Long.BYTES);
    private final MemorySegment device = Arena.global().allocate((long) PAGES_MAX * PAGE, PAGE);
    private final SubmissionEntry entry =
            new SubmissionEntry()
                    .wrap(Arena.global().allocate(SubmissionEntry.SIZE_BYTES, Long.BYTES), 0);
    private final DataPointer data = new DataPointer();

    /** Scatters the pages: every other one, so that no two are contiguous. */
    @Setup
    public void prepare() {
        entry.prp1(address(0)).prp2(pages == 2 ? address(1) : 0);
        for (int page = 1; page < pages; page++) {
            mapped.setAtIndex(ValueLayout.JAVA_LONG, page - 1L, address(page));
        }
    }

    private static long address(int page) {
        return (2L * page + 1) * PAGE;
    }

    @Benchmark
    public int resolve() {
        return data.resolve(memory, entry, (long) pages * PAGE, PAGE, scratch);
    }

    @Benchmark
    public boolean resolveAndCopy() {
        int status = data.resolve(memory, entry, (long) pages * PAGE, PAGE, scratch);
        return status == 0 && data.fromGuest(device, 0, 0, (long) pages * PAGE).isOk();
    }

    @Benchmark
    public MemorySegment yardstickOneCopy() {
        MemorySegment.copy(mapped, PAGE, device, 0, (long) pages * PAGE);
        return device;
    }
}
