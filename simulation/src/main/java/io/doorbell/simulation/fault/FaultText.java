package io.doorbell.simulation.fault;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Faults as text: words, and numbers that may be hexadecimal or times. */
final class FaultText {
    private static final String FORM =
            "KIND at SITE [nth N] [times T] [after TIME] [when STATE] [opcode XXh] [p P] [amount A]";
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]{1,16}h");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}");
    private static final Pattern TIME = Pattern.compile("(?<count>\\d{1,18})(?<unit>ns|us|ms|s)");
    private static final Pattern PROBABILITY = Pattern.compile("[01]?\\.?\\d{1,12}");

    private FaultText() {}

    static Fault parse(String text) {
        List<String> words = new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
        if (words.size() < 3 || !words.get(1).equals("at") || words.size() % 2 == 0) {
            throw new IllegalArgumentException(
                    "'%s' is not a fault. Write %s, such as 'lose at interrupt/2 nth 1'."
                            .formatted(text.strip(), FORM));
        }
        Fault fault = Fault.of(kind(words.getFirst()), words.get(2));
        Set<String> said = new HashSet<>();
        for (int i = 3; i < words.size(); i += 2) {
            if (!said.add(words.get(i))) {
                throw new IllegalArgumentException(
                        "'%s' is said twice in '%s'.".formatted(words.get(i), text.strip()));
            }
            fault = with(fault, words.get(i), words.get(i + 1));
        }
        return fault;
    }

    static Fault parse(Map<String, String> words) {
        Fault fault = Fault.of(kind(said(words, "kind")), said(words, "site"));
        for (Map.Entry<String, String> each : words.entrySet()) {
            if (!each.getKey().equals("kind") && !each.getKey().equals("site")) {
                fault = with(fault, each.getKey(), each.getValue());
            }
        }
        return fault;
    }

    private static String said(Map<String, String> words, String key) {
        String word = words.get(key);
        if (word == null) {
            throw new IllegalArgumentException(
                    "'%s' is missing. A fault is such as { kind = lose, site = interrupt/2 }."
                            .formatted(key));
        }
        return word;
    }

    /** The fault with one more thing said of it. */
    private static Fault with(Fault fault, String word, String value) {
        return switch (word) {
            case "nth" -> fault.nth(number(word, value));
            case "times" -> fault.times(number(word, value));
            case "after" -> fault.after(time(value));
            case "when" -> fault.when(condition(value));
            case "opcode" -> fault.opcode(Math.clamp(number(word, value), -2, 0x100));
            case "p" -> fault.probability(probability(value));
            case "amount" -> fault.amount(number(word, value));
            default ->
                    throw new IllegalArgumentException(
                            "'%s' says nothing of a fault. There are: nth, times, after, when, opcode, p, amount."
                                    .formatted(word));
        };
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

    private static FaultCondition condition(String word) {
        for (FaultCondition condition : FaultCondition.values()) {
            if (condition.word().equals(word)) {
                return condition;
            }
        }
        throw new IllegalArgumentException(
                "when '%s' is no state. There are: %s."
                        .formatted(word, String.join(", ", FaultCondition.words())));
    }

    private static long time(String value) {
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "after '%s' is no time. Write a number with ns, us, ms or s, such as 20us."
                            .formatted(value));
        }
        return nanos(matcher);
    }

    private static long nanos(Matcher time) {
        long unit =
                switch (time.group("unit")) {
                    case "ns" -> 1;
                    case "us" -> 1_000;
                    case "ms" -> 1_000_000;
                    default -> 1_000_000_000;
                };
        try {
            return Math.multiplyExact(Long.parseLong(time.group("count")), unit);
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException(
                    "'%s' is too long a time. 292 years are the most.".formatted(time.group()),
                    overflow);
        }
    }

    private static long number(String word, String value) {
        Matcher time = TIME.matcher(value);
        if (time.matches() && word.equals("amount")) {
            return nanos(time);
        }
        if (HEXADECIMAL.matcher(value).matches()) {
            return Long.parseUnsignedLong(value.substring(0, value.length() - 1), 16);
        }
        if (DECIMAL.matcher(value).matches()) {
            return Long.parseLong(value);
        }
        throw new IllegalArgumentException(
                "%s '%s' is no number. Write it in decimal, or in hexadecimal with an h: 12, 0Ch."
                        .formatted(word, value));
    }

    private static double probability(String value) {
        if (!PROBABILITY.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "p '%s' is no probability. Write it such as 0.05.".formatted(value));
        }
        return Double.parseDouble(value);
    }

    static String write(Fault fault) {
        StringBuilder text = new StringBuilder(fault.kind().word() + " at " + fault.site());
        text.append(" nth ").append(fault.nth());
        if (fault.times() != 1) {
            text.append(" times ").append(fault.times());
        }
        if (fault.afterNanos() != 0) {
            text.append(" after ").append(time(fault.afterNanos()));
        }
        if (fault.condition() != FaultCondition.ALWAYS) {
            text.append(" when ").append(fault.condition().word());
        }
        if (fault.opcode() != Fault.ANY_OPCODE) {
            text.append(" opcode ").append("%02Xh".formatted(fault.opcode()));
        }
        if (fault.probability() != 1) {
            text.append(" p ").append(new BigDecimal(fault.probability() + "").toPlainString());
        }
        if (fault.amount() != fault.kind().usualAmount()) {
            boolean isTime = fault.kind().amountIsTime() && fault.amount() > 0;
            text.append(" amount ")
                    .append(isTime ? time(fault.amount()) : Long.toString(fault.amount()));
        }
        return text.toString();
    }

    /** A time in the largest unit that it has a whole number of. */
    private static String time(long nanos) {
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + "s";
        }
        if (nanos % 1_000_000 == 0) {
            return nanos / 1_000_000 + "ms";
        }
        return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
    }
}
