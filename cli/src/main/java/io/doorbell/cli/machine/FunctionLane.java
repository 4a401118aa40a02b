package io.doorbell.cli.machine;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciMessage;
import io.doorbell.controller.queue.ShardCounters;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** The lane of a function in another process: takes what a host asks, in order. */
final class FunctionLane extends AbstractMatchingBehavior<PciMessage> {
    record ReadCounters(ActorRef<ShardCounters> replyTo) implements PciMessage {}

    /** To run on the reactor that looks at the traffic. */
    static Behavior<PciMessage> create(FunctionTraffic traffic) {
        return Behaviors.setup(context -> new FunctionLane(context, traffic));
    }

    private final FunctionTraffic traffic;

    private FunctionLane(ActorContext<PciMessage> context, FunctionTraffic traffic) {
        super(context);
        this.traffic = traffic;
    }

    @Override
    public Behavior<PciMessage> onMessage(PciMessage message) {
        switch (message) {
            case PciAccess.BarWrite write -> traffic.write(write);
            case PciAccess.BarWritePair(var first, var second) -> {
                traffic.write(first);
                traffic.write(second);
            }
            case PciAccess.BarRead read -> answer(read.replyTo(), read.tag(), traffic.read(read));
            case PciAccess.ConfigWrite(int offset, int width, int value, long tag, var replyTo) -> {
                traffic.writeConfig(offset, width, value);
                answer(replyTo, tag, 0);
            }
            case PciAccess.ConfigRead(int offset, int width, long tag, var replyTo) ->
                    answer(replyTo, tag, traffic.readConfig(offset, width));
            case PciAccess.FunctionReset(long tag, var replyTo) -> {
                traffic.reset();
                answer(replyTo, tag, 0);
            }
            case ReadCounters(var replyTo) -> replyTo.tell(traffic.counters());
            default -> {
                return Behaviors.unhandled();
            }
        }
        return this;
    }

    private static void answer(ActorRef<PciAccess.ReadCompletion> to, long tag, long value) {
        to.tell(new PciAccess.ReadCompletion(tag, value));
    }
}
