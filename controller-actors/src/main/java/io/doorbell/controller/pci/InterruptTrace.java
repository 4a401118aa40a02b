package io.doorbell.controller.pci;

/** Is told of every interrupt at the moment it leaves; may be called on any thread. */
@FunctionalInterface
public interface InterruptTrace {
    /** Looks at nothing. */
    InterruptTrace NONE = (vector, reason) -> {};

    /**
     * An interrupt leaves.
     *
     * @param vector 0 for the pin
     */
    void sent(int vector, InterruptReason reason);
}
