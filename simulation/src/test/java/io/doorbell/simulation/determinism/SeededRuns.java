package io.doorbell.simulation.determinism;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.explore.Draw;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.trace.TraceHash;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Runs that a seed alone makes; as a program it prints the hash of each. */
final class SeededRuns {
    private SeededRuns() {}

    static Outcome run(Laboratory laboratory, long seed) {
        Draw draw = Draw.of(seed);
        return laboratory.run(
                draw.scenario(),
                new Plan(Choices.drawn(seed), draw.strategy(), draw.faults(), true));
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
