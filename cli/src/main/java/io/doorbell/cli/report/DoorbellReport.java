package io.doorbell.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/**
 * What went on at the doorbells of the I/O queues.
 *
 * @param submissionRings writes of a tail by the host
 * @param completionRings writes of a head by the host
 * @param wakes times that a ring woke a queue; the other rings met one that was awake; null if
 *     nobody knows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DoorbellReport(long submissionRings, long completionRings, @Nullable Long wakes) {}
