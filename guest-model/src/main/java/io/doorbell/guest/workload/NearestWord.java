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

    /** Insertions, deletions and replacements from one word to the other (Levenshtein). */
    static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
