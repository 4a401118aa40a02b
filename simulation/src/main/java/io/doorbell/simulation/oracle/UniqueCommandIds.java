package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.SubmissionQueueState;

/** I15: a command identifier is used by one command at a time. */
final class UniqueCommandIds extends Oracle {
    UniqueCommandIds(Oracle.Post post) {
        super(
                post,
                "I15",
                "The host uses a command identifier again only when its command has completed.",
                "Base 2.0 §3.3.3.1");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        int commandId = model().commands().commandId(command);
        if (model().commands().find(queue.id(), commandId) != command && !queue.isExcused()) {
            broken(
                    "a command identifier that is free",
                    "twice outstanding: " + model().commands().describe(command));
        }
    }
}
