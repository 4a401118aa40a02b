package io.doorbell.vfiouser.client;

/** The device refused a request, or is gone. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final int errno;

    RefusedException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    /** Why, as an error number; 0 if the device is gone. */
    public int errno() {
        return errno;
    }
}
