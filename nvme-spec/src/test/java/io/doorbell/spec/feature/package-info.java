/** Layout tests; see {@link io.doorbell.spec.WindowLayout} for how they work. */
@NullMarked
package io.doorbell.spec.feature;

import org.jspecify.annotations.NullMarked;
