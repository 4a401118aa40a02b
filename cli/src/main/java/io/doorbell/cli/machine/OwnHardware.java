package io.doorbell.cli.machine;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.SparseMapping;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.NvmeController;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.reactor.Reactors;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Our controller in the same process, over blocks that somebody else opened. */
final class OwnHardware implements Hardware {
    private final Arena arena = Arena.ofShared();
    private final BlockStore store;
    private final GuestMemory memory;
    private final InterruptRoutes routes = new InterruptRoutes();
    private final Device device;

    /**
     * @param store the blocks of namespace 1; closed with this
     */
    OwnHardware(MachinePlan plan, BlockStore store) {
        this.store = store;
        memory =
                MappedMemory.of(
                        new MemoryRegion(
                                0, SparseMapping.allocate(plan.memoryBytes(), arena), true));
        device =
                new Controller(
                        NvmeController.create(
                                plan.controller(),
                                Machine.namespaces(plan.blockCount(), plan.blockBytes(), store),
                                memory,
                                routes,
                                new NvmeController.Dispatchers(
                                        IntStream.range(0, plan.reactors().count())
                                                .mapToObj(Reactors::selector)
                                                .toList(),
                                        Reactors.blocking(),
                                        System::nanoTime)));
    }

    /** One actor is all of it to others. */
    private static final class Controller implements Device {
        private final Behavior<NvmeController.Command> behavior;
        private @Nullable ActorRef<NvmeController.Command> actor;

        Controller(Behavior<NvmeController.Command> behavior) {
            this.behavior = behavior;
        }

        @Override
        public ActorRef<?> powerOn(ActorContext<?> root, Consumer<String> lost) {
            ActorRef<NvmeController.Command> spawned = root.spawn(behavior, "nvme");
            actor = spawned;
            return spawned;
        }

        @Override
        public void port(ActorRef<PciPort> replyTo) {
            tell(new NvmeController.GetPort(replyTo));
        }

        @Override
        public void counters(ActorRef<ShardCounters> replyTo) {
            tell(new NvmeController.ReadCounters(replyTo));
        }

        private void tell(NvmeController.Command command) {
            Objects.requireNonNull(actor, "no power").tell(command);
        }
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    public InterruptRoutes routes() {
        return routes;
    }

    @Override
    public Reactors.Settings reactors(Reactors.Settings hosts) {
        return hosts;
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public void close() {
        store.close();
        arena.close();
    }
}
