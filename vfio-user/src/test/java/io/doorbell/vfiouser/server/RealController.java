package io.doorbell.vfiouser.server;

import com.typesafe.config.ConfigFactory;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.NvmeController;
import io.doorbell.controller.admin.ControllerIdentity;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.reactor.Reactors;
import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/** Our controller, over memory, as it is served to a virtual machine. */
final class RealController implements FunctionFactory, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long BYTES = 16 << 20;

    private sealed interface Power {}

    private record GetPort(ActorRef<PciPort> replyTo) implements Power {}

    private record SwitchOff(ActorRef<Boolean> replyTo) implements Power {}

    private final MemoryStore store = new MemoryStore(BYTES);
    private final NamespaceTable namespaces =
            new NamespaceTable(List.of(new Namespace(1, BYTES / 512, 9, new UUID(1, 1), store)));
    private final ActorSystem<SpawnProtocol.Command> system =
            ActorSystem.create(
                    SpawnProtocol.create(),
                    "test",
                    Reactors.config(new Reactors.Settings(2, 256, 0))
                            .withFallback(
                                    ConfigFactory.parseString(
                                            "pekko { loglevel = ERROR, log-dead-letters = off,"
                                                    + " log-dead-letters-during-shutdown = off }"))
                            .withFallback(ConfigFactory.load()));

    ActorSystem<SpawnProtocol.Command> system() {
        return system;
    }

    @Override
    public Powered powerOn(GuestMemory memory, InterruptRoutes routes, boolean memoryWaits) {
        ControllerSettings settings =
                new ControllerSettings(
                        new ControllerIdentity(0x1234, "serial", "model", "1.0", new UUID(1, 2)),
                        8,
                        1024,
                        0,
                        9,
                        5,
                        32,
                        20);
        Behavior<NvmeController.Command> controller =
                NvmeController.create(
                        settings,
                        namespaces,
                        memory,
                        routes,
                        new NvmeController.Dispatchers(
                                Reactors.selector(memoryWaits ? 0 : 1),
                                List.of(Reactors.selector(1)),
                                Reactors.blocking(),
                                System::nanoTime));
        ActorRef<Power> power =
                AskPattern.<SpawnProtocol.Command, ActorRef<Power>>ask(
                                system,
                                replyTo ->
                                        new SpawnProtocol.Spawn<>(
                                                supply(controller),
                                                "",
                                                Reactors.selector(0),
                                                replyTo),
                                LIMIT,
                                system.scheduler())
                        .toCompletableFuture()
                        .join();
        PciPort port =
                AskPattern.<Power, PciPort>ask(power, GetPort::new, LIMIT, system.scheduler())
                        .toCompletableFuture()
                        .join();
        return new Powered() {
            @Override
            public boolean handlesInterrupt(int bar, long offset) {
                int doorbell = Doorbells.index(offset, 0);
                return bar == 0 && doorbell >= 0 && Doorbells.isCompletionHead(doorbell);
            }

            @Override
            public PciPort port() {
                return port;
            }

            @Override
            public OptionalInt reactor() {
                return memoryWaits ? OptionalInt.empty() : OptionalInt.of(1);
            }

            @Override
            public void close() {
                boolean _ =
                        AskPattern.<Power, Boolean>ask(
                                        power, SwitchOff::new, LIMIT, system.scheduler())
                                .toCompletableFuture()
                                .join();
            }
        };
    }

    private static Behavior<Power> supply(Behavior<NvmeController.Command> controller) {
        return Behaviors.setup(
                context -> {
                    ActorRef<NvmeController.Command> child = context.spawn(controller, "nvme");
                    return Behaviors.receive(Power.class)
                            .onMessage(
                                    GetPort.class,
                                    get -> {
                                        child.tell(new NvmeController.GetPort(get.replyTo()));
                                        return Behaviors.same();
                                    })
                            .onMessage(
                                    SwitchOff.class,
                                    off -> {
                                        context.watch(child);
                                        context.stop(child);
                                        return Behaviors.receive(Power.class)
                                                .onSignal(
                                                        Terminated.class,
                                                        _ -> {
                                                            off.replyTo().tell(true);
                                                            return Behaviors.stopped();
                                                        })
                                                .build();
                                    })
                            .build();
                });
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        store.close();
    }
}
