package io.doorbell.simulation.machine;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.guest.ForeignCommand;
import io.doorbell.guest.ForeignCommand.Completed;
import io.doorbell.guest.GuestDriver;
import io.doorbell.guest.GuestDriver.ResetKind;
import io.doorbell.guest.GuestQueue;
import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.errand.Moment;
import io.doorbell.simulation.machine.Script.Sending;
import io.doorbell.simulation.machine.Script.Step;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Does errands while the host does its I/O. Each command's outcome is judged, as long as nothing
 * that the run does on purpose may have changed it: a fault, or a reset in between.
 */
final class ErrandRunner extends AbstractMatchingBehavior<Object> {
    /** The I/O is about to begin on these queues, by id from 1. */
    record Begin(List<ActorRef<HostMessage>> queues) {}

    /** The I/O has ended: begin no more, undo what is not undone, and tell when all is over. */
    record End(ActorRef<Ended> replyTo) {}

    record Ended() {}

    private record Later(Runnable action) {}

    /**
     * What the errands stand on.
     *
     * @param lane where the host's register accesses go
     * @param hasFaults whether anything went wrong so far
     * @param problem told what a device did that it may not do
     */
    record Parts(
            ActorRef<HostMessage> driver,
            ActorRef<PciAccess> lane,
            int doorbellStride,
            Moments moments,
            List<ErrandScripts> scripts,
            BooleanSupplier hasFaults,
            Consumer<String> problem) {}

    /** What keeps a queue from doing things: how many errands do so. */
    private static final class Restraint {
        private final ActorRef<HostMessage> queue;
        private int pauses;
        private int stalls;
        private int holds;

        Restraint(ActorRef<HostMessage> queue) {
            this.queue = queue;
        }

        GuestQueue.Restrain order(long tag, ActorRef<Object> replyTo) {
            return new GuestQueue.Restrain(pauses == 0, stalls == 0, holds == 0, tag, replyTo);
        }
    }

    /** An errand whose end is awaited; timed ones are ended early when the I/O has ended. */
    private static final class Timed {
        private final Runnable undo;
        private boolean done;

        Timed(Runnable undo) {
            this.undo = undo;
        }
    }

    /** A script on its way. */
    private static final class Play {
        private final Errand errand;
        private final List<Step> steps;
        private final int resets;
        private @Nullable Completed[] endings = new Completed[0];
        private boolean stopped;
        private int step;
        private int awaited;

        Play(Errand errand, List<Step> steps, int resets) {
            this.errand = errand;
            this.steps = steps;
            this.resets = resets;
        }
    }

    private static final long IDLE_LOOK_NANOS = 2_000;
    private static final int IDLE_LOOKS_MAX = 100;
    private static final long RING_NANOS = 5_000; // until a ring has had its effect
    private static final long NO_MATTER = -1;
    private static final List<Integer> REGISTERS =
            List.of(
                    Registers.VS,
                    Registers.INTMS,
                    Registers.INTMC,
                    Registers.CC,
                    Registers.CSTS,
                    Registers.AQA,
                    Doorbells.OFFSET_BYTES);
    private static final List<Integer> WIDE_REGISTERS =
            List.of(Registers.CAP, Registers.ASQ, Registers.ACQ);

    static Behavior<Object> create(List<Errand> errands, Parts parts) {
        return Behaviors.setup(context -> new ErrandRunner(context, errands, parts));
    }

    private final List<Errand> errands;
    private final Parts parts;
    private final List<Restraint> restraints = new ArrayList<>();
    private final List<Timed> timed = new ArrayList<>();
    private final List<Play> plays = new ArrayList<>(); // by the upper half of a tag
    private final List<Consumer<GuestQueue.Standing>> looks = new ArrayList<>(); // by tag
    private @Nullable ActorRef<Ended> replyTo;
    private boolean ending;
    private int busy; // errands that have begun and not ended
    private int disturbances; // errands so far that keep others from going on as usual

    private ErrandRunner(ActorContext<Object> context, List<Errand> errands, Parts parts) {
        super(context);
        this.errands = errands;
        this.parts = parts;
    }

    @Override
    public Behavior<Object> onMessage(Object message) {
        switch (message) {
            case Begin(var queues) -> onBegin(queues);
            case End(var asker) -> onEnd(asker);
            case Later(Runnable action) -> action.run();
            case ForeignCommand.Ended ended -> onEnded(ended);
            case GuestQueue.Standing standing -> onStanding(standing);
            case PciAccess.ReadCompletion _ -> busy--; // what it says is for the laws to judge
            case GuestDriver.ResetDone _ -> busy--; // if it failed, so does the I/O
            default -> throw new IllegalStateException("No message of errands: " + message);
        }
        tellIfOver();
        return this;
    }

