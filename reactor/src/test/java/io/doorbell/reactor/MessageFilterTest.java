package io.doorbell.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.doorbell.reactor.Reactors.Settings;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A filter decides what becomes of each message, and without one all arrive as they were sent. */
@Timeout(60)
class MessageFilterTest {
    @Test
    void messages_areLostDoubledReplacedAndLate_asTheFilterSays() throws Exception {
        try (RunningSystem running = RunningSystem.start("filter", new Settings(2, 256, 0))) {
            BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
            ActorRef<String> actor =
                    running.spawn(
                            Behaviors.receiveMessage(
                                    message -> {
                                        arrived.add(message);
                                        return Behaviors.same();
                                    }),
                            Reactors.selector(1));
            BlockingQueue<MessageFilter.Delivery> late = new LinkedBlockingQueue<>();
            running.reactors()
                    .filter(
                            (receiver, message, delivery) -> {
                                assertThat(receiver).isNotNull();
                                switch (message instanceof String text ? text : "") {
                                    case "lost" -> {}
                                    case "twice" -> {
                                        delivery.arrive();
                                        delivery.arrive();
                                    }
                                    case "other" -> delivery.arriveAs("another");
                                    case "late" -> late.add(delivery);
                                    default -> delivery.arrive();
                                }
                            });

            for (String each : new String[] {"lost", "twice", "late", "other", "plain"}) {
                actor.tell(each);
            }
            expect(arrived, "twice", "twice", "another", "plain");
            late.take().arrive();
            expect(arrived, "late");

            running.reactors().filter(null);
            actor.tell("lost");
            expect(arrived, "lost");
        }
    }

    private static void expect(BlockingQueue<String> arrived, String... messages) throws Exception {
        for (String message : messages) {
            assertThat(arrived.poll(20, SECONDS)).isEqualTo(message);
        }
    }
}
