/**
 * Doorbells, queues and interrupts: the actors that every command passes.
 *
 * <p>Owns the doorbell register file, the controller's side of submission and completion queues,
 * and the decision when an interrupt fires. Which command means what is none of its business:
 * batches go to a {@link io.doorbell.controller.queue.CommandExecutor}.
 *
 * <p>Threads: everything of one {@link io.doorbell.controller.queue.Shard} runs on that shard's
 * dispatcher, which has one thread. Shards meet only in messages and in {@link
 * io.doorbell.controller.queue.DoorbellFile} and {@link io.doorbell.controller.pci.MsixVector},
 * which say how.
 *
 * <p>Rules of this package: a ring and a burst of commands cost a bounded handful of messages,
 * whatever the burst; nothing is allocated, logged or boxed for a single command.
 */
@NullMarked
package io.doorbell.controller.queue;

import org.jspecify.annotations.NullMarked;
