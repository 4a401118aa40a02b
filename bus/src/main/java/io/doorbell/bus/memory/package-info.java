/**
 * The memory of the machine, as its host CPUs and its devices see it.
 *
 * <p>Owns the regions of guest physical addresses and every way of touching them: plain, acquire
 * and release access, bulk copies, fences. Queues, data, PRP lists and shadow doorbells live here
 * and are never sent in messages.
 *
 * <p>Threads: any. What orders accesses of two threads is what orders them in a machine: release
 * stores, acquire loads and fences, nothing else.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.bus.memory;

import org.jspecify.annotations.NullMarked;
