package io.doorbell.testkit.conformance;

import io.doorbell.bus.pci.PciFunction;

/** Gives each test a device that was just powered on. */
public interface DeviceFactory extends AutoCloseable {
    /**
     * A device of this shape.
     *
     * @throws NotApplicable if this factory has no such device
     */
    PciFunction powerOn(DeviceShape shape);

    /** What the devices are, for a report. */
    String description();

    @Override
    void close();
}
