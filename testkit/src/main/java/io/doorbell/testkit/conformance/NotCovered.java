package io.doorbell.testkit.conformance;

/**
 * A clause that is known and has no test.
 *
 * @param reason why not
 */
public record NotCovered(String chapter, String clause, String what, String reason) {}
