package io.doorbell.cli.settings;

import java.time.Duration;

/**
 * The host's NVMe driver.
 *
 * @param queuePairCount I/O queue pairs it creates, 1 to {@link ControllerSettings#queuePairsMax};
 *     fewer than {@link ControllerSettings#vectorCount} unless vectors are shared
 * @param queueDepthEntries size S of each queue in entries, 2 to {@link
 *     ControllerSettings#queueEntriesMax}; S - 1 commands fit
 * @param vectorsShared whether several completion queues may use one interrupt vector
 * @param coalescing feature 08h
 * @param commandTimeout how long a command may take before the driver does something about it
 */
public record DriverSettings(
        int queuePairCount,
        int queueDepthEntries,
        boolean vectorsShared,
        Coalescing coalescing,
        Duration commandTimeout) {

    /**
     * Interrupt coalescing (Base 2.0 §5.27.1.6).
     *
     * @param thresholdEntries completion entries before an interrupt, 1 to 256
     * @param time longest wait for them, 0 or 100 µs to 25.5 ms in steps of 100 µs
     */
    public record Coalescing(int thresholdEntries, Duration time) {
        /** Whether interrupts are held back at all; a threshold of 1 or a time of 0 say no. */
        public boolean enabled() {
            return thresholdEntries > 1 && !time.isZero();
        }
    }
}
