package io.doorbell.simulation.shrink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Delta debugging: leaves out halves, then quarters, and at last single items for as long as what
 * remains still fails. Ends with a list of which no single item can be left out.
 */
final class ListReducer {
    /** Tries a shorter list. */
    interface Trial<T> {
        /** What of it was needed so far, in the same order; null if it does not fail. */
        @Nullable List<T> fails(List<T> candidate);
    }

    private ListReducer() {}

    /** A list that fails, with no more items than {@code items}, which fails. */
    static <T> List<T> reduce(List<T> items, Trial<T> trial) {
        if (items.isEmpty()) {
            return items;
        }
        List<T> none = trial.fails(List.of());
        if (none != null) {
            return none;
        }
        List<T> left = items;
        int chunk = Math.ceilDiv(left.size(), 2);
        while (true) {
            List<T> fewer = sweep(left, chunk, trial);
            boolean changed = fewer.size() < left.size();
            left = fewer;
            if (chunk > 1) {
                chunk = Math.max(1, Math.min(chunk / 2, left.size() / 2));
            } else if (!changed) {
                return left;
            }
        }
    }

    /** Tries to leave out each chunk once, the last ones first: late items matter least. */
    private static <T> List<T> sweep(List<T> items, int chunk, Trial<T> trial) {
        List<T> left = items;
        int end = left.size();
        while (end > 0) {
            int begin = Math.max(0, end - chunk);
            List<T> candidate = new ArrayList<>(left.subList(0, begin));
            candidate.addAll(left.subList(end, left.size()));
            if (candidate.isEmpty()) {
                return left; // tried before anything else
            }
            List<T> needed = trial.fails(candidate);
            if (needed != null) {
                left = needed;
            }
            end = Math.min(begin, left.size());
        }
        return left;
    }
}
