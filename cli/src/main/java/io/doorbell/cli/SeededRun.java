package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.settings.LoadedSettings;
import io.doorbell.cli.simulated.FaultWords;
import io.doorbell.cli.simulated.Scenarios;
import io.doorbell.cli.terminal.SimulationPrinter;
import io.doorbell.simulation.explore.Draw;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Spectator;
import io.doorbell.simulation.lab.Trials;
import io.doorbell.simulation.trace.TraceHash;
import io.doorbell.simulation.world.ActorPath;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** One simulated run, as {@code doorbell run --seed} makes it. */
final class SeededRun {
    private final long seed;
    private final Draw draw;
    private final SimulationPrinter printer;

    SeededRun(long seed, Draw draw, SimulationPrinter printer) {
        this.seed = seed;
        this.draw = draw;
        this.printer = printer;
    }

    /**
     * What seeds stand for: with settings of the user's in the scenario that these describe, else
     * in one of their own.
     *
     * @param faults what the user says goes wrong, null for what the settings say
     * @param otherwise what goes wrong if neither says
     * @throws BadSettingsException naming everything that is wrong with the settings
     * @throws InputException if they, or the faults, cannot be simulated
     */
    static LongFunction<Draw> draws(
            SettingsOptions options,
            @Nullable List<String> faults,
            String otherwise,
            CommandContext context)
            throws BadSettingsException, InputException {
        UnaryOperator<Draw> asSaid = FaultWords.of(faults == null ? List.of(otherwise) : faults);
        if (!options.isGiven()) {
            return seed -> asSaid.apply(Draw.of(seed));
        }
        LoadedSettings loaded = options.loadOver(Scenarios.USUAL, context.surroundings());
        Scenario scenario = Scenarios.of(loaded);
        UnaryOperator<Draw> withFaults =
                faults == null && loaded.faults().isPresent()
                        ? draw -> draw.withFaults(loaded.faults().get())
                        : asSaid;
        return seed -> withFaults.apply(Draw.of(seed, scenario));
    }

    /** Runs, prints, and writes the case to {@code caseFile}; the exit code. */
    int run(boolean twice, Optional<OutputFile> caseFile) throws InputException {
        printer.line("Seed", Long.toString(seed));
        printer.plan(draw.scenario(), draw.faults());
        Outcome outcome = once(twice, Spectator.NONE);
        printer.outcome(outcome);
        if (caseFile.isPresent()) {
            caseFile.get().write(draw.caseOf(Version.build(), seed, outcome).text());
        }
        boolean deterministic = !twice || isSameAgain(outcome);
        printer.breach(outcome);
        printer.verdict(outcome);
        return outcome.held() && deterministic ? ExitCode.HELD : ExitCode.FAILED;
    }

    private boolean isSameAgain(Outcome first) {
        Outcome second = once(true, Spectator.NONE);
        long step = TraceHash.firstDifference(first.trace(), second.trace());
        if (step < 0) {
            printer.line("Determinism", "a second run in a fresh world was the same");
            return true;
        }
        Actors there = new Actors(step);
        once(true, there);
        printer.bad(
                "NOT DETERMINISTIC: the second run has trace hash %s; the first step that differs is %,d, of %s."
                        .formatted(TraceHash.text(second.trace().value()), step, there.path()));
        return false;
    }

    /** In a world of its own. */
    private Outcome once(boolean keepsSteps, Spectator spectator) {
        try (Silence _ = new Silence();
                Trials trials = new Trials(Laboratory::new)) {
            return trials.run(draw.scenario(), draw.plan(seed, keepsSteps), spectator);
        }
    }

    /** Finds out whose step the n-th one is. */
    private static final class Actors implements Spectator {
        private final long wanted;
        private long seen;
        private String path = "nobody";

        Actors(long wanted) {
            this.wanted = wanted;
        }

        String path() {
            return path;
        }

        @Override
        public void step(long number, long nanos, ActorPath actor) {
            if (seen++ == wanted) {
                path = actor.text() + " at " + nanos + " ns";
            }
        }
    }
}
