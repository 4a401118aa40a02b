package io.doorbell.simulation.lab;

import io.doorbell.simulation.lab.Laboratory.Plan;

import java.util.function.Supplier;

/**
 * Runs that may end with an exception, which is a bug like any other: it becomes the outcome of the
 * run, and the next one has a new laboratory.
 */
public final class Trials implements AutoCloseable {
    private final Supplier<Laboratory> laboratories;
    private Laboratory laboratory;

    /**
     * Opens a laboratory at once.
     *
     * @param laboratories asked for one now, and after each run that ends with an exception
     */
    public Trials(Supplier<Laboratory> laboratories) {
        this.laboratories = laboratories;
        this.laboratory = laboratories.get();
    }

    /** Runs one scenario to its end, whatever that is. */
    public Outcome run(Scenario scenario, Plan plan, Spectator spectator) {
        try {
            return laboratory.run(scenario, plan, spectator);
        } catch (RuntimeException broken) {
            laboratory.close();
            laboratory = laboratories.get();
            return Outcome.broken(broken, plan.choices());
        }
    }

    @Override
    public void close() {
        laboratory.close();
    }
}
