package io.doorbell.benchmarks;

import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.IoRequest;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.ReadWrite;

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
 * Question: what does the host pay to make up one unverified random read, which every row of {@code
 * doorbell bench} pays too? Yardstick: a counter.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WorkloadBenchmark {
    private final NamespaceGeometry geometry = new NamespaceGeometry(1 << 20, 4096, 4096);
    private final IoSource source =
            FioJob.named("read")
                    .rw(ReadWrite.RANDREAD)
                    .bsBytes(4096)
                    .norandommap(true)
                    .timeBased(true)
                    .build()
                    .source(geometry);
    private final IoRequest request = new IoRequest();
    private long counter;

    @Benchmark
    public long randomRead() {
        source.next(request, 0);
        source.completed(request, 0, null);
        return request.startLba();
    }

    @Benchmark
    public long yardstickCounter() {
        return ++counter;
    }
}
