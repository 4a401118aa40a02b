package io.doorbell.cli.report;

/**
 * All commands of one kind.
 *
 * @param commands completed, with or without an error
 * @param bytes moved, zeroed or deallocated by those without an error
 * @param errors completed with an error status
 */
public record OperationReport(
        OperationKind operation, long commands, long bytes, long errors, LatencySummary latency) {}
