package io.doorbell.reactor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How late Linux may wake a thread to save power: 50 µs unless told otherwise, half of the 100 µs
 * in which the command path counts.
 */
final class TimerSlack {
    private static final Path SELF = Path.of("/proc/thread-self");

    private TimerSlack() {}

    /**
     * Asks for 1 ns on the calling thread. Where that is not possible (not Linux, no /proc) timers
     * are later, not wrong, so failing is not an error.
     *
     * @return whether the kernel accepted it
     */
    static boolean minimise() {
        try {
            // .../<process>/task/<thread>; the setting exists for a thread only at the top of
            // /proc.
            Path threadId = Files.readSymbolicLink(SELF).getFileName();
            if (threadId == null) {
                return false;
            }
            Files.writeString(Path.of("/proc").resolve(threadId).resolve("timerslack_ns"), "1");
            return true;
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return false;
        }
    }
}
