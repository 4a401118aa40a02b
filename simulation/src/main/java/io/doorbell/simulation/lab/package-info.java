/** Runs scenarios: one seed, one world. */
@NullMarked
package io.doorbell.simulation.lab;

import org.jspecify.annotations.NullMarked;
