package io.doorbell.cli.simulated;

import io.doorbell.cli.lab.InputException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Seeds from one to another, both included: {@code 1..2000}, or a single one.
 *
 * @param first the first
 * @param last the last, not before the first
 */
public record SeedRange(long first, long last) {
    private static final Pattern TEXT =
            Pattern.compile("(?<first>\\d{1,18})(?:\\.\\.(?<last>\\d{1,18}))?");

    /**
     * Reads what {@code --seeds} says.
     *
     * @throws InputException if it is no range
     */
    public static SeedRange parse(String text) throws InputException {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            long first = Long.parseLong(matcher.group("first"));
            String end = matcher.group("last");
            long last = end == null ? first : Long.parseLong(end);
            if (first <= last) {
                return new SeedRange(first, last);
            }
        }
        throw InputException.of(
                "--seeds '" + text + "' is no range of seeds.",
                "Write FIRST..LAST, such as 1..2000.");
    }

    /** How many there are. */
    public long count() {
        return last - first + 1;
    }
}
