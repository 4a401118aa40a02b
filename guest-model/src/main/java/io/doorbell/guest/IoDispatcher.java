package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.Operation;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Deals one source's I/O to several queues in turn, as a block layer does whose program runs on
 * several CPUs. What may run at the same time is the source's decision.
 */
public final class IoDispatcher extends AbstractMatchingBehavior<IoDispatcher.Message> {
    public sealed interface Message {}

    record Completed(IoWork work, int status) implements Message {}

    private record WorkDue() implements Message {}

    /** The source has ended and nothing is outstanding. */
    public record Finished() {}

    private static final WorkDue WORK_DUE = new WorkDue();

    /**
     * What a dispatcher works with.
     *
     * @param queues where to submit, in turn
     * @param outstandingMax most I/O on its way at once
     * @param transferBytesMax largest transfer the source asks for
     * @param progress told how many I/O have completed, now and then
     */
    public record Settings(
            IoSource source,
            List<ActorRef<HostMessage>> queues,
            int outstandingMax,
            long transferBytesMax,
            LongSupplier clock,
            LongConsumer progress,
            ActorRef<Finished> replyTo) {}

    /** Starts at once; tells {@code replyTo} when all is done, and each queue to finish. */
    public static Behavior<Message> create(Settings settings) {
        return Behaviors.setup(context -> new IoDispatcher(context, settings));
    }

    private final Settings settings;
    private final IoSource source;
    private final ArrayDeque<IoWork> spare = new ArrayDeque<>();
    private int outstanding;
    private int nextQueue;
    private long completedCount;
    private boolean ended;
    private @Nullable Cancellable timer;
    private long timerNanos = Long.MAX_VALUE; // when it fires; never while there is none

    private IoDispatcher(ActorContext<Message> context, Settings settings) {
        super(context);
        this.settings = settings;
        this.source = settings.source();
        for (ActorRef<HostMessage> queue : settings.queues()) {
            queue.tell(new GuestQueue.ServeDispatcher(context.getSelf()));
        }
        context.getSelf().tell(WORK_DUE);
    }

    @Override
    public Behavior<Message> onMessage(Message message) {
        return switch (message) {
            case Completed(IoWork work, int status) -> onCompleted(work, status);
            case WorkDue _ -> onWorkDue();
        };
    }

    private Behavior<Message> onCompleted(IoWork work, int status) {
        source.completed(work.request(), status, work.data());
        spare.addLast(work);
        outstanding--;
        completedCount++;
        settings.progress().accept(completedCount);
        return deal();
    }

    private Behavior<Message> onWorkDue() {
        timer = null;
        timerNanos = Long.MAX_VALUE;
        return deal();
    }

    private Behavior<Message> deal() {
        long now = settings.clock().getAsLong();
        while (!ended && outstanding < settings.outstandingMax()) {
            IoWork work = take();
            IoSource.Offer offer = source.next(work.request(), now);
            if (offer != IoSource.Offer.REQUEST) {
                spare.addLast(work);
                ended = offer == IoSource.Offer.END;
                break;
            }
            if (work.data() != null && work.request().operation() == Operation.WRITE) {
                source.stamp(work.request(), work.data());
            }
            outstanding++;
            settings.queues().get(nextQueue).tell(new GuestQueue.Submit(work));
            nextQueue = (nextQueue + 1) % settings.queues().size();
        }
        if (ended && outstanding == 0) {
            settings.queues().forEach(queue -> queue.tell(new GuestQueue.Finish()));
            settings.replyTo().tell(new Finished());
            return Behaviors.stopped();
        }
        awaitDue(now);
        return this;
    }

    private void awaitDue(long now) {
        long due = source.nextDueNanos();
        if (!ended && due < timerNanos) {
            if (timer != null) {
                timer.cancel();
            }
            timerNanos = due;
            timer =
                    getContext()
                            .scheduleOnce(
                                    Duration.ofNanos(Math.max(0, due - now)),
                                    getContext().getSelf(),
                                    WORK_DUE);
        }
    }

    private IoWork take() {
        IoWork work = spare.pollLast();
        if (work != null) {
            return work;
        }
        MemorySegment data =
                source.verifiesData()
                        ? Arena.ofAuto().allocate(settings.transferBytesMax(), Long.BYTES)
                        : null;
        return new IoWork(data);
    }
}
