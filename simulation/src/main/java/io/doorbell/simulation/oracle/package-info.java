/**
 * The laws of NVMe as watchers: each is one small class, says in plain words what must hold, and
 * names what it saw when that does not hold. They ask a {@link
 * io.doorbell.simulation.observe.BusModel} and know neither device nor host.
 *
 * <p>Uses {@code observe}.
 */
@NullMarked
package io.doorbell.simulation.oracle;

import org.jspecify.annotations.NullMarked;
