package io.doorbell.cli.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The candidate with the fewest typing errors (Levenshtein, swaps too, whatever the case)
     * between it and {@code word}; the first of several; empty if all are too far away to be a slip
     * of the fingers.
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

    /**
     * Insertions, deletions, replacements and swaps of neighbours that turn {@code from} into
     * {@code to}.
     */
    static int distance(String from, String to) {
        int[][] errors = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                errors[row][column] =
                        row == 0 || column == 0
                                ? row + column
                                : fewest(errors, row, column, from, to);
            }
        }
        return errors[from.length()][to.length()];
    }

    private static int fewest(int[][] errors, int row, int column, String from, String to) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int insertedOrDeleted = Math.min(errors[row - 1][column], errors[row][column - 1]) + 1;
        int fewest = Math.min(errors[row - 1][column - 1] + replaced, insertedOrDeleted);
        boolean swapped =
                row > 1
                        && column > 1
                        && from.charAt(row - 1) == to.charAt(column - 2)
                        && from.charAt(row - 2) == to.charAt(column - 1);
        return swapped ? Math.min(fewest, errors[row - 2][column - 2] + 1) : fewest;
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
