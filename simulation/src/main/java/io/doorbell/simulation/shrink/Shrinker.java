package io.doorbell.simulation.shrink;

import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.choice.Choice;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Components;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Strategy;
import io.doorbell.simulation.lab.Trials;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Makes a failing run as small as it gets: first its faults, then its workload, then its choices. A
 * smaller run counts only if it fails for the same cause. What a run never came to choose, since it
 * had failed before, is left out at once.
 */
public final class Shrinker implements AutoCloseable {
    private static final int ROUNDS_MAX = 4;
    private static final int FRESH_SEEDS = 6;
    private static final int HALVINGS_MAX = 8;
    private static final int DOORBELL_STRIDE = 0;

    /** A run that fails. */
    private record Failing(
            Scenario scenario, Strategy strategy, List<Fault> faults, Outcome outcome, Size size) {}

    /** A number of the scenario, and the least that may be tried for it. */
    private record Knob(String component, long least) {}

    private static final List<Knob> KNOBS =
            List.of(
                    new Knob("queuePairs", 1),
                    new Knob("operationsPerQueue", 1),
                    new Knob("ioDepth", 1),
                    new Knob("coalescingHundredMicros", 0),
                    new Knob("coalescingEntries", 1),
                    new Knob("queueEntries", 2));

    private final Trials trials;
    private final ShrinkLimits limits;
    private final LongSupplier nanoTime;
    private final ShrinkListener listener;
    private int runs;
    private long endNanos;
    private String cause = "";

    /**
     * @param laboratories asked for one at the start, and after a run that broke its laboratory
     * @param nanoTime the clock on the wall
     */
    public Shrinker(
            Supplier<Laboratory> laboratories,
            ShrinkLimits limits,
            LongSupplier nanoTime,
            ShrinkListener listener) {
        this.trials = new Trials(laboratories);
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /**
     * What came of it.
     *
     * @param reproduced whether the case failed at all, in the way it says; if not, {@code
     *     smallest} is the case as it was
     */
    public record Result(boolean reproduced, Case smallest, Size before, Size after, int runs) {}

    /** Makes a case smaller. */
    public Result shrink(Case start) {
        runs = 0;
        endNanos = nanoTime.getAsLong() + limits.nanos();
        cause = start.ending().cause();
        Failing first =
                start.ending().cause().isEmpty()
                        ? null
                        : tried(
                                start.scenario(),
                                start.strategy(),
                                start.faults(),
                                start.choices());
        if (first == null) {
            Size size = new Size(start.faults().size(), 0, start.choices().size());
            return new Result(false, start, size, size, runs);
        }
        Failing best = first;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Size before = best.size();
            best = fewerFaults(best);
            best = fewerErrands(best);
            best = lessWork(best, round == 0);
            best = fewerChoices(best);
            best = plainerFaults(best);
            if (best.size().equals(before)) {
                break;
            }
        }
        Case smallest =
                Case.of(
                        start.build(),
                        start.seed(),
                        best.scenario(),
                        best.strategy(),
                        best.faults(),
                        best.outcome());
        return new Result(true, smallest, first.size(), best.size(), runs);
    }

    // ---- stages

    private Failing fewerFaults(Failing start) {
        Best best = new Best("faults", start);
        ListReducer.reduce(
                start.faults(),
                candidate ->
                        best.take(start.scenario(), candidate, best.choices())
                                ? best.failing().faults()
                                : null);
        return best.failing();
    }

    private Failing fewerErrands(Failing start) {
        Best best = new Best("errands", start);
        ListReducer.reduce(
                Errand.parseAll(start.scenario().errands()),
                candidate ->
                        best.take(
                                        best.failing()
                                                .scenario()
                                                .withErrands(Errand.text(candidate)),
                                        best.failing().faults(),
                                        best.choices())
                                ? candidate
                                : null);
        return best.failing();
    }

