/**
 * What a bridge has to know of the PCI function behind it: its BARs, its interrupts.
 *
 * <p>Owns nothing: the function keeps its own configuration space.
 *
 * <p>Uses bus, nvme-spec.
 */
@NullMarked
package io.doorbell.vfiouser.pci;

import org.jspecify.annotations.NullMarked;
