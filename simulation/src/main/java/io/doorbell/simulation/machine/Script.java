package io.doorbell.simulation.machine;

import io.doorbell.guest.ForeignCommand.Completed;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Commands of an errand, step by step, each with what has to come of it. */
final class Script {
    /** The admin queue. */
    static final int ADMIN = 0;

    /** How a step's commands are sent. */
    enum Sending {
        /** Side by side in one submission queue. */
        TOGETHER,
        /** At once, wherever there is room. */
        SINGLY,
        /** As {@link #SINGLY}, and nobody waits for them. */
        ENDLESS
    }

    /** Says what is wrong with how commands ended, in their order; empty: nothing. */
    interface Judgement {
        String problem(List<Completed> endings);
    }

    /**
     * One step.
     *
     * @param prepare what is done just before
     */
    record Step(
            int queueId,
            Sending sending,
            Runnable prepare,
            List<Consumer<SubmissionEntry>> commands,
            Judgement judgement) {}

    private final List<Step> steps = new ArrayList<>();
    private final int queueId;
    private Runnable prepare = () -> {};

    Script(int queueId) {
        this.queueId = queueId;
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    /** Done just before the next step. */
    Script prepare(Runnable action) {
        prepare = action;
        return this;
    }

    /** A command that must end with one of these. */
    Script command(Consumer<SubmissionEntry> command, int... statuses) {
        return add(
                Sending.SINGLY,
                List.of(command),
                endings -> wrongStatus(endings.getFirst(), statuses));
    }

    /** A command that must succeed, after which something must hold. */
    Script command(Consumer<SubmissionEntry> command, String otherwise, BooleanSupplier holds) {
        return command(command, otherwise, _ -> holds.getAsBoolean());
    }

    /** A command that must succeed, and whose DW0 must be right. */
    Script command(Consumer<SubmissionEntry> command, String otherwise, ResultCheck holds) {
        return add(
                Sending.SINGLY,
                List.of(command),
                endings -> {
                    Completed ending = endings.getFirst();
                    String wrong = wrongStatus(ending, Status.SUCCESS);
                    return wrong.isEmpty() && !holds.test(ending.result()) ? otherwise : wrong;
                });
    }

    /** Looks at DW0 of a completion. */
    interface ResultCheck {
        boolean test(int result);
    }

    Script add(Sending sending, List<Consumer<SubmissionEntry>> commands, Judgement judgement) {
        steps.add(new Step(queueId, sending, prepare, List.copyOf(commands), judgement));
        prepare = () -> {};
        return this;
    }

    /** What is wrong with a status that should be one of these; empty: nothing. */
    static String wrongStatus(Completed ending, int... statuses) {
        int seen = Status.codeTypeAndCode(ending.status());
        return Arrays.stream(statuses).anyMatch(each -> each == seen)
                ? ""
                : "status %s instead of %s"
                        .formatted(
                                Status.describe(ending.status()),
                                Arrays.stream(statuses)
                                        .mapToObj(Status::describe)
                                        .collect(Collectors.joining(" or ")));
    }
}
