package io.doorbell.simulation.fault;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;

/** Whom each site asks, once for each event, what goes wrong. */
public interface FaultSource {
    /** The fault that strikes this event of this site, or null. */
    default @Nullable Fault at(String site) {
        return at(site, Fault.ANY_OPCODE, List::of);
    }

    /**
     * As {@link #at(String)}.
     *
     * @param opcode of the command that the event belongs to, or {@link Fault#ANY_OPCODE}
     * @param commands that the event is about; asked for only if they are struck
     */
    @Nullable Fault at(String site, int opcode, Supplier<List<Strike.Command>> commands);
}
