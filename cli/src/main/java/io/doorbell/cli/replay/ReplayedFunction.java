package io.doorbell.cli.replay;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.NvmeController;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.simulation.world.World;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** A function under power in a world of virtual time, and what it has told its machine. */
final class ReplayedFunction implements AutoCloseable {
    private final World world;
    private final ActorRef<Object> machine;
    private final ActorRef<NvmeController.Command> device;
    private final ActorRef<PciAccess> lane;
    private final Map<Long, Long> answers = new HashMap<>();
    private final boolean[] interrupted;
    private final int[] pinChanges = new int[2];
    private boolean pinAsserted;
    private long nextTag;

    ReplayedFunction(
            World world,
            int number,
            ControllerSettings settings,
            NamespaceTable namespaces,
            GuestMemory memory) {
        this.world = world;
        interrupted = new boolean[settings.vectorCount()];
        machine =
                world.spawn(
                        Behaviors.receiveMessage(
                                message -> {
                                    receive(message);
                                    return Behaviors.same();
                                }),
                        "machine-" + number);
        InterruptRoutes routes = new InterruptRoutes();
        for (int vector = 0; vector < settings.vectorCount(); vector++) {
            routes.reserve(machine.unsafeUpcast()); // as they were when the trace was recorded
        }
        routes.connectPin(machine.unsafeUpcast());
        device =
                world.spawn(
                        NvmeController.create(
                                settings,
                                namespaces,
                                memory,
                                routes,
                                new NvmeController.Dispatchers(
                                        List.of(DispatcherSelector.defaultDispatcher()),
                                        DispatcherSelector.defaultDispatcher(),
                                        world::nanoTime)),
                        "function-" + number);
        PciPort port = world.ask(replyTo -> device.tell(new NvmeController.GetPort(replyTo)));
        lane = port.lane(0);
    }

    private void receive(Object message) {
        switch (message) {
            case ReadCompletion(long tag, long value) -> answers.put(tag, value);
            case MsixMessage(_, int data) -> interrupted[data - 1] = true;
            case PinChanged(boolean asserted) -> {
                pinAsserted = asserted;
                pinChanges[asserted ? 1 : 0]++;
            }
            default -> throw new IllegalStateException("A machine has no use for " + message);
        }
    }

    /** The machine does this. */
    void tell(PciAccess access) {
        lane.tell(access);
    }

    /**
     * The machine asks this.
     *
     * @param access made of a tag and who gets the answer
     * @return the tag
     */
    long ask(BiFunction<Long, ActorRef<ReadCompletion>, PciAccess> access) {
        long tag = nextTag++;
        lane.tell(access.apply(tag, machine.unsafeUpcast()));
        return tag;
    }

    /** Runs until a condition holds, or for so long. */
    boolean runUntil(BooleanSupplier condition, long nanos) {
        return world.runUntil(condition, nanos);
    }

    long nanoTime() {
        return world.nanoTime();
    }

    boolean hasAnswered(long tag) {
        return answers.containsKey(tag);
    }

    /** Takes an answer; null if it is not there. */
    @Nullable Long answer(long tag) {
        return answers.remove(tag);
    }

    /** Whether a vector has interrupted and nobody has {@link #handled} it. */
    boolean hasInterrupted(int vector) {
        return vector < interrupted.length && interrupted[vector];
    }

    void handled(int vector) {
        if (vector < interrupted.length) {
            interrupted[vector] = false;
        }
    }

    /** Whether the pin is so, or was more often than somebody {@link #tookPin}. */
    boolean wasPin(boolean asserted) {
        return pinAsserted == asserted || pinChanges[asserted ? 1 : 0] > 0;
    }

    void tookPin(boolean asserted) {
        int changes = pinChanges[asserted ? 1 : 0];
        pinChanges[asserted ? 1 : 0] = Math.max(0, changes - 1);
    }

    @Override
    public void close() {
        world.stop(device);
        world.stop(machine);
    }
}
