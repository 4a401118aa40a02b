package io.doorbell.testkit.conformance;

import io.doorbell.testkit.host.Host;

import org.jspecify.annotations.Nullable;

/** What a test works at: hosts with devices of the shape it needs, one at a time. */
public final class Bench implements AutoCloseable {
    private final DeviceFactory devices;
    private final DeviceShape usual;
    private @Nullable Host latest;

    /**
     * A bench with nothing on it.
     *
     * @param usual the shape of devices that are not ordered by shape
     */
    public Bench(DeviceFactory devices, DeviceShape usual) {
        this.devices = devices;
        this.usual = usual;
    }

    /** A host whose function was powered on; nothing was done yet. */
    public Host powerOn(DeviceShape shape) {
        close();
        Host host = new Host(devices.powerOn(shape));
        latest = host;
        return host;
    }

    /** As above, with the usual shape. */
    public Host powerOn() {
        return powerOn(usual);
    }

    /** {@link #powerOn} and {@link Host#start}. */
    public Host start(DeviceShape shape) {
        return powerOn(shape).start();
    }

    /** A started host with a device of the usual shape. */
    public Host start() {
        return start(usual);
    }

    /** Registers and queues of the latest host, for whoever has to find out why; empty if none. */
    public String dump() {
        if (latest == null) {
            return "";
        }
        try {
            return latest.dump();
        } catch (RuntimeException | AssertionError gone) {
            return "no dump: " + gone.getMessage();
        }
    }

    @Override
    public void close() {
        if (latest != null) {
            latest.close();
            latest = null;
        }
    }
}
