package io.doorbell.simulation.fault;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that goes wrong. Written
 *
 * <pre>
 *  KIND at SITE nth N [times T] [after NANOSns] [amount A]
 *
 *  lose at interrupt/2 nth 1
 *  delay at write/sq-*-tail nth 3 times 2 amount 50000
 *  flip at write/cq-1-head nth 7 amount 8000h
 * </pre>
 *
 * @param site a name, where {@code *} stands for anything but a slash
 * @param nth which of the matching events it strikes first, from 1
 * @param times how many in a row
 * @param afterNanos events before this virtual time are not counted
 * @param amount as the kind says
 */
public record Fault(
        FaultKind kind, String site, long nth, long times, long afterNanos, long amount) {
    private static final Pattern TEXT =
            Pattern.compile(
                    "(?<kind>\\S+) at (?<site>\\S+)(?: nth (?<nth>\\d+))?(?: times (?<times>\\d+))?"
                            + "(?: after (?<after>\\d+)ns)?(?: amount (?<amount>-?\\d+|[0-9A-Fa-f]+h))?");

    public Fault {
        if (site.indexOf('/') < 0 || !kind.sites().contains(site.substring(0, site.indexOf('/')))) {
            throw new IllegalArgumentException(
                    "Nothing can %s at '%s'. It can at %s/..."
                            .formatted(kind.word(), site, String.join("/..., ", kind.sites())));
        }
        if (nth < 1 || times < 1 || afterNanos < 0) {
            throw new IllegalArgumentException(
                    "nth and times count from 1, time from 0: nth %d, times %d, after %d ns."
                            .formatted(nth, times, afterNanos));
        }
    }

    /** The first event of a site, once. */
    public static Fault of(FaultKind kind, String site) {
        return new Fault(kind, site, 1, 1, 0, 0);
    }

    /** From the {@code n}-th event on. */
    public Fault nth(long n) {
        return new Fault(kind, site, n, times, afterNanos, amount);
    }

    /** So many events in a row. */
    public Fault times(long count) {
        return new Fault(kind, site, nth, count, afterNanos, amount);
    }

    /** Counting begins then. */
    public Fault after(long nanos) {
        return new Fault(kind, site, nth, times, nanos, amount);
    }

    /** As the kind says. */
    public Fault amount(long value) {
        return new Fault(kind, site, nth, times, afterNanos, value);
    }

    /**
     * Reads what {@link #toString} wrote, or a user.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Fault parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a fault. Write KIND at SITE [nth N] [times T] [after NANOSns] [amount A], such as 'lose at interrupt/2 nth 1'."
                            .formatted(text.strip()));
        }
        return new Fault(
                kind(matcher.group("kind")),
                matcher.group("site"),
                number(matcher.group("nth"), 1),
                number(matcher.group("times"), 1),
                number(matcher.group("after"), 0),
                number(matcher.group("amount"), 0));
    }

    private static FaultKind kind(String word) {
        for (FaultKind kind : FaultKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no kind of fault. There are: %s."
                        .formatted(word, String.join(", ", FaultKind.words())));
    }

    private static long number(String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        return text.endsWith("h")
                ? Long.parseLong(text.substring(0, text.length() - 1), 16)
                : Long.parseLong(text);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.word() + " at " + site + " nth " + nth);
        if (times != 1) {
            text.append(" times ").append(times);
        }
        if (afterNanos != 0) {
            text.append(" after ").append(afterNanos).append("ns");
        }
        if (amount != 0) {
            text.append(" amount ").append(amount);
        }
        return text.toString();
    }
}
