package io.doorbell.cli.terminal;

import java.util.Locale;

/** Numbers as people read them: three digits that matter, a unit, thousands separated. */
public final class Quantity {
    private static final String[] TIMES = {"ns", "us", "ms", "s"};
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Quantity() {}

    /** 3048 is "3,048". */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Two digits after the point: "4.12". */
    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%,.2f", ratio);
    }

    /** 12345 is "12.3 us". */
    static String time(long nanos) {
        return scaled(nanos, 1000, TIMES);
    }

    /** 1536 is "1.50 KiB". */
    public static String size(long bytes) {
        return scaled(bytes, 1024, SIZES);
    }

    /**
     * 12345 is "12.3 us", but only as long as three digits are enough: a smallest unit has no
     * point.
     */
    private static String scaled(long amount, int factor, String[] units) {
        int unit = 0;
        double scaled = (double) amount;
        while (unit < units.length - 1
                && scaled >= factor - 0.5) { // would be shown as 1000 or 1024
            scaled /= factor;
            unit++;
        }
        int decimals = unit == 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f %s", scaled, units[unit]);
    }
}
