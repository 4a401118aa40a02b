package io.doorbell.guest;

/** Where the driver stands; its parts share it. */
final class DriverLife {
    enum Phase {
        NEW,
        STARTING,
        LIVE,
        /** Queues are deleted and created again. */
        RECREATING,
        RESETTING,
        /** The controller could not be brought up; it is being left in peace. */
        GIVING_UP,
        DEAD,
        SHUT_DOWN
    }

    Phase phase = Phase.NEW;

    /** Counts resets and re-creations. What happened in an earlier epoch no longer matters. */
    int epoch;

    boolean isLive() {
        return phase == Phase.LIVE;
    }
}
