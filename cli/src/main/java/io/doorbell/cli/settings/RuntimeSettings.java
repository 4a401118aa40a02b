package io.doorbell.cli.settings;

import java.util.OptionalInt;

/**
 * The reactors, which are the event loops that actors run on.
 *
 * @param reactorCount 1 to 64; empty: one for each core
 * @param quantumMessages 1 to 65536, how many messages the newest work may take before the oldest
 *     has its turn; empty: the reactor's own choice
 */
public record RuntimeSettings(OptionalInt reactorCount, OptionalInt quantumMessages) {}
