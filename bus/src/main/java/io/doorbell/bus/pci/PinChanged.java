package io.doorbell.bus.pci;

/** The function began or ceased to assert its interrupt pin, INTA (PCIe §3.5.1). */
public record PinChanged(boolean asserted) implements HostMessage {}
