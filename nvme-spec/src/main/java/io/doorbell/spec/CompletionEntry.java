package io.doorbell.spec;

/**
 * A completion queue entry as the two qwords that are stored (Base 2.0 §3.3.3.2).
 *
 * <pre>
 *  byte 0     4     8      10     12    14
 *       | DW0 | DW1 | SQHD | SQID | CID | status 15:1, phase 0 |
 *       |-low qword-|------------- high qword ---------------|
 * </pre>
 *
 * <p>The phase tag sits in the high qword: store the low one first, then the high one with release
 * order. A host that sees the phase flip then sees the rest.
 *
 * <p>A {@code status} is always the 15-bit field without the phase tag; see {@link Status}.
 */
public final class CompletionEntry {
    public static final int SIZE_BYTES = 16;
    public static final int LOW_QWORD_OFFSET_BYTES = 0;
    public static final int HIGH_QWORD_OFFSET_BYTES = 8;

    private static final int SQ_ID_SHIFT = 16;
    private static final int COMMAND_ID_SHIFT = 32;
    private static final int PHASE_SHIFT = 48;
    private static final int STATUS_SHIFT = 49;
    private static final int U16_MASK = 0xFFFF;
    private static final int STATUS_MASK = 0x7FFF;

    private CompletionEntry() {}

    /** Bytes 7:0. Both are command specific results, 0 if the command defines none. */
    public static long lowQword(int dw0, int dw1) {
        return Integer.toUnsignedLong(dw0) | (long) dw1 << 32;
    }

    /**
     * Bytes 15:8. Only the low 16 bits of {@code sqHead}, {@code sqId} and {@code commandId} and
     * the low 15 bits of {@code status} are used.
     *
     * @param sqHead index of the next submission entry the controller will fetch
     * @param sqId submission queue of the command
     * @param commandId CID of the command
     * @param status 15-bit status field without the phase tag
     * @param phase the phase tag of this pass over the queue
     */
    public static long highQword(int sqHead, int sqId, int commandId, int status, boolean phase) {
        return (sqHead & U16_MASK)
                | (long) (sqId & U16_MASK) << SQ_ID_SHIFT
                | (long) (commandId & U16_MASK) << COMMAND_ID_SHIFT
                | (phase ? 1L << PHASE_SHIFT : 0)
                | (long) (status & STATUS_MASK) << STATUS_SHIFT;
    }

    /** DW0, the command's result. */
    public static int dw0(long lowQword) {
        return (int) lowQword;
    }

    /** DW1, the command's second result. */
    public static int dw1(long lowQword) {
        return (int) (lowQword >>> 32);
    }

    /** SQHD: every submission slot before this index may be reused. */
    public static int sqHead(long highQword) {
        return (int) highQword & U16_MASK;
    }

    /** SQID: the submission queue the command came from. */
    public static int sqId(long highQword) {
        return (int) (highQword >>> SQ_ID_SHIFT) & U16_MASK;
    }

    /** CID: the command this entry completes. */
    public static int commandId(long highQword) {
        return (int) (highQword >>> COMMAND_ID_SHIFT) & U16_MASK;
    }

    /** The phase tag: the entry is new if it equals the value the host expects in this pass. */
    public static boolean phase(long highQword) {
        return (highQword >>> PHASE_SHIFT & 1) != 0;
    }

    /** The same half with P = 0. */
    public static long withoutPhase(long highQword) {
        return highQword & ~(1L << PHASE_SHIFT);
    }

    /** The 15-bit status field without the phase tag; 0 is success. */
    public static int status(long highQword) {
        return (int) (highQword >>> STATUS_SHIFT);
    }
}
