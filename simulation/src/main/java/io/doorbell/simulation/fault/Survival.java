package io.doorbell.simulation.fault;

import io.doorbell.spec.Status;

import java.util.stream.Stream;

/**
 * What a fault costs a host that recovers as Linux does, if it strikes a few times in a row.
 *
 * <p>A driver that cannot bring a controller up again gives it up, unless it is one that tries once
 * more.
 */
public enum Survival {
    /** At worst a time-out and a reset; all I/O is done in the end, with the right data. */
    MENDED,
    /** The controller fails, and is reset at once; nothing more may go wrong until it is back. */
    RESTARTED,
    /** As {@link #MENDED}, by a host that tries a bring-up again ({@code bring-ups}). */
    PERSEVERED,
    /** Data is lost or wrong, I/O ends with an error, or the controller is given up. */
    LOST;

    private static final String[] ADMIN = {
        "write/sq-0-tail",
        "write/cq-0-head",
        "wake/sq-0",
        "wake/cq-0",
        "commands/sq-0",
        "commands/cq-0",
        "execution/sq-0",
        "dma-read/sqe-0",
        "dma-read/prp-0",
        "dma-read/data-0",
        "dma-write/data-0",
        "dma-write/cqe-0",
    };

    /** Below the smallest of these bits a tail may be that of some queue. */
    private static final long TAIL_BITS = 0xFFF;

    /** The part of a command identifier that says which command it is, and not how often. */
    private static final long TAG_BITS = 0xFFF;

    /** Loads wait behind stores; who waits longer than this thinks that the device has gone. */
    private static final long BEHIND_NANOS_MAX = 5_000_000;

    private static final long AWAY_NANOS_MAX = 2_000_000; // nobody looks in so short a time

    static Survival of(Fault fault) {
        SitePattern site = new SitePattern(fault.site());
        boolean ofAdmin = Stream.of(ADMIN).anyMatch(admin -> site.overlaps(new SitePattern(admin)));
        boolean mended =
                switch (fault.site().substring(0, fault.site().indexOf('/'))) {
                    case "write" -> isDoorbellMended(fault);
                    case "read" ->
                            fault.kind() == FaultKind.STALE && site.text().equals("read/csts");
                    case "interrupt", "wake" -> true;
                    case "execution" -> true;
                    case "commands" -> isCommandMended(fault, ofAdmin);
                    case "dma-read", "dma-write" -> isAccessMended(fault, ofAdmin);
                    case "media" -> fault.kind() == FaultKind.FAIL && isRetried(fault.amount());
                    default -> false;
                };
        if (mended) {
            return ofAdmin ? PERSEVERED : MENDED;
        }
        if (isRestarted(fault, site)) {
            return ofAdmin ? PERSEVERED : RESTARTED;
        }
        return fault.kind() == FaultKind.ALL_ONES ? PERSEVERED : LOST;
    }

    /** A tail that goes back has old entries executed again, over whatever is in their buffers. */
    private static boolean isDoorbellMended(Fault fault) {
        boolean isTail = fault.site().startsWith("write/sq-") && fault.site().endsWith("-tail");
        boolean isHead = fault.site().startsWith("write/cq-") && fault.site().endsWith("-head");
        if (fault.kind() == FaultKind.SLOW) {
            boolean known = isHead || isTail || fault.site().equals("write/cc");
            return known && fault.amount() <= BEHIND_NANOS_MAX;
        }
        return isHead || (isTail && isTailMended(fault));
    }

    private static boolean isTailMended(Fault fault) {
        return switch (fault.kind()) {
            case LOSE, DOUBLE -> true;
            case FLIP -> (fault.amount() & TAIL_BITS) == 0;
            default -> false;
        };
    }

    /** An admin command that is done and not known by its name has changed what nobody knows of. */
    private static boolean isCommandMended(Fault fault, boolean ofAdmin) {
        return switch (fault.kind()) {
            case FAIL -> isRetried(fault.amount());
            case LOSE, HANG -> !ofAdmin;
            case MISIDENTIFY -> !ofAdmin && (fault.amount() & TAG_BITS) == 0;
            default -> true;
        };
    }

    private static boolean isAccessMended(Fault fault, boolean ofAdmin) {
        String site = fault.site();
        return switch (fault.kind()) {
            case FAIL -> site.contains("/prp-") || site.contains("/data-");
            case LOSE, DELAY ->
                    site.endsWith("/eventidx") || (site.startsWith("dma-write/cqe-") && !ofAdmin);
            case TEAR, STALE -> !ofAdmin; // DW0 and DW1 say nothing of reads and writes
            default -> false;
        };
    }

    private static boolean isRestarted(Fault fault, SitePattern site) {
        return switch (fault.kind()) {
            case CFS -> true;
            case REMOVE -> fault.amount() > 0 && fault.amount() <= AWAY_NANOS_MAX;
            case FAIL ->
                    fault.site().startsWith("dma-read/sqe-")
                            || fault.site().startsWith("dma-write/cqe-");
            case CRASH ->
                    Stream.of("submission-queue-", "completion-queue-", "namespaces-", "interrupt-")
                            .anyMatch(actor -> site.text().startsWith("actor/" + actor));
            default -> false;
        };
    }

    /** Status 0 is what is usual at the site, and all those may be retried. */
    private static boolean isRetried(long status) {
        return !Status.isDoNotRetry((int) status);
    }
}
