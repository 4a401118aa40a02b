/**
 * The host: a driver that brings a controller up as Linux does, and one actor for each queue pair.
 *
 * <p>Knows a PCI function only through {@code bus}: register accesses, guest memory, interrupt
 * messages. It writes doorbells and never reads them; it learns the submission head from completion
 * entries and the completion tail from the phase tag.
 *
 * <p>Threads: a queue actor, its rings and its feed belong together. Time comes from the clock the
 * driver is given.
 */
@NullMarked
package io.doorbell.guest;

import org.jspecify.annotations.NullMarked;
