package io.doorbell.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class WorldTest {
    private final World world = new World();
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void nothingHappens_unlessTheWorldIsRun() {
        ActorRef<String> writer = world.spawn(writer("a"), "a");
        writer.tell("hello");
        assertThat(log).isEmpty();
        world.runUntilQuiet();
        assertThat(log).containsExactly("a hello");
    }

    @Test
    void mailboxes_takeTurnsOneMessageAtATime() {
        ActorRef<String> first = world.spawn(writer("a"), "a");
        ActorRef<String> second = world.spawn(writer("b"), "b");
        first.tell("1");
        first.tell("2");
        second.tell("1");
        world.runUntilQuiet();
        assertThat(log).containsExactly("a 1", "b 1", "a 2");
    }

    @Test
    void timer_firesAtItsVirtualTimeToTheNanosecond() {
        world.spawn(ticker(Duration.ofNanos(1_500), 3), "ticker");
        assertThat(world.runUntil(() -> !log.isEmpty(), 1_499)).isFalse();
        assertThat(world.nanoTime()).isEqualTo(1_499);
        assertThat(world.runUntil(() -> !log.isEmpty(), 1)).isTrue();
        world.runFor(1_000_000_000);
        assertThat(log).containsExactly("tick at 1500", "tick at 3000", "tick at 4500");
        assertThat(world.timers()).isZero();
    }

    @Test
    void failedActor_leavesTheOthersAlone() {
        ActorRef<String> failing =
                world.spawn(
                        Behaviors.receiveMessage(
                                _ -> {
                                    throw new IllegalStateException("on purpose");
                                }),
                        "failing");
        ActorRef<String> writer = world.spawn(writer("a"), "a");
        failing.tell("x");
        writer.tell("hello");
        world.runUntilQuiet();
        assertThat(log).containsExactly("a hello");
    }

    @Test
    void stop_returnsWhenTheActorIsGoneAndItsNameFree() {
        ActorRef<String> writer = world.spawn(writer("a"), "a");
        world.stop(writer);
        assertThat(log).containsExactly("a stopped");
        world.spawn(writer("a"), "a").tell("again");
        world.runUntilQuiet();
        assertThat(log).endsWith("a again");
    }

    @Test
    void takenName_isSaid() {
        world.spawn(writer("a"), "a");
        assertThatThrownBy(() -> world.spawn(writer("a"), "a")).hasMessageContaining("'a'");
    }

    @Test
    void worlds_startNoThread() {
        List<String> names =
                Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
        assertThat(names).noneMatch(name -> name.contains("world-"));
    }

    private Behavior<String> writer(String name) {
        return Behaviors.receive(String.class)
                .onMessage(
                        String.class,
                        message -> {
                            log.add(name + " " + message);
                            return Behaviors.same();
                        })
                .onSignal(
                        PostStop.class,
                        _ -> {
                            log.add(name + " stopped");
                            return Behaviors.same();
                        })
                .build();
    }

    private Behavior<String> ticker(Duration period, int times) {
        return Behaviors.withTimers(
                timers -> {
                    timers.startTimerAtFixedRate("tick", period);
                    return Behaviors.receiveMessage(
                            _ -> {
                                log.add("tick at " + world.nanoTime());
                                if (log.size() == times) {
                                    timers.cancelAll();
                                }
                                return Behaviors.same();
                            });
                });
    }

    @Test
    void rewound_tellsNobodyOfTheLastRun() {
        try (World world = new World()) {
            world.listenToQuiet(
                    _ -> {
                        throw new IllegalStateException("told");
                    });
            world.listen(
                    (_, _, _) -> {
                        throw new IllegalStateException("told");
                    });
            world.rewind();
            world.spawn(Behaviors.empty(), "actor");
            assertThat(world.nanoTime()).isZero();
        }
    }
}
