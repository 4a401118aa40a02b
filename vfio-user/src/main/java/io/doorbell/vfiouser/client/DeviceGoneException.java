package io.doorbell.vfiouser.client;

/** The device behind the socket has gone, or does not answer any more; nothing more can be done. */
public final class DeviceGoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeviceGoneException(String message) {
        super(message);
    }
}