    private void onBegin(List<ActorRef<HostMessage>> queues) {
        queues.forEach(queue -> restraints.add(new Restraint(queue)));
        parts.moments().begin();
        for (int i = 0; i < errands.size(); i++) {
            int index = i;
            Errand errand = errands.get(i);
            Runnable begin = () -> begin(index);
            if (errand.moment() == Moment.BEGIN) {
                later(errand.atNanos(), begin);
            } else {
                parts.moments()
                        .await(
                                errand.moment(),
                                errand.nth(),
                                () ->
                                        getContext()
                                                .getSelf()
                                                .tell(new Later(() -> afterMoment(errand, begin))));
            }
        }
    }

    private void afterMoment(Errand errand, Runnable begin) {
        if (errand.atNanos() == 0) {
            begin.run();
        } else {
            later(errand.atNanos(), begin);
        }
    }

    private void later(long nanos, Runnable action) {
        getContext()
                .scheduleOnce(Duration.ofNanos(nanos), getContext().getSelf(), new Later(action));
    }

    private void onEnd(ActorRef<Ended> asker) {
        ending = true;
        replyTo = asker;
        List.copyOf(timed).forEach(this::end);
    }

    private void tellIfOver() {
        if (ending && busy == 0 && replyTo != null) {
            replyTo.tell(new Ended());
            replyTo = null;
        }
    }

    private void begin(int index) {
        if (ending) {
            return;
        }
        Errand errand = errands.get(index);
        ErrandScripts scripts = parts.scripts().get(index);
        switch (errand.kind()) {
            case RESET_CONTROLLER -> reset(ResetKind.CONTROLLER);
            case RESET_FUNCTION -> reset(ResetKind.FUNCTION_LEVEL);
            case RESET_SUBSYSTEM -> reset(ResetKind.SUBSYSTEM);
            case SHUT_DOWN -> reset(ResetKind.SHUTDOWN);
            case SHUT_DOWN_ABRUPTLY -> reset(ResetKind.ABRUPT_SHUTDOWN);
            case RECREATE_QUEUES -> {
                disturb();
                driver(new GuestDriver.DeleteAndRecreateQueues(getContext().getSelf().narrow()));
            }
            case DISABLE_MASTERING -> {
                disturb();
                driver(new GuestDriver.DisableMastering());
                forAWhile(
                        errand,
                        () -> {
                            reset(ResetKind.CONTROLLER);
                            busy--;
                        });
            }
            case MASK_VECTOR -> {
                disturb();
                int reserved = (int) errand.amount();
                driver(new GuestDriver.MaskVector(errand.number(), true, reserved));
                forAWhile(
                        errand,
                        () -> {
                            driver(new GuestDriver.MaskVector(errand.number(), false, reserved));
                            busy--;
                        });
            }
            case MASK_FUNCTION -> {
                disturb();
                driver(new GuestDriver.MaskFunction(true));
                forAWhile(
                        errand,
                        () -> {
                            driver(new GuestDriver.MaskFunction(false));
                            busy--;
                        });
            }
            case READ_REGISTERS -> readRegisters();
            case PAUSE -> pause(errand);
            case STALL_CONSUMER ->
                    restrainOne(errand, each -> each.stalls++, each -> each.stalls--);
            case HOLD_HEAD -> restrainOne(errand, each -> each.holds++, each -> each.holds--);
            case RING_TAIL -> ring(Doorbells.submissionTailIndex(errand.number()), errand);
            case RING_HEAD -> ring(Doorbells.completionHeadIndex(errand.number()), errand);
            case RING_ODD_WIDTH -> ringOddly(errand);
            case RING_HEAD_PAST_TAIL ->
                    whileIdle(
                            errand,
                            standing ->
                                    store(
                                            Doorbells.completionHeadIndex(errand.number()),
                                            pastTail(errand, standing),
                                            Integer.BYTES));
            case RING_AGAIN ->
                    whileIdle(
                            errand,
                            standing -> {
                                int head = Doorbells.completionHeadIndex(errand.number());
                                store(head, standing.head(), Integer.BYTES);
                                if (scripts.hasOneSubmissionQueueEach()) {
                                    int tail = Doorbells.submissionTailIndex(errand.number());
                                    store(tail, standing.tail(), Integer.BYTES);
                                }
                            });
            default -> play(errand, scripts.script(errand, parts.moments()));
        }
    }

    // ---- life cycle