    private Failing lessWork(Failing start, boolean drawsAfresh) {
        Best best = new Best("workload", start);
        for (Knob knob : KNOBS) {
            long high = Components.number(best.failing().scenario(), knob.component());
            long low = knob.least() - 1; // the greatest that is known not to fail
            for (int i = 0; i < HALVINGS_MAX && high - low > 1; i++) {
                long middle = i == 0 ? knob.least() : (low + high) >>> 1;
                if (takeScenario(best, knob, middle, drawsAfresh)) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
        }
        return best.failing();
    }

    private boolean takeScenario(Best best, Knob knob, long value, boolean drawsAfresh) {
        Scenario scenario;
        try {
            scenario = Components.with(best.failing().scenario(), knob.component(), value);
        } catch (IllegalArgumentException refused) {
            return false;
        }
        List<Fault> faults = best.failing().faults();
        List<Fault> onFirst = FaultEdits.onFirstQueue(faults);
        if (best.take(scenario, faults, best.choices())
                || best.take(scenario, faults, List.of())
                || (!onFirst.equals(faults) && best.take(scenario, onFirst, best.choices()))) {
            return true;
        }
        for (int seed = 1; drawsAfresh && seed <= FRESH_SEEDS; seed++) {
            if (best.take(scenario, faults, Choices.drawn(seed))) {
                return true;
            }
        }
        return false;
    }

    private Failing fewerChoices(Failing start) {
        Best best = new Best("choices", start);
        Failing now = start;
        ListReducer.reduce(
                bySite(best.choices()),
                candidate ->
                        best.take(
                                        now.scenario(),
                                        now.faults(),
                                        candidate.stream().flatMap(List::stream).toList())
                                ? bySite(best.choices())
                                : null);
        ListReducer.reduce(
                best.choices(),
                candidate ->
                        best.take(now.scenario(), now.faults(), candidate) ? best.choices() : null);
        return best.failing();
    }

    private static List<List<Choice>> bySite(List<Choice> choices) {
        Map<String, List<Choice>> sites = new LinkedHashMap<>();
        choices.forEach(
                each -> sites.computeIfAbsent(each.site(), _ -> new ArrayList<>()).add(each));
        return List.copyOf(sites.values());
    }

    private Failing plainerFaults(Failing start) {
        Best best = new Best("faults", start);
        for (int i = 0; i < best.failing().faults().size(); i++) {
            for (Fault plainer : FaultEdits.plainer(best.failing().faults().get(i))) {
                List<Fault> faults = new ArrayList<>(best.failing().faults());
                faults.set(i, plainer);
                if (best.take(start.scenario(), faults, best.choices())) {
                    break;
                }
            }
        }
        return best.failing();
    }

    // ---- runs

    /** The smallest run so far. */
    private final class Best {
        private final String stage;
        private Failing failing;

        Best(String stage, Failing start) {
            this.stage = stage;
            this.failing = start;
        }

        Failing failing() {
            return failing;
        }

        List<Choice> choices() {
            return failing.outcome().choices();
        }

        boolean take(Scenario scenario, List<Fault> faults, List<Choice> choices) {
            return take(scenario, faults, Choices.replayed(choices));
        }

        boolean take(Scenario scenario, List<Fault> faults, Choices choices) {
            Failing tried = tried(scenario, failing.strategy(), faults, choices);
            if (tried == null || !tried.size().isNoMoreThan(failing.size())) {
                return false;
            }
            failing = tried;
            listener.smaller(stage, tried.size(), runs);
            return true;
        }
    }

    private @Nullable Failing tried(
            Scenario scenario, Strategy strategy, List<Fault> faults, List<Choice> choices) {
        return tried(scenario, strategy, faults, Choices.replayed(choices));
    }

    /** Null if the run does not fail in the same way, or there is no time left for it. */
    private @Nullable Failing tried(
            Scenario scenario, Strategy strategy, List<Fault> faults, Choices choices) {
        if (runs >= limits.runs() || nanoTime.getAsLong() > endNanos) {
            return null;
        }
        runs++;
        CommandCounter counter = new CommandCounter(scenario.queueEntries(), DOORBELL_STRIDE);
        Outcome outcome = trials.run(scenario, new Plan(choices, strategy, faults, false), counter);
        if (!outcome.cause().equals(cause)) {
            return null;
        }
        Size size = new Size(faults.size(), counter.submitted(), outcome.choices().size());
        return new Failing(scenario, strategy, faults, outcome, size);
    }

    @Override
    public void close() {
        trials.close();
    }
}
