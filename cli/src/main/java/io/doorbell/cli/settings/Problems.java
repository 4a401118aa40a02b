package io.doorbell.cli.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects all problems of one load, so that a user sees them at once and not one by one. */
final class Problems {
    private record Placed(Place place, Problem problem) {}

    private final List<Placed> found = new ArrayList<>();

    void add(Place place, String what, String advice) {
        found.add(new Placed(place, new Problem(place.shown(), what, advice.strip())));
    }

    /**
     * Ends the load if anything was found.
     *
     * @throws BadSettingsException with everything collected so far, if there is anything
     */
    void throwIfAny() throws BadSettingsException {
        if (!found.isEmpty()) {
            throw new BadSettingsException(
                    found.stream()
                            .sorted(Comparator.comparing(Placed::place, Place.READING_ORDER))
                            .map(Placed::problem)
                            .toList());
        }
    }
}
