/** What passes between host and device, told to whoever watches, in the order of the world. */
@NullMarked
package io.doorbell.simulation.observe;

import org.jspecify.annotations.NullMarked;
