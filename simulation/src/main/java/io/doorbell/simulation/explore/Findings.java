package io.doorbell.simulation.explore;

import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.situation.Sightings;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What runs came across, and failures by their cause: of each, the case with the lowest seed. */
final class Findings {
    private final Map<String, Exploration.Failure> byCause = new TreeMap<>();
    private final Sightings sightings = new Sightings();
    private long count;

    synchronized void add(Case found) {
        count++;
        byCause.merge(
                found.ending().cause(),
                new Exploration.Failure(found.ending().cause(), 1, found),
                (known, one) ->
                        new Exploration.Failure(
                                known.cause(),
                                known.count() + 1,
                                known.first().seed() < found.seed() ? known.first() : found));
    }

    synchronized void add(Sightings run) {
        sightings.add(run);
    }

    /** A copy. */
    synchronized Sightings sightings() {
        Sightings copy = new Sightings();
        copy.add(sightings);
        return copy;
    }

    synchronized long count() {
        return count;
    }

    synchronized List<Exploration.Failure> byCause() {
        return byCause.values().stream()
                .sorted(
                        Comparator.comparingLong(Exploration.Failure::count)
                                .reversed()
                                .thenComparing(Exploration.Failure::cause))
                .toList();
    }
}
