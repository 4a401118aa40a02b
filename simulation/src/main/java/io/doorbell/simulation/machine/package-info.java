/**
 * The one place where a device and a host are put together, on the wires of a world. What lies here
 * is loaded once more for each mutant of the device or the host.
 */
@NullMarked
package io.doorbell.simulation.machine;

import org.jspecify.annotations.NullMarked;
