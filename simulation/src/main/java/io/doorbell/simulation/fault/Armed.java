package io.doorbell.simulation.fault;

import org.jspecify.annotations.Nullable;

import java.util.function.DoublePredicate;

/** A fault, and how many of its events there were. */
final class Armed {
    private final Fault fault;
    private final SitePattern pattern;
    private final @Nullable DoublePredicate chance; // null: strikes whenever it can
    private long seen;
    private long strikes;

    /**
     * @param chance whether an event is struck that is with this probability; null if all are
     */
    Armed(Fault fault, @Nullable DoublePredicate chance) {
        this.fault = fault;
        this.pattern = new SitePattern(fault.site());
        this.chance = chance;
    }

    Fault fault() {
        return fault;
    }

    SitePattern pattern() {
        return pattern;
    }

    /** One of its events happens: whether it is struck. */
    boolean strikes() {
        boolean hit =
                ++seen >= fault.nth()
                        && !isSpent()
                        && (chance == null || chance.test(fault.probability()));
        if (hit) {
            strikes++;
        }
        return hit;
    }

    /** It strikes no more. */
    boolean isSpent() {
        return strikes >= fault.times();
    }

    long seen() {
        return seen;
    }

    long strikeCount() {
        return strikes;
    }
}
