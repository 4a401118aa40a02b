package io.doorbell.vfiouser.memory;

/** The client asked to map or unmap what cannot be. */
public final class BadRegionException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param message what it asked for, and why it cannot be
     */
    public BadRegionException(String message) {
        super(message);
    }
}
