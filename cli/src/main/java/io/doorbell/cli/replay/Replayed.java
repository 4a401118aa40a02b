package io.doorbell.cli.replay;

import java.util.List;

/**
 * What came of a replay.
 *
 * @param lines of the trace that were replayed
 * @param nanos of recorded time
 * @param machines how often the function was powered on
 * @param accesses of the machine to the function
 * @param answers that were compared
 * @param completions that were compared
 * @param interrupts that were recorded
 * @param readBytes that the device read from memory
 * @param writtenBytes that it wrote to memory, besides queues
 * @param unknownBytes of those, what came from blocks of a file that is not here
 * @param rings doorbells that were rung once more: the device slept sooner than the recorded one
 * @param faults that struck the recorded device
 * @param differences where it did not do as recorded
 * @param ending how the trace ends
 */
public record Replayed(
        int lines,
        long nanos,
        int machines,
        long accesses,
        long answers,
        long completions,
        long interrupts,
        long readBytes,
        long writtenBytes,
        long unknownBytes,
        long rings,
        long faults,
        List<Difference> differences,
        Ending ending) {

    /** How a trace ends. */
    public enum Ending {
        /** With all that was recorded. */
        WHOLE,
        /** Torn, as of a process that was killed. */
        TORN,
        /** The replay ended where events are missing. */
        LOST,
        /** The replay ended where nothing was as recorded any more. */
        GIVEN_UP
    }

    /**
     * Somewhere the device did not do as recorded.
     *
     * @param line of the trace
     * @param nanos since the trace began
     * @param recorded what happened then
     * @param now what happens now
     */
    public record Difference(int line, long nanos, String recorded, String now) {}

    /** Whether all was as recorded. */
    public boolean isSame() {
        return differences.isEmpty();
    }
}
