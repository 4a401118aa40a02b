package io.doorbell.guest.workload;

import java.util.List;

/** Finds the word that was probably meant. */
final class NearestWord {
    private NearestWord() {}

    /** Such as "; did you mean 'write'? Use read, write or trim." */
    static String hint(String typed, List<String> valid) {
        String nearest = valid.getFirst();
        for (String word : valid) {
            if (distance(typed, word) < distance(typed, nearest)) {
                nearest = word;
            }
        }
        return "; did you mean '" + nearest + "'? Valid are " + String.join(", ", valid) + ".";
    }

    /** Insertions, deletions, replacements and swaps of neighbours from one word to the other. */
    static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int cheapest(int[][] steps, String from, String to, int i, int j) {
        int replaced = steps[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean isSwap =
                i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
        return isSwap ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
