/** The one place where a device, a host and a world are put together, and run. */
@NullMarked
package io.doorbell.simulation.lab;

import org.jspecify.annotations.NullMarked;
