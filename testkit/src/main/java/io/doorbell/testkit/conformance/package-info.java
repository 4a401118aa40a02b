/**
 * The conformance suite: what the NVMe specification asks of a controller, clause by clause.
 *
 * <p>Owns the tests, who runs them, and what they found. Drives a PCI function only as a host
 * could.
 *
 * <p>Threads: tests run one after another on the caller's thread.
 *
 * <p>Uses {@code testkit.host}, {@code bus} and {@code nvme-spec}; knows no actor.
 */
@NullMarked
package io.doorbell.testkit.conformance;

import org.jspecify.annotations.NullMarked;
