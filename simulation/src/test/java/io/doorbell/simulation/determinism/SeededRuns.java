package io.doorbell.simulation.determinism;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Strategy;
import io.doorbell.simulation.trace.TraceHash;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Runs that a seed alone makes; as a program it prints the hash of each. */
final class SeededRuns {
    private static final List<Fault> FAULTS =
            List.of(
                    Fault.parse("delay at interrupt/* nth 5 times 3 amount 40000"),
                    Fault.parse("double at write/sq-*-tail nth 7"));

    private SeededRuns() {}

    static Outcome run(Laboratory laboratory, long seed) {
        Strategy strategy = seed % 2 == 0 ? Strategy.RANDOM : Strategy.PRIORITIES;
        List<Fault> faults = seed % 3 == 0 ? FAULTS : List.of();
        return laboratory.run(
                Scenario.SMALL, new Plan(Choices.drawn(seed), strategy, faults, true));
    }

    /** The hashes of seeds 1 to {@code count}, in a line. */
    static String hashes(long count) {
        try (Laboratory laboratory = new Laboratory()) {
            return LongStream.rangeClosed(1, count)
                    .mapToObj(seed -> TraceHash.text(run(laboratory, seed).trace().value()))
                    .collect(Collectors.joining(" "));
        }
    }

    /** Takes how many seeds to run. */
    public static void main(String[] args) {
        System.out.println(hashes(Long.parseLong(args[0])));
    }
}
