/**
 * The calls of the operating system that this module needs and Java does not offer: UNIX sockets
 * that carry descriptors, event descriptors, memory files, mappings.
 *
 * <p>Owns every native call of the module. Each descriptor has one owner, a {@link
 * io.doorbell.vfiouser.posix.Descriptor} or a socket, which alone uses and closes it: a number that
 * was closed is handed out again at once, and would then mean a foreign file.
 *
 * <p>Threads: as each class says. Linux on 64-bit machines only.
 *
 * <p>Uses only the JDK.
 */
@NullMarked
package io.doorbell.vfiouser.posix;

import org.jspecify.annotations.NullMarked;
