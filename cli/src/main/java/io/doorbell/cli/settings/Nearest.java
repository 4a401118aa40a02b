package io.doorbell.cli.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The candidate with the fewest typing errors (Levenshtein, case counts for nothing) between it
     * and {@code word}; the first of several; empty if all are too far away to be a slip of the
     * fingers.
     */
    public static Optional<String> to(String word, Collection<String> candidates) {
        int fewest = Math.max(1, word.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String candidate : candidates) {
            int errors = distance(lower(word), lower(candidate));
            if (errors < fewest && errors < candidate.length()) {
                fewest = errors;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /** Insertions, deletions and replacements that turn {@code from} into {@code to}. */
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                int insertedOrDeleted = Math.min(above[column], current[column - 1]) + 1;
                current[column] = Math.min(above[column - 1] + replaced, insertedOrDeleted);
            }
            above = current;
        }
        return above[to.length()];
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
