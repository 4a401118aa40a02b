package io.doorbell.simulation.machine;

import io.doorbell.guest.HostWatcher;
import io.doorbell.simulation.errand.Moment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Watches a host for the moments that errands wait for; passes on all that it hears. */
final class Moments implements HostWatcher {
    private static final int ADMIN_QUEUE = 0;
    private static final int RECENT_MAX = 64;

    /** An I/O command that was submitted. */
    record Recent(int queueId, int commandId) {}

    private record Waiting(Moment moment, int nth, Runnable action) {}

    private final HostWatcher next;
    private final int[] counts = new int[Moment.values().length];
    private final List<Waiting> waiting = new ArrayList<>();
    private final Recent[] recent = new Recent[RECENT_MAX];
    private int submitted;

    Moments(HostWatcher next) {
        this.next = next;
    }

    /** Counts from here on. */
    void begin() {
        Arrays.fill(counts, 0);
    }

    /** Has something done at the nth moment of a kind from now on. */
    void await(Moment moment, int nth, Runnable action) {
        waiting.add(new Waiting(moment, nth, action));
    }

    /** Resets begun so far. */
    int resets() {
        return counts[index(Moment.RESET)];
    }

    /** The command submitted so many commands before the last one; one that cannot be if none. */
    Recent recent(long before) {
        Recent found =
                before >= Math.min(submitted, RECENT_MAX)
                        ? null
                        : recent[(int) ((submitted - 1 - before) % RECENT_MAX)];
        return found == null ? new Recent(1, 0xFFFE) : found;
    }

    private void happened(Moment moment) {
        int count = ++counts[index(moment)];
        for (int i = 0; i < waiting.size(); i++) {
            Waiting each = waiting.get(i);
            if (each.moment() == moment && each.nth() == count) {
                each.action().run();
            }
        }
    }

    private static int index(Moment moment) {
        return switch (moment) {
            case BEGIN -> 0;
            case COMMAND -> 1;
            case COMPLETION -> 2;
            case TIMEOUT -> 3;
            case RESET -> 4;
        };
    }

    @Override
    public void submitted(
            int queueId, int commandId, int slot, int opcode, long startLba, long blocks) {
        next.submitted(queueId, commandId, slot, opcode, startLba, blocks);
        if (queueId != ADMIN_QUEUE) {
            recent[submitted++ % RECENT_MAX] = new Recent(queueId, commandId);
            happened(Moment.COMMAND);
        }
    }

    @Override
    public void completed(int queueId, int commandId, int status) {
        next.completed(queueId, commandId, status);
        if (queueId != ADMIN_QUEUE) {
            happened(Moment.COMPLETION);
        }
    }

    @Override
    public void unknownCompletion(int queueId, int commandId, int status) {
        next.unknownCompletion(queueId, commandId, status);
    }

    @Override
    public void timedOut(int queueId, int commandId) {
        next.timedOut(queueId, commandId);
        happened(Moment.TIMEOUT);
    }

    @Override
    public void completionPolled(int queueId, int commandId) {
        next.completionPolled(queueId, commandId);
    }

    @Override
    public void abortSent(int queueId, int commandId) {
        next.abortSent(queueId, commandId);
    }

    @Override
    public void abortEnded(int queueId, int commandId, int status, int result) {
        next.abortEnded(queueId, commandId, status, result);
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        next.cancelled(queueId, commandId);
    }

    @Override
    public void queueMissing(boolean isSubmissionQueue, int queueId) {
        next.queueMissing(isSubmissionQueue, queueId);
    }

    @Override
    public void requeued(int queueId, int commandId, int status, int retries) {
        next.requeued(queueId, commandId, status, retries);
    }

    @Override
    public void gaveUp(int queueId, int commandId, int status) {
        next.gaveUp(queueId, commandId, status);
    }

    @Override
    public void resetBegun(int epoch, String why) {
        next.resetBegun(epoch, why);
        happened(Moment.RESET);
    }

    @Override
    public void resetEnded(int epoch, boolean usable) {
        next.resetEnded(epoch, usable);
    }
}
