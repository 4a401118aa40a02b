package io.doorbell.vfiouser.pci;

import java.util.List;

/**
 * What a PCI function has, as its configuration space said when it was powered on.
 *
 * @param barBytes size of each of six BARs; 0 for one that is not there, or is the upper half of
 *     the one before
 * @param hasPin whether it can interrupt by pin
 * @param msix its MSI-X capability; without vectors if it has none
 */
public record FunctionShape(List<Long> barBytes, boolean hasPin, Msix msix) {
    /** BARs of a function. */
    public static final int BARS = 6;

    public FunctionShape {
        barBytes = List.copyOf(barBytes);
    }

    /**
     * Where the MSI-X table lies.
     *
     * @param bar the BAR with the table
     */
    public record Msix(int vectorCount, int bar, long tableOffset) {
        static final Msix NONE = new Msix(0, 0, 0);
    }
}
