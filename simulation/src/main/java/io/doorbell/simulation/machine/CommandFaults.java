package io.doorbell.simulation.machine;

import io.doorbell.controller.admin.AdminExecutor;
import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.CompletionQueue;
import io.doorbell.controller.queue.DoorbellMemory.DoorbellChanged;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultSource;
import io.doorbell.simulation.fault.Later;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.world.MessageFilter.Delivery;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Status;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What goes wrong with wake-ups and commands inside a device, simulated or real: the sites {@code
 * wake/*}, {@code execution/*}, {@code commands/*}.
 *
 * <p>Threads: those who send the messages. A message is of its sender until it arrives.
 */
public final class CommandFaults {
    private final FaultSource faults;
    private final Later later;
    private final Map<Integer, String> wakes = new ConcurrentHashMap<>(); // never iterated

    public CommandFaults(FaultSource faults, Later later) {
        this.faults = faults;
        this.later = later;
    }

    /**
     * A message was sent inside the device.
     *
     * @param receiver the path of the actor that it is for
     */
    public void sent(String receiver, Object message, Delivery delivery) {
        switch (message) {
            case DoorbellChanged changed -> wake(changed, delivery);
            case AdminExecutor.Execute(CommandBatch batch, long mask) ->
                    execute(batch, mask, delivery);
            case CompletionQueue.Completed(CommandBatch batch, long mask) ->
                    complete(receiver, batch, mask, delivery);
            default -> delivery.arrive();
        }
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
            case DELAY -> later.after(fault.amount(), delivery::arrive);
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
                later.after(fault.amount(), () -> delivery.arriveAs(late));
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
    private void complete(String path, CommandBatch batch, long mask, Delivery delivery) {
        String ofCompletions = "commands/cq-" + path.substring(path.lastIndexOf('-') + 1);
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
                later.after(fault.amount(), () -> delivery.arriveAs(late));
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
}
