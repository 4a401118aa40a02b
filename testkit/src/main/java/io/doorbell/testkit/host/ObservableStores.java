package io.doorbell.testkit.host;

/**
 * A function whose device's stores into the host's memory can be observed. With another function
 * {@link Host#expectNoMemoryWrite} sees only bytes that changed.
 */
public interface ObservableStores {
    /** From now on, tells the listener of every store of the device. */
    void addListener(Listener listener);

    /** Tells it no longer. */
    void removeListener(Listener listener);

    /** Is told of stores, also of those that leave the bytes as they were. */
    interface Listener {
        void stored(long address, long sizeBytes);
    }
}
