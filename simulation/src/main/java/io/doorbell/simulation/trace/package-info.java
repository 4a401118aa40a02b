/** What happened in a run: as one number, and as lines to read. */
@NullMarked
package io.doorbell.simulation.trace;

import org.jspecify.annotations.NullMarked;
