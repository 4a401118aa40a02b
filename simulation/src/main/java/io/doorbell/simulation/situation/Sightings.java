package io.doorbell.simulation.situation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each situation was met, in one run or in many. */
public final class Sightings {
    /**
     * Of one situation.
     *
     * @param runs in which it was met
     */
    public record Sighting(Situation situation, long runs, long times) {}

    private static final class Count {
        private long runs;
        private long times;
    }

    private final Map<Situation, Count> counts = new EnumMap<>(Situation.class);

    /** Of nothing yet. */
    public Sightings() {
        for (Situation situation : Situation.values()) {
            counts.put(situation, new Count());
        }
    }

    /** In this run it was met once more. */
    void met(Situation situation) {
        Count count = of(situation);
        count.runs = 1;
        count.times++;
    }

    /** Adds those of another run. */
    public void add(Sightings run) {
        for (Situation situation : Situation.values()) {
            of(situation).runs += run.of(situation).runs;
            of(situation).times += run.of(situation).times;
        }
    }

    /** How often it was met. */
    public long times(Situation situation) {
        return of(situation).times;
    }

    /** Those that were met, in their usual order. */
    public List<Sighting> met() {
        List<Sighting> met = new ArrayList<>();
        counts.forEach(
                (situation, count) -> {
                    if (count.times > 0) {
                        met.add(new Sighting(situation, count.runs, count.times));
                    }
                });
        return met;
    }

    /** Those that never were, in their usual order. */
    public List<Situation> neverMet() {
        return counts.entrySet().stream()
                .filter(each -> each.getValue().times == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Count of(Situation situation) {
        Count count = counts.get(situation);
        if (count == null) {
            throw new IllegalStateException(situation.text());
        }
        return count;
    }
}
