/**
 * A world of one thread and virtual time, in which actors run unchanged.
 *
 * <p>Owns the order in which actors run and what time it is. Nothing of Pekko runs outside it: no
 * thread is started, and what no caller runs does not happen.
 *
 * <p>Threads: a world belongs to the thread that uses it; many worlds may live side by side.
 *
 * <p>Uses Pekko's extension points for dispatchers and schedulers.
 */
@NullMarked
package io.doorbell.simulation.world;

import org.jspecify.annotations.NullMarked;
