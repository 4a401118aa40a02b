/**
 * The port between a host and a PCI function, as typed messages: configuration space, BAR accesses,
 * MSI-X messages.
 *
 * <p>Owns the protocol and its ordering rules, nothing of NVMe. A host that keeps to this package
 * can drive any function; a function that keeps to it can be driven by any host.
 *
 * <p>Threads: messages are immutable; routes may be looked up from any thread.
 *
 * <p>Uses Pekko's actor references.
 */
@NullMarked
package io.doorbell.bus.pci;

import org.jspecify.annotations.NullMarked;
