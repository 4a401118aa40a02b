/**
 * The real runtime: one single-threaded event loop, a reactor, per core, with its own timers,
 * behind Pekko's dispatcher and scheduler.
 *
 * <p>Owns the threads that run actors, the order in which ready actors run, the timers, and the
 * count of messages. It is the only place outside the command line and the benchmarks that reads
 * the system clock.
 *
 * <p>Threads: a {@code Reactor}, its task queue, its timer queue and its counters belong to one
 * thread. Other threads reach it through its {@code Inbox} alone.
 *
 * <p>Everything hangs off the {@link org.apache.pekko.actor.Scheduler} that Pekko makes first and
 * hands to every dispatcher, so nothing is static and actor systems cannot see each other's
 * reactors.
 *
 * <p>Uses Pekko and the JDK, no other Doorbell module.
 */
@NullMarked
package io.doorbell.reactor;

import org.jspecify.annotations.NullMarked;
