package io.doorbell.simulation.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** I14: what was taken was given back. */
final class Conservation extends Oracle {
    private final Map<String, LongSupplier> gauges = new LinkedHashMap<>();

    Conservation(Oracle.Post post) {
        super(
                post,
                "I14",
                "When nothing can run and nothing is outstanding, every counter of things in use is 0, and none is ever below.",
                "Base 2.0 §3.4.1");
    }

    /** A counter of things in use. */
    void add(String name, LongSupplier inUse) {
        gauges.put(name, inUse);
    }

    @Override
    public void quiet(long untilNanos) {
        if (gauges.isEmpty()) {
            return;
        }
        boolean nothingLeft = untilNanos == Long.MAX_VALUE && model().commands().outstanding() == 0;
        gauges.forEach(
                (name, inUse) -> {
                    long count = inUse.getAsLong();
                    if (count < 0 || (nothingLeft && count != 0)) {
                        broken(name + " = 0", name + " = " + count);
                    }
                });
    }
}
