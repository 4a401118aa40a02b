package io.doorbell.testkit.junit;

/** Suppressed in the failure of a test: the device as the test left it. */
final class DeviceState extends Exception {
    private static final long serialVersionUID = 1;

    DeviceState(String dump) {
        super("the device when the test failed\n" + dump, null, false, false);
    }
}
