package io.doorbell.cli.settings;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Which numbers of a range are allowed. All numbers are in the smallest unit of their measure. */
sealed interface Grid {

    /** Every multiple of {@code step}. */
    record Steps(long step) implements Grid {
        @Override
        public long nearest(long value, long least, long most) {
            long below = value - value % step;
            long nearer = value - below <= step / 2 ? below : below + step;
            return Math.clamp(nearer, least, most);
        }

        @Override
        public String text(Measure measure) {
            return "a multiple of " + measure.text(step);
        }

        @Override
        public String range(Measure measure, long least, long most) {
            String steps = step == 1 ? "" : ", in steps of " + measure.text(step);
            return measure.range(least, most) + steps;
        }
    }

    /** 1, 2, 4, 8 and so on. */
    record PowersOfTwo() implements Grid {
        @Override
        public long nearest(long value, long least, long most) {
            long below = Long.highestOneBit(Math.clamp(value, least, most));
            return value - below <= 2 * below - value ? below : 2 * below;
        }

        @Override
        public String text(Measure measure) {
            return "a power of two";
        }

        @Override
        public String range(Measure measure, long least, long most) {
            return measure.range(least, most) + ", a power of two";
        }
    }

    /** The listed numbers and no other. */
    record OneOf(List<Long> values) implements Grid {
        @Override
        public long nearest(long value, long least, long most) {
            return values.stream()
                    .min(Comparator.comparingLong(allowed -> Math.abs(allowed - value)))
                    .orElseThrow();
        }

        @Override
        public String text(Measure measure) {
            return values.stream().map(measure::text).collect(Collectors.joining(" or "));
        }

        @Override
        public String range(Measure measure, long least, long most) {
            return values.stream().map(measure::text).collect(Collectors.joining(" | "));
        }
    }

    /** The allowed number nearest to {@code value}; {@code value} itself if it is allowed. */
    long nearest(long value, long least, long most);

    /** What an allowed number is: "a power of two". */
    String text(Measure measure);

    /** All allowed numbers: "4KiB to 8MiB, a power of two". */
    String range(Measure measure, long least, long most);
}
