package io.doorbell.simulation.fault;

/**
 * Names of sites, where {@code *} stands for anything but a slash.
 *
 * @param text as it is written
 */
record SitePattern(String text) {
    /** Whether it stands for this name. */
    boolean matches(String name) {
        return overlap(text, 0, name, 0);
    }

    /** Whether some name is one of this pattern and of the other. */
    boolean overlaps(SitePattern other) {
        return overlap(text, 0, other.text, 0);
    }

    /** Either text may have stars; a star is nothing, or one more character of the other side. */
    private static boolean overlap(String one, int i, String other, int j) {
        if (i == one.length() && j == other.length()) {
            return true;
        }
        if (i < one.length() && one.charAt(i) == '*') {
            return overlap(one, i + 1, other, j)
                    || (eats(other, j) && overlap(one, i, other, j + 1));
        }
        if (j < other.length() && other.charAt(j) == '*') {
            return overlap(one, i, other, j + 1) || (eats(one, i) && overlap(one, i + 1, other, j));
        }
        return i < one.length()
                && j < other.length()
                && one.charAt(i) == other.charAt(j)
                && overlap(one, i + 1, other, j + 1);
    }

    private static boolean eats(String text, int at) {
        return at < text.length() && text.charAt(at) != '/';
    }

    @Override
    public String toString() {
        return text;
    }
}
