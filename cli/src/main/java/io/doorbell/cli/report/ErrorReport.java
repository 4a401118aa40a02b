package io.doorbell.cli.report;

/**
 * An error and how often it was met.
 *
 * @param what as a person reads it: "write: LBA Out of Range (0/80h)"
 */
public record ErrorReport(String what, long count) {}
