package io.doorbell.simulation.oracle;

/**
 * How patient oracles are, and what they keep.
 *
 * @param wakePatienceNanos a world that is quiet for at least this long owes every wake-up: more
 *     than a wire or a fault inside the device delays anything
 * @param commandPatienceNanos as above, for commands that were fetched
 * @param coalescingSlackNanos how much later than TIME a coalesced interrupt may be
 * @param bypassMax most commands of other queues fetched while one could have been; 0 if the
 *     schedule is not fair
 * @param judgeHost whether the laws that the host has to obey are watched
 * @param judgeConsumer whether the host reads completions whenever it is told of them
 * @param eventsKept how many events are kept for a report
 */
public record OracleSettings(
        long wakePatienceNanos,
        long commandPatienceNanos,
        long coalescingSlackNanos,
        long bypassMax,
        boolean judgeHost,
        boolean judgeConsumer,
        int eventsKept) {
    /** Wires of less than a millisecond, commands as slow as they like, and any schedule. */
    public static final OracleSettings DEFAULT =
            new OracleSettings(1_000_000, 30_000_000_000L, 100_000, 0, true, true, 256);

    /** The same without the laws of the host. */
    public OracleSettings withoutHost() {
        return new OracleSettings(
                wakePatienceNanos,
                commandPatienceNanos,
                coalescingSlackNanos,
                bypassMax,
                false,
                false,
                eventsKept);
    }

    /** The same for a host that keeps completions waiting on purpose. */
    public OracleSettings withoutConsumer() {
        return new OracleSettings(
                wakePatienceNanos,
                commandPatienceNanos,
                coalescingSlackNanos,
                bypassMax,
                judgeHost,
                false,
                eventsKept);
    }

    /** The same with another {@link #bypassMax}. */
    public OracleSettings withBypassMax(long max) {
        return new OracleSettings(
                wakePatienceNanos,
                commandPatienceNanos,
                coalescingSlackNanos,
                max,
                judgeHost,
                judgeConsumer,
                eventsKept);
    }
}
