package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.SubmissionEntry;

/** I25, of the host: it leaves nothing in the half of a data pointer that is not used. */
final class ReservedPointers extends Oracle {
    ReservedPointers(Oracle.Post post) {
        super(
                post,
                "I25",
                "The host clears PRP2 where the data ends in the page that PRP1 points to.",
                "Base 2.0 §4.1.1, Figure 87");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        CommandTable commands = model().commands();
        SubmissionEntry entry = commands.entry(command);
        int pageBytes = model().registers().pageBytes();
        if (!queue.isExcused()
                && commands.isExact(command)
                && !commands.isMalformed(command)
                && entry.dataPointerKind() == SubmissionEntry.DATA_POINTER_PRP
                && entry.prp2() != 0
                && commands.describedBytes(command) > 0
                && (entry.prp1() & (pageBytes - 1)) + commands.describedBytes(command)
                        <= pageBytes) {
            broken(
                    "PRP2 = 0: %,d bytes at %Xh need no second page"
                            .formatted(commands.describedBytes(command), entry.prp1()),
                    "PRP2 = %Xh in %s".formatted(entry.prp2(), commands.describe(command)));
        }
    }
}
