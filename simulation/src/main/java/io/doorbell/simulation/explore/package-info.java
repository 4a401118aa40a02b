/** What a seed stands for when nobody says more: a scenario, a strategy, a set of faults. */
@NullMarked
package io.doorbell.simulation.explore;

import org.jspecify.annotations.NullMarked;
