package io.doorbell.simulation.shrink;

/**
 * How much there is to look at in a failed run.
 *
 * @param faults that are injected
 * @param commands of I/O that the host submits
 * @param choices that leave the ordinary course
 */
public record Size(int faults, long commands, int choices) {
    /** All of it. */
    public long events() {
        return faults + commands + choices;
    }

    /** Whether it is worth to go on from here; choices are left out last. */
    boolean isNoMoreThan(Size other) {
        return faults + commands <= other.faults + other.commands;
    }

    @Override
    public String toString() {
        return "%,d events: %,d faults, %,d commands, %,d choices"
                .formatted(events(), faults, commands, choices);
    }
}
