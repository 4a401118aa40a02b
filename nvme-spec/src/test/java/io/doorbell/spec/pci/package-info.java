/** Layout tests; see {@link io.doorbell.spec.WindowLayout} for how they work. */
@NullMarked
package io.doorbell.spec.pci;

import org.jspecify.annotations.NullMarked;
