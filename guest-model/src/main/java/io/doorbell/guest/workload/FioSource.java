package io.doorbell.guest.workload;

import io.doorbell.bus.pattern.BlockStamp;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A running {@link FioJob}.
 *
 * <pre>
 *  main phase ──limit reached, or finish()──▶ read-back ──all changed units read──▶ END
 *                                             (only if the job verifies and changes blocks)
 * </pre>
 *
 * <p>Without verification a request costs a few nanoseconds: no window, no ledger, no data.
 */
final class FioSource implements IoSource {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int NO_SLOT = -1;

    private final FioJob job;
    private final FioSlice slice;
    private final FioAddresses addresses;
    private final Tally tally;
    private final @Nullable HazardWindow window; // null: requests may overlap
    private final @Nullable DataVerifier verifier; // null: nobody looks at the data
    private final @Nullable ReadBack readBack; // null: nothing to read back
    private long mainLimit;
    private long mainIssued;
    private int outstanding;
    private int writesSinceFlush;
    private boolean flushOutstanding;
    private boolean started;
    private long startNanos;
    private long dueNanos = Long.MAX_VALUE;

    FioSource(FioJob job, FioSlice slice) {
        this.job = job;
        this.slice = slice;
        this.addresses = new FioAddresses(job, slice.unitCount());
        this.tally = new Tally(slice.geometry().blockBytes());
        this.window =
                job.verify() || job.rw().isTrimThenWrite() ? new HazardWindow(job.iodepth()) : null;
        this.verifier = job.verify() ? newVerifier() : null;
        this.readBack =
                verifier != null && job.rw().changesBlocks()
                        ? new ReadBack(verifier.ledger(), slice.geometry())
                        : null;
        this.mainLimit = Math.min(job.numberIos(), requestsInAllLoops());
    }

    @Override
    public Offer next(IoRequest request, long nowNanos) {
        dueNanos = Long.MAX_VALUE;
        if (outstanding == job.iodepth() || flushOutstanding) {
            return Offer.LATER;
        }
        if (job.fsync() != 0 && writesSinceFlush >= job.fsync()) {
            return offerFlush(request);
        }
        if (window != null) {
            return nextOrdered(request, nowNanos, window);
        }
        if (mainIssued >= mainLimit) {
            return Offer.END;
        }
        if (job.rateIops() != 0 && !isDue(nowNanos)) {
            return Offer.LATER;
        }
        advance();
        request.fill(addresses.operation(), unitLba(), slice.unitBlocks());
        return offer(request);
    }

    private Offer nextOrdered(IoRequest request, long nowNanos, HazardWindow ordered) {
        if (!ordered.hasWaiting()) {
            if (mainIssued < mainLimit) {
                if (job.rateIops() != 0 && !isDue(nowNanos)) {
                    return Offer.LATER;
                }
                advance();
                ordered.admit(addresses.operation(), unitLba(), slice.unitBlocks(), 0);
            } else if (readBack != null && outstanding > 0 && !readBack.hasStarted()) {
                return Offer.LATER; // what is still being written cannot be listed yet
            } else if (readBack != null && readBack.advance()) {
                ordered.admit(Operation.READ, readBack.startLba(), readBack.blockCount(), 0);
            } else {
                return Offer.END;
            }
        }
        return ordered.takeReady(request) ? offer(request) : Offer.LATER;
    }

    private Offer offer(IoRequest request) {
        outstanding++;
        if (request.operation() == Operation.WRITE) {
            writesSinceFlush++;
        }
        if (verifier != null) {
            verifier.begin(request);
        }
        return Offer.REQUEST;
    }

    private Offer offerFlush(IoRequest request) {
        request.fill(Operation.FLUSH, 0, 0);
        request.slot(NO_SLOT);
        writesSinceFlush = 0;
        flushOutstanding = true;
        return offer(request);
    }

    private void advance() {
        addresses.advance();
        mainIssued++;
    }

    private long unitLba() {
        return slice.startLba() + addresses.unit() * slice.unitBlocks();
    }

    /** As fio: request i is due i / rate seconds after the first, so a stall is made up for. */
    private boolean isDue(long nowNanos) {
        if (!started) {
            started = true;
            startNanos = nowNanos;
        }
        long rate = job.rateIops();
        long afterStart =
                mainIssued / rate * NANOS_PER_SECOND + mainIssued % rate * NANOS_PER_SECOND / rate;
        if (nowNanos - startNanos >= afterStart) {
            return true;
        }
        dueNanos = startNanos + afterStart;
        return false;
    }

    @Override
    public long nextDueNanos() {
        return dueNanos;
    }

    @Override
    public boolean verifiesData() {
        return verifier != null;
    }

    @Override
    public void stamp(IoRequest request, MemorySegment data) {
        if (verifier != null) {
            verifier.stamp(request, data);
        }
    }

    @Override
    public void completed(IoRequest request, int status, @Nullable MemorySegment data) {
        outstanding--;
        if (request.operation() == Operation.FLUSH) {
            flushOutstanding = false;
        } else if (window != null) {
            window.release(request);
        }
        if (status != 0) {
            tally.failed(request, status, origin(request));
        } else {
            tally.succeeded(request);
        }
        if (verifier != null) {
            verifier.completed(request, status, data);
        }
    }

    @Override
    public void finish() {
        mainLimit = 0;
    }

    @Override
    public WorkloadResult result() {
        return tally.result();
    }

    @Override
    public Optional<DataVerifier> verifier() {
        return Optional.ofNullable(verifier);
    }

    private DataVerifier newVerifier() {
        return new DataVerifier(
                new BlockStamp(job.randseed(), slice.geometry().blockBytes()),
                new BlockLedger(slice.startLba(), slice.blockCount()),
                tally,
                this::origin);
    }

    private String origin(IoRequest request) {
        return "job '" + job.name() + "'";
    }

    private long requestsInAllLoops() {
        if (job.timeBased()) {
            return Long.MAX_VALUE;
        }
        long perUnit = job.rw().isTrimThenWrite() ? 2 : 1;
        long perLoop = slice.unitCount() * perUnit;
        return job.loops() > Long.MAX_VALUE / perLoop ? Long.MAX_VALUE : job.loops() * perLoop;
    }
}
