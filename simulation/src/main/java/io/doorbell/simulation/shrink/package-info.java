/** Makes failing runs smaller for as long as they fail in the same way. */
@NullMarked
package io.doorbell.simulation.shrink;

import org.jspecify.annotations.NullMarked;
