package io.doorbell.simulation.explore;

import io.doorbell.simulation.cases.Case;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Failures by their cause. Of each, the case with the lowest seed is kept. */
final class Findings {
    private final Map<String, Exploration.Failure> byCause = new TreeMap<>();
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
