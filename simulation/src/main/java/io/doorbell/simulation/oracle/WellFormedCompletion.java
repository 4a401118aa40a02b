package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;

/** I07: a completion speaks of a command that is outstanding. */
final class WellFormedCompletion extends Oracle {
    WellFormedCompletion(Oracle.Post post) {
        super(
                post,
                "I07",
                "A completion names an outstanding command of a queue that completes there, SQHD is what was fetched and never moves back, and what is reserved is 0.",
                "Base 2.0 §3.3.3.2");
    }

    @Override
    public void posting(Posting posting) {
        SubmissionQueueState source = posting.source();
        if (posting.queue().isExcused()
                || (source != null && source.isExcused())
                || model().isExcused(posting.sqId(), posting.commandId())) {
            return;
        }
        if (source == null || source.completionQueueId() != posting.queue().id()) {
            broken("SQID of a queue that completes here", posting.describe());
        } else if (posting.command() == CommandTable.NONE) {
            broken("CID of an outstanding command", posting.describe());
        } else {
            head(posting, source);
            content(posting);
        }
    }

    private void head(Posting posting, SubmissionQueueState source) {
        if (posting.sqHead() >= source.entryCount()) {
            broken("SQHD below " + source.entryCount(), posting.describe());
            return;
        }
        long total = source.totalOf(posting.sqHead());
        long own = model().commands().ordinal(posting.command());
        if (total < source.reportedTotal() || total <= own) {
            broken(
                    "SQHD of %d to %d fetched commands, so at most %d"
                            .formatted(
                                    Math.max(source.reportedTotal(), own + 1),
                                    source.fetchedTotal(),
                                    source.head()),
                    posting.describe());
        }
    }

    private void content(Posting posting) {
        if (posting.dw1() != 0) {
            broken("DW1 = 0", "DW1 = %Xh in %s".formatted(posting.dw1(), posting.describe()));
        } else if (posting.sqId() != 0 && posting.isSuccess() && posting.dw0() != 0) {
            broken("DW0 = 0", "DW0 = %Xh in %s".formatted(posting.dw0(), posting.describe()));
        }
    }
}
