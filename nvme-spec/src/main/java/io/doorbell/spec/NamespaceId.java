package io.doorbell.spec;

/** Namespace identifiers, NSID (Base 2.0 §3.2.1): unsigned, valid from 1 to NN. */
public final class NamespaceId {
    /** A command that concerns no namespace. */
    public static final int NONE = 0;

    /** Every namespace attached to the controller, where a command allows it. */
    public static final int BROADCAST = 0xFFFF_FFFF;

    /** The largest NSID a namespace can have. */
    public static final int MAX = 0xFFFF_FFFE;

    private NamespaceId() {}

    /** Whether {@code namespaceId} is within 1 to NN; {@link #BROADCAST} never is. */
    public static boolean isValid(int namespaceId, int namespaceIdMaximum) {
        return namespaceId != NONE
                && namespaceId != BROADCAST
                && Integer.compareUnsigned(namespaceId, namespaceIdMaximum) <= 0;
    }

    /**
     * Whether a namespace list may start after {@code namespaceId}: any value but the two largest
     * (Base 2.0 §5.17.2.2).
     */
    public static boolean isListStart(int namespaceId) {
        return Integer.compareUnsigned(namespaceId, MAX) < 0;
    }
}
