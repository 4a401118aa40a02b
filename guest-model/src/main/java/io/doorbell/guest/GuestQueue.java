package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.guest.workload.IoRequest;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.spec.CompletionEntry;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One I/O queue pair of the host: submits what its feed offers, and consumes completions when an
 * interrupt says so. It never polls.
 *
 * <p>Each round: consume every new entry, submit as much as there are tags for, ring the head and
 * the tail doorbell once.
 */
public final class GuestQueue extends AbstractMatchingBehavior<HostMessage> {
    /** I/O is for this namespace; the driver says so before anyone learns of the queue. */
    record UseNamespace(NamespaceInfo namespace) implements HostMessage {}

    /** Run this source until it ends, then tell. */
    public record ServeSource(IoSource source, ActorRef<Finished> replyTo) implements HostMessage {}

    /** Do what this dispatcher submits, until it says finish. */
    record ServeDispatcher(ActorRef<IoDispatcher.Message> dispatcher) implements HostMessage {}

    record Submit(IoWork work) implements HostMessage {}

    record Finish() implements HostMessage {}

    /**
     * An interrupt of a vector that several queues share has found entries here. Each queue has
     * one, shared with the handler on the same CPU, so that a busy vector fills no mailbox.
     */
    static final class InterruptReceived implements HostMessage {
        boolean isOnItsWay;
    }

    private record WorkDue() implements HostMessage {}

    private record LookForTimeout() implements HostMessage {}

    /** Asks for what this queue has counted. */
    public record ReadCounters(ActorRef<GuestCounters> replyTo) implements HostMessage {}

    /** The source has ended and nothing is outstanding. */
    public record Finished(int queueId) {}

    /** Commands are outstanding and none has completed for as long as the timeout. */
    public record TimedOut(int queueId, String oldest) implements HostMessage {}

    /**
     * What a queue is made of.
     *
     * @param entryCount slots of each ring
     */
    record Parts(
            int queueId,
            int entryCount,
            SubmissionRing submission,
            CompletionRing completion,
            IoCommands commands,
            LongSupplier clock,
            LatencyRecorder latencies,
            Duration commandTimeout,
            ActorRef<HostMessage> driver) {}

    private static final WorkDue WORK_DUE = new WorkDue();
    private static final LookForTimeout LOOK_FOR_TIMEOUT = new LookForTimeout();

    static Behavior<HostMessage> create(Parts parts) {
        return Behaviors.setup(context -> new GuestQueue(context, parts));
    }

    private final Parts parts;
    private final SubmissionRing submission;
    private final CompletionRing completion;
    private final IoCommands commands;
    private final LongSupplier clock;
    private final CommandTags tags;
    private final @Nullable IoWork[] works; // by tag
    private final GuestCounters counters = new GuestCounters();
    private @Nullable IoFeed feed;
    private @Nullable ActorRef<Finished> replyTo;
    private @Nullable Cancellable dueTimer;
    private long dueTimerNanos = Long.MAX_VALUE; // when it fires; never while there is none
    private boolean watching; // a timeout timer runs
    private long completedAtLastLook;

    private GuestQueue(ActorContext<HostMessage> context, Parts parts) {
        super(context);
        this.parts = parts;
        this.submission = parts.submission();
        this.completion = parts.completion();
        this.commands = parts.commands();
        this.clock = parts.clock();
        this.tags = new CommandTags(parts.entryCount());
        this.works = new IoWork[parts.entryCount() - 1];
    }

    @Override
    public Behavior<HostMessage> onMessage(HostMessage message) {
        return switch (message) {
            case MsixMessage _ -> onInterrupt();
            case InterruptReceived wake -> onInterruptReceived(wake);
            case Submit(IoWork work) -> onSubmit(work);
            case WorkDue _ -> onWorkDue();
            case ServeSource serve -> onServeSource(serve);
            case ServeDispatcher(var dispatcher) -> onServeDispatcher(dispatcher);
            case Finish _ -> onFinish();
            case UseNamespace(NamespaceInfo namespace) -> onUseNamespace(namespace);
            case LookForTimeout _ -> onLookForTimeout();
            case ReadCounters(var reader) -> onReadCounters(reader);
            default -> Behaviors.unhandled();
        };
    }

    /** From here on new entries need a new message: this one may not see them. */
    private Behavior<HostMessage> onInterruptReceived(InterruptReceived wake) {
        wake.isOnItsWay = false;
        return onInterrupt();
    }

