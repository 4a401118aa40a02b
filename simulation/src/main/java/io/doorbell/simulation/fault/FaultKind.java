package io.doorbell.simulation.fault;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What can go wrong at a site.
 *
 * <p>Sites are named by what they are and where, separated by a slash:
 *
 * <pre>
 *  write/sq-3-tail  write/cq-3-head  write/cc  write/24h   stores into registers, on their way
 *  read/csts                                               answers to register loads, on their way
 *  interrupt/2                                             messages of a vector
 *  wake/sq-3  wake/cq-3                                    a queue's wake-up inside the device
 *  commands/cq-3                                           commands done, on their way to queue 3
 *  actor/completion-queue-3                                messages of an actor of the device
 * </pre>
 */
public enum FaultKind {
    /** Never arrives. */
    LOSE("write", "interrupt", "wake", "commands"),
    /** Arrives twice. */
    DOUBLE("write", "interrupt", "wake"),
    /** Arrives {@code amount} ns late; what follows does not wait. */
    DELAY("write", "interrupt", "wake", "commands"),
    /** Arrives behind the next one of any kind on its wire. */
    REORDER("write", "interrupt"),
    /** {@code amount} is exclusive-ored into the value. */
    FLIP("write", "read"),
    /** Reads all ones, as if nobody were there. */
    ALL_ONES("read"),
    /** Reads what it read the last time. */
    STALE("read"),
    /** Arrives in front of the stores that it tells of. */
    OVERTAKE("interrupt"),
    /** Takes {@code amount} ns longer. */
    SLOW("commands"),
    /** Never ends. */
    HANG("commands"),
    /** The actor that should get it fails. */
    CRASH("actor");

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> sites;

    FaultKind(String... sites) {
        this.sites = List.of(sites);
    }

    /** Beginnings of the names of the sites where this can happen, up to the slash. */
    public List<String> sites() {
        return sites;
    }

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(FaultKind::word).toList();
    }
}
