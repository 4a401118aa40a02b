/** Everything a simulated run is free to choose, from one seed or from a list. */
@NullMarked
package io.doorbell.simulation.choice;

import org.jspecify.annotations.NullMarked;
