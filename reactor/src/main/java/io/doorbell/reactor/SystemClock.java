package io.doorbell.reactor;

import java.util.function.LongSupplier;

/** Real time, in nanoseconds from an arbitrary origin; never goes back. Compare by difference. */
public enum SystemClock implements LongSupplier {
    /** The clock of this machine. */
    INSTANCE;

    @Override
    public long getAsLong() {
        return System.nanoTime();
    }
}
