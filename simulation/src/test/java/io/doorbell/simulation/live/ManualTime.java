package io.doorbell.simulation.live;

import io.doorbell.simulation.fault.Later;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that a test lets pass. */
final class ManualTime implements Later {
    private record Due(long nanos, Runnable task) {}

    private final List<Due> due = new ArrayList<>();
    private long now;

    long nanoTime() {
        return now;
    }

    @Override
    public void after(long nanos, Runnable task) {
        due.add(new Due(now + nanos, task));
    }

    void pass(long nanos) {
        long end = now + nanos;
        while (true) {
            Due next =
                    due.stream()
                            .filter(each -> each.nanos <= end)
                            .min(Comparator.comparingLong(Due::nanos))
                            .orElse(null);
            if (next == null) {
                now = end;
                return;
            }
            due.remove(next);
            now = next.nanos;
            next.task.run();
        }
    }
}
