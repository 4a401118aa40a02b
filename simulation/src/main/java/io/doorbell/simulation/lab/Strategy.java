package io.doorbell.simulation.lab;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.choice.Site;
import io.doorbell.simulation.world.ActorPath;
import io.doorbell.simulation.world.Schedule;

import java.util.HashMap;
import java.util.Map;

/**
 * How far a run leaves the ordinary course when nobody says where.
 *
 * @param overtaking how likely a ready actor is to be overtaken
 * @param overtakersMax by how many others
 * @param starvation how likely an actor is to be slow in the whole run
 * @param demotions how many times in a run, on average, an actor falls behind all others from then
 *     on: with random slowness, the change points of probabilistic concurrency testing
 * @param lateness how likely a store is to be seen late
 * @param jitter how likely a thing on a wire is to be late
 */
public record Strategy(
        double overtaking,
        int overtakersMax,
        double starvation,
        double demotions,
        double lateness,
        double jitter) {
    /** First in, first out; nothing is late. */
    public static final Strategy ORDINARY = new Strategy(0, 1, 0, 0, 0, 0);

    /** Everything happens in any order, most of the time. */
    public static final Strategy RANDOM = new Strategy(0.3, 16, 0, 0, 0.2, 0.1);

    /** A few actors are slow all the time, and little else is out of the ordinary. */
    public static final Strategy PRIORITIES = new Strategy(0.01, 200, 0.25, 0, 0.05, 0.02);

    private static final int SLOW_OVERTAKERS = 64;
    private static final int SLOWNESSES = 4;

    /** Turns of a small run, of all actors together. */
    private static final double USUAL_TURNS = 4_000;

    /**
     * Actors have priorities, which change {@code depth - 1} times in a run: finds what needs that
     * many orderings to be just so.
     *
     * @param depth 1 or more
     */
    public static Strategy priorities(int depth) {
        return new Strategy(0, 1, 0.75, depth - 1.0, 0.05, 0);
    }

    /** Whether every actor gets its turn as soon as those before it had theirs. */
    boolean isFair() {
        return overtaking == 0 && starvation == 0 && demotions == 0;
    }

    /** The order of actors, chosen by sites named after them. */
    Schedule schedule(Choices choices) {
        Map<ActorPath, Turns> turns = new HashMap<>(); // looked up, never iterated
        return actor ->
                turns.computeIfAbsent(actor, path -> new Turns(choices, path.text())).next(this);
    }

    /** The turns of one actor. */
    private static final class Turns {
        private final Site site;
        private final Site always;
        private final Site falls;
        private int slowness = -1;

        Turns(Choices choices, String path) {
            site = choices.site("step" + path);
            always = choices.site("slow" + path);
            falls = choices.site("last" + path);
        }

        int next(Strategy strategy) {
            if (slowness < 0) {
                slowness = SLOW_OVERTAKERS * always.choose(SLOWNESSES, strategy.starvation());
            }
            if (falls.strikes(strategy.demotions() / USUAL_TURNS)) {
                slowness = SLOW_OVERTAKERS * SLOWNESSES;
            }
            return slowness + site.choose(strategy.overtakersMax() + 1, strategy.overtaking());
        }
    }
}