    private void reset(ResetKind kind) {
        disturb();
        driver(new GuestDriver.Reset(kind, getContext().getSelf().narrow()));
    }

    private void driver(HostMessage message) {
        parts.driver().tell(message);
    }

    private void disturb() {
        busy++;
        disturbances++;
    }

    private void forAWhile(Errand errand, Runnable undo) {
        Timed errandUnderWay = new Timed(undo);
        timed.add(errandUnderWay);
        later(errand.forNanos(), () -> end(errandUnderWay));
    }

    private void end(Timed errandUnderWay) {
        if (!errandUnderWay.done) {
            errandUnderWay.done = true;
            timed.remove(errandUnderWay);
            errandUnderWay.undo.run();
        }
    }

    // ---- pace

    private @Nullable Restraint restraint(Errand errand) {
        return errand.number() < 1 || errand.number() > restraints.size()
                ? null
                : restraints.get(errand.number() - 1);
    }

    private void apply(Restraint restraint, long tag) {
        restraint.queue.tell(restraint.order(tag, getContext().getSelf()));
    }

    private void restrainOne(Errand errand, Consumer<Restraint> begin, Consumer<Restraint> end) {
        Restraint restraint = restraint(errand);
        if (restraint == null) {
            return;
        }
        disturb();
        begin.accept(restraint);
        apply(restraint, NO_MATTER);
        forAWhile(
                errand,
                () -> {
                    end.accept(restraint);
                    apply(restraint, NO_MATTER);
                    busy--;
                });
    }

    /** Nothing else may be going on that keeps commands from their completions. */
    private void pause(Errand errand) {
        boolean undisturbed = busy == 0;
        int disturbancesBefore = disturbances;
        int resetsBefore = parts.moments().resets();
        busy++;
        for (Restraint each : restraints) {
            each.pauses++;
            apply(each, NO_MATTER);
        }
        forAWhile(
                errand,
                () -> {
                    boolean judged =
                            !ending
                                    && undisturbed
                                    && disturbances == disturbancesBefore
                                    && parts.moments().resets() == resetsBefore
                                    && !parts.hasFaults().getAsBoolean();
                    for (Restraint each : restraints) {
                        each.pauses--;
                        apply(each, judged ? expectNone(errand) : NO_MATTER);
                    }
                    busy--;
                });
    }

    private long expectNone(Errand errand) {
        return look(
                standing -> {
                    if (standing.outstanding() > 0) {
                        parts.problem()
                                .accept(
                                        "after %,d ns in which nothing was submitted, %d commands of queue %d have not completed"
                                                .formatted(
                                                        errand.forNanos(),
                                                        standing.outstanding(),
                                                        standing.queueId()));
                    }
                });
    }

    private long look(Consumer<GuestQueue.Standing> then) {
        looks.add(then);
        return looks.size() - 1L;
    }

    private void onStanding(GuestQueue.Standing standing) {
        if (standing.tag() != NO_MATTER) {
            looks.get((int) standing.tag()).accept(standing);
        }
    }

    // ---- doorbells

    private void ring(int doorbell, Errand errand) {
        store(doorbell, errand.amount(), Integer.BYTES);
    }

    private void ringOddly(Errand errand) {
        int width = List.of(1, 2, Long.BYTES).get((int) (errand.amount() % 3));
        store(Doorbells.submissionTailIndex(errand.number()), 0x0001_0001_0001_0001L, width);
    }

    private void store(int doorbell, long value, int widthBytes) {
        long offset =
                Doorbells.isCompletionHead(doorbell)
                        ? Doorbells.completionHeadOffset(
                                Doorbells.queueId(doorbell), parts.doorbellStride())
                        : Doorbells.submissionTailOffset(
                                Doorbells.queueId(doorbell), parts.doorbellStride());
        long mask = widthBytes == Long.BYTES ? -1 : (1L << (8 * widthBytes)) - 1;
        parts.lane().tell(new PciAccess.BarWrite(0, offset, widthBytes, value & mask));
    }

    private void readRegisters() {
        for (int register : REGISTERS) {
            read(register, Integer.BYTES);
        }
        for (int register : WIDE_REGISTERS) {
            read(register, Integer.BYTES);
            read(register + Integer.BYTES, Integer.BYTES);
            read(register, Long.BYTES);
        }
    }

    private void read(int offsetBytes, int widthBytes) {
        busy++;
        parts.lane()
                .tell(
                        new PciAccess.BarRead(
                                0, offsetBytes, widthBytes, 0, getContext().getSelf().narrow()));
    }

