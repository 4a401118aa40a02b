package io.doorbell.controller.queue;

import java.util.Random;
import java.util.random.RandomGenerator;

/** Where random tests get their seeds: {@code -Ddoorbell.seed=...}, or a new one, printed. */
final class Seeds {
    private Seeds() {}

    static long next(String test) {
        Long given = Long.getLong("doorbell.seed");
        long seed = given != null ? given : new Random().nextLong();
        System.out.printf("%s: repeat with -Ddoorbell.seed=%d%n", test, seed);
        return seed;
    }

    static RandomGenerator random(String test) {
        return new Random(next(test));
    }
}
