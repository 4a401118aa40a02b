/**
 * Drives a device on a UNIX socket, as QEMU does: ours, or any other that speaks vfio-user.
 *
 * <p>Owns the connection and the matching of replies to requests.
 *
 * <p>Threads: one receives; any asks.
 *
 * <p>Uses protocol, posix.
 */
@NullMarked
package io.doorbell.vfiouser.client;

import org.jspecify.annotations.NullMarked;
