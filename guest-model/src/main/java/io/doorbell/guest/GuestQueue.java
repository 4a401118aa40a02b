package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.guest.HostPolicies.Fullness;
import io.doorbell.guest.HostPolicies.QueueSizes;
import io.doorbell.guest.workload.IoRequest;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One I/O queue pair of the host: submits what its feed offers, and consumes completions when an
 * interrupt says so, or when its policies have it look.
 *
 * <p>Each round: consume every new entry, submit as much as there are tags for, ring the head and
 * the tail doorbell once. The queue notices that a command is overdue; what to do about it is the
 * driver's decision, whose {@link QueueOrder orders} it follows:
 *
 * <pre>
 *  RUNNING --Quiesce--> QUIESCED --Stop--> STOPPED --Renew--> STOPPED --GoOn--> RUNNING
 *                                                             STOPPED --Abandon--> ABANDONED
 * </pre>
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

    /**
     * Send these commands, next to each other in one submission queue and ahead of other I/O. All
     * are cancelled if that cannot be, or while this queue has no source of I/O.
     */
    public record RunCommands(List<ForeignCommand> commands) implements HostMessage {
        public RunCommands {
            commands = List.copyOf(commands);
        }
    }

    /**
     * Stop doing some things, or go on with them. A driver that looks for a missing completion, or
     * takes the queue away, does so all the same.
     *
     * @param submits whether commands are submitted
     * @param consumes whether completions are consumed
     * @param ringsHead whether the controller is told of those consumed
     * @param tag comes back with the answer
     */
    public record Restrain(
            boolean submits,
            boolean consumes,
            boolean ringsHead,
            long tag,
            ActorRef<? super Standing> replyTo)
            implements HostMessage {}

    /**
     * Where a queue stood before it went on.
     *
     * @param outstanding commands submitted and not yet completed
     * @param tail of its first submission queue
     * @param head of its completion queue
     * @param completionEntries slots of its completion queue
     */
    public record Standing(
            long tag, int queueId, int outstanding, int tail, int head, int completionEntries) {}

    /** Asks for what this queue has counted. */
    public record ReadCounters(ActorRef<GuestCounters> replyTo) implements HostMessage {}

    /** The source has ended and nothing is outstanding. */
    public record Finished(int queueId) {}

    /** A command has not completed for as long as the timeout; said once of each. */
    public record TimedOut(int queueId, String oldest) {}

    private record LookForTimeout() implements HostMessage {}

    private record LookForCompletions() implements HostMessage {}

    private record RetryDue(IoWork work) implements HostMessage {}

    /**
     * What a queue is made of.
     *
     * @param queueId of the completion queue, and of the only submission queue
     * @param entriesMax slots of a submission queue, at first
     * @param tagCount commands that may be outstanding
     * @param shadow its slots in the shadow buffers, null if it has none
     * @param watcher null if nobody watches
     */
    record Parts(
            int queueId,
            int entriesMax,
            int tagCount,
            SubmissionRings submissions,
            CompletionRing completion,
            ShadowBuffers.@Nullable Slots shadow,
            IoCommands commands,
            GuestMemory memory,
            LongSupplier clock,
            LatencyRecorder latencies,
            HostPolicies policies,
            @Nullable HostWatcher watcher,
            ActorRef<HostMessage> driver) {}

    private enum State {
        RUNNING,
        QUIESCED,
        STOPPED,
        ABANDONED
    }

    private static final WorkDue WORK_DUE = new WorkDue();
    private static final LookForTimeout LOOK_FOR_TIMEOUT = new LookForTimeout();
    private static final LookForCompletions LOOK_FOR_COMPLETIONS = new LookForCompletions();
    private static final int ABANDONED_PER_ROUND = 32;
    private static final Duration ABANDON_INTERVAL = Duration.ofMillis(1);

    static Behavior<HostMessage> create(Parts parts) {
        return Behaviors.setup(context -> new GuestQueue(context, parts));
    }

    private final Parts parts;
    private final SubmissionRings submissions;
    private final CompletionRing completion;
    private final IoCommands commands;
    private final LongSupplier clock;
    private final @Nullable HostWatcher watcher;
    private final boolean looksAtHead;
    private final int completionsPerRing;
    private final int commandsPerRing;
    private final CommandTags tags;
    private final @Nullable IoWork[] works; // by tag
    private final OverdueCommands overdue;
    private final Retries retries;
    private final GuestCounters counters = new GuestCounters();
    private State state = State.RUNNING;
    private int epoch;
    private RetryDelays retryDelays = RetryDelays.NONE;
    private @Nullable IoFeed feed;
    private @Nullable ActorRef<Finished> replyTo;
    private @Nullable Cancellable dueTimer;
    private long dueTimerNanos = Long.MAX_VALUE; // when it fires; never while there is none
    private @Nullable ArrayDeque<List<ForeignWork>> foreign; // to be submitted; null if none waits
    private boolean submits = true;
    private boolean consumes = true;
    private boolean ringsHead = true;
    private boolean watching; // a timeout timer runs
    private boolean polling; // a poll timer runs

    private GuestQueue(ActorContext<HostMessage> context, Parts parts) {
        super(context);
        HostPolicies policies = parts.policies();
        this.parts = parts;
        this.submissions = parts.submissions();
        this.completion = parts.completion();
        this.commands = parts.commands();
        this.clock = parts.clock();
        this.watcher = parts.watcher();
        this.looksAtHead =
                policies.queueing().fullness() != Fullness.OUTSTANDING
                        || policies.queueing().sizes() != QueueSizes.CONSTANT;
        this.completionsPerRing = policies.ringing().completionsPerRing();
        this.commandsPerRing = policies.ringing().commandsPerRing();
        this.tags = new CommandTags(parts.tagCount() + 1);
        this.works = new IoWork[parts.tagCount()];
        this.overdue = new OverdueCommands(parts.tagCount());
        this.retries = new Retries(policies.recovery().retriesMax());
    }

    @Override
    public Behavior<HostMessage> onMessage(HostMessage message) {
        switch (message) {
            case MsixMessage _ -> onInterrupt();
            case InterruptReceived wake -> {
                wake.isOnItsWay = false; // from here on new entries need a new message
                onInterrupt();
            }
            case Submit(IoWork work) -> onSubmit(work);
            case WorkDue _ -> onWorkDue();
            case ServeSource serve -> onServeSource(serve);
            case ServeDispatcher(var dispatcher) -> feed = new SharedFeed(dispatcher);
            case Finish _ -> onFinish();
            case UseNamespace(NamespaceInfo namespace) -> commands.use(namespace);
            case LookForTimeout _ -> onLookForTimeout();
            case LookForCompletions _ -> onLookForCompletions();
            case RetryDue(IoWork work) -> onRetryDue(work);
            case QueueOrder order -> onOrder(order);
            case RunCommands(var given) -> onRunCommands(given);
            case Restrain restrain -> onRestrain(restrain);
            case ReadCounters(var reader) -> reader.tell(counters.copy());
            default -> {
                return Behaviors.unhandled();
            }
        }
        return this;
    }

    private void onOrder(QueueOrder order) {
        switch (order) {
            case QueueOrder.Quiesce(int number) -> hold(State.QUIESCED, number);
            case QueueOrder.Stop(int number) -> hold(State.STOPPED, number);
            case QueueOrder.Renew(int number, int newEpoch) -> onRenew(number, newEpoch);
            case QueueOrder.GoOn goOn -> onGoOn(goOn);
            case QueueOrder.Abandon _ -> onAbandon();
            case QueueOrder.AbortSent(int commandId) -> onAbortSent(commandId);
            case QueueOrder.LookFor(var command) -> onLookFor(command);
        }
    }

    private void onInterrupt() {
        counters.interrupts++;
        long now = clock.getAsLong();
        if (!consumeAll(now)) {
            counters.interruptsWithoutEntries++;
        }
        submitAll(now);
    }

    /** Consumes every new entry; false if there was none. */
    private boolean consumeAll(long now) {
        return consumes && look(now);
    }

    private boolean look(long now) {
        if (state == State.STOPPED || state == State.ABANDONED) {
            return false;
        }
        long entry = completion.highQword();
        if (!completion.isNew(entry)) {
            return false;
        }
        int untilRing = completionsPerRing;
        do {
            consume(entry, now);
            completion.advance();
            if (--untilRing == 0) {
                completion.ring();
                untilRing = completionsPerRing;
            }
            entry = completion.highQword();
        } while (completion.isNew(entry));
        return true;
    }

    private void consume(long entry, long now) {
        submissions.consumedTo(CompletionEntry.sqId(entry), CompletionEntry.sqHead(entry));
        int commandId = CompletionEntry.commandId(entry);
        int status = CompletionEntry.status(entry);
        int tag = tags.find(commandId);
        IoWork work = tag < 0 ? null : works[tag];
        if (work == null || feed == null) {
            counters.unknownCompletions++;
            if (watcher != null) {
                watcher.unknownCompletion(CompletionEntry.sqId(entry), commandId, status);
            }
            return;
        }
        counters.completions++;
        if (watcher != null) {
            watcher.completed(submissions.queueId(tag), commandId, status);
        }
        if (work instanceof ForeignWork itsOwn) {
            free(tag);
            itsOwn.command().complete(status, CompletionEntry.dw0(completion.lowQword()));
            return;
        }
        IoRequest request = work.request();
        parts.latencies().record(request.operation(), now - request.submittedNanos());
        if (status != 0) {
            failed(tag, work, status);
            return;
        }
        commands.finish(tag, work, status);
        free(tag);
        handBack(work, status);
    }

    private void free(int tag) {
        works[tag] = null;
        tags.release(tag);
    }

    private void handBack(IoWork work, int status) {
        work.retries(0);
        if (feed != null) {
            feed.completed(work, status);
        }
    }

    private void submitAll(long now) {
        IoFeed from = feed;
        if (from == null || state != State.RUNNING || !submits) {
            onHeld(from, now);
            return;
        }
        if (foreign != null) {
            submitForeign(foreign, now);
        }
        int untilRing = commandsPerRing;
        while (foreign == null && hasRoom()) {
            IoWork work = retries.isEmpty() ? from.next(now) : again(from);
            if (work == null) {
                break;
            }
            submit(work, now);
            if (--untilRing == 0) {
                submissions.ring();
                untilRing = commandsPerRing;
            }
        }
        submissions.ringWith(completion);
        afterSubmitting(from, now);
    }

    private boolean hasRoom() {
        return tags.hasFree() && !(looksAtHead && submissions.of(tags.peek()).isFull());
    }

    private @Nullable IoWork again(IoFeed from) {
        IoWork work = retries.poll();
        if (work != null) {
            from.prepareAgain(work);
        }
        return work;
    }

    private void submit(IoWork work, long now) {
        int tag = tags.take();
        works[tag] = work;
        work.request().submittedNanos(now);
        SubmissionRing ring = submissions.of(tag);
        if (watcher != null) {
            IoRequest request = work.request();
            watcher.submitted(
                    submissions.queueId(tag),
                    tags.commandId(tag),
                    ring.tail(),
                    IoCommands.opcode(request.operation()),
                    request.startLba(),
                    request.blockCount());
        }
        commands.submit(ring, tags.commandId(tag), tag, work);
        counters.submissions++;
    }

    private void afterSubmitting(IoFeed from, long now) {
        if (tags.inUse() > 0) {
            watch(parts.policies().recovery().ioTimeout());
            poll();
        } else if (from.isFinished() && retries.isIdle()) {
            finish();
        }
        wakeWhenDue(from, now);
    }

    private void wakeWhenDue(IoFeed from, long now) {
        long due = from.nextDueNanos();
        if (due < dueTimerNanos && !from.isFinished()) {
            wakeAt(due, Duration.ofNanos(Math.max(0, due - now)));
        }
    }

    private void wakeAt(long nanos, Duration delay) {
        if (dueTimer != null) {
            dueTimer.cancel();
        }
        dueTimerNanos = nanos;
        dueTimer = getContext().scheduleOnce(delay, getContext().getSelf(), WORK_DUE);
    }

    private void finish() {
        feed = null;
        if (replyTo != null) {
            replyTo.tell(new Finished(parts.queueId()));
            replyTo = null;
        }
    }

    private void onSubmit(IoWork work) {
        if (feed instanceof SharedFeed shared) {
            shared.add(work);
            submitAll(clock.getAsLong());
        }
    }

    private void onWorkDue() {
        dueTimer = null;
        dueTimerNanos = Long.MAX_VALUE;
        submitAll(clock.getAsLong());
    }

    private void onServeSource(ServeSource serve) {
        feed = new SourceFeed(serve.source(), commands.transferBytesMax());
        replyTo = serve.replyTo();
        submitAll(clock.getAsLong());
    }

    private void onFinish() {
        if (feed instanceof SharedFeed shared) {
            shared.finish();
            submitAll(clock.getAsLong());
        }
    }

    // What follows is off the beaten track: errors, timeouts, resets.

    private void failed(int tag, IoWork work, int status) {
        int commandId = tags.commandId(tag);
        int queueId = submissions.queueId(tag);
        free(tag);
        if (retries.take(work, status)) {
            counters.retries++;
            if (watcher != null) {
                watcher.requeued(queueId, commandId, status, work.retries());
            }
            Duration delay = retryDelays.of(status);
            if (delay.isZero()) {
                retries.add(work);
            } else {
                retries.delay();
                getContext().scheduleOnce(delay, getContext().getSelf(), new RetryDue(work));
            }
        } else {
            counters.failures++;
            if (watcher != null) {
                watcher.gaveUp(queueId, commandId, status);
            }
            boolean cancelled = status == Status.COMMAND_ABORTED_BY_HOST;
            handBack(work, cancelled ? IoSource.STATUS_ABANDONED : status);
        }
    }

    private void onRetryDue(IoWork work) {
        retries.addDelayed(work);
        submitAll(clock.getAsLong());
    }

    /** One timer while commands are outstanding, however many: an idle queue has none. */
    private void watch(Duration delay) {
        if (!watching) {
            watching = true;
            getContext().scheduleOnce(delay, getContext().getSelf(), LOOK_FOR_TIMEOUT);
        }
    }

    private void onLookForTimeout() {
        watching = false;
        if (tags.inUse() == 0) {
            return;
        }
        long now = clock.getAsLong();
        long timeout = parts.policies().recovery().ioTimeout().toNanos();
        long earliest = now;
        for (int tag = 0; tag < works.length; tag++) {
            IoWork work = works[tag];
            if (work != null) {
                long start = overdue.startNanos(tag, tags.commandId(tag), work);
                if (now - start >= timeout) {
                    onOverdue(tag, work, now);
                } else {
                    earliest = Math.min(earliest, start);
                }
            }
        }
        watch(Duration.ofNanos(earliest + timeout - now));
    }

    private void onOverdue(int tag, IoWork work, long now) {
        int commandId = tags.commandId(tag);
        boolean first = overdue.isFirst(tag, commandId, work);
        overdue.restart(tag, commandId, work, now);
        if (state != State.RUNNING) {
            return; // whoever holds the queue looks after its commands
        }
        counters.timeouts++;
        if (watcher != null) {
            watcher.timedOut(submissions.queueId(tag), commandId);
        }
        parts.driver()
                .tell(
                        new QueueOrder.Overdue(
                                epoch,
                                parts.queueId(),
                                submissions.queueId(tag),
                                commandId,
                                overdue.isAborted(tag, commandId, work),
                                first,
                                work.request().toString()));
    }

    private void onAbortSent(int commandId) {
        counters.aborts++;
        int tag = tags.find(commandId);
        IoWork work = tag < 0 ? null : works[tag];
        if (work != null) {
            overdue.aborted(tag, commandId, work);
        }
    }

    private void onLookFor(QueueOrder.Overdue command) {
        if (command.epoch() != epoch || tags.find(command.commandId()) < 0) {
            return;
        }
        long now = clock.getAsLong();
        look(now);
        if (tags.find(command.commandId()) >= 0) {
            parts.driver().tell(new QueueOrder.Missing(command));
        } else {
            counters.polledCompletions++;
            if (watcher != null) {
                watcher.completionPolled(command.submissionQueueId(), command.commandId());
            }
        }
        submitAll(now);
    }

    /** One timer while commands are outstanding, as for timeouts. */
    private void poll() {
        if (!polling && parts.policies().queueing().polls()) {
            polling = true;
            Duration interval = parts.policies().queueing().pollInterval();
            getContext().scheduleOnce(interval, getContext().getSelf(), LOOK_FOR_COMPLETIONS);
        }
    }

    private void onLookForCompletions() {
        polling = false;
        long now = clock.getAsLong();
        consumeAll(now);
        submitAll(now);
    }

    private void onRunCommands(List<ForeignCommand> given) {
        List<ForeignWork> group = given.stream().map(ForeignWork::new).toList();
        boolean canBeTogether = group.size() == 1 || submissions.count() == 1;
        boolean fits = canBeTogether && group.size() <= works.length && group.size() <= entries();
        if (feed == null || state == State.ABANDONED || !fits) {
            cancel(group);
        } else {
            if (foreign == null) {
                foreign = new ArrayDeque<>();
            }
            foreign.add(group);
            submitAll(clock.getAsLong());
        }
    }

    private int entries() {
        return submissions.get(0).entryCount() - 1;
    }

    private static void cancel(List<ForeignWork> group) {
        group.forEach(each -> each.command().cancel());
    }

    private void submitForeign(ArrayDeque<List<ForeignWork>> waiting, long now) {
        while (!waiting.isEmpty() && hasRoomFor(waiting.getFirst().size())) {
            waiting.removeFirst().forEach(work -> submitForeign(work, now));
        }
        if (waiting.isEmpty()) {
            foreign = null;
        }
    }

    private boolean hasRoomFor(int count) {
        return tags.free() >= count
                && (!looksAtHead || submissions.of(tags.peek()).room() >= count);
    }

    private void submitForeign(ForeignWork work, long now) {
        int tag = tags.take();
        works[tag] = work;
        work.request().submittedNanos(now);
        SubmissionRing ring = submissions.of(tag);
        SubmissionEntry entry = ring.draft();
        work.command().fill().accept(entry);
        entry.commandId(tags.commandId(tag));
        if (watcher != null) {
            watcher.submitted(
                    submissions.queueId(tag),
                    tags.commandId(tag),
                    ring.tail(),
                    entry.opcode(),
                    0,
                    0);
        }
        ring.push();
        counters.submissions++;
    }

    private void onRestrain(Restrain restrain) {
        submits = restrain.submits();
        consumes = restrain.consumes();
        ringsHead = restrain.ringsHead();
        completion.holdHead(!ringsHead);
        long now = clock.getAsLong();
        consumeAll(now);
        restrain.replyTo()
                .tell(
                        new Standing(
                                restrain.tag(),
                                parts.queueId(),
                                tags.inUse(),
                                submissions.get(0).tail(),
                                completion.head(),
                                completion.entryCount()));
        submitAll(now);
    }

    private void hold(State held, int number) {
        if (state != State.ABANDONED) {
            state = held;
        }
        parts.driver().tell(new QueueOrder.Done(number));
    }

    /** Nothing is submitted; what was consumed is still told, as long as the queue exists. */
    private void onHeld(@Nullable IoFeed from, long now) {
        if (state == State.RUNNING || state == State.QUIESCED) {
            completion.ring();
            if (tags.inUse() > 0) {
                poll();
            }
        } else if (state == State.ABANDONED && from != null) {
            abandonSome(from, now);
        }
    }

    private void onRenew(int number, int newEpoch) {
        completion.holdHead(true); // the controller has no such queue any more
        if (state != State.ABANDONED) {
            state = State.QUIESCED;
            look(clock.getAsLong());
            state = State.STOPPED;
        }
        completion.holdHead(!ringsHead);
        cancelAll();
        epoch = newEpoch;
        HostPolicies.Queueing queueing = parts.policies().queueing();
        int entries = queueing.entries(parts.entriesMax(), newEpoch);
        int completionEntries = queueing.completionEntries(entries);
        submissions.renew(queueing.memory(), entries);
        completion.renew(queueing.memory(), completionEntries);
        if (parts.shadow() != null) {
            parts.shadow().resize(entries, completionEntries);
        }
        if (parts.shadow() != null && parts.policies().ringing().zeroesShadows()) {
            parts.shadow().clear();
        }
        parts.memory().storeFence();
        parts.driver().tell(new QueueOrder.Done(number));
    }

    private void cancelAll() {
        overdue.clear();
        for (int tag = 0; tag < works.length; tag++) {
            IoWork work = works[tag];
            if (work != null) {
                counters.cancellations++;
                if (watcher != null) {
                    watcher.cancelled(submissions.queueId(tag), tags.commandId(tag));
                }
                if (work instanceof ForeignWork itsOwn) {
                    free(tag);
                    itsOwn.command().cancel();
                } else {
                    failed(tag, work, Status.COMMAND_ABORTED_BY_HOST);
                }
            }
        }
    }

    private void onGoOn(QueueOrder.GoOn goOn) {
        ShadowBuffers.Slots shadow = goOn.shadow() ? parts.shadow() : null;
        completion.useShadow(shadow == null ? null : shadow.completion());
        for (int i = 0; i < submissions.count(); i++) {
            submissions.get(i).useShadow(shadow == null ? null : shadow.submissions().get(i));
        }
        retryDelays = goOn.retryDelays();
        state = State.RUNNING;
        submitAll(clock.getAsLong());
    }

    private void onAbandon() {
        state = State.ABANDONED;
        cancelAll();
        if (foreign != null) {
            foreign.forEach(GuestQueue::cancel);
            foreign = null;
        }
        submitAll(clock.getAsLong());
    }

    /** A source without an end gets to see time pass, or it would never be told to finish. */
    private void abandonSome(IoFeed from, long now) {
        for (int i = 0; i < ABANDONED_PER_ROUND; i++) {
            IoWork work = retries.isEmpty() ? from.next(now) : retries.poll();
            if (work == null) {
                if (from.isFinished() && retries.isIdle()) {
                    finish();
                }
                wakeWhenDue(from, now);
                return;
            }
            counters.failures++;
            handBack(work, IoSource.STATUS_ABANDONED);
        }
        long due = now + ABANDON_INTERVAL.toNanos();
        if (due < dueTimerNanos) {
            wakeAt(due, ABANDON_INTERVAL);
        }
    }
}
