package io.doorbell.controller;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciMessage;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.pci.Bar0Layout;
import io.doorbell.controller.pci.FunctionGate;
import io.doorbell.controller.pci.InterruptTrace;
import io.doorbell.controller.pci.MsixVector;
import io.doorbell.controller.pci.PciConfiguration;
import io.doorbell.controller.pci.PciInterface;
import io.doorbell.controller.queue.CounterSum;
import io.doorbell.controller.queue.DoorbellDirectory;
import io.doorbell.controller.queue.DoorbellMemory;
import io.doorbell.controller.queue.DoorbellMemory.InvalidDoorbell;
import io.doorbell.controller.queue.Placement;
import io.doorbell.controller.queue.Shard;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.spec.ControllerCapabilities;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A whole NVMe controller as one actor: spawn it, ask for its port, and drive that as a host would.
 */
public final class NvmeController extends AbstractMatchingBehavior<NvmeController.Command> {
    public sealed interface Command {}

    /** Asks for the way in. */
    public record GetPort(ActorRef<PciPort> replyTo) implements Command {}

    /** Asks for what all shards have counted since the controller was built. */
    public record ReadCounters(ActorRef<ShardCounters> replyTo) implements Command {}

    private record FunctionAffected(Controller.FunctionEvent event) implements Command {}

    private record DoorbellRejected(InvalidDoorbell invalid) implements Command {}

    /**
     * Where the controller lives.
     *
     * <p>Accesses to guest memory may have to wait for the host ({@link GuestMemory}). Where they
     * may, {@code front} is a dispatcher of its own: registers and configuration space live there,
     * which the host may be waiting for at the same time, and nothing there ever waits.
     *
     * @param front a dispatcher with one thread, for all that answers the host; may be the first of
     *     {@code shards}
     * @param shards one dispatcher with one thread for each shard, at least one
     * @param blocking a dispatcher whose threads may wait for a disk
     * @param nanoTime the time there, in nanoseconds from any origin
     */
    public record Dispatchers(
            DispatcherSelector front,
            List<DispatcherSelector> shards,
            DispatcherSelector blocking,
            LongSupplier nanoTime) {

        /** Memory answers at once, so lanes and doorbells live with the queues they serve. */
        public Dispatchers(
                List<DispatcherSelector> shards,
                DispatcherSelector blocking,
                LongSupplier nanoTime) {
            this(shards.getFirst(), shards, blocking, nanoTime);
        }

        private DispatcherSelector doorbells(Shard shard) {
            return front.equals(shards.getFirst()) ? shard.dispatcher() : front;
        }
    }

    /** A controller that was powered on, over this memory, signalling through these routes. */
    public static Behavior<Command> create(
            ControllerSettings settings,
            NamespaceTable namespaces,
            GuestMemory memory,
            InterruptRoutes routes,
            Dispatchers dispatchers) {
        return create(settings, namespaces, memory, routes, dispatchers, InterruptTrace.NONE);
    }

    /** As above, and {@code trace} is told of each interrupt. */
    public static Behavior<Command> create(
            ControllerSettings settings,
            NamespaceTable namespaces,
            GuestMemory memory,
            InterruptRoutes routes,
            Dispatchers dispatchers,
            InterruptTrace trace) {
        return Behaviors.setup(
                context -> {
                    List<MsixVector> vectors =
                            IntStream.range(0, settings.vectorCount())
                                    .mapToObj(number -> new MsixVector(number, trace))
                                    .toList();
                    Controller.Parts parts =
                            new Controller.Parts(
                                    settings,
                                    memory,
                                    namespaces,
                                    vectors,
                                    new FunctionGate(),
                                    dispatchers.blocking(),
                                    dispatchers.nanoTime(),
                                    context.messageAdapter(
                                            Controller.FunctionEvent.class, FunctionAffected::new));
                    return new NvmeController(context, parts, routes, dispatchers, trace);
                });
    }

    private final DoorbellDirectory doorbells;
    private final ActorRef<Controller.Command> controller;
    private final ActorRef<PciConfiguration.Command> configuration;
    private final PciPort port;

