/** Layout tests; see {@link io.doorbell.spec.WindowLayout} for how they work. */
@NullMarked
package io.doorbell.spec.command;

import org.jspecify.annotations.NullMarked;
