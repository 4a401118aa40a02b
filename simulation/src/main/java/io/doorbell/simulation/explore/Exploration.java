package io.doorbell.simulation.explore;

import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.situation.Sightings.Sighting;
import io.doorbell.simulation.situation.Situation;

import java.util.List;

/**
 * What came of many runs.
 *
 * @param commands of I/O that completed in them
 * @param virtualNanos of all runs together
 * @param wallNanos from the first to the last
 * @param met the situations that runs came across
 * @param neverMet those that none did
 * @param failures the most frequent first
 */
public record Exploration(
        long runs,
        long commands,
        long virtualNanos,
        long wallNanos,
        List<Sighting> met,
        List<Situation> neverMet,
        List<Failure> failures) {
    /**
     * Failures of one kind.
     *
     * @param cause the same for all of them
     * @param count of the runs that failed so
     * @param first the one with the lowest seed
     */
    public record Failure(String cause, long count, Case first) {}

    public Exploration {
        met = List.copyOf(met);
        neverMet = List.copyOf(neverMet);
        failures = List.copyOf(failures);
    }

    /** Whether no run failed. */
    public boolean held() {
        return failures.isEmpty();
    }
}
