package io.doorbell.simulation.lab;

import io.doorbell.guest.workload.WorkloadResult;
import io.doorbell.simulation.choice.Choice;
import io.doorbell.simulation.trace.TraceHash;

import java.util.List;
import java.util.regex.Pattern;

/**
 * How a run ended.
 *
 * @param problem what went wrong, empty if nothing did
 * @param choices what left the ordinary course
 * @param nanos virtual time it took
 */
public record Outcome(
        String problem,
        WorkloadResult workload,
        List<Choice> choices,
        long steps,
        long nanos,
        TraceHash trace) {
    private static final Pattern NUMBERS = Pattern.compile("[0-9][0-9A-Fa-f,.]*h?");

    public boolean held() {
        return problem.isEmpty();
    }

    /** What went wrong, the same for all failures of one kind; empty if nothing did. */
    public String cause() {
        return NUMBERS.matcher(problem.split("; ", 2)[0]).replaceAll("#");
    }
}
