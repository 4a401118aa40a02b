package io.doorbell.bus.pci;

/**
 * Whatever an actor of the host may receive: {@link MsixMessage} and {@link
 * PciAccess.ReadCompletion} from a function, and what the host tells itself.
 */
public interface HostMessage {}
