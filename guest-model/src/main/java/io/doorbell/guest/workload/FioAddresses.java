package io.doorbell.guest.workload;

import org.jspecify.annotations.Nullable;

/**
 * Which operation comes next in a job, and on which unit. Endless: the source says when to stop.
 */
final class FioAddresses {
    private final ReadWrite rw;
    private final int rwmixread;
    private final long unitCount;
    private final boolean draws;
    private final @Nullable RandomPermutation order;
    private final RandomStream mixRandom;
    private final RandomStream unitRandom;
    private Operation operation;
    private long unit;
    private long shuffledPosition;
    private long nextRead; // one position each, as reads and writes advance on their own
    private long nextChange;

    FioAddresses(FioJob job, long unitCount) {
        RandomStream seeds = new RandomStream(job.randseed());
        this.rw = job.rw();
        this.rwmixread = job.rwmixread();
        this.unitCount = unitCount;
        this.mixRandom = new RandomStream(seeds.nextLong());
        this.unitRandom = new RandomStream(seeds.nextLong());
        this.draws = rw.isRandom() && job.norandommap();
        this.order = rw.isRandom() && !draws ? new RandomPermutation(unitCount, unitRandom) : null;
        this.operation = rw.isTrimThenWrite() ? Operation.WRITE : rw.firstOperation();
    }

    /** Moves to the next request. */
    void advance() {
        if (rw.isTrimThenWrite() && operation == Operation.DEALLOCATE) {
            operation = Operation.WRITE; // of the same unit
            return;
        }
        if (rw.isTrimThenWrite()) {
            operation = Operation.DEALLOCATE;
        } else if (rw.isMixed()) {
            operation = mixRandom.nextBelow(100) < rwmixread ? Operation.READ : Operation.WRITE;
        }
        unit = nextUnit();
    }

    Operation operation() {
        return operation;
    }

    /** From 0 to {@code unitCount - 1}. */
    long unit() {
        return unit;
    }

    private long nextUnit() {
        if (draws) {
            return unitRandom.nextBelow(unitCount);
        }
        return order == null ? nextInSequence() : nextShuffled(order);
    }

    private long nextShuffled(RandomPermutation shuffled) {
        if (shuffledPosition == unitCount) {
            shuffledPosition = 0;
            shuffled.redraw(unitRandom);
        }
        return shuffled.at(shuffledPosition++);
    }

    private long nextInSequence() {
        if (operation == Operation.READ) {
            long next = nextRead;
            nextRead = next + 1 == unitCount ? 0 : next + 1;
            return next;
        }
        long next = nextChange;
        nextChange = next + 1 == unitCount ? 0 : next + 1;
        return next;
    }
}
