/**
 * A host in a test's hands: registers, queues, memory and interrupts of one PCI function, a step at
 * a time.
 *
 * <p>Owns the host's memory map and queue pointers. Knows nothing of what is behind the function,
 * and waits in the function's time.
 *
 * <p>Threads: one host belongs to one thread.
 *
 * <p>Uses {@code bus} and {@code nvme-spec}.
 */
@NullMarked
package io.doorbell.testkit.host;

import org.jspecify.annotations.NullMarked;
