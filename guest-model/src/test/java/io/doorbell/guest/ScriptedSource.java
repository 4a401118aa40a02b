package io.doorbell.guest;

import io.doorbell.guest.workload.DataVerifier;
import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.IoRequest;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.guest.workload.WorkloadResult;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source that offers what a test says, and remembers how its requests ended. */
final class ScriptedSource implements IoSource {
    final List<Long> offered = new ArrayList<>();
    final List<String> completed = new ArrayList<>();
    long dueNanos = Long.MAX_VALUE;
    private final ArrayDeque<Offer> script = new ArrayDeque<>();
    private final IoSource requests =
            FioJob.named("requests")
                    .rw(ReadWrite.READ)
                    .iodepth(65_535)
                    .build()
                    .source(new NamespaceGeometry(1 << 20, 512, 4096));

    /** So many requests, then LATER. */
    ScriptedSource requests(int count) {
        for (int i = 0; i < count; i++) {
            script.add(Offer.REQUEST);
        }
        return this;
    }

    ScriptedSource later() {
        script.add(Offer.LATER);
        return this;
    }

    ScriptedSource end() {
        script.add(Offer.END);
        return this;
    }

    @Override
    public Offer next(IoRequest request, long nowNanos) {
        Offer offer = script.isEmpty() ? Offer.LATER : script.poll();
        if (offer == Offer.REQUEST) {
            if (requests.next(request, nowNanos) != Offer.REQUEST) {
                throw new AssertionError("the job has run dry");
            }
            offered.add(request.startLba());
        }
        return offer;
    }

    @Override
    public void completed(IoRequest request, int status, @Nullable MemorySegment data) {
        completed.add("%d %x".formatted(request.startLba(), status));
        requests.completed(request, 0, data);
    }

    @Override
    public long nextDueNanos() {
        return dueNanos;
    }

    @Override
    public boolean verifiesData() {
        return false;
    }

    @Override
    public void stamp(IoRequest request, MemorySegment data) {}

    @Override
    public void finish() {}

    @Override
    public WorkloadResult result() {
        return requests.result();
    }

    @Override
    public Optional<DataVerifier> verifier() {
        return Optional.empty();
    }
}
