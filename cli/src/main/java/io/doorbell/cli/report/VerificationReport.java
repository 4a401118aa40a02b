package io.doorbell.cli.report;

import java.util.List;

/**
 * Whether reads gave what was written.
 *
 * @param enabled whether anybody looked
 * @param blocksVerified blocks read and compared
 * @param failures blocks that were not what was last acknowledged
 * @param imageBlocksVerified blocks of the image file compared after the run; 0 without image check
 * @param imageFailures blocks of the image that were not what was last acknowledged
 * @param firstFailures the first few of both kinds, each as a sentence with its block address
 */
public record VerificationReport(
        boolean enabled,
        long blocksVerified,
        long failures,
        long imageBlocksVerified,
        long imageFailures,
        List<String> firstFailures) {
    /** Nobody looked. */
    public static final VerificationReport OFF =
            new VerificationReport(false, 0, 0, 0, 0, List.of());

    public VerificationReport {
        firstFailures = List.copyOf(firstFailures);
    }
}
