package io.doorbell.controller.queue;

import com.typesafe.config.ConfigFactory;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An actor system whose device actors run on a {@link Pump} and in virtual time. */
final class PumpedSystem implements AutoCloseable, DeviceRig.Spawner {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String DISPATCHER = "pumped";

    private final String name = "pumped-" + COUNT.incrementAndGet();
    final Pump pump = Pump.named(name);
    private final ActorTestKit testKit =
            ActorTestKit.create(
                    name,
                    ConfigFactory.parseString(
                                    """
                                    %s {
                                      type = Dispatcher
                                      executor = "%s"
                                      throughput = 1
                                      pump = "%s"
                                    }
                                    pekko.log-dead-letters = off
                                    """
                                            .formatted(
                                                    DISPATCHER,
                                                    Pump.Configurator.class.getName(),
                                                    name))
                            .withFallback(ManualTime.config()));
    private final ManualTime time = ManualTime.get(testKit.system());

    DispatcherSelector dispatcher() {
        return DispatcherSelector.fromConfig(DISPATCHER);
    }

    @Override
    public <T> ActorRef<T> spawn(Behavior<T> behavior) {
        return testKit.spawn(behavior, dispatcher());
    }

    void settle() {
        pump.settle();
    }

    /** Lets virtual time pass, in whole milliseconds, and then all that this causes. */
    void passMillis(int millis) {
        settle();
        time.timePasses(Duration.ofMillis(millis));
        settle();
    }

    /** Lets virtual time pass, but nobody act on it yet. */
    void passMillisUnseen(int millis) {
        time.timePasses(Duration.ofMillis(millis));
    }

    @Override
    public void close() {
        pump.order(null);
        testKit.system().terminate();
        while (!testKit.system().getWhenTerminated().toCompletableFuture().isDone()) {
            if (!pump.step()) {
                Thread.onSpinWait();
            }
        }
    }
}
