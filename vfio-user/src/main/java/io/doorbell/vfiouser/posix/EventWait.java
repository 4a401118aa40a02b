package io.doorbell.vfiouser.posix;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * Waits for events that others signal, or to be woken.
 *
 * <p>Threads: one; {@link #wake} any, at any time.
 */
public final class EventWait implements AutoCloseable {
    private static final int WAKE = 0;

    private final Descriptor wake;
    private PollSet polled;
    private int count;

    /** For no event yet. */
    public EventWait() throws PosixException {
        wake = Descriptor.event();
        polled = new PollSet(wake.number());
    }

    /**
     * From now on for these.
     *
     * @param events are not closed before this is, or waits for others
     */
    public void watch(List<Descriptor> events) {
        int[] numbers = new int[1 + events.size()];
        numbers[WAKE] = wake.number();
        for (int i = 0; i < events.size(); i++) {
            numbers[1 + i] = events.get(i).number();
        }
        polled.close();
        polled = new PollSet(numbers);
        count = events.size();
    }

    /**
     * Waits until one of them is signalled, or {@link #wake} was called since the last wait, or the
     * time is over.
     *
     * @param nanos {@link Long#MAX_VALUE} for ever
     * @return whether it was not the time
     */
    public boolean await(long nanos) {
        boolean any = polled.await(WAKE, 1 + count, nanos);
        if (any && polled.has(WAKE)) {
            wake.clearEvents();
        }
        return any;
    }

    /**
     * Looks, without waiting.
     *
     * @param signalled told of each that is signalled, by its place among those watched; takes it
     */
    public void look(IntConsumer signalled) {
        if (count > 0 && polled.await(1, count, 0)) {
            for (int i = 0; i < count; i++) {
                if (polled.has(1 + i)) {
                    signalled.accept(i);
                }
            }
        }
    }

    /** Ends a wait, or the next one. */
    public void wake() {
        boolean _ = wake.signal();
    }

    @Override
    public void close() {
        wake.close();
        polled.close();
    }
}
