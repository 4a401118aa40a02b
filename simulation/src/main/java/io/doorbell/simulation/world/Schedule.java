package io.doorbell.simulation.world;

/**
 * Says in which order actors that could all run do run: by how many others each is overtaken. What
 * one actor was sent stays in order.
 */
@FunctionalInterface
public interface Schedule {
    /** Nobody is overtaken. */
    Schedule FIRST_IN_FIRST_OUT = _ -> 0;

    /**
     * How many tasks that become ready later may run before this one, 0 for first in, first out.
     *
     * @param actor who has become ready; asked once each time
     */
    int delay(ActorPath actor);
}
