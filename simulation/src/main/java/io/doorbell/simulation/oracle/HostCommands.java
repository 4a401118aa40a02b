package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.PageMap;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Outstanding commands of a host, by queue and identifier. */
final class HostCommands {
    private final PageMap byKey = new PageMap();
    private final List<HostCommand> all = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

    HostCommand add(int queueId, int commandId) {
        int number;
        if (free.isEmpty()) {
            number = all.size();
            all.add(new HostCommand());
        } else {
            number = free.removeLast();
        }
        byKey.put(key(queueId, commandId), number);
        return all.get(number);
    }

    @Nullable HostCommand find(int queueId, int commandId) {
        long number = byKey.get(key(queueId, commandId));
        return number == PageMap.NONE ? null : all.get((int) number);
    }

    /** Ends a command; it may be used until another one is added. */
    @Nullable HostCommand remove(int queueId, int commandId) {
        long key = key(queueId, commandId);
        long number = byKey.get(key);
        if (number == PageMap.NONE) {
            return null;
        }
        byKey.remove(key);
        free.add((int) number);
        HostCommand removed = all.get((int) number);
        return removed;
    }

    /** The rank of the oldest command that is outstanding, or {@code now}. */
    long oldest(long now) {
        long oldest = now;
        for (int number = 0; number < all.size(); number++) {
            if (!free.contains(number)) {
                oldest = Math.min(oldest, all.get(number).submittedAt);
            }
        }
        return oldest;
    }

    private static long key(int queueId, int commandId) {
        return (long) queueId << 16 | commandId;
    }
}
