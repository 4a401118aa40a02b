package io.doorbell.controller.pci;

/**
 * What the PCI command register lets through. Written by {@link PciConfiguration} alone, read by
 * all.
 */
public final class FunctionGate {
    private volatile boolean memorySpaceEnabled;
    private volatile boolean busMasterEnabled;

    /** CMD.MSE: BAR accesses are decoded. */
    boolean memorySpaceEnabled() {
        return memorySpaceEnabled;
    }

    /** CMD.BME: the function may touch guest memory and send messages. */
    public boolean busMasterEnabled() {
        return busMasterEnabled;
    }

    void set(boolean memorySpace, boolean busMaster) {
        memorySpaceEnabled = memorySpace;
        busMasterEnabled = busMaster;
    }
}
