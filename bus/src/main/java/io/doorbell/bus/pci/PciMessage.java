package io.doorbell.bus.pci;

/**
 * Whatever the actor behind a lane of a PCI function may receive: {@link PciAccess} from the host,
 * and what the function tells itself.
 */
public interface PciMessage {}
