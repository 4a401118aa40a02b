package io.doorbell.simulation.errand;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing that the host does besides its I/O. Written
 *
 * <pre>
 *  KIND [of NUMBER] [on MOMENT NTH] at NANOSns [for NANOSns] [amount A]
 *
 *  reset-controller at 40000ns
 *  mask-vector of 2 on command 17 at 300ns for 30000ns
 *  ring-tail of 1 on reset 1 at 0ns amount 8
 * </pre>
 *
 * @param number of a queue or vector, as the kind says
 * @param moment what it waits for
 * @param nth which of these, from 1
 * @param atNanos how long after that it is done
 * @param forNanos how long it takes, if the kind takes time
 * @param amount as the kind says
 */
public record Errand(
        ErrandKind kind,
        int number,
        Moment moment,
        int nth,
        long atNanos,
        long forNanos,
        long amount) {
    private static final Pattern TEXT =
            Pattern.compile(
                    "(?<kind>\\S+)(?: of (?<of>\\d+))?(?: on (?<moment>\\S+) (?<nth>\\d+))?"
                            + " at (?<at>\\d+)ns(?: for (?<for>\\d+)ns)?(?: amount (?<amount>\\d+))?");

    public Errand {
        if (number < 0 || nth < 1 || atNanos < 0 || forNanos < 0 || amount < 0) {
            throw new IllegalArgumentException(
                    "Errands have no negative numbers, and moments count from 1: %s of %d on %s %d at %dns for %dns amount %d."
                            .formatted(
                                    kind.word(),
                                    number,
                                    moment.word(),
                                    nth,
                                    atNanos,
                                    forNanos,
                                    amount));
        }
    }

    /** At the begin of the I/O, with all numbers 0. */
    public static Errand of(ErrandKind kind) {
        return new Errand(kind, 0, Moment.BEGIN, 1, 0, 0, 0);
    }

    /** Of this queue or vector. */
    public Errand number(int value) {
        return new Errand(kind, value, moment, nth, atNanos, forNanos, amount);
    }

    /** So long after the nth of these. */
    public Errand on(Moment newMoment, int newNth, long nanos) {
        return new Errand(kind, number, newMoment, newNth, nanos, forNanos, amount);
    }

    /** So long after the begin of the I/O. */
    public Errand at(long nanos) {
        return on(Moment.BEGIN, 1, nanos);
    }

    /** For so long. */
    public Errand lasting(long nanos) {
        return new Errand(kind, number, moment, nth, atNanos, nanos, amount);
    }

    /** As the kind says. */
    public Errand amount(long value) {
        return new Errand(kind, number, moment, nth, atNanos, forNanos, value);
    }

    /**
     * Reads a list as {@link #text} writes it, or a user.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static List<Errand> parseAll(String text) {
        List<Errand> errands = new ArrayList<>();
        if (!text.isBlank()) {
            for (String each : text.split(",", -1)) {
                errands.add(parse(each));
            }
        }
        return List.copyOf(errands);
    }

    /** A list on one line. */
    public static String text(List<Errand> errands) {
        return errands.stream().map(Errand::toString).collect(Collectors.joining(", "));
    }

    /**
     * Reads one errand.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Errand parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no errand. Write KIND [of NUMBER] [on MOMENT NTH] at NANOSns [for NANOSns] [amount A], such as 'mask-vector of 1 on command 17 at 300ns for 30000ns'."
                            .formatted(text.strip()));
        }
        return new Errand(
                kind(matcher.group("kind")),
                (int) number(matcher.group("of"), 0),
                moment(matcher.group("moment")),
                (int) number(matcher.group("nth"), 1),
                number(matcher.group("at"), 0),
                number(matcher.group("for"), 0),
                number(matcher.group("amount"), 0));
    }

    private static ErrandKind kind(String word) {
        for (ErrandKind kind : ErrandKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no kind of errand. There are: %s."
                        .formatted(word, String.join(", ", ErrandKind.words())));
    }

    private static Moment moment(String word) {
        if (word == null) {
            return Moment.BEGIN;
        }
        for (Moment moment : Moment.values()) {
            if (moment.word().equals(word)) {
                return moment;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no moment. There are: %s."
                        .formatted(
                                word,
                                Arrays.stream(Moment.values())
                                        .map(Moment::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static long number(String text, long otherwise) {
        return text == null ? otherwise : Long.parseLong(text);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.word());
        if (number != 0 || kind.target() != ErrandKind.Target.NOTHING) {
            text.append(" of ").append(number);
        }
        if (moment != Moment.BEGIN) {
            text.append(" on ").append(moment.word()).append(' ').append(nth);
        }
        text.append(" at ").append(atNanos).append("ns");
        if (forNanos != 0) {
            text.append(" for ").append(forNanos).append("ns");
        }
        if (amount != 0) {
            text.append(" amount ").append(amount);
        }
        return text.toString();
    }
}
