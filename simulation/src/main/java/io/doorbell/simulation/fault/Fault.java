package io.doorbell.simulation.fault;

import java.util.Map;

/**
 * One thing that goes wrong, in {@link FaultText} written
 *
 * <pre>
 *  KIND at SITE [nth N] [times T] [after TIME] [when STATE] [opcode XXh] [p P] [amount A]
 *
 *  lose at interrupt/2 nth 1
 *  delay at write/sq-*-tail nth 3 times 2 amount 50us
 *  fail at commands/cq-* opcode 02h when cq-full amount 6h
 *  lose at write/cq-1-head p 0.05 times 20
 * </pre>
 *
 * @param site a name, where {@code *} stands for anything but a slash
 * @param nth which of the matching events it strikes first, from 1
 * @param times how many from there on
 * @param afterNanos events before this virtual time are not counted
 * @param condition events of other times are not counted
 * @param opcode events of other commands are not counted; {@link #ANY_OPCODE}: all are
 * @param probability how likely it strikes an event that it could strike, above 0 to 1
 * @param amount as the kind says
 */
public record Fault(
        FaultKind kind,
        String site,
        long nth,
        long times,
        long afterNanos,
        FaultCondition condition,
        int opcode,
        double probability,
        long amount) {
    /** In place of an opcode. */
    public static final int ANY_OPCODE = -1;

    private static final int OPCODE_MAX = 0xFF;

    public Fault {
        SitePattern pattern = new SitePattern(site);
        if (!kind.fits(pattern)) {
            throw new IllegalArgumentException(
                    "Nothing can %s at '%s'. It can at %s."
                            .formatted(kind.word(), site, String.join(", ", kind.sites())));
        }
        if (nth < 1 || times < 1 || afterNanos < 0) {
            throw new IllegalArgumentException(
                    "nth and times count from 1, time from 0: nth %d, times %d, after %d ns."
                            .formatted(nth, times, afterNanos));
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "p %s is no probability. It is above 0, and 1 at most.".formatted(probability));
        }
        if (opcode < ANY_OPCODE || opcode > OPCODE_MAX) {
            throw new IllegalArgumentException(
                    "opcode %Xh is none. There are 00h to FFh.".formatted(opcode));
        }
        if (opcode != ANY_OPCODE && !FaultSites.haveOpcode(pattern)) {
            throw new IllegalArgumentException(
                    "At '%s' no command can be told from another, so leave opcode out. There can at %s."
                            .formatted(site, String.join(", ", FaultSites.WITH_OPCODE)));
        }
        if (amount == 0 && kind.needsAmount()) {
            throw new IllegalArgumentException(
                    "%s with amount 0 changes nothing. Leave amount out for %,d."
                            .formatted(kind.word(), kind.usualAmount()));
        }
    }

    /** The first event of a site, once. */
    public static Fault of(FaultKind kind, String site) {
        return new Fault(
                kind, site, 1, 1, 0, FaultCondition.ALWAYS, ANY_OPCODE, 1, kind.usualAmount());
    }

    /**
     * Reads what {@link #toString} wrote, or a user.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Fault parse(String text) {
        return FaultText.parse(text);
    }

    /**
     * Reads a fault that is said word by word: {@code kind}, {@code site}, and what else there is.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static Fault parse(Map<String, String> words) {
        return FaultText.parse(words);
    }

    /** What it costs the host. */
    public Survival survival() {
        return Survival.of(this);
    }

    /** At another site. */
    public Fault at(String other) {
        return new Fault(
                kind, other, nth, times, afterNanos, condition, opcode, probability, amount);
    }

    /** From the {@code n}-th event on. */
    public Fault nth(long n) {
        return new Fault(kind, site, n, times, afterNanos, condition, opcode, probability, amount);
    }

    /** So many events from there on. */
    public Fault times(long count) {
        return new Fault(
                kind, site, nth, count, afterNanos, condition, opcode, probability, amount);
    }

    /** Counting begins then. */
    public Fault after(long nanos) {
        return new Fault(kind, site, nth, times, nanos, condition, opcode, probability, amount);
    }

    /** Only events of such times count. */
    public Fault when(FaultCondition state) {
        return new Fault(kind, site, nth, times, afterNanos, state, opcode, probability, amount);
    }

    /** Only events of commands with this opcode count. */
    public Fault opcode(int code) {
        return new Fault(kind, site, nth, times, afterNanos, condition, code, probability, amount);
    }

    /** Strikes each event that it could strike with this probability only. */
    public Fault probability(double p) {
        return new Fault(kind, site, nth, times, afterNanos, condition, opcode, p, amount);
    }

    /** As the kind says. */
    public Fault amount(long value) {
        return new Fault(kind, site, nth, times, afterNanos, condition, opcode, probability, value);
    }

    @Override
    public String toString() {
        return FaultText.write(this);
    }
}
