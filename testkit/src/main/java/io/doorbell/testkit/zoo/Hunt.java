package io.doorbell.testkit.zoo;

import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.explore.Draw;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Machine;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Spectator;
import io.doorbell.simulation.lab.Trials;
import io.doorbell.simulation.machine.SimulatedMachine;
import io.doorbell.simulation.shrink.ShrinkLimits;
import io.doorbell.simulation.shrink.ShrinkListener;
import io.doorbell.simulation.shrink.Shrinker;
import io.doorbell.testkit.mutant.MutantCompiler;
import io.doorbell.testkit.mutant.MutantLoader;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Looks for one mutant with what every other is looked for with: the same seeds, from the first on,
 * until one fails or the budget is used up.
 *
 * @param seedsMax seeds to try
 * @param nanosMax time to spend, by the clock on the wall
 * @param shrinking budget of making what was found small; null: it stays as it is
 */
public record Hunt(int seedsMax, long nanosMax, @Nullable ShrinkLimits shrinking) {
    /** What is looked for so long in the collection. */
    public static final Hunt USUAL =
            new Hunt(2_000, 60_000_000_000L, new ShrinkLimits(1_000, 10_000_000_000L));

    /** What mutants may change, and what joins it, is loaded again for each of them. */
    private static boolean isLoadedAgain(String name) {
        return name.startsWith("io.doorbell.controller.")
                || (name.startsWith("io.doorbell.guest.")
                        && !name.startsWith("io.doorbell.guest.workload."))
                || name.startsWith("io.doorbell.simulation.machine.")
                || name.startsWith("io.doorbell.simulation.wire.RegisterWire")
                || name.startsWith("io.doorbell.simulation.wire.InterruptWire");
    }

    /** Which seeds to try: from the first on, each so many behind the last. */
    private record Seeds(int first, int last, int step) {}

    /**
     * Looks for a mutant.
     *
     * @throws IllegalArgumentException if its edits do not fit the sources
     */
    public Catch hunt(Mutant mutant, MutantCompiler compiler) {
        return hunt(
                machines(compiler.compile(mutant.id(), mutant.edits())),
                new Seeds(1, seedsMax, 1),
                _ -> {});
    }

    /**
     * The same for device and host as they are, in whatever time it takes: nothing should be found.
     *
     * @param step between the seeds
     * @param tried told of each seed
     */
    Catch huntTwin(int first, int last, int step, LongConsumer tried) {
        return new Hunt(seedsMax, Long.MAX_VALUE, shrinking)
                .hunt(new SimulatedMachine.Builder(), new Seeds(first, last, step), tried);
    }

    private Catch hunt(Machine.Builder machines, Seeds seeds, LongConsumer tried) {
        long began = System.nanoTime();
        int count = 0;
        Case failing = null;
        try (Trials trials = new Trials(() -> new Laboratory(machines))) {
            for (long seed = seeds.first();
                    failing == null && seed <= seeds.last() && System.nanoTime() - began < nanosMax;
                    seed += seeds.step()) {
                failing = failing(trials, seed);
                count++;
                tried.accept(seed);
            }
        }
        Catch caught = new Catch(failing, count, System.nanoTime() - began, null);
        return failing == null || shrinking == null
                ? caught
                : shrunk(caught, failing, shrinking, machines);
    }

    /** As when seeds are explored, so that whoever runs this seed there sees the same. */
    private static @Nullable Case failing(Trials trials, long seed) {
        Draw draw = Draw.of(seed);
        Outcome outcome = trials.run(draw.scenario(), draw.plan(seed, false), Spectator.NONE);
        return outcome.held() ? null : draw.caseOf("", seed, outcome);
    }

    private static Catch shrunk(
            Catch caught, Case failing, ShrinkLimits limits, Machine.Builder machines) {
        try (Shrinker shrinker =
                new Shrinker(
                        () -> new Laboratory(machines),
                        limits,
                        System::nanoTime,
                        ShrinkListener.NONE)) {
            Shrinker.Result result = shrinker.shrink(failing);
            return caught.withSize(result.reproduced() ? result.after() : null);
        }
    }

    private static Machine.Builder machines(Map<String, byte[]> replaced) {
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
