package io.doorbell.testkit.zoo;

import io.doorbell.testkit.mutant.MutantCompiler;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Hunts many mutants, several at a time, and the twin that has no mistake. */
public final class Zoo {
    /** Is told of each hunt that is over, in the order of the mutants. */
    @FunctionalInterface
    public interface Listener {
        /** This came of the hunt for this mutant. */
        void hunted(Mutant mutant, Catch caught);
    }

    /**
     * What came of all.
     *
     * @param seedsTried the most that any mutant took
     * @param twin of the same seeds
     */
    public record Result(List<Catch> catches, int seedsTried, Catch twin) {
        public Result {
            catches = List.copyOf(catches);
        }

        /** How many mutants were found. */
        public int found() {
            return (int) catches.stream().filter(Catch::found).count();
        }

        /** Whether all were found, and nothing where nothing is. */
        public boolean held() {
            return found() == catches.size() && !twin.found();
        }
    }

    private final Hunt hunt;
    private final MutantCompiler compiler;
    private final int jobs;
    private final AtomicLong hunted = new AtomicLong();
    private final AtomicLong twinSeeds = new AtomicLong();

    /**
     * @param jobs mutants at a time, one thread for each
     */
    public Zoo(Hunt hunt, MutantCompiler compiler, int jobs) {
        this.hunt = hunt;
        this.compiler = compiler;
        this.jobs = jobs;
    }

    /** Mutants hunted so far; may be asked from any thread. */
    public long hunted() {
        return hunted.get();
    }

    /** Seeds of the twin so far; may be asked from any thread. */
    public long twinSeeds() {
        return twinSeeds.get();
    }

    /**
     * Hunts all of them.
     *
     * @throws IllegalArgumentException if the edits of one do not fit the sources
     */
    public List<Catch> hunt(List<Mutant> mutants, Listener listener) {
        return inOrder(
                mutants.stream()
                        .<Callable<Catch>>map(
                                mutant ->
                                        () -> {
                                            Catch caught = hunt.hunt(mutant, compiler);
                                            hunted.incrementAndGet();
                                            return caught;
                                        })
                        .toList(),
                (index, caught) -> listener.hunted(mutants.get(index), caught));
    }

    /** Runs the twin over as many seeds as the most patient hunt took, shared by all jobs. */
    public Result withTwin(List<Catch> catches) {
        int seeds = catches.stream().mapToInt(Catch::seeds).max().orElse(0);
        List<Callable<Catch>> parts = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            int first = 1 + job;
            parts.add(() -> hunt.huntTwin(first, seeds, jobs, _ -> twinSeeds.incrementAndGet()));
        }
        List<Catch> twins = inOrder(parts, (_, _) -> {});
        return new Result(catches, seeds, earliest(twins, seeds));
    }

    /** The failure with the lowest seed, or none. */
    private static Catch earliest(List<Catch> twins, int seeds) {
        Catch earliest = new Catch(null, seeds, 0, null);
        long nanos = 0;
        for (Catch each : twins) {
            nanos = Math.max(nanos, each.nanos());
            if (each.failing() != null
                    && (earliest.failing() == null
                            || each.failing().seed() < earliest.failing().seed())) {
                earliest = each;
            }
        }
        return new Catch(earliest.failing(), seeds, nanos, earliest.size());
    }

    private interface Taker {
        void take(int index, Catch caught);
    }

    private List<Catch> inOrder(List<Callable<Catch>> work, Taker taker) {
        List<Catch> done = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(jobs, Thread.ofPlatform().name("zoo-", 0).factory())) {
            List<Future<Catch>> futures = work.stream().map(threads::submit).toList();
            try {
                for (Future<Catch> future : futures) {
                    Catch caught = future.get();
                    done.add(caught);
                    taker.take(done.size() - 1, caught);
                }
            } catch (ExecutionException failed) {
                threads.shutdownNow();
                throw failed.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(failed.getCause());
            } catch (InterruptedException interrupted) {
                threads.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
        return done;
    }
}
