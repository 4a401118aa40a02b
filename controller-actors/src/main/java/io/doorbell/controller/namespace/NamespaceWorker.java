package io.doorbell.controller.namespace;

import io.doorbell.controller.namespace.NamespaceExecutor.Command;
import io.doorbell.controller.namespace.NamespaceExecutor.Execute;
import io.doorbell.controller.namespace.NamespaceExecutor.Executed;
import io.doorbell.controller.namespace.NamespaceExecutor.GoOn;
import io.doorbell.controller.namespace.NamespaceExecutor.HeldFence;
import io.doorbell.controller.namespace.NamespaceExecutor.PassFence;
import io.doorbell.controller.queue.CommandBatch;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Executes commands that may wait for a disk, one after the other. */
final class NamespaceWorker extends AbstractMatchingBehavior<Command> {
    /**
     * @param shard the executor that counts what is done here
     */
    static Behavior<Command> create(NvmCommandSet commandSet, ActorRef<Command> shard) {
        return Behaviors.setup(context -> new NamespaceWorker(context, commandSet, shard));
    }

    private final NvmCommandSet commandSet;
    private final ActorRef<Command> shard;
    private final Unfinished unfinished = new Unfinished();

    private NamespaceWorker(
            ActorContext<Command> context, NvmCommandSet commandSet, ActorRef<Command> shard) {
        super(context);
        this.commandSet = commandSet;
        this.shard = shard;
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Execute(CommandBatch batch, long mask) -> execute(batch, mask, unfinished.now());
            case GoOn(CommandBatch batch, long mask, long since) -> {
                unfinished.remove(since);
                execute(batch, mask, since);
            }
            case PassFence fence -> pass(new HeldFence(fence, unfinished.fence()));
            case HeldFence held -> pass(held);
            case Executed _ -> {} // goes the other way
        }
        return this;
    }

    private void pass(HeldFence held) {
        if (unfinished.isPast(held.number())) {
            held.fence().pass();
        } else {
            getContext().getSelf().tell(held);
        }
    }

    private void execute(CommandBatch batch, long mask, long since) {
        IoTally tally = new IoTally();
        long done = NamespaceExecutor.run(commandSet, batch, mask, tally, true);
        if (done != mask) {
            unfinished.add(since);
            getContext().getSelf().tell(new GoOn(batch, mask & ~done, since));
        }
        shard.tell(new Executed(tally));
    }
}
