package io.doorbell.simulation.machine;

import io.doorbell.controller.queue.CompletionQueue;
import io.doorbell.controller.queue.DoorbellMemory.DoorbellChanged;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.world.ActorPath;
import io.doorbell.simulation.world.MessageFilter;
import io.doorbell.simulation.world.World;
import io.doorbell.spec.Doorbells;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What goes wrong inside the device: wake-ups, commands that take long or never end, crashes. */
final class DeviceMessages implements MessageFilter {
    private static final String DEVICE = "/user/device/";

    /** What no actor takes: whoever gets it fails. */
    private record Nonsense() {}

    private final World world;
    private final Faults faults;
    private final Map<Integer, String> wakes = new HashMap<>(); // looked up, never iterated
    private final Map<String, String> completions = new HashMap<>(); // looked up, never iterated
    private final Map<String, String> actors = new HashMap<>(); // looked up, never iterated

    DeviceMessages(World world, Faults faults) {
        this.world = world;
        this.faults = faults;
    }

    @Override
    public void sent(ActorPath receiver, Object message, Delivery delivery) {
        if (!receiver.text().startsWith(DEVICE)) {
            delivery.arrive();
            return;
        }
        Fault fault = fault(receiver, message);
        if (fault == null) {
            delivery.arrive();
            return;
        }
        switch (fault.kind()) {
            case LOSE, HANG -> {}
            case DOUBLE -> {
                delivery.arrive();
                delivery.arrive();
            }
            case DELAY, SLOW -> world.after(fault.amount(), delivery::arrive);
            case CRASH -> delivery.arriveAs(new Nonsense());
            default -> delivery.arrive();
        }
    }

    private @Nullable Fault fault(ActorPath receiver, Object message) {
        Fault crash = faults.at(actor(receiver));
        if (crash != null) {
            return crash;
        }
        return switch (message) {
            case DoorbellChanged changed -> faults.at(wake(changed.doorbell()));
            case CompletionQueue.Completed completed ->
                    faults.at(completion(receiver), () -> commands(completed));
            default -> null;
        };
    }

    private static List<Strike.Command> commands(CompletionQueue.Completed completed) {
        List<Strike.Command> commands = new ArrayList<>();
        int queueId = completed.batch().link().queueId();
        for (long rest = completed.mask(); rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            commands.add(
                    new Strike.Command(
                            queueId, completed.batch().command(index).entry().commandId()));
        }
        return commands;
    }

    private String actor(ActorPath receiver) {
        return actors.computeIfAbsent(
                receiver.text(), text -> "actor/" + text.substring(text.lastIndexOf('/') + 1));
    }

    private String wake(int doorbell) {
        return wakes.computeIfAbsent(
                doorbell,
                each ->
                        (Doorbells.isCompletionHead(each) ? "wake/cq-" : "wake/sq-")
                                + Doorbells.queueId(each));
    }

    /** The name of a completion queue's actor ends with its id. */
    private String completion(ActorPath receiver) {
        return completions.computeIfAbsent(
                receiver.text(),
                text -> "commands/cq-" + text.substring(text.lastIndexOf('-') + 1));
    }
}
