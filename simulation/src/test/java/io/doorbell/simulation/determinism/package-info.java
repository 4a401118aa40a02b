/** One seed is one run: anywhere, as often as one likes. */
@NullMarked
package io.doorbell.simulation.determinism;

import org.jspecify.annotations.NullMarked;
