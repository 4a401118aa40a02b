package io.doorbell.simulation.cases;

import io.doorbell.simulation.choice.Choice;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Strategy;

import java.util.List;

/**
 * A run that can be made again anywhere: everything it depends on, and how it ended.
 *
 * @param build that ran it, so that one knows which to take if another one ends differently
 * @param seed that its choices were drawn from; the choices alone make the run
 * @param faults what went wrong
 * @param choices what left the ordinary course, by site and occurrence
 * @param ending how it ended
 */
public record Case(
        String build,
        long seed,
        Scenario scenario,
        Strategy strategy,
        List<Fault> faults,
        List<Choice> choices,
        Ending ending) {

    /**
     * How a run ended.
     *
     * @param cause what failed, the same for all failures of one kind; empty if nothing did
     * @param problem in full
     * @param steps it took
     * @param traceHash of all that happened in it
     */
    public record Ending(String cause, String problem, long steps, long traceHash) {
        static Ending of(Outcome outcome) {
            return new Ending(
                    outcome.cause(), outcome.problem(), outcome.steps(), outcome.trace().value());
        }
    }

    public Case {
        faults = List.copyOf(faults);
        choices = ChoiceText.sorted(choices);
    }

    /** A run that was made. */
    public static Case of(
            String build,
            long seed,
            Scenario scenario,
            Strategy strategy,
            List<Fault> faults,
            Outcome outcome) {
        return new Case(
                build, seed, scenario, strategy, faults, outcome.choices(), Ending.of(outcome));
    }

    /**
     * How to make the run again.
     *
     * @param keepsSteps whether the first difference to another run will be asked for
     */
    public Plan plan(boolean keepsSteps) {
        return new Plan(Choices.replayed(choices), strategy, faults, keepsSteps);
    }

    /** Whether a run ended as this one, step by step. */
    public boolean isSameRun(Outcome outcome) {
        return Ending.of(outcome).equals(ending);
    }

    /** As a file has it; {@link #parse} reads it. */
    public String text() {
        return CaseText.write(this);
    }

    /**
     * Reads the text of a case.
     *
     * @throws CaseException saying in which line and what is wrong, and what to do
     */
    public static Case parse(String text) throws CaseException {
        return CaseText.read(text);
    }
}
