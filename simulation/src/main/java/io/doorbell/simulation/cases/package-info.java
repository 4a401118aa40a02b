/** A failed run as a small text file that can be read, sent and run again. */
@NullMarked
package io.doorbell.simulation.cases;

import org.jspecify.annotations.NullMarked;
