package io.doorbell.testkit.conformance.report;

import java.util.Comparator;

/** Orders {@code Base §3.7.2} before {@code Base §3.10}: numbers as numbers. */
enum ClauseOrder implements Comparator<String> {
    INSTANCE;

    @Override
    public int compare(String left, String right) {
        String[] a = left.split("[ §.,]+", -1);
        String[] b = right.split("[ §.,]+", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order =
                    isNumber(a[i]) && isNumber(b[i])
                            ? Integer.compare(Integer.parseInt(a[i]), Integer.parseInt(b[i]))
                            : a[i].compareTo(b[i]);
            if (order != 0) {
                return order;
            }
        }
        int byLength = Integer.compare(a.length, b.length);
        return byLength != 0 ? byLength : left.compareTo(right);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.length() < 9 && part.chars().allMatch(Character::isDigit);
    }
}
