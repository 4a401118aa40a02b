/**
 * Drives a device on a UNIX socket, as QEMU does: ours, or any other that speaks vfio-user.
 *
 * <p>Owns the connection, the matching of replies to requests, and what the protocol leaves to a
 * client: base addresses, MSI-X table, masks, the host's memory. {@link
 * io.doorbell.vfiouser.client.VfioUserFunction} is the device as a host sees it.
 *
 * <p>Threads: one receives; any asks; a function belongs to one.
 *
 * <p>Uses bus, nvme-spec, protocol, posix.
 */
@NullMarked
package io.doorbell.vfiouser.client;

import org.jspecify.annotations.NullMarked;
