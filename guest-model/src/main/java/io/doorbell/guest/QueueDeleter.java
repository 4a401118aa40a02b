package io.doorbell.guest;

import io.doorbell.guest.HostPolicies.QueueDeletion;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.DeleteQueue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deletes all I/O queues, as many at a time as the admin queue holds, highest id first. A delete
 * that fails does not stop the rest; one that does not complete does, as in Linux's driver.
 */
final class QueueDeleter {
    /** One command to send; the next step begins when all of this one have ended. */
    private record Delete(int opcode, int queueId) {}

    /**
     * How the host's queues come to rest, so that nobody rings for one that is gone.
     *
     * @param isLate whether they consume while submission queues are deleted
     * @param queues brings them to rest, then tells whether the device has gone
     */
    record Stop(boolean isLate, Consumer<Consumer<Boolean>> queues) {
        /** They are at rest already. */
        static final Stop DONE = new Stop(false, next -> next.accept(false));
    }

    private final AdminCommands commands;
    private final QueuePairs pairs;
    private final List<List<Delete>> steps = new ArrayList<>();
    private final boolean refusalExpected;
    private final Stop stop;
    private final @Nullable HostWatcher watcher;
    private Runnable next = () -> {};
    private String problem = "";
    private boolean stopped;
    private boolean overdue;
    private int step;
    private int sent; // of this step
    private int outstanding;

    /**
     * @param watcher null if nobody watches
     */
    QueueDeleter(
            AdminCommands commands,
            QueuePairs pairs,
            QueueDeletion order,
            Stop stop,
            @Nullable HostWatcher watcher) {
        this.commands = commands;
        this.pairs = pairs;
        this.stop = stop;
        this.watcher = watcher;
        this.refusalExpected = order == QueueDeletion.COMPLETION_QUEUES_FIRST;
        if (refusalExpected) {
            steps.add(all(AdminOpcode.DELETE_IO_COMPLETION_QUEUE));
        }
        if (order == QueueDeletion.PAIR_BY_PAIR) {
            addPairs();
        } else if (order != QueueDeletion.NONE) {
            steps.add(all(AdminOpcode.DELETE_IO_SUBMISSION_QUEUE));
            steps.add(all(AdminOpcode.DELETE_IO_COMPLETION_QUEUE));
        }
    }

    private List<Delete> all(int opcode) {
        int count =
                opcode == AdminOpcode.DELETE_IO_SUBMISSION_QUEUE
                        ? pairs.submissionQueuesCreated()
                        : pairs.completionQueuesCreated();
        List<Delete> deletes = new ArrayList<>();
        for (int queueId = count; queueId > 0; queueId--) {
            deletes.add(new Delete(opcode, queueId));
        }
        return deletes;
    }

    private void addPairs() {
        int each = pairs.submissionQueuesEach();
        int submissionQueueId = pairs.submissionQueuesCreated();
        for (int queueId = pairs.completionQueuesCreated(); queueId > 0; queueId--) {
            List<Delete> submissions = new ArrayList<>();
            while (submissionQueueId > (queueId - 1) * each) {
                submissions.add(
                        new Delete(AdminOpcode.DELETE_IO_SUBMISSION_QUEUE, submissionQueueId--));
            }
            steps.add(submissions);
            steps.add(List.of(new Delete(AdminOpcode.DELETE_IO_COMPLETION_QUEUE, queueId)));
        }
    }

    /** Begins; {@code whenDone} is run at the end, whatever happened, with all queues at rest. */
    void run(Runnable whenDone) {
        next = whenDone;
        enter();
    }

    /** What went wrong first, empty if nothing did. */
    String problem() {
        return problem;
    }

    /** Begins a step; the queues have to be at rest before the first of them goes. */
    private void enter() {
        boolean mustRest = !stop.isLate() || step == steps.size() || takesCompletionQueues();
        if (stopped || !mustRest) {
            goOn();
        } else {
            stopQueues(this::goOn);
        }
    }

    private boolean takesCompletionQueues() {
        return !isRefused()
                && steps.get(step).stream()
                        .anyMatch(each -> each.opcode() == AdminOpcode.DELETE_IO_COMPLETION_QUEUE);
    }

    private boolean isRefused() {
        return refusalExpected && step == 0;
    }

    private void stopQueues(Runnable then) {
        stop.queues()
                .accept(
                        gone -> {
                            stopped = true;
                            if (gone) {
                                overdue = true;
                                note("CSTS reads all ones: the device has gone");
                            }
                            then.run();
                        });
    }

    private void goOn() {
        while (!overdue && step < steps.size() && sent < steps.get(step).size()) {
            if (!commands.hasRoom()) {
                return;
            }
            send(steps.get(step).get(sent++));
        }
        if (outstanding > 0 || step > steps.size()) {
            return;
        }
        if (overdue || step >= steps.size() - 1) {
            step = steps.size() + 1; // said once
            if (stopped) {
                next.run();
            } else {
                stopQueues(next);
            }
        } else {
            step++;
            sent = 0;
            enter();
        }
    }

    private void send(Delete delete) {
        outstanding++;
        boolean mayFail = isRefused();
        String name = "%s %,d".formatted(AdminOpcode.name(delete.opcode()), delete.queueId());
        commands.attempt(
                name,
                entry -> DeleteQueue.queueId(entry.opcode(delete.opcode()), delete.queueId()),
                outcome -> {
                    if (!outcome.isSuccess() && !mayFail) {
                        note(AdminCommands.describe(name, outcome));
                        tellIfMissing(delete, outcome);
                    }
                    ended();
                },
                text -> {
                    overdue = true;
                    note(text);
                    ended();
                });
    }

    private void tellIfMissing(Delete delete, AdminQueue.Outcome outcome) {
        int status = Status.codeTypeAndCode(outcome.status());
        if (watcher != null && !refusalExpected && status == Status.INVALID_QUEUE_IDENTIFIER) {
            watcher.queueMissing(
                    delete.opcode() == AdminOpcode.DELETE_IO_SUBMISSION_QUEUE, delete.queueId());
        }
    }

    private void ended() {
        outstanding--;
        goOn();
    }

    /** The first problem is the one to report: others may follow from it. */
    private void note(String text) {
        if (problem.isEmpty()) {
            problem = text;
        }
    }
}
