package io.doorbell.testkit.junit;

import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.host.Host;

import org.jspecify.annotations.Nullable;

/** What one test was given; switched off after it. */
final class TestDevices implements AutoCloseable {
    private final DeviceFactory factory;
    private final Bench bench;
    private @Nullable Host host;

    TestDevices(DeviceFactory factory, DeviceShape shape) {
        this.factory = factory;
        this.bench = new Bench(factory, shape);
    }

    Bench bench() {
        return bench;
    }

    /** The same host for the test and the methods before and after it. */
    Host host() {
        Host existing = host;
        if (existing != null) {
            return existing;
        }
        Host made = bench.powerOn();
        host = made;
        return made;
    }

    @Override
    public void close() {
        try (factory) {
            bench.close();
        }
    }
}
