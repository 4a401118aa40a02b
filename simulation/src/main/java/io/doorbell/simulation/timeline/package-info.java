/** What happened in a run, event by event: as lines to read, as JSON, as a picture. */
@NullMarked
package io.doorbell.simulation.timeline;

import org.jspecify.annotations.NullMarked;
