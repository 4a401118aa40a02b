package io.doorbell.guest.workload;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/** Several sources as one, asked in turn: more jobs than queues to run them on. */
public final class CombinedSource implements IoSource {
    private final List<IoSource> sources;
    private int turn;

    /**
     * Takes the sources over.
     *
     * @param sources at least one; all look at data, or none does
     */
    public CombinedSource(List<IoSource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public Offer next(IoRequest request, long nowNanos) {
        Offer offer = Offer.END;
        for (int i = 0; i < sources.size(); i++) {
            IoSource source = sources.get(turn);
            turn = (turn + 1) % sources.size();
            switch (source.next(request, nowNanos)) {
                case REQUEST -> {
                    request.origin(source);
                    return Offer.REQUEST;
                }
                case LATER -> offer = Offer.LATER;
                case END -> {}
            }
        }
        return offer;
    }

    @Override
    public long nextDueNanos() {
        return sources.stream().mapToLong(IoSource::nextDueNanos).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public boolean verifiesData() {
        return sources.getFirst().verifiesData();
    }

    @Override
    public void stamp(IoRequest request, MemorySegment data) {
        origin(request).stamp(request, data);
    }

    @Override
    public void completed(IoRequest request, int status, @Nullable MemorySegment data) {
        origin(request).completed(request, status, data);
    }

    private IoSource origin(IoRequest request) {
        IoSource source = request.origin();
        if (source == null) {
            throw new IllegalStateException(request + " came from none of these sources");
        }
        return source;
    }

    @Override
    public void finish() {
        sources.forEach(IoSource::finish);
    }

    @Override
    public WorkloadResult result() {
        return sources.stream()
                .map(IoSource::result)
                .reduce(WorkloadResult::plus)
                .orElseThrow(() -> new IllegalStateException("no source"));
    }

    /** Each of the sources has its own; ask them. */
    @Override
    public Optional<DataVerifier> verifier() {
        return Optional.empty();
    }
}
