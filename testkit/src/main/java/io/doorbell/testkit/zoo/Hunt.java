package io.doorbell.testkit.zoo;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.explore.Draw;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Machine;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.machine.SimulatedMachine;
import io.doorbell.testkit.mutant.MutantCompiler;
import io.doorbell.testkit.mutant.MutantLoader;

import java.util.Map;

/**
 * Looks for one mutant with what every other is looked for with: the same seeds, from the first on,
 * until one fails or the budget is used up.
 *
 * @param seedsMax seeds to try
 * @param nanosMax time to spend, by the clock on the wall
 */
public record Hunt(int seedsMax, long nanosMax) {
    /** What is looked for so long in the collection. */
    public static final Hunt USUAL = new Hunt(2_000, 60_000_000_000L);

    /** What mutants may change, and what joins it, is loaded again for each of them. */
    private static boolean isLoadedAgain(String name) {
        return name.startsWith("io.doorbell.controller.")
                || (name.startsWith("io.doorbell.guest.")
                        && !name.startsWith("io.doorbell.guest.workload."))
                || name.startsWith("io.doorbell.simulation.machine.")
                || name.startsWith("io.doorbell.simulation.wire.RegisterWire")
                || name.startsWith("io.doorbell.simulation.wire.InterruptWire");
    }

    /**
     * What came of it.
     *
     * @param seed the first that failed; 0 if none did
     * @param problem what was seen then, empty if nothing was
     * @param seeds how many were tried
     */
    public record Catch(long seed, String problem, int seeds, long nanos) {
        public boolean found() {
            return seed != 0;
        }
    }

    /**
     * Looks for a mutant.
     *
     * @throws IllegalArgumentException if its edits do not fit the sources
     */
    public Catch hunt(Mutant mutant, MutantCompiler compiler) {
        return hunt(builder(compiler.compile(mutant.id(), mutant.edits())));
    }

    /** The same for device and host as they are: nothing should be found. */
    public Catch huntTwin() {
        return hunt(new SimulatedMachine.Builder());
    }

    private Catch hunt(Machine.Builder machines) {
        long began = System.nanoTime();
        int seeds = 0;
        try (Laboratory laboratory = new Laboratory(machines)) {
            while (seeds < seedsMax && System.nanoTime() - began < nanosMax) {
                seeds++;
                String problem = problem(laboratory, seeds);
                if (!problem.isEmpty()) {
                    return new Catch(seeds, problem, seeds, System.nanoTime() - began);
                }
            }
        }
        return new Catch(0, "", seeds, System.nanoTime() - began);
    }

    /** Each seed twice, judged by every law: while nothing else goes wrong, and with its faults. */
    private static String problem(Laboratory laboratory, long seed) {
        Draw draw = Draw.of(seed);
        Outcome calm = laboratory.run(draw.scenario(), plan(seed, draw.withoutFaults()));
        if (!calm.held() || draw.faults().isEmpty()) {
            return said(calm);
        }
        return said(laboratory.run(draw.scenario(), plan(seed, draw)));
    }

    private static String said(Outcome outcome) {
        return outcome.breach() == null ? outcome.problem() : outcome.cause();
    }

    private static Plan plan(long seed, Draw draw) {
        return new Plan(Choices.drawn(seed), draw.strategy(), draw.faults(), false);
    }

    private static Machine.Builder builder(Map<String, byte[]> replaced) {
        try {
            return (Machine.Builder)
                    new MutantLoader(replaced, Hunt::isLoadedAgain)
                            .loadClass(SimulatedMachine.Builder.class.getName())
                            .getConstructor()
                            .newInstance();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("The mutant cannot be loaded", broken);
        }
    }
}