    private NvmeController(
            ActorContext<Command> context,
            Controller.Parts parts,
            InterruptRoutes routes,
            Dispatchers dispatchers,
            InterruptTrace trace) {
        super(context);
        this.doorbells = spawnDoorbells(parts.settings(), dispatchers);
        this.controller =
                context.spawn(
                        Controller.create(parts, capabilities(parts.settings()), doorbells),
                        "controller",
                        dispatchers.front());
        context.watch(controller);
        Bar0Layout layout = layout(parts.settings());
        this.configuration = spawnConfiguration(parts, layout, routes, dispatchers, trace);
        this.port = spawnPort(parts, layout, dispatchers);
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        switch (message) {
            case GetPort(var replyTo) -> replyTo.tell(port);
            case ReadCounters(var replyTo) ->
                    getContext().spawnAnonymous(CounterSum.create(doorbells.memories(), replyTo));
            case FunctionAffected(var event) ->
                    configuration.tell(
                            switch (event) {
                                case Controller.SubsystemResetBegun _ ->
                                        new PciConfiguration.ResetWithSubsystem();
                                case Controller.PinDue(boolean due) ->
                                        new PciConfiguration.SetPinDue(due);
                                case Controller.PinChecked(long id) ->
                                        new PciConfiguration.PinChecked(id);
                            });
            case DoorbellRejected(var invalid) ->
                    controller.tell(new Controller.ReportInvalidDoorbell(invalid));
        }
        return this;
    }

    /** What lives here outlives every reset, so nobody could bring it back. */
    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof ChildFailed failed) {
            throw new IllegalStateException(
                    failed.getRef().path().name() + " failed.", failed.getCause());
        }
        return Behaviors.unhandled();
    }

    private DoorbellDirectory spawnDoorbells(ControllerSettings settings, Dispatchers dispatchers) {
        Placement placement = new Placement(dispatchers.shards().size(), settings.queuePairsMax());
        ActorRef<InvalidDoorbell> rejected =
                getContext().messageAdapter(InvalidDoorbell.class, DoorbellRejected::new);
        List<Shard> shards = new ArrayList<>();
        List<ActorRef<DoorbellMemory.Command>> memories = new ArrayList<>();
        for (int i = 0; i < dispatchers.shards().size(); i++) {
            Shard shard = new Shard(i, placement, dispatchers.shards().get(i));
            ActorRef<DoorbellMemory.Command> memory =
                    getContext()
                            .spawn(
                                    DoorbellMemory.create(shard, placement, rejected),
                                    "doorbells-" + i,
                                    dispatchers.doorbells(shard));
            getContext().watch(memory);
            shards.add(shard);
            memories.add(memory);
        }
        return new DoorbellDirectory(placement, List.copyOf(shards), List.copyOf(memories));
    }

    private static Bar0Layout layout(ControllerSettings settings) {
        return new Bar0Layout(
                settings.queuePairsMax(), settings.doorbellStride(), settings.vectorCount());
    }

    private ActorRef<PciConfiguration.Command> spawnConfiguration(
            Controller.Parts parts,
            Bar0Layout layout,
            InterruptRoutes routes,
            Dispatchers dispatchers,
            InterruptTrace trace) {
        ActorRef<PciConfiguration.Command> spawned =
                getContext()
                        .spawn(
                                PciConfiguration.create(
                                        parts.settings().identity().vendorId(),
                                        parts.settings().identity().deviceId(),
                                        layout,
                                        parts.vectors(),
                                        routes,
                                        trace,
                                        parts.gate(),
                                        parts.memory(),
                                        controller),
                                "pci-configuration",
                                dispatchers.front());
        getContext().watch(spawned);
        return spawned;
    }

    private PciPort spawnPort(Controller.Parts parts, Bar0Layout layout, Dispatchers dispatchers) {
        List<ActorRef<PciAccess>> lanes = new ArrayList<>();
        for (Shard shard : doorbells.shards()) {
            ActorRef<PciMessage> lane =
                    getContext()
                            .spawn(
                                    PciInterface.create(
                                            layout,
                                            parts.gate(),
                                            controller,
                                            configuration,
                                            doorbells),
                                    "pci-lane-" + shard.index(),
                                    dispatchers.doorbells(shard));
            getContext().watch(lane);
            lanes.add(lane.narrow());
        }
        return new PciPort(lanes);
    }

    /** CAP (Base §3.1.3.1): NVM command set, pages of 4 to 64 KiB. */
    private static long capabilities(ControllerSettings settings) {
        return ControllerCapabilities.builder()
                .maximumQueueEntriesZeroBased(settings.queueEntriesMax() - 1)
                .contiguousQueuesRequired(settings.options().contiguousQueuesRequired())
                .arbitrationMechanisms(
                        settings.options().weightedRoundRobin()
                                ? ControllerCapabilities.ARBITRATION_WEIGHTED_ROUND_ROBIN
                                : 0)
                .subsystemResetSupported(settings.options().subsystemReset())
                .readyWithMediaSupported(true)
                .timeoutHalfSeconds(settings.readyTimeoutHalfSeconds())
                .doorbellStride(settings.doorbellStride())
                .commandSets(ControllerCapabilities.COMMAND_SET_NVM)
                .maximumPageSize(4)
                .build()
                .value();
    }
}
