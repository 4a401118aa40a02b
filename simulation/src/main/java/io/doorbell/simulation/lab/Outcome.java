package io.doorbell.simulation.lab;

import io.doorbell.guest.workload.WorkloadResult;
import io.doorbell.simulation.choice.Choice;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.oracle.Violation;
import io.doorbell.simulation.situation.Sightings;
import io.doorbell.simulation.trace.TraceHash;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a run ended.
 *
 * @param problem what went wrong, empty if nothing did
 * @param breach the law that was broken, which is the problem then; null if none was
 * @param sightings what it came across
 * @param choices what left the ordinary course
 * @param nanos virtual time it took
 */
public record Outcome(
        String problem,
        @Nullable Breach breach,
        WorkloadResult workload,
        Sightings sightings,
        List<Choice> choices,
        long steps,
        long nanos,
        TraceHash trace) {
    /**
     * A broken law.
     *
     * @param lastEvents up to it, one line each, the oldest first
     */
    public record Breach(Violation violation, List<String> lastEvents) {
        public Breach {
            lastEvents = List.copyOf(lastEvents);
        }
    }

    private static final Pattern NUMBERS = Pattern.compile("[0-9][0-9A-Fa-f,.]*h?");

    /** Of a run that ended with an exception, after these choices. */
    static Outcome broken(RuntimeException exception, Choices choices) {
        return new Outcome(
                "exception %s: %s"
                        .formatted(exception.getClass().getSimpleName(), exception.getMessage()),
                null,
                new WorkloadResult(List.of(), 0, 0, List.of()),
                new Sightings(),
                choices.made(),
                0,
                0,
                new TraceHash(false));
    }

    public boolean held() {
        return problem.isEmpty();
    }

    /** What went wrong, the same for all failures of one kind; empty if nothing did. */
    public String cause() {
        if (breach != null) {
            return breach.violation().id() + ": " + breach.violation().law();
        }
        return NUMBERS.matcher(problem.split("; ", 2)[0]).replaceAll("#");
    }
}
