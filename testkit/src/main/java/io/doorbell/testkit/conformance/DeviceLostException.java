package io.doorbell.testkit.conformance;

/** Thrown by a {@link DeviceFactory} that can give no device any more: no other test can run. */
public final class DeviceLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DeviceLostException(String reason) {
        super(reason);
    }
}
