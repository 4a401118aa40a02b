package io.doorbell.cli.settings;

import java.util.OptionalLong;

/**
 * The simulated host.
 *
 * @param memoryBytes its memory, 16 MiB to 1 TiB, sparse: only what is touched costs anything;
 *     empty: as much as the queues and buffers of the run need
 */
public record HostSettings(OptionalLong memoryBytes) {}
