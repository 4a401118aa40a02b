package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.Posting;

/** I06: the phase tag changes once a lap, and comes last. */
final class PhaseTag extends Oracle {
    PhaseTag(Oracle.Post post) {
        super(
                post,
                "I06",
                "The phase tag starts at 1, is inverted on each pass, and is stored when the rest of the entry is there.",
                "Base 2.0 §3.3.3.2");
    }

    @Override
    public void posting(Posting posting) {
        if (posting.queue().isExcused()) {
            return;
        }
        if (posting.phase() != posting.queue().phase()) {
            broken("phase tag " + (posting.queue().phase() ? 1 : 0), posting.describe());
        } else if (!posting.isWhole()) {
            broken("the first 8 bytes stored before the phase tag", posting.describe());
        }
    }
}
