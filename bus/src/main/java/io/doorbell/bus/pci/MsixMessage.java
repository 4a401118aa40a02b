package io.doorbell.bus.pci;

/**
 * A message-signalled interrupt: a store of {@code data} to {@code address} that reaches an
 * interrupt controller of the host (PCIe §3.5.2).
 */
public record MsixMessage(long address, int data) implements HostMessage {}
