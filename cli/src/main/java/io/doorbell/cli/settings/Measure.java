package io.doorbell.cli.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a number measures: a size or a time, which carry a unit, or a count, which does not.
 *
 * @param article "a size", "a time", "a whole number"
 * @param units smallest first; empty for a count
 * @param counted what a count counts ("entries"); for the others the name of the smallest unit
 * @param example a number with a unit, for messages
 */
record Measure(String article, List<Unit> units, String counted, String example) {
    /** A unit and how many of the smallest unit it is. */
    record Unit(String name, long factor) {}

    /** Bytes, in binary units only: a KB that might be 1000 or 1024 bytes is refused. */
    static final Measure SIZE =
            new Measure(
                    "a size",
                    List.of(
                            new Unit("B", 1),
                            new Unit("KiB", 1L << 10),
                            new Unit("MiB", 1L << 20),
                            new Unit("GiB", 1L << 30),
                            new Unit("TiB", 1L << 40)),
                    "bytes",
                    "4KiB");

    /** Nanoseconds. */
    static final Measure TIME =
            new Measure(
                    "a time",
                    List.of(
                            new Unit("ns", 1),
                            new Unit("us", 1_000),
                            new Unit("ms", 1_000_000),
                            new Unit("s", 1_000_000_000)),
                    "nanoseconds",
                    "100us");

    private static final Pattern NUMBER_AND_UNIT =
            Pattern.compile("([+-]?[0-9]{1,30}(?:\\.[0-9]{1,30})?)\\s*(\\p{L}*)");

    Measure {
        units = List.copyOf(units);
    }

    /** A plain number of {@code things}; of nothing in particular if that is empty. */
    static Measure count(String things) {
        return new Measure("a whole number", List.of(), things, "");
    }

    String unit() {
        if (units.isEmpty()) {
            return counted.isEmpty() ? "number" : counted;
        }
        return article.substring("a ".length());
    }

    /** The number in the smallest unit, within the range given. */
    long parse(String text, long least, long most) throws BadValueException {
        Matcher parts = NUMBER_AND_UNIT.matcher(text.strip());
        if (!parts.matches()) {
            throw new BadValueException("is '" + text + "', which is not " + article + ".", "");
        }
        BigDecimal number = new BigDecimal(parts.group(1));
        BigDecimal exact =
                number.multiply(BigDecimal.valueOf(factor(number, parts.group(2), text)));
        requireWithin(exact, text, least, most);
        if (exact.stripTrailingZeros().scale() > 0) {
            String whole = "not a whole number" + (counted.isEmpty() ? "" : " of " + counted);
            throw new BadValueException("is " + text + ", " + whole + ".", "");
        }
        return exact.longValueExact();
    }

    /** The shortest exact way to write a number of the smallest unit: 524288 is 512KiB. */
    String text(long value) {
        if (units.isEmpty() || value == 0) {
            return Long.toString(value);
        }
        for (Unit unit : units.reversed()) {
            BigDecimal inUnit =
                    BigDecimal.valueOf(value)
                            .divide(BigDecimal.valueOf(unit.factor()))
                            .stripTrailingZeros();
            boolean tenthsReadWell = inUnit.scale() == 1 && value < 1000 * unit.factor();
            if (value >= unit.factor() && (inUnit.scale() <= 0 || tenthsReadWell)) {
                return inUnit.toPlainString() + unit.name();
            }
        }
        return value + units.getFirst().name();
    }

    String range(long least, long most) {
        String things = units.isEmpty() && !counted.isEmpty() ? " " + counted : "";
        String largest = most == Long.MAX_VALUE ? "2^63-1" : text(most);
        return text(least) + " to " + largest + things;
    }

    private long factor(BigDecimal number, String unitName, String text) throws BadValueException {
        if (unitName.isEmpty() && (units.isEmpty() || number.signum() == 0)) {
            return 1; // nothing is nothing in every unit
        }
        if (units.isEmpty()) {
            throw new BadValueException(
                    "is '" + text + "', but takes a number without a unit (" + unit() + ").", "");
        }
        if (unitName.isEmpty()) {
            throw new BadValueException(
                    "is " + text + ", which has no unit.",
                    "Write " + article + " with its unit, such as " + example + ".");
        }
        Optional<Unit> known = units.stream().filter(u -> u.name().equals(unitName)).findFirst();
        return known.orElseThrow(() -> unknownUnit(unitName, text)).factor();
    }

    private BadValueException unknownUnit(String unitName, String text) {
        List<String> names = units.stream().map(Unit::name).toList();
        String nearest =
                Nearest.to(unitName, names).map(n -> "Did you mean " + n + "? ").orElse("");
        return new BadValueException(
                "is '" + text + "': '" + unitName + "' is not a unit of " + unit() + ".",
                nearest + "Units of " + unit() + ": " + String.join(", ", names) + ".");
    }

    private void requireWithin(BigDecimal exact, String text, long least, long most)
            throws BadValueException {
        if (exact.compareTo(BigDecimal.valueOf(least)) < 0) {
            throw new BadValueException(
                    "is " + text + ", less than the least allowed.",
                    "The nearest is " + text(least) + ".");
        }
        if (exact.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new BadValueException(
                    "is " + text + ", more than the most allowed.",
                    "The nearest is " + text(most) + ".");
        }
    }
}
