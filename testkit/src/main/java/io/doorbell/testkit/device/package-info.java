/**
 * Doorbell's own controller as a device under test, in a world of virtual time.
 *
 * <p>Owns the wiring of controller, memory and world.
 *
 * <p>Threads: one device belongs to one thread.
 *
 * <p>Uses {@code controller-actors} and {@code simulation}.
 */
@NullMarked
package io.doorbell.testkit.device;

import org.jspecify.annotations.NullMarked;
