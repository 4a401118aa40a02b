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
 *  interrupt/2  interrupt/pin                              messages of a vector, changes of the pin
 *  wake/sq-3  wake/cq-3                                    a queue's wake-up inside the device
 *  execution/sq-0                                          admin commands, about to be executed
 *  commands/cq-3  commands/sq-3                            commands done, on their way to be posted
 *  dma-read/sqe-3  dma-write/cqe-3                         entries of a queue
 *  dma-read/prp-3  dma-read/data-3  dma-write/data-3       of the commands of submission queue 3
 *  dma-read/shadow  dma-write/eventidx                     the shadow doorbells
 *  media/read  media/write                                 the blocks of the namespace
 *  actor/completion-queue-3                                messages of an actor of the device
 *  controller/step                                         any message of any actor of the device
 * </pre>
 */
public enum FaultKind {
    /** Never arrives; of a write to the medium, is said to have been done. */
    LOSE(
            0,
            "write/*",
            "interrupt/*",
            "wake/*",
            "commands/*",
            "dma-write/cqe-*",
            "dma-write/data-*",
            "dma-write/eventidx",
            "media/write"),
    /** Arrives twice: of a command, is completed twice. */
    DOUBLE(0, "write/*", "interrupt/*", "wake/*", "commands/*"),
    /** Arrives {@code amount} ns late; what follows does not wait. */
    DELAY(
            10_000,
            "write/*",
            "interrupt/*",
            "wake/*",
            "commands/*",
            "dma-write/cqe-*",
            "dma-write/data-*",
            "dma-write/eventidx"),
    /** Arrives behind the next one of any kind on its wire. */
    REORDER(0, "write/*", "interrupt/*"),
    /** {@code amount} is exclusive-ored into the value, of data into the first eight bytes. */
    FLIP(
            1,
            "write/*",
            "read/*",
            "dma-read/sqe-*",
            "dma-read/prp-*",
            "dma-read/data-*",
            "dma-read/shadow",
            "dma-write/cqe-*",
            "dma-write/data-*",
            "dma-write/eventidx",
            "media/write"),
    /** Reads all ones, as if nobody were there. */
    ALL_ONES(0, "read/*"),
    /** Reads what it read the last time; of a completion, DW0 and DW1 stay as they were. */
    STALE(0, "read/*", "dma-write/cqe-*"),
    /** Arrives in front of the stores that it tells of. */
    OVERTAKE(0, "interrupt/*"),
    /** Arrives, and {@code amount} ns later once more, out of nothing. */
    SPURIOUS(10_000, "interrupt/*"),
    /** Takes {@code amount} ns longer; of stores, what follows waits behind it. */
    SLOW(10_000, "execution/sq-0", "commands/*", "write/*"),
    /** Never ends; at its execution, nor begins. */
    HANG(0, "execution/sq-0", "commands/*"),
    /**
     * Ends with an error: of a command or of the medium with status {@code amount}, at its
     * execution without having been executed, of a PRP list or of data on the bus, and for a
     * queue's entry with none, so that the device gives up.
     */
    FAIL(
            0,
            "execution/sq-0",
            "commands/*",
            "dma-read/sqe-*",
            "dma-read/prp-*",
            "dma-read/data-*",
            "dma-write/cqe-*",
            "dma-write/data-*",
            "media/read",
            "media/write"),
    /** {@code amount} is exclusive-ored into the command identifier of its completion. */
    MISIDENTIFY(0x8000, "commands/*"),
    /**
     * Of a completion, DW0 and DW1 are visible only {@code amount} ns after the rest; of a write to
     * the medium, only the first half is done.
     */
    TEAR(1_000, "dma-write/cqe-*", "media/write"),
    /** Goes to the blocks {@code amount} bytes further on. */
    MISDIRECT(4096, "media/write"),
    /** The actor that should get it fails. */
    CRASH(0, "actor/*"),
    /** The controller fails for good: CSTS.CFS is 1 until it is reset. */
    CFS(0, "controller/step"),
    /**
     * The device is pulled out: loads read all ones, nothing else arrives anywhere; {@code amount}
     * ns later it is back, as it was; 0 is never.
     */
    REMOVE(0, "controller/step");

    private final long usualAmount;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<SitePattern> sites;

    FaultKind(long usualAmount, String... sites) {
        this.usualAmount = usualAmount;
        this.sites = Arrays.stream(sites).map(SitePattern::new).toList();
    }

    /** Names of the sites where this can happen. */
    public List<String> sites() {
        return sites.stream().map(SitePattern::text).toList();
    }

    /** Whether a pattern of sites stands for one where this can happen. */
    boolean fits(SitePattern pattern) {
        return sites.stream().anyMatch(pattern::overlaps);
    }

    /** What {@code amount} is if nobody says so. */
    long usualAmount() {
        return usualAmount;
    }

    /** Whether {@code amount} is a time, in nanoseconds. */
    boolean amountIsTime() {
        return switch (this) {
            case DELAY, SPURIOUS, SLOW, TEAR, REMOVE -> true;
            default -> false;
        };
    }

    /** Whether nothing would happen without an amount. */
    boolean needsAmount() {
        return this == FLIP || this == MISIDENTIFY || this == MISDIRECT;
    }

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(FaultKind::word).toList();
    }
}
