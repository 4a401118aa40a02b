package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.ModelEvents;

/** One law, and the watcher that says when it does not hold. */
public abstract class Oracle implements ModelEvents {
    private final String id;
    private final String law;
    private final String clause;
    private final BusModel model;
    private final Court court;

    /** Who hears of a broken law. */
    interface Court {
        void accuse(Oracle oracle, String expected, String seen);

        OracleSettings settings();
    }

    /** What an oracle works with. */
    public record Post(BusModel model, Court court) {}

    protected Oracle(Post post, String id, String law, String clause) {
        this.model = post.model();
        this.court = post.court();
        this.id = id;
        this.law = law;
        this.clause = clause;
    }

    /** Its number, such as I05. Two watchers may guard two sides of one law. */
    public final String id() {
        return id;
    }

    /** What must hold, in plain words. */
    public final String law() {
        return law;
    }

    /** Where the specification says so. */
    public final String clause() {
        return clause;
    }

    /** Whether it is the host who has to obey. */
    public boolean judgesHost() {
        return false;
    }

    protected final BusModel model() {
        return model;
    }

    final OracleSettings settings() {
        return court.settings();
    }

    /** The law does not hold. */
    protected final void broken(String expected, String seen) {
        court.accuse(this, expected, seen);
    }

    /** Whether what a wake-up would have brought must have happened by now. */
    final boolean isOverdue(long untilNanos, long patienceNanos) {
        return untilNanos == Long.MAX_VALUE || untilNanos - model.nanos() >= patienceNanos;
    }
}
