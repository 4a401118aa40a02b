package io.doorbell.simulation.lab;

import io.doorbell.guest.workload.WorkloadResult;
import io.doorbell.simulation.choice.Choice;
import io.doorbell.simulation.trace.TraceHash;

import java.util.List;

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
    public boolean held() {
        return problem.isEmpty();
    }
}
