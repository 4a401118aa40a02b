/**
 * The NVMe controller: registers, life cycle, and the entry to everything below.
 *
 * <p>Owns CAP, VS, CC, CSTS, AQA, ASQ, ACQ and the decision when an epoch begins and ends. {@link
 * io.doorbell.controller.NvmeController} puts the actors together; a host sees only the port it
 * returns.
 *
 * <p>Threads: the controller runs on shard 0.
 */
@NullMarked
package io.doorbell.controller;

import org.jspecify.annotations.NullMarked;
