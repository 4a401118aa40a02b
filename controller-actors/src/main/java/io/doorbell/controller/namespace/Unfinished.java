package io.doorbell.controller.namespace;

import java.util.TreeMap;

/**
 * Commands that have begun and go on later, by the fences that came before they began: a fence
 * waits for those that began before it, and not for those that keep coming.
 */
final class Unfinished {
    private final TreeMap<Long, Integer> messages = new TreeMap<>(); // to go on, by fences before
    private long fences;

    /** What begins now has seen so many fences. */
    long now() {
        return fences;
    }

    void add(long since) {
        messages.merge(since, 1, Integer::sum);
    }

    void remove(long since) {
        messages.computeIfPresent(since, (_, count) -> count == 1 ? null : count - 1);
    }

    /** A fence has come; returns its number. */
    long fence() {
        return fences++;
    }

    /** Whether all that began before this fence is done. */
    boolean isPast(long fence) {
        return messages.isEmpty() || messages.firstKey() > fence;
    }
}
