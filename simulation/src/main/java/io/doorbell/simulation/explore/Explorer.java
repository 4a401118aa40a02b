package io.doorbell.simulation.explore;

import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Spectator;
import io.doorbell.simulation.lab.Trials;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs many seeds, each once, several at a time, and keeps the first failure of each kind. Which
 * seeds fail, and how, does not depend on how many run at a time.
 */
public final class Explorer {
    /**
     * What to run.
     *
     * @param firstSeed the first one
     * @param lastSeed the last one
     * @param jobs seeds at a time, one thread and one laboratory for each
     * @param nanosMax no seed is begun after so much time on the wall
     * @param draw what a seed stands for
     * @param build named in the cases
     */
    public record Search(
            long firstSeed,
            long lastSeed,
            int jobs,
            long nanosMax,
            LongFunction<Draw> draw,
            String build) {}

    private final Search search;
    private final Supplier<Laboratory> laboratories;
    private final LongSupplier nanoTime;
    private final AtomicLong nextSeed;
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong virtualNanos = new AtomicLong();
    private final Findings findings = new Findings();

    /**
     * @param laboratories asked once for each job, and after a run that broke its laboratory
     * @param nanoTime the clock on the wall
     */
    public Explorer(Search search, Supplier<Laboratory> laboratories, LongSupplier nanoTime) {
        this.search = search;
        this.laboratories = laboratories;
        this.nanoTime = nanoTime;
        this.nextSeed = new AtomicLong(search.firstSeed());
    }

    /** Seeds run so far; may be asked from any thread. */
    public long runs() {
        return runs.get();
    }

    /** Commands completed so far; may be asked from any thread. */
    public long commands() {
        return commands.get();
    }

    /** Failures so far; may be asked from any thread. */
    public long failures() {
        return findings.count();
    }

    /** Situations met so far; may be asked from any thread. */
    public int situationsMet() {
        return findings.sightings().met().size();
    }

    /** Runs the seeds, and returns when all have been run or the time is over. */
    public Exploration explore() {
        long begin = nanoTime.getAsLong();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < search.jobs(); i++) {
            threads.add(
                    Thread.ofPlatform()
                            .name("explore-" + i)
                            .start(() -> work(begin + search.nanosMax())));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            nextSeed.set(Long.MAX_VALUE); // whoever waits wants to end: begin no more
            Thread.currentThread().interrupt();
        }
        return new Exploration(
                runs.get(),
                commands.get(),
                virtualNanos.get(),
                nanoTime.getAsLong() - begin,
                findings.sightings().met(),
                findings.sightings().neverMet(),
                findings.byCause());
    }

    private void work(long endNanos) {
        try (Trials trials = new Trials(laboratories)) {
            for (long seed = nextSeed.getAndIncrement();
                    seed <= search.lastSeed() && nanoTime.getAsLong() <= endNanos;
                    seed = nextSeed.getAndIncrement()) {
                run(trials, seed);
            }
        }
    }

    private void run(Trials trials, long seed) {
        Draw draw = search.draw().apply(seed);
        Outcome outcome = trials.run(draw.scenario(), draw.plan(seed, false), Spectator.NONE);
        runs.incrementAndGet();
        commands.addAndGet(outcome.workload().requests());
        virtualNanos.addAndGet(outcome.nanos());
        findings.add(outcome.sightings());
        if (!outcome.held()) {
            findings.add(draw.caseOf(search.build(), seed, outcome));
        }
    }
}
