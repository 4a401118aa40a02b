/**
 * The messages of vfio-user 0.0, as QEMU and libvfio-user speak it: their bytes and what they mean,
 * for either side.
 *
 * <p>Owns the wire format and the framing. What comes from the other side is checked here for what
 * a message alone can show (sizes, counts, widths); whether an address or an index exists is for
 * whoever acts on it.
 *
 * <p>Threads: records are immutable; a {@link io.doorbell.vfiouser.protocol.MessageReader} belongs
 * to the thread that receives.
 *
 * <p>Uses posix.
 */
@NullMarked
package io.doorbell.vfiouser.protocol;

import org.jspecify.annotations.NullMarked;
