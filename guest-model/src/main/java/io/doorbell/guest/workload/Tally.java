package io.doorbell.guest.workload;

import io.doorbell.guest.workload.WorkloadResult.Failure;
import io.doorbell.guest.workload.WorkloadResult.OperationCount;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts for one source while it runs: plain fields, as they are touched for every request. */
final class Tally {
    private static final class Counter {
        private long requests;
        private long bytes;
        private long errors;

        OperationCount snapshot(Operation operation) {
            return new OperationCount(operation, requests, bytes, errors);
        }
    }

    private final Counter reads = new Counter();
    private final Counter writes = new Counter();
    private final Counter flushes = new Counter();
    private final Counter writeZeroes = new Counter();
    private final Counter deallocates = new Counter();
    private final List<Failure> firstFailures = new ArrayList<>();
    private final int blockBytes;
    private long verifiedBlocks;
    private long wrongBlocks;

    Tally(int blockBytes) {
        this.blockBytes = blockBytes;
    }

    void succeeded(IoRequest request) {
        Counter counter = counter(request.operation());
        counter.requests++;
        counter.bytes += request.blockCount() * blockBytes;
    }

    void failed(IoRequest request, int status, String origin) {
        Counter counter = counter(request.operation());
        counter.requests++;
        counter.errors++;
        if (hasRoomForFailure()) {
            firstFailures.add(
                    new Failure(
                            request.operation(),
                            request.startLba(),
                            origin + ": " + request + " " + statusText(status)));
        }
    }

    void verified(long blocks) {
        verifiedBlocks += blocks;
    }

    /** Counts a wrong block; the caller adds its description while {@link #hasRoomForFailure}. */
    void wrongBlock() {
        wrongBlocks++;
    }

    boolean hasRoomForFailure() {
        return firstFailures.size() < WorkloadResult.FAILURES_MAX;
    }

    void describe(Failure failure) {
        firstFailures.add(failure);
    }

    WorkloadResult result() {
        List<OperationCount> counts = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            counts.add(counter(operation).snapshot(operation));
        }
        return new WorkloadResult(counts, verifiedBlocks, wrongBlocks, firstFailures);
    }

    private Counter counter(Operation operation) {
        return switch (operation) {
            case READ -> reads;
            case WRITE -> writes;
            case FLUSH -> flushes;
            case WRITE_ZEROES -> writeZeroes;
            case DEALLOCATE -> deallocates;
        };
    }

    private static String statusText(int status) {
        return status == IoSource.STATUS_ABANDONED
                ? "was given up by the host"
                : String.format(Locale.ROOT, "failed with status %04Xh", status);
    }
}
