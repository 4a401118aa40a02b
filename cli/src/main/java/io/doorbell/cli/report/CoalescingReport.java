package io.doorbell.cli.report;

/**
 * How well the coalescing time is kept: one command at a time, each waiting for the timer.
 *
 * @param timeMicros what was asked for
 * @param latency from the ring to the host's sight of the completion, the wait included
 */
public record CoalescingReport(long timeMicros, LatencySummary latency) {}
