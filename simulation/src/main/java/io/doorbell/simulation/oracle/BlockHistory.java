package io.doorbell.simulation.oracle;

import java.util.Arrays;

/**
 * The writes of one block that a read may still return. Times are ranks in the order of all that
 * the host and the device told.
 *
 * <pre>
 *  write A   submitted ──── ended            ended: acknowledged, failed or cancelled
 *  write B                        submitted ──── known     known: certain to have taken effect
 *  read                                                submitted ──── completed: B, not A
 * </pre>
 */
final class BlockHistory {
    /** In place of a version: whatever is in the block. */
    static final long ANY = -1;

    /** A moment that has not come. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int KEPT_MIN = 8;

    private long[] versions = new long[4];
    private long[] submitted = new long[4];
    private long[] ended = new long[4];
    private long[] known = new long[4];
    private int count;

    void write(long version, long submittedAt) {
        if (count == versions.length) {
            versions = Arrays.copyOf(versions, 2 * count);
            submitted = Arrays.copyOf(submitted, 2 * count);
            ended = Arrays.copyOf(ended, 2 * count);
            known = Arrays.copyOf(known, 2 * count);
        }
        versions[count] = version;
        submitted[count] = submittedAt;
        ended[count] = NEVER;
        known[count++] = NEVER;
    }

    /** The device turned out to have got another version for a write. */
    void revise(long submittedAt, long version) {
        int write = bySubmission(submittedAt);
        if (write >= 0) {
            versions[write] = version;
        }
    }

    void end(long submittedAt, long now, boolean acknowledged) {
        int write = bySubmission(submittedAt);
        if (write >= 0) {
            ended[write] = now;
            if (acknowledged) {
                known[write] = Math.min(known[write], now);
            }
        }
    }

    private int bySubmission(long submittedAt) {
        for (int write = count - 1; write >= 0; write--) {
            if (submitted[write] == submittedAt) {
                return write;
            }
        }
        return -1;
    }

    /** Whether a read that was submitted then may return what was there before any write. */
    boolean mayShowOld(long readSubmittedAt, long endOfOld) {
        return overwriter(endOfOld, readSubmittedAt) < 0;
    }

    /** Whether a read may return a version; notes that it was there, if so. */
    boolean mayShow(long version, long readSubmittedAt, long now) {
        boolean found = false;
        boolean allowed = false;
        for (int write = 0; write < count; write++) {
            boolean matches = versions[write] == version || versions[write] == ANY;
            if (matches && overwriter(ended[write], readSubmittedAt) < 0) {
                allowed = true;
                if (versions[write] == version) {
                    known[write] = Math.min(known[write], now);
                }
            }
            found |= matches;
        }
        return found ? allowed : mayShowOld(readSubmittedAt, 0);
    }

    /** The version that is certain to have replaced what ended then, or {@link #ANY}. */
    long newest(long readSubmittedAt) {
        int write = overwriter(-1, readSubmittedAt);
        return write < 0 ? ANY : versions[write];
    }

    /** The last write submitted after an end and certain before a read, or -1. */
    private int overwriter(long endOfEarlier, long readSubmittedAt) {
        for (int write = count - 1; write >= 0; write--) {
            if (submitted[write] > endOfEarlier && known[write] < readSubmittedAt) {
                return write;
            }
        }
        return -1;
    }

    /** Whether it is worth the while to {@link #prune}. */
    boolean isLong() {
        return count >= KEPT_MIN;
    }

    /** Forgets writes that no read can return any more. */
    void prune(long oldestRead) {
        int kept = 0;
        for (int write = 0; write < count; write++) {
            if (overwriter(ended[write], oldestRead) < 0) {
                versions[kept] = versions[write];
                submitted[kept] = submitted[write];
                ended[kept] = ended[write];
                known[kept++] = known[write];
            }
        }
        count = kept;
    }
}
