/** The wires of a device that really runs: things arrive at once unless a fault strikes them. */
@NullMarked
package io.doorbell.simulation.live;

import org.jspecify.annotations.NullMarked;
