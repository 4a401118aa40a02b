package io.doorbell.controller.pci;

/** Why an interrupt was sent when it was. A trace shows it; a host cannot see it. */
public enum InterruptReason {
    /** As many entries were posted as the coalescing threshold says (Base §5.27.1.6). */
    THRESHOLD,
    /** The coalescing time was over. */
    TIME,
    /** Nothing is coalesced here: settings, an error, an admin completion. */
    NOT_COALESCED,
    /** The pin was asserted: a queue is no longer empty (PCIe §3.5.1). */
    PIN,
    /** The vector was unmasked while a message was pending (PCIe §3.5.2). */
    UNMASK
}
