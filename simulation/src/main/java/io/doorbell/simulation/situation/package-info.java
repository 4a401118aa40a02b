/**
 * What runs came across, by name: so that whoever explores sees what was never tried. Uses {@code
 * observe}.
 */
@NullMarked
package io.doorbell.simulation.situation;

import org.jspecify.annotations.NullMarked;
