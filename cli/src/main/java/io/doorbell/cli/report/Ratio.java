package io.doorbell.cli.report;

/** Divisions that meet zero, because a run may have done nothing of a kind. */
final class Ratio {
    private static final double NANOS_PER_SECOND = 1e9;

    private Ratio() {}

    /** {@code count / of}, or 0 of nothing. */
    static double of(long count, long of) {
        return of == 0 ? 0 : (double) count / of;
    }

    static double perSecond(long count, long nanos) {
        return of(count, nanos) * NANOS_PER_SECOND;
    }
}
