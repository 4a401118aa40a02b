/**
 * The PCI side of the controller: the lanes on which a host's accesses arrive, configuration space,
 * the MSI-X table.
 *
 * <p>Owns the decoding of BAR0 and what PCI, not NVMe, defines. What lies in the registers belongs
 * to the controller, what lies in the doorbells to {@link
 * io.doorbell.controller.queue.DoorbellMemory}.
 *
 * <p>Threads: each lane on its shard; {@link io.doorbell.controller.pci.MsixVector} is shared and
 * says how.
 */
@NullMarked
package io.doorbell.controller.pci;

import org.jspecify.annotations.NullMarked;
