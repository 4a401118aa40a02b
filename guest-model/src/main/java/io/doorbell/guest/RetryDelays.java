package io.doorbell.guest;

import io.doorbell.spec.Status;

import java.time.Duration;

/** CRDT1 to CRDT3 of Identify Controller (Base §5.17.2.1), in units of 100 ms. */
record RetryDelays(int first, int second, int third) {
    static final RetryDelays NONE = new RetryDelays(0, 0, 0);
    private static final int UNIT_MILLIS = 100;

    /** How long to wait before a command that ended so is sent again. */
    Duration of(int status) {
        int units =
                switch (Status.commandRetryDelay(status)) {
                    case 1 -> first;
                    case 2 -> second;
                    case 3 -> third;
                    default -> 0;
                };
        return Duration.ofMillis((long) units * UNIT_MILLIS);
    }
}
