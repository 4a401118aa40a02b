package io.doorbell.reactor;

/**
 * What a reactor looks at besides its actors, a socket for example. It takes from it between turns
 * and waits in it when nothing is left to run, so what arrives there is handled on the thread of
 * the actors it is for, and no other thread has to be woken.
 *
 * <p>Threads: the reactor's own, but for {@link #wake}.
 */
public interface EventSource {
    /**
     * Takes some of what is there, without waiting. Actors wait for as long as this takes, so it
     * takes little at a time.
     *
     * @return false at the end: the reactor lets go of this source
     */
    boolean take();

    /**
     * Waits until there is something to take, or {@link #wake} was called since the last wait, or
     * the time is over. May return early.
     *
     * @param nanos at least 1; {@link Long#MAX_VALUE} for ever
     * @return whether there may be something to take
     */
    boolean await(long nanos);

    /** Ends a wait, or the next one. Any thread, also when the reactor has let go. */
    void wake();

    /** The reactor has let go of this source and calls it no more, except for {@link #wake}. */
    void released();
}
