/**
 * Admin commands (Base §5), and the root of an epoch.
 *
 * <p>Owns what lives from enable to reset: features, the table of queues, outstanding Asynchronous
 * Event Requests, log pages. A reset stops the root; the next enable starts a fresh one, so nothing
 * of one epoch reaches the next but what {@link io.doorbell.controller.admin.LastingState} keeps:
 * the error count, saved features, the list of changed namespaces.
 *
 * <p>Threads: everything here belongs to {@link io.doorbell.controller.admin.AdminExecutor}, on
 * shard 0.
 */
@NullMarked
package io.doorbell.controller.admin;

import org.jspecify.annotations.NullMarked;
