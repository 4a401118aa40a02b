package io.doorbell.guest.workload;

import io.doorbell.bus.pattern.BlockStamp;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Does again what an {@link Iolog} recorded.
 *
 * <p>The iolog carries no data: writes get stamps, and reads are checked against what was
 * acknowledged. The namespace must read as zeros at the start.
 *
 * <p>Operations longer than one command may be are split. Order is kept between operations that
 * share blocks, unless both read; anything else may overtake, but looks ahead no further than
 * {@value #LOOKAHEAD} requests. A Flush waits for nothing (see {@link HazardWindow}), so at full
 * speed it may run beside writes that in the recording had completed before it.
 */
public final class IologReplay implements IoSource {
    /** How far the replay looks for work behind requests that must wait. */
    static final int LOOKAHEAD = 256;

    /** When operations are issued. */
    public enum Pace {
        /** As soon as order and depth allow. */
        FULL_SPEED,
        /** Not before their recorded time; late ones as soon as possible. */
        RECORDED
    }

    /**
     * How to replay.
     *
     * @param iodepth requests outstanding at most, 1 to 65,535
     * @param verify whether data is stamped and checked
     * @param randseed seed of the stamps
     */
    public record Options(Pace pace, int iodepth, boolean verify, long randseed) {
        public Options {
            if (iodepth < 1 || iodepth > FioJob.IODEPTH_MAX) {
                throw new IllegalArgumentException(
                        "iodepth is " + iodepth + "; use 1 to " + FioJob.IODEPTH_MAX);
            }
        }
    }

    private final Iolog log;
    private final NamespaceGeometry geometry;
    private final Options options;
    private final HazardWindow window;
    private final Tally tally;
    private final @Nullable DataVerifier verifier; // null: nobody looks at the data
    private int nextEntry;
    private long nextEntryDoneBlocks; // of a long operation, what was admitted already
    private int endEntry;
    private int outstanding;
    private boolean started;
    private long startNanos;
    private long dueNanos = Long.MAX_VALUE;

    /** A replay on a namespace, the one that the iolog was read for. */
    public IologReplay(Iolog log, NamespaceGeometry geometry, Options options) {
        this.log = log;
        this.geometry = geometry;
        this.options = options;
        this.endEntry = log.entries().size();
        this.window = new HazardWindow(options.iodepth() + LOOKAHEAD);
        this.tally = new Tally(geometry.blockBytes());
        this.verifier =
                options.verify()
                        ? new DataVerifier(
                                new BlockStamp(options.randseed(), geometry.blockBytes()),
                                new BlockLedger(0, geometry.blockCount()),
                                tally,
                                request -> log.place(request.originIndex()))
                        : null;
    }

    @Override
    public Offer next(IoRequest request, long nowNanos) {
        if (!started) {
            started = true;
            startNanos = nowNanos;
        }
        dueNanos = Long.MAX_VALUE;
        if (outstanding == options.iodepth()) {
            return Offer.LATER;
        }
        admitDue(nowNanos);
        if (window.takeReady(request)) {
            outstanding++;
            if (verifier != null) {
                verifier.begin(request);
            }
            return Offer.REQUEST;
        }
        return nextEntry == endEntry && !window.hasWaiting() ? Offer.END : Offer.LATER;
    }

    private void admitDue(long nowNanos) {
        while (nextEntry < endEntry && !window.isFull()) {
            Iolog.Entry entry = log.entries().get(nextEntry);
            if (options.pace() == Pace.RECORDED && entry.atNanos() > nowNanos - startNanos) {
                long due = startNanos + entry.atNanos();
                dueNanos = due < startNanos ? Long.MAX_VALUE : due;
                return;
            }
            admit(entry);
        }
    }

    /** Admits what is left of an entry, or as much as one command may carry. */
    private void admit(Iolog.Entry entry) {
        long leftBlocks = entry.blockCount() - nextEntryDoneBlocks;
        long blocks = Math.min(leftBlocks, geometry.requestBlocksMax(entry.operation()));
        window.admit(entry.operation(), entry.startLba() + nextEntryDoneBlocks, blocks, nextEntry);
        nextEntryDoneBlocks += blocks;
        if (nextEntryDoneBlocks == entry.blockCount()) {
            nextEntry++;
            nextEntryDoneBlocks = 0;
        }
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
        window.release(request);
        if (status != 0) {
            tally.failed(request, status, log.place(request.originIndex()));
        } else {
            tally.succeeded(request);
        }
        if (verifier != null) {
            verifier.completed(request, status, data);
        }
    }

    /** Drops what has not been looked at yet; requests in the window still come. */
    @Override
    public void finish() {
        endEntry = nextEntry;
        nextEntryDoneBlocks = 0;
    }

    @Override
    public WorkloadResult result() {
        return tally.result();
    }

    @Override
    public Optional<DataVerifier> verifier() {
        return Optional.ofNullable(verifier);
    }
}
