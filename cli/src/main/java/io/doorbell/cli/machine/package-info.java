/**
 * The one place where a device, a host and a runtime are put together, for real.
 *
 * <p>Owns the actor system of a run, its guest memory and its store, and gives all back at the end.
 *
 * <p>Threads: a machine is used from one thread, which waits for its actors.
 */
@NullMarked
package io.doorbell.cli.machine;

import org.jspecify.annotations.NullMarked;
