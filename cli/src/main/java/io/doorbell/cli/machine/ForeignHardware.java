package io.doorbell.cli.machine;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciMessage;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.cli.foreign.ForeignDevice;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.reactor.Reactors;
import io.doorbell.vfiouser.client.VfioUserFunction;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A device in another process. Accesses wait for it, so they have a reactor of their own, behind
 * those of the host; on the same one its interrupts arrive.
 */
final class ForeignHardware implements Hardware {
    private final InterruptRoutes routes = new InterruptRoutes();
    private final VfioUserFunction function;
    private final FunctionTraffic traffic;
    private final Lane lane;

    /** Connects to it. */
    ForeignHardware(ForeignDevice device, MachinePlan plan) {
        function =
                device.powerOn(
                        Math.max(VfioUserFunction.MEMORY_BYTES, plan.memoryBytes()),
                        this::interrupt);
        traffic = new FunctionTraffic(function, plan.controller().doorbellStride());
        lane = new Lane(plan.reactors().count());
    }

    private void interrupt(MsixMessage message) {
        ActorRef<MsixMessage> target = routes.target(message);
        if (target != null) {
            traffic.countInterrupt();
            target.tell(message);
        }
    }

    /** One actor is all of it to others. */
    private final class Lane implements Device {
        private final int reactor;
        private @Nullable ActorRef<PciMessage> actor;

        Lane(int reactor) {
            this.reactor = reactor;
        }

        @Override
        public ActorRef<?> powerOn(ActorContext<?> root, Consumer<String> lost) {
            ActorRef<PciMessage> spawned =
                    root.spawn(FunctionLane.create(traffic), "nvme", Reactors.selector(reactor));
            actor = spawned;
            traffic.attach(Reactors.of(root.getSystem()), reactor, lost);
            return spawned;
        }

        @Override
        public void port(ActorRef<PciPort> replyTo) {
            replyTo.tell(new PciPort(List.of(lane().narrow())));
        }

        @Override
        public void counters(ActorRef<ShardCounters> replyTo) {
            lane().tell(new FunctionLane.ReadCounters(replyTo));
        }

        private ActorRef<PciMessage> lane() {
            return Objects.requireNonNull(actor, "no power");
        }
    }

    @Override
    public GuestMemory memory() {
        return function.memory();
    }

    @Override
    public InterruptRoutes routes() {
        return routes;
    }

    @Override
    public Reactors.Settings reactors(Reactors.Settings hosts) {
        return new Reactors.Settings(hosts.count() + 1, hosts.quantum(), hosts.spins());
    }

    @Override
    public Device device() {
        return lane;
    }

    @Override
    public void close() {
        traffic.awaitRelease();
        function.close();
    }
}
