/**
 * The memory of a virtual machine, as its client maps it for us and unmaps it again.
 *
 * <p>Owns the regions and the mappings of files behind them. Regions that came with a descriptor
 * are accessed in place, the others by messages to the client.
 *
 * <p>Threads: regions change on the thread that receives; the memory is used from any thread, also
 * while it changes. It is shared with a running guest: every value in it may change at any moment.
 *
 * <p>Uses bus, posix.
 */
@NullMarked
package io.doorbell.vfiouser.memory;

import org.jspecify.annotations.NullMarked;
