package io.doorbell.vfiouser.server;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Where a function's answers and interrupts arrive. Two actors, for one that waits for a slow
 * client must not keep interrupts back; both run on the threads that send to them.
 */
final class Receivers implements AutoCloseable {
    private static final DispatcherSelector INLINE =
            DispatcherSelector.fromConfig(VfioUserServer.DISPATCHER);
    private static final Duration SPAWN_LIMIT = Duration.ofSeconds(4);

    private record Stop() implements HostMessage {}

    private final ActorRef<HostMessage> completions;
    private final ActorRef<HostMessage> interrupts;
    private volatile Consumer<ReadCompletion> onCompletion = _ -> {};
    private volatile Consumer<HostMessage> onInterrupt = _ -> {};

    Receivers(ActorSystem<SpawnProtocol.Command> system) {
        completions = spawn(system, message -> onCompletion.accept((ReadCompletion) message));
        interrupts = spawn(system, message -> onInterrupt.accept(message));
    }

    private static ActorRef<HostMessage> spawn(
            ActorSystem<SpawnProtocol.Command> system, Consumer<HostMessage> handler) {
        return AskPattern.<SpawnProtocol.Command, ActorRef<HostMessage>>ask(
                        system,
                        replyTo ->
                                new SpawnProtocol.Spawn<>(receiving(handler), "", INLINE, replyTo),
                        SPAWN_LIMIT,
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }

    private static Behavior<HostMessage> receiving(Consumer<HostMessage> handler) {
        return Behaviors.receiveMessage(
                message -> {
                    if (message instanceof Stop) {
                        return Behaviors.stopped();
                    }
                    handler.accept(message);
                    return Behaviors.same();
                });
    }

    ActorRef<ReadCompletion> completions() {
        return completions.narrow();
    }

    ActorRef<HostMessage> interrupts() {
        return interrupts;
    }

    /** To be called before the function is asked anything. */
    void connect(Consumer<ReadCompletion> completion, Consumer<HostMessage> interrupt) {
        onCompletion = completion;
        onInterrupt = interrupt;
    }

    @Override
    public void close() {
        completions.tell(new Stop());
        interrupts.tell(new Stop());
    }
}
