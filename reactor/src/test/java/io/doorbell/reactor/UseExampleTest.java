package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.typesafe.config.Config;

import io.doorbell.reactor.Reactors.Settings;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** The example of the README. */
class UseExampleTest {
    @Test
    void example_runsOnAsManyReactorsAsItSays() throws Exception {
        Config config = Reactors.config(new Settings(2, 256, 0));
        ActorSystem<Void> system =
                ActorSystem.create(
                        Behaviors.setup(
                                context -> {
                                    context.spawn(
                                            Behaviors.empty(), "queue-pair", Reactors.selector(1));
                                    context.spawn(Behaviors.empty(), "file", Reactors.blocking());
                                    return Behaviors.empty();
                                }),
                        "device",
                        config);
        assertThat(Reactors.of(system).messagesSent()).isNotNegative();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get(20, SECONDS);
    }
}
