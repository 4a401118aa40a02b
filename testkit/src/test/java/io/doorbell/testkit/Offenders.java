package io.doorbell.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/** Each class breaks one rule of {@link ArchitectureTest}, to show that the rule sees it. */
final class Offenders {
    private Offenders() {}

    static final class ReadsClock {
        long now() {
            return System.nanoTime();
        }
    }

    static final class DrawsLots {
        UUID draw() {
            return UUID.randomUUID();
        }
    }

    static final class HasRandom {
        int draw(long seed) {
            return new Random(seed).nextInt();
        }
    }

    static final class Sleeps {
        void doze() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class Locks {
        private final ReentrantLock lock = new ReentrantLock();

        boolean isFree() {
            return !lock.isLocked();
        }
    }

    static final class GoesParallel {
        long count(List<String> names) {
            return names.parallelStream().count();
        }
    }

    static final class Hashes {
        private final Map<String, String> names = new HashMap<>();

        int size() {
            return names.size();
        }
    }

    static final class UsesSetOf {
        Set<String> names() {
            return Set.of("a", "b");
        }
    }
}
