package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.SubmissionQueueState;

/** I20: a host leaves alone what the controller may still use. */
final class BufferReuse extends Oracle {
    BufferReuse(Oracle.Post post) {
        super(
                post,
                "I20",
                "The host neither changes nor gives away memory of a command before the controller is done with it.",
                "Base 2.0 §3.3.1.2, §4.1");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    @Override
    public void hostWroteInto(int command, long address, long sizeBytes) {
        if (isMisled(command)) {
            return;
        }
        broken(
                "no store into a buffer that is in use",
                "%d bytes at %Xh, of %s"
                        .formatted(sizeBytes, address, model().commands().describe(command)));
    }

    @Override
    public void buffersOverlap(int command, int other) {
        if (isMisled(command) || isMisled(other)) {
            return;
        }
        broken(
                "a buffer of its own for each command the device stores for",
                "%s shares bytes with %s"
                        .formatted(
                                model().commands().describe(command),
                                model().commands().describe(other)));
    }

    @Override
    public void hostWroteEntry(SubmissionQueueState queue, int slot) {
        broken(
                "no store into an entry that was rung and not fetched",
                "slot %d of submission queue %d".formatted(slot, queue.id()));
    }

    /** A device whose pointers a fault has spoilt executes what the host has not sent. */
    private boolean isMisled(int command) {
        SubmissionQueueState queue = model().submissionQueue(model().commands().queueId(command));
        return queue != null && queue.isExcused();
    }
}
