package io.doorbell.simulation.machine;

import io.doorbell.controller.admin.AdminExecutor;
import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.CompletionQueue;
import io.doorbell.controller.queue.DoorbellMemory.DoorbellChanged;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.wire.Slot;
import io.doorbell.simulation.wire.WireParts;
import io.doorbell.simulation.world.ActorPath;
import io.doorbell.simulation.world.MessageFilter;
import io.doorbell.simulation.world.World;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Status;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What goes wrong inside the device: wake-ups, completions, actors, the controller as a whole. A
 * message is all there is to take hold of; the actors are as they always are.
 */
final class DeviceMessages implements MessageFilter {
    private static final String DEVICE = "/user/device/";
    private static final String EPOCH = "/epoch-";

    /** What no actor takes: whoever gets it fails. */
    private record Nonsense() {}

    private final World world;
    private final Slot slot;
    private final Faults faults;
    private final boolean actorsFail;
    private final boolean controllerFails;
    private final Map<Integer, String> wakes = new HashMap<>(); // looked up, never iterated
    private final Map<String, String> names = new HashMap<>(); // looked up, never iterated

    DeviceMessages(WireParts parts) {
        this.world = parts.world();
        this.slot = parts.slot();
        this.faults = parts.faults();
        this.actorsFail = faults.concern("actor/");
        this.controllerFails = faults.concern("controller/");
    }

    /** Whether any fault needs this. */
    static boolean areNeeded(Faults faults) {
        return faults.concern("wake/", "execution/", "commands/", "actor/", "controller/");
    }

    @Override
    public void sent(ActorPath receiver, Object message, Delivery delivery) {
        String path = receiver.text();
        if (!path.startsWith(DEVICE)) {
            delivery.arrive();
        } else if (isStruck(path)) {
            delivery.arriveAs(new Nonsense());
        } else {
            switch (message) {
                case DoorbellChanged changed -> wake(changed, delivery);
                case AdminExecutor.Execute(CommandBatch batch, long mask) ->
                        execute(batch, mask, delivery);
                case CompletionQueue.Completed(CommandBatch batch, long mask) ->
                        complete(name(path), batch, mask, delivery);
                default -> delivery.arrive();
            }
        }
    }

    /** Whether the actor that this message is for fails. */
    private boolean isStruck(String path) {
        boolean struck = actorsFail && faults.at("actor/" + name(path)) != null;
        if (controllerFails && path.contains(EPOCH)) {
            Fault fault = faults.at("controller/step");
            if (fault != null) {
                struck |= strike(fault);
            }
        }
        return struck;
    }

    /** Whatever fails in an epoch fails the controller; which actor it is does not show. */
    private boolean strike(Fault fault) {
        if (fault.kind() != FaultKind.REMOVE) {
            return true;
        }
        slot.empty();
        if (fault.amount() > 0) {
            world.after(fault.amount(), slot::fill);
        }
        return false;
    }

    private void wake(DoorbellChanged changed, Delivery delivery) {
        Fault fault = faults.at(wakeSite(changed.doorbell()));
        if (fault == null) {
            delivery.arrive();
            return;
        }
        switch (fault.kind()) {
            case LOSE -> {}
            case DOUBLE -> {
                delivery.arrive();
                delivery.arrive();
            }
            case DELAY -> world.after(fault.amount(), delivery::arrive);
            default -> delivery.arrive();
        }
    }

    // ---- execution ---------------------------------------------------------------------------

    /** Each command of the batch is an event; what nothing happens to is executed together. */
    private void execute(CommandBatch batch, long mask, Delivery delivery) {
        long rest = mask;
        for (long left = mask; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            FetchedCommand command = batch.command(index);
            Fault fault =
                    faults.at(
                            "execution/sq-" + batch.link().queueId(),
                            command.opcode(),
                            () -> struck(batch, command));
            if (fault != null) {
                rest &= ~(1L << index);
                notExecuted(fault, batch, index, delivery);
            }
        }
        if (rest == mask) {
            delivery.arrive();
        } else if (rest != 0) {
            delivery.arriveAs(new AdminExecutor.Execute(batch, rest));
        }
    }

    private void notExecuted(Fault fault, CommandBatch batch, int index, Delivery delivery) {
        long only = 1L << index;
        switch (fault.kind()) {
            case SLOW -> {
                AdminExecutor.Execute late = new AdminExecutor.Execute(batch, only);
                world.after(fault.amount(), () -> delivery.arriveAs(late));
            }
            case FAIL -> {
                batch.command(index).complete(failure(fault), 0);
                batch.completed(only);
            }
            default -> {} // nobody ever hears of it
        }
    }

    private static List<Strike.Command> struck(CommandBatch batch, FetchedCommand command) {
        return List.of(new Strike.Command(batch.link().queueId(), command.commandId()));
    }

    // ---- completions -------------------------------------------------------------------------

    /** Each command of the batch is an event; what nothing happens to goes on together. */
    private void complete(String queue, CommandBatch batch, long mask, Delivery delivery) {
        String ofCompletions = "commands/cq-" + queue.substring(queue.lastIndexOf('-') + 1);
        String ofSubmissions = "commands/sq-" + batch.link().queueId();
        long rest = mask;
        for (long left = mask; left != 0; left &= left - 1) {
            int index = Long.numberOfTrailingZeros(left);
            FetchedCommand command = batch.command(index);
            Supplier<List<Strike.Command>> struck = () -> struck(batch, command);
            Fault fault = faults.at(ofCompletions, command.opcode(), struck);
            if (fault == null) {
                fault = faults.at(ofSubmissions, command.opcode(), struck);
            }
            if (fault != null && isHeldBack(fault, batch, index, delivery)) {
                rest &= ~(1L << index);
            }
        }
        if (rest == mask) {
            delivery.arrive();
        } else if (rest != 0) {
            delivery.arriveAs(new CompletionQueue.Completed(batch, rest));
        }
    }

    private boolean isHeldBack(Fault fault, CommandBatch batch, int index, Delivery delivery) {
        FetchedCommand command = batch.command(index);
        switch (fault.kind()) {
            case LOSE, HANG -> {
                return true;
            }
            case DELAY, SLOW -> {
                CompletionQueue.Completed late = new CompletionQueue.Completed(batch, 1L << index);
                world.after(fault.amount(), () -> delivery.arriveAs(late));
                return true;
            }
            case DOUBLE -> {
                CommandBatch again = batch.again(index);
                delivery.arriveAs(new CompletionQueue.Completed(again, again.all()));
            }
            case FAIL -> command.complete(failure(fault), 0);
            case MISIDENTIFY -> {
                int bits = (int) fault.amount() & 0xFFFF;
                command.commandId(command.commandId() ^ bits);
            }
            default -> {} // is none of commands
        }
        return false;
    }

    private static int failure(Fault fault) {
        return fault.amount() == 0 ? Status.INTERNAL_ERROR : (int) fault.amount();
    }

    private String wakeSite(int doorbell) {
        return wakes.computeIfAbsent(
                doorbell,
                each ->
                        (Doorbells.isCompletionHead(each) ? "wake/cq-" : "wake/sq-")
                                + Doorbells.queueId(each));
    }

    /** The last part of a path. */
    private String name(String path) {
        return names.computeIfAbsent(path, text -> text.substring(text.lastIndexOf('/') + 1));
    }
}
