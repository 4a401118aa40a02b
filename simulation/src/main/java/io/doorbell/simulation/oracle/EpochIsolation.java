package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.InterruptState;
import io.doorbell.simulation.observe.Posting;

/** I02: what belongs to one epoch ends with it. */
final class EpochIsolation extends Oracle {
    EpochIsolation(Oracle.Post post) {
        super(
                post,
                "I02",
                "No completion, interrupt or memory access comes from an epoch that is over.",
                "Base 2.0 §3.7.2");
    }

    @Override
    public void strayed(long address, long sizeBytes, boolean toHost, int ghost) {
        if (model().isIdle() || ghost != CommandTable.NONE) {
            broken(
                    "no access to memory of an epoch that is over",
                    "%d bytes at %Xh %s%s"
                            .formatted(
                                    sizeBytes,
                                    address,
                                    toHost ? "stored" : "loaded",
                                    ghost == CommandTable.NONE
                                            ? " while CSTS.RDY is 0"
                                            : " for " + model().commands().describe(ghost)));
        }
    }

    @Override
    public void posting(Posting posting) {
        if (posting.command() == CommandTable.NONE
                && !posting.queue().isExcused()
                && !model().isExcused(posting.sqId(), posting.commandId())
                && model().commands().isOfOldEpoch(posting.sqId(), posting.commandId())) {
            broken("completions of commands of this epoch", posting.describe());
        }
    }

    @Override
    public void interruptSent(int vector) {
        if (vector != InterruptState.NONE
                && model().isIdle()
                && !model().interrupts().wasReopened(vector)) {
            broken(
                    "no interrupt while the controller is disabled",
                    "a message of vector " + vector);
        }
    }
}
