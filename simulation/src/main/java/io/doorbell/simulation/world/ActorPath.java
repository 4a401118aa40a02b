package io.doorbell.simulation.world;

/**
 * An actor by where it lives, the same in every run.
 *
 * @param text the names from the root, separated by slashes
 * @param key a number for it
 */
public record ActorPath(String text, long key) {}
