package io.doorbell.testkit.conformance;

import io.doorbell.testkit.host.Host;

import org.jspecify.annotations.Nullable;

/** What a test works at: hosts with devices of the shape it needs. */
public final class Bench implements AutoCloseable {
    private final DeviceFactory devices;
    private @Nullable Host latest;

    Bench(DeviceFactory devices) {
        this.devices = devices;
    }

    /** A host whose function was powered on; nothing was done yet. */
    public Host powerOn(DeviceShape shape) {
        close();
        Host host = new Host(devices.powerOn(shape));
        latest = host;
        return host;
    }

    /** {@link #powerOn} and {@link Host#start}. */
    public Host start(DeviceShape shape) {
        return powerOn(shape).start();
    }

    /** A started host with a device of the usual shape. */
    public Host start() {
        return start(DeviceShape.DEFAULT);
    }

    @Nullable Host latest() {
        return latest;
    }

    @Override
    public void close() {
        if (latest != null) {
            latest.close();
            latest = null;
        }
    }
}