    private static long pastTail(Errand errand, GuestQueue.Standing standing) {
        int entries = standing.completionEntries();
        return (standing.head() + 1 + errand.amount() % (entries - 1)) % entries;
    }

    /** Does something while a queue has nothing outstanding, and keeps it so for a moment. */
    private void whileIdle(Errand errand, Consumer<GuestQueue.Standing> action) {
        Restraint restraint = restraint(errand);
        if (restraint == null) {
            return;
        }
        busy++;
        restraint.pauses++;
        lookWhetherIdle(restraint, IDLE_LOOKS_MAX, action);
    }

    private void lookWhetherIdle(
            Restraint restraint, int looksLeft, Consumer<GuestQueue.Standing> action) {
        apply(
                restraint,
                look(
                        standing -> {
                            if (standing.outstanding() == 0 && restraint.holds == 0 && !ending) {
                                action.accept(standing);
                                later(RING_NANOS, () -> unpause(restraint));
                            } else if (looksLeft > 0 && !ending) {
                                later(
                                        IDLE_LOOK_NANOS,
                                        () -> lookWhetherIdle(restraint, looksLeft - 1, action));
                            } else {
                                unpause(restraint);
                            }
                        }));
    }

    private void unpause(Restraint restraint) {
        restraint.pauses--;
        apply(restraint, NO_MATTER);
        busy--;
    }

    // ---- scripts

    private void play(Errand errand, @Nullable Script script) {
        if (script == null) {
            return;
        }
        boolean sameUnderWay =
                plays.stream()
                        .anyMatch(each -> isUnderWay(each) && each.errand.kind() == errand.kind());
        if (sameUnderWay) {
            return; // each would take the other's doing for the device's
        }
        Play play = new Play(errand, script.steps(), parts.moments().resets());
        plays.add(play);
        busy++;
        next(play);
    }

    private static boolean isUnderWay(Play play) {
        return !play.stopped;
    }

    private void next(Play play) {
        if (play.step == play.steps.size()) {
            stop(play);
            return;
        }
        Step step = play.steps.get(play.step);
        step.prepare().run();
        int count = step.commands().size();
        play.endings = new Completed[count];
        play.awaited = count;
        long tag = (long) plays.indexOf(play) << Integer.SIZE;
        List<ForeignCommand> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(
                    new ForeignCommand(tag + i, step.commands().get(i), getContext().getSelf()));
        }
        send(step, commands);
        if (step.sending() == Sending.ENDLESS || count == 0) {
            stop(play);
        }
    }

    private void send(Step step, List<ForeignCommand> commands) {
        if (step.queueId() == Script.ADMIN) {
            boolean endless = step.sending() == Sending.ENDLESS;
            commands.forEach(each -> driver(new GuestDriver.RunAdmin(each, endless)));
            return;
        }
        ActorRef<HostMessage> queue = restraints.get(step.queueId() - 1).queue;
        if (step.sending() == Sending.TOGETHER) {
            queue.tell(new GuestQueue.RunCommands(commands));
        } else {
            commands.forEach(each -> queue.tell(new GuestQueue.RunCommands(List.of(each))));
        }
    }

    private void onEnded(ForeignCommand.Ended ended) {
        Play play = plays.get((int) (ended.tag() >>> Integer.SIZE));
        if (play.stopped) {
            return;
        }
        int index = (int) ended.tag();
        if (ended instanceof Completed completed && !wasTakenAway(completed)) {
            play.endings[index] = completed;
        }
        if (--play.awaited == 0) {
            judge(play);
        }
    }

    /** Whether the host itself saw to it that the command could not end as it should. */
    private static boolean wasTakenAway(Completed completed) {
        int status = Status.codeTypeAndCode(completed.status());
        return status == Status.COMMAND_ABORT_REQUESTED
                || status == Status.COMMAND_ABORTED_DUE_TO_SQ_DELETION;
    }

    private void judge(Play play) {
        List<Completed> endings = new ArrayList<>();
        for (Completed each : play.endings) {
            if (each != null) {
                endings.add(each);
            }
        }
        if (endings.size() < play.endings.length
                || play.resets != parts.moments().resets()
                || parts.hasFaults().getAsBoolean()) {
            stop(play);
            return;
        }
        String wrong = play.steps.get(play.step).judgement().problem(endings);
        if (!wrong.isEmpty()) {
            parts.problem()
                    .accept(
                            "errand %s, step %d: %s"
                                    .formatted(play.errand.kind().word(), play.step + 1, wrong));
            stop(play);
            return;
        }
        play.step++;
        next(play);
    }

    private void stop(Play play) {
        play.stopped = true;
        play.endings = new Completed[0];
        busy--;
    }
}
