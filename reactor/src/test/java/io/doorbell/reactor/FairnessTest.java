package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.doorbell.reactor.Reactors.Settings;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.CompletableFuture;

/** Pairs of actors that keep each other busy for ever share one reactor. */
@Timeout(60)
class FairnessTest {
    private static final int PAIR_COUNT = 1_000;
    private static final int QUANTUM = 64;
    private static final int INBOX_RATION = 16;

    /** A pair waits for each other pair's turn at most once, and for what arrives meanwhile. */
    private static final long WAIT_TASKS_MAX = PAIR_COUNT * (long) (QUANTUM + INBOX_RATION);

    private record Ball(int pair, ActorRef<Ball> other) {}

    /** What the pairs did, in messages; only their reactor writes it. */
    private static final class Court {
        final long[] lastTurn = new long[PAIR_COUNT];
        final CompletableFuture<Long> longestWait = new CompletableFuture<>();
        long turns;
        int pairsSeen;
        long wait;

        boolean play(int pair) {
            turns++;
            if (lastTurn[pair] == 0) {
                pairsSeen++;
            } else {
                wait = Math.max(wait, turns - lastTurn[pair]);
            }
            lastTurn[pair] = turns;
            return turns < 10 * WAIT_TASKS_MAX || pairsSeen < PAIR_COUNT;
        }

        long longestWaitIncludingUnfinished() {
            for (long last : lastTurn) {
                wait = Math.max(wait, turns - last);
            }
            return wait;
        }
    }

    @Test
    void thousandBusyPairs_allProgressWithinABoundedNumberOfTasks() throws Exception {
        Settings settings = new Settings(2, QUANTUM, 0);
        try (RunningSystem running = RunningSystem.start("fair", settings)) {
            Court court = new Court();
            running.spawn(
                    Behaviors.<Void>setup(
                            context -> {
                                for (int pair = 0; pair < PAIR_COUNT; pair++) {
                                    ActorRef<Ball> one = context.spawnAnonymous(player(court));
                                    ActorRef<Ball> two = context.spawnAnonymous(player(court));
                                    one.tell(new Ball(pair, two));
                                }
                                return Behaviors.empty();
                            }),
                    Reactors.selector(1));
            assertThat(court.longestWait.get(30, SECONDS)).isLessThanOrEqualTo(WAIT_TASKS_MAX);
        }
    }

    private static Behavior<Ball> player(Court court) {
        return Behaviors.receive(
                (context, ball) -> {
                    if (court.play(ball.pair)) {
                        ball.other.tell(new Ball(ball.pair, context.getSelf()));
                    } else {
                        court.longestWait.complete(court.longestWaitIncludingUnfinished());
                    }
                    return Behaviors.same();
                });
    }
}
