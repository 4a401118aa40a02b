/**
 * Memory as weak as a machine's: what one side stores, the other sees later, as the choices of the
 * run say and its fences allow.
 */
@NullMarked
package io.doorbell.simulation.memory;

import org.jspecify.annotations.NullMarked;
