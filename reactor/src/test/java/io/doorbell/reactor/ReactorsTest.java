package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.doorbell.reactor.Reactors.Settings;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

class ReactorsTest {
    @Test
    void actorPlacedOnReactor_runsOnItsThread() throws Exception {
        CompletableFuture<String> ranOn = new CompletableFuture<>();
        ActorSystem<String> system =
                ActorSystem.create(
                        Behaviors.setup(
                                context -> {
                                    context.spawnAnonymous(
                                            Behaviors.setup(
                                                    _ -> {
                                                        ranOn.complete(
                                                                Thread.currentThread().getName());
                                                        return Behaviors.empty();
                                                    }),
                                            Reactors.selector(1));
                                    return Behaviors.empty();
                                }),
                        "placed",
                        Reactors.config(new Settings(2, 256, 0)));
        assertThat(ranOn.get(10, SECONDS)).isEqualTo("placed-reactor-1");
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(10, SECONDS);
        Reactors reactors = Reactors.of(system);
        reactors.thread(0).join(10_000);
        reactors.thread(1).join(10_000);
        assertThat(reactors.thread(0).isAlive()).isFalse();
        assertThat(reactors.thread(1).isAlive()).isFalse();
    }
}
