package io.doorbell.cli.simulated;

import io.doorbell.cli.lab.InputException;

import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on the command line: {@code 90s}, {@code 10m}, {@code 2h}. */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(?<amount>\\d{1,6})(?<unit>s|m|h)");

    private Durations() {}

    /**
     * Nanoseconds.
     *
     * @throws InputException if the text is no time
     */
    public static long nanos(String option, String text) throws InputException {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw InputException.of(
                    option + " '" + text + "' is no time.",
                    "Write a number with its unit, s, m or h: 90s, 10m, 2h.");
        }
        TimeUnit unit =
                switch (matcher.group("unit")) {
                    case "s" -> TimeUnit.SECONDS;
                    case "m" -> TimeUnit.MINUTES;
                    default -> TimeUnit.HOURS;
                };
        return unit.toNanos(Long.parseLong(matcher.group("amount")));
    }
}
