package io.doorbell.vfiouser.protocol;

/** The other side sent what the protocol does not allow. */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * @param message what it sent, and what is allowed
     */
    public ProtocolException(String message) {
        super(message);
    }
}
