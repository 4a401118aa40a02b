package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;

import io.doorbell.reactor.Reactors.Settings;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

@Timeout(60)
class ReactorsTest {
    private static final Settings TWO = new Settings(2, 256, 0);

    private static Behavior<CompletableFuture<String>> threadTeller() {
        return Behaviors.receiveMessage(
                answer -> {
                    answer.complete(Thread.currentThread().getName());
                    return Behaviors.same();
                });
    }

    private static String threadOf(RunningSystem running, DispatcherSelector where)
            throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        running.spawn(threadTeller(), where).tell(answer);
        return answer.get(10, SECONDS);
    }

    @Test
    void actorPlacedOnAReactor_runsOnItsThread() throws Exception {
        try (RunningSystem running = RunningSystem.start("placed", TWO)) {
            assertThat(threadOf(running, Reactors.selector(0))).isEqualTo("placed-reactor-0");
            assertThat(threadOf(running, Reactors.selector(1))).isEqualTo("placed-reactor-1");
            assertThat(threadOf(running, DispatcherSelector.defaultDispatcher()))
                    .isEqualTo("placed-reactor-0");
            assertThat(threadOf(running, Reactors.blocking())).contains("blocking");
            assertThat(running.reactors().thread(1).isDaemon()).isTrue();
        }
    }

    @Test
    void actorPlacedOnNoReactor_failsToSpawn() throws Exception {
        try (RunningSystem running = RunningSystem.start("beyond", TWO)) {
            assertThatThrownBy(() -> running.system().dispatchers().lookup(Reactors.selector(2)))
                    .hasMessageContaining("doorbell.reactor-2");
        }
    }

    @Test
    void terminatedSystem_leavesNoReactorThreadAndRejectsWork() throws Exception {
        RunningSystem running = RunningSystem.start("ended", TWO);
        threadOf(running, Reactors.selector(1));
        running.terminate();
        assertThat(running.reactors().thread(0).isAlive()).isFalse();
        assertThat(running.reactors().thread(1).isAlive()).isFalse();
        assertThatThrownBy(() -> running.system().executionContext().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void twoSystems_shareNothing() throws Exception {
        try (RunningSystem one = RunningSystem.start("one", TWO);
                RunningSystem other = RunningSystem.start("other", TWO)) {
            assertThat(threadOf(one, Reactors.selector(1))).isEqualTo("one-reactor-1");
            long sentBefore = one.reactors().messagesSent();
            assertThat(threadOf(other, Reactors.selector(1))).isEqualTo("other-reactor-1");
            other.terminate();
            assertThat(one.reactors().messagesSent()).isEqualTo(sentBefore);
            assertThat(threadOf(one, Reactors.selector(1))).isEqualTo("one-reactor-1");
        }
    }

    @Test
    void fatalErrorInAnActor_endsTheSystemInOrder() throws Exception {
        try (RunningSystem running = RunningSystem.start("fatal", TWO)) {
            ActorRef<String> failing =
                    running.spawn(
                            Behaviors.receiveMessage(
                                    _ -> {
                                        throw new LinkageError("on purpose");
                                    }),
                            Reactors.selector(1));
            failing.tell("go");
            // With the process's exit switched off, Pekko ends the system; our threads must end
            // too.
            running.system().getWhenTerminated().toCompletableFuture().get(20, SECONDS);
        }
    }

    @Test
    void messages_areCountedExactlyWhoeverSendsThem() throws Exception {
        try (RunningSystem running = RunningSystem.start("counted", TWO)) {
            List<ActorRef<Relay>> stops =
                    List.of(
                            running.spawn(relay(), Reactors.selector(0)),
                            running.spawn(relay(), Reactors.selector(1)),
                            running.spawn(relay(), Reactors.selector(1)),
                            running.spawn(relay(), Reactors.blocking()));
            long before = running.reactors().messagesSent();
            int hopCount = 3_000;
            CompletableFuture<Void> done = new CompletableFuture<>();
            stops.getFirst().tell(new Relay(hopCount, stops, done));
            done.get(10, SECONDS);
            assertThat(running.reactors().messagesSent() - before).isEqualTo(hopCount + 1);
        }
    }

    private record Relay(int hopsLeft, List<ActorRef<Relay>> stops, CompletableFuture<Void> done) {}

    private static Behavior<Relay> relay() {
        return Behaviors.receiveMessage(
                relay -> {
                    int hopsLeft = relay.hopsLeft - 1;
                    if (hopsLeft < 0) {
                        relay.done.complete(null);
                    } else {
                        relay.stops
                                .get(hopsLeft % relay.stops.size())
                                .tell(new Relay(hopsLeft, relay.stops, relay.done));
                    }
                    return Behaviors.same();
                });
    }

    @Test
    void systemWithoutReactors_isRefusedWithAdvice() throws Exception {
        ActorSystem<Void> plain = ActorSystem.create(Behaviors.empty(), "plain");
        assertThatThrownBy(() -> Reactors.of(plain))
                .hasMessageContaining("LightArrayRevolverScheduler")
                .hasMessageContaining("Reactors.config(settings)");
        plain.terminate();
        plain.getWhenTerminated().toCompletableFuture().get(20, SECONDS);
    }

    @Test
    void settingsOutOfRange_areRefusedWithRangeAndAdvice() {
        assertThatThrownBy(() -> new Settings(0, 256, 0))
                .hasMessage(
                        "doorbell.reactors.count = 0 is outside 1 to 1024: reactors, one per core"
                                + " is best");
        assertThatThrownBy(() -> new Settings(1, 0, 0)).hasMessageContaining("quantum = 0");
        assertThatThrownBy(() -> new Settings(1, 256, -1)).hasMessageContaining("spins = -1");
        assertThatThrownBy(
                        () ->
                                Settings.from(
                                        ConfigFactory.parseString("doorbell.reactors.quantum = 0")
                                                .withFallback(ConfigFactory.defaultReference())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("quantum = 0 is outside 1 to 1048576");
    }

    @Test
    void defaults_areOneReactorPerProcessor() {
        assertThat(Settings.defaults())
                .isEqualTo(new Settings(Runtime.getRuntime().availableProcessors(), 256, 0));
    }
}
