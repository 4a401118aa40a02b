package io.doorbell.simulation.lab;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.observe.WorldMemory;
import io.doorbell.simulation.world.ActorPath;
import io.doorbell.simulation.world.StepListener;

import java.util.function.LongSupplier;

/** Watches one run: each step, and all that passes between host and device. Changes nothing. */
public interface Spectator extends StepListener, BusObserver {
    /** Watches nothing. */
    Spectator NONE = new Spectator() {};

    /** The run is about to begin. */
    default void enter(WorldMemory memory, LongSupplier nanoTime, Choices choices) {}

    @Override
    default void step(long number, long nanos, ActorPath actor) {}
}
