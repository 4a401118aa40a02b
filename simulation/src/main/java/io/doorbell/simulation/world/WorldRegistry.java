package io.doorbell.simulation.world;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How what Pekko makes by class name finds its world: by a number in the configuration. */
final class WorldRegistry {
    static final String KEY = "doorbell.world";

    private static final Map<Integer, World> WORLDS = new ConcurrentHashMap<>();

    private WorldRegistry() {}

    static void enter(int number, World world) {
        WORLDS.put(number, world);
    }

    /** Called when everything has found its world. */
    static void leave(int number) {
        WORLDS.remove(number);
    }

    static World find(int number) {
        World world = WORLDS.get(number);
        if (world == null) {
            throw new IllegalArgumentException(
                    "There is no world " + number + ". Create one with new World()");
        }
        return world;
    }
}
