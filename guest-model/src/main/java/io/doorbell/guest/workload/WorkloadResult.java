package io.doorbell.guest.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * What a source has asked for and seen so far.
 *
 * @param counts one entry for each {@link Operation}; use {@link #of}
 * @param verifiedBlocks blocks read successfully and compared
 * @param wrongBlocks those of them that held something else than they must
 * @param firstFailures the first failed requests and wrong blocks, at most {@link #FAILURES_MAX}
 */
public record WorkloadResult(
        List<OperationCount> counts,
        long verifiedBlocks,
        long wrongBlocks,
        List<Failure> firstFailures) {
    /** Later failures are counted, not kept. */
    public static final int FAILURES_MAX = 16;

    /**
     * Requests of one operation.
     *
     * @param requests completed, with or without success
     * @param bytes moved or covered by the successful ones
     * @param errors requests completed with another status than success
     */
    public record OperationCount(Operation operation, long requests, long bytes, long errors) {
        OperationCount plus(OperationCount other) {
            return new OperationCount(
                    operation,
                    requests + other.requests,
                    bytes + other.bytes,
                    errors + other.errors);
        }
    }

    /**
     * One thing that went wrong.
     *
     * @param lba the wrong block, or the first block of the failed request
     * @param detail a sentence for a person: what was expected, what came, by which request
     */
    public record Failure(Operation operation, long lba, String detail) {}

    public WorkloadResult {
        counts = List.copyOf(counts);
        firstFailures = List.copyOf(firstFailures);
    }

    /** The counts of one operation. */
    public OperationCount of(Operation operation) {
        for (OperationCount count : counts) {
            if (count.operation() == operation) {
                return count;
            }
        }
        return new OperationCount(operation, 0, 0, 0);
    }

    /** Requests of all operations that completed with another status than success. */
    public long errors() {
        return counts.stream().mapToLong(OperationCount::errors).sum();
    }

    /** Requests of all operations that completed. */
    public long requests() {
        return counts.stream().mapToLong(OperationCount::requests).sum();
    }

    /** True when every request succeeded and every block read was right. */
    public boolean isClean() {
        return errors() == 0 && wrongBlocks == 0;
    }

    /** Both together, as for the queues of one host. */
    public WorkloadResult plus(WorkloadResult other) {
        List<OperationCount> sums = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            sums.add(of(operation).plus(other.of(operation)));
        }
        List<Failure> failures = new ArrayList<>(firstFailures);
        failures.addAll(other.firstFailures);
        return new WorkloadResult(
                sums,
                verifiedBlocks + other.verifiedBlocks,
                wrongBlocks + other.wrongBlocks,
                failures.subList(0, Math.min(failures.size(), FAILURES_MAX)));
    }
}
