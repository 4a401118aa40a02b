package io.doorbell.guest;

import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.Operation;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/** A source that one queue has for itself. */
final class SourceFeed implements IoFeed {
    private final IoSource source;
    private final @Nullable MemorySegment staging; // one for all: a work holds data only briefly
    private final ArrayDeque<IoWork> spare = new ArrayDeque<>();
    private boolean finished;

    SourceFeed(IoSource source, long transferBytesMax) {
        this.source = source;
        this.staging =
                source.verifiesData()
                        ? Arena.ofAuto().allocate(transferBytesMax, Long.BYTES)
                        : null;
    }

    @Override
    public @Nullable IoWork next(long nowNanos) {
        if (finished) {
            return null;
        }
        IoWork work = spare.pollLast();
        if (work == null) {
            work = new IoWork(staging);
        }
        IoSource.Offer offer = source.next(work.request(), nowNanos);
        if (offer != IoSource.Offer.REQUEST) {
            finished = offer == IoSource.Offer.END;
            spare.addLast(work);
            return null;
        }
        if (staging != null && work.request().operation() == Operation.WRITE) {
            source.stamp(work.request(), staging);
        }
        return work;
    }

    @Override
    public void prepareAgain(IoWork work) {
        if (staging != null && work.request().operation() == Operation.WRITE) {
            source.stamp(work.request(), staging);
        }
    }

    @Override
    public void completed(IoWork work, int status) {
        source.completed(work.request(), status, staging);
        spare.addLast(work);
    }

    @Override
    public long nextDueNanos() {
        return source.nextDueNanos();
    }

    @Override
    public boolean isFinished() {
        return finished;
    }
}