    private Behavior<HostMessage> onInterrupt() {
        counters.interrupts++;
        long now = clock.getAsLong();
        long entry = completion.highQword();
        if (!completion.isNew(entry)) {
            counters.interruptsWithoutEntries++;
        }
        while (completion.isNew(entry)) {
            consume(entry, now);
            completion.advance();
            entry = completion.highQword();
        }
        submitAll(now);
        return this;
    }

    private void consume(long entry, long now) {
        submission.consumedTo(CompletionEntry.sqHead(entry));
        int tag = tags.find(CompletionEntry.commandId(entry));
        IoWork work = tag < 0 ? null : works[tag];
        if (work == null || feed == null) {
            counters.unknownCompletions++;
            return;
        }
        int status = CompletionEntry.status(entry);
        counters.completions++;
        IoRequest request = work.request();
        parts.latencies().record(request.operation(), now - request.submittedNanos());
        commands.finish(tag, work, status);
        works[tag] = null;
        tags.release(tag);
        feed.completed(work, status);
    }

    private void submitAll(long now) {
        IoFeed from = feed;
        if (from == null) {
            completion.ring();
            return;
        }
        while (tags.hasFree() && !submission.isFull()) {
            IoWork work = from.next(now);
            if (work == null) {
                break;
            }
            submit(work, now);
        }
        submission.ringWith(completion);
        afterSubmitting(from, now);
    }

    private void submit(IoWork work, long now) {
        int tag = tags.take();
        works[tag] = work;
        work.request().submittedNanos(now);
        commands.submit(submission, tags.commandId(tag), tag, work);
        counters.submissions++;
    }

    private void afterSubmitting(IoFeed from, long now) {
        if (tags.inUse() > 0) {
            watch();
        } else if (from.isFinished()) {
            finish();
        }
        long due = from.nextDueNanos();
        if (due < dueTimerNanos && !from.isFinished()) {
            if (dueTimer != null) {
                dueTimer.cancel();
            }
            dueTimerNanos = due;
            Duration delay = Duration.ofNanos(Math.max(0, due - now));
            dueTimer = getContext().scheduleOnce(delay, getContext().getSelf(), WORK_DUE);
        }
    }

    private void finish() {
        feed = null;
        if (replyTo != null) {
            replyTo.tell(new Finished(parts.queueId()));
            replyTo = null;
        }
    }

    private Behavior<HostMessage> onSubmit(IoWork work) {
        if (feed instanceof SharedFeed shared) {
            shared.add(work);
            submitAll(clock.getAsLong());
        }
        return this;
    }

    private Behavior<HostMessage> onWorkDue() {
        dueTimer = null;
        dueTimerNanos = Long.MAX_VALUE;
        submitAll(clock.getAsLong());
        return this;
    }

    private Behavior<HostMessage> onServeSource(ServeSource serve) {
        feed = new SourceFeed(serve.source(), commands.transferBytesMax());
        replyTo = serve.replyTo();
        submitAll(clock.getAsLong());
        return this;
    }

    private Behavior<HostMessage> onServeDispatcher(ActorRef<IoDispatcher.Message> dispatcher) {
        feed = new SharedFeed(dispatcher);
        return this;
    }

    private Behavior<HostMessage> onFinish() {
        if (feed instanceof SharedFeed shared) {
            shared.finish();
            submitAll(clock.getAsLong());
        }
        return this;
    }

    private Behavior<HostMessage> onUseNamespace(NamespaceInfo namespace) {
        commands.use(namespace);
        return this;
    }

    private Behavior<HostMessage> onReadCounters(ActorRef<GuestCounters> reader) {
        reader.tell(counters.copy());
        return this;
    }

    /** One timer while commands are outstanding, however many: an idle queue has none. */
    private void watch() {
        if (!watching) {
            watching = true;
            completedAtLastLook = counters.completions;
            getContext()
                    .scheduleOnce(parts.commandTimeout(), getContext().getSelf(), LOOK_FOR_TIMEOUT);
        }
    }

    private Behavior<HostMessage> onLookForTimeout() {
        watching = false;
        if (tags.inUse() == 0) {
            return this;
        }
        if (counters.completions == completedAtLastLook) {
            parts.driver().tell(new TimedOut(parts.queueId(), oldest()));
        }
        watch();
        return this;
    }

    private String oldest() {
        IoWork oldest = null;
        for (IoWork work : works) {
            if (work != null
                    && (oldest == null
                            || work.request().submittedNanos()
                                    < oldest.request().submittedNanos())) {
                oldest = work;
            }
        }
        return oldest == null ? "none" : oldest.request().toString();
    }
}
