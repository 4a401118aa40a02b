package io.doorbell.simulation.memory;

/** Is asked what becomes of each access of the device before it happens. */
public interface DmaFilter {
    /** What becomes of an access. */
    sealed interface Verdict {
        /** It is as it should be. */
        record Pass() implements Verdict {}

        /** It is as it should be, and so is everything before it: nothing is late any more. */
        record Push() implements Verdict {}

        /** Nobody answers; what was to be moved is not. */
        record Fail() implements Verdict {}

        /** It is said to be done and is not. */
        record Lose() implements Verdict {}

        /**
         * A store takes effect so much later, and nothing waits for it but what tells the host of
         * the device's state: so none comes after a reset, or a deletion, that has been answered.
         */
        record Delay(long nanos) implements Verdict {}

        /** These bits of the value, or of the first eight bytes, are the other way round. */
        record Flip(long bits) implements Verdict {}
    }

    Verdict PASS = new Verdict.Pass();
    Verdict PUSH = new Verdict.Push();
    Verdict FAIL = new Verdict.Fail();
    Verdict LOSE = new Verdict.Lose();

    /** The device loads. */
    Verdict load(long address, long sizeBytes);

    /** The device stores. */
    Verdict store(long address, long sizeBytes);

    /** Runs a task after some virtual time. */
    void later(long nanos, Runnable task);
}
