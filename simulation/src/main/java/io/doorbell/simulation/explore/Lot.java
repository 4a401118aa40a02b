package io.doorbell.simulation.explore;

import io.doorbell.simulation.choice.Choices;

import java.util.List;

/** Draws by name: what is drawn under one name does not depend on what is drawn under another. */
final class Lot {
    private final Choices choices;

    Lot(long seed) {
        choices = Choices.drawn(seed);
    }

    /** A number from 0 to {@code bound - 1}, each as likely. */
    int below(String name, int bound) {
        return bound <= 1 ? 0 : choices.site(name).choose(bound + 1, 1.0) - 1;
    }

    /** One of these, each as likely. */
    @SafeVarargs
    final <T> T of(String name, T... values) {
        return values[below(name, values.length)];
    }

    /** One of these, each as likely. */
    <T> T of(String name, List<T> values) {
        return values.get(below(name, values.size()));
    }

    boolean oneIn(String name, int of) {
        return below(name, of) == 0;
    }

    /** From 1, smaller numbers more often: each doubling is half as likely. */
    int small(String name, int max) {
        int bits = 1;
        while (bits < Integer.SIZE - 2 && (1 << bits) < max && oneIn(name + "/bits", 2)) {
            bits++;
        }
        return Math.min(max, 1 + below(name, 1 << bits));
    }
}
