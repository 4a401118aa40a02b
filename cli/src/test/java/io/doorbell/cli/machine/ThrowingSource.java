package io.doorbell.cli.machine;

import io.doorbell.guest.workload.DataVerifier;
import io.doorbell.guest.workload.IoRequest;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.WorkloadResult;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Another source's I/O, until it is asked once too often. */
final class ThrowingSource implements IoSource {
    private final IoSource source;
    private int left;

    ThrowingSource(IoSource source, int requests) {
        this.source = source;
        this.left = requests;
    }

    @Override
    public Offer next(IoRequest request, long nowNanos) {
        if (left-- == 0) {
            throw new IllegalStateException("The test asked for this failure.");
        }
        return source.next(request, nowNanos);
    }

    @Override
    public long nextDueNanos() {
        return source.nextDueNanos();
    }

    @Override
    public boolean verifiesData() {
        return source.verifiesData();
    }

    @Override
    public void stamp(IoRequest request, MemorySegment data) {
        source.stamp(request, data);
    }

    @Override
    public void completed(IoRequest request, int status, @Nullable MemorySegment data) {
        source.completed(request, status, data);
    }

    @Override
    public void finish() {
        source.finish();
    }

    @Override
    public WorkloadResult result() {
        return source.result();
    }

    @Override
    public Optional<DataVerifier> verifier() {
        return source.verifier();
    }
}
