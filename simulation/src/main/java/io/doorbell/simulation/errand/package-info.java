/** What a host does besides its I/O. */
@NullMarked
package io.doorbell.simulation.errand;

import org.jspecify.annotations.NullMarked;
