package io.doorbell.guest;

import java.util.ArrayList;
import java.util.List;

/** A watcher that writes down what it is told, one line each. */
final class HostDiary implements HostWatcher {
    final List<String> lines = new ArrayList<>();

    private void note(String what, int queueId, int commandId, String rest) {
        lines.add("%s %d:%04X%s".formatted(what, queueId, commandId, rest));
    }

    @Override
    public void submitted(
            int queueId, int commandId, int slot, int opcode, long startLba, long blocks) {
        note(
                "submitted",
                queueId,
                commandId,
                " slot %d opcode %02X lba %d+%d".formatted(slot, opcode, startLba, blocks));
    }

    @Override
    public void completed(int queueId, int commandId, int status) {
        note("completed", queueId, commandId, " %x".formatted(status));
    }

    @Override
    public void unknownCompletion(int queueId, int commandId, int status) {
        note("unknown", queueId, commandId, "");
    }

    @Override
    public void timedOut(int queueId, int commandId) {
        note("timed out", queueId, commandId, "");
    }

    @Override
    public void completionPolled(int queueId, int commandId) {
        note("polled", queueId, commandId, "");
    }

    @Override
    public void abortSent(int queueId, int commandId) {
        note("abort", queueId, commandId, "");
    }

    @Override
    public void abortEnded(int queueId, int commandId, int status, int result) {
        note("abort ended", queueId, commandId, " %x %d".formatted(status, result));
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        note("cancelled", queueId, commandId, "");
    }

    @Override
    public void requeued(int queueId, int commandId, int status, int retries) {
        note("requeued", queueId, commandId, " %x retry %d".formatted(status, retries));
    }

    @Override
    public void gaveUp(int queueId, int commandId, int status) {
        note("gave up", queueId, commandId, " %x".formatted(status));
    }

    @Override
    public void resetBegun(int epoch, String why) {
        lines.add("reset %d: %s".formatted(epoch, why));
    }

    @Override
    public void resetEnded(int epoch, boolean usable) {
        lines.add("reset %d ended: %s".formatted(epoch, usable ? "usable" : "lost"));
    }

    /** The lines that begin so. */
    List<String> of(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).toList();
    }
}
