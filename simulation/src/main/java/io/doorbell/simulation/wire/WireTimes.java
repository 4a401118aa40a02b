package io.doorbell.simulation.wire;

/**
 * How long things take on their way, in nanoseconds.
 *
 * @param registerStore from the host's store until the device has it
 * @param registerLoad to the device and back
 * @param interrupt from the device's message until the host's handler runs
 */
public record WireTimes(long registerStore, long registerLoad, long interrupt) {
    /** Nothing takes any time. */
    public static final WireTimes NONE = new WireTimes(0, 0, 0);

    /** About what a PCI Express device of today and a server take. */
    public static final WireTimes PCI_EXPRESS = new WireTimes(300, 900, 1_500);
}
