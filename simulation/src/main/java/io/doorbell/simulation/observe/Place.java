package io.doorbell.simulation.observe;

/**
 * What lies where the device loads or stores.
 *
 * @param queueId of the queue, or of the submission queue whose command it belongs to; 0 of no
 *     queue
 * @param opcode of that command, or {@link #NO_OPCODE}
 * @param commandId of that command, or {@link #NO_COMMAND}
 * @param offsetBytes in a completion entry, else 0
 */
public record Place(Kind kind, int queueId, int opcode, int commandId, int offsetBytes) {
    /** In place of an opcode. */
    public static final int NO_OPCODE = -1;

    /** In place of a command identifier. */
    public static final int NO_COMMAND = -1;

    /** Sorts of places. */
    public enum Kind {
        SUBMISSION_ENTRY,
        COMPLETION_ENTRY,
        /** A PRP list, or segments of an SGL. */
        POINTER_LIST,
        DATA,
        SHADOW,
        EVENT_INDEX,
        /** Nothing that the host has told the device of. */
        ELSEWHERE
    }

    static final Place ELSEWHERE = new Place(Kind.ELSEWHERE, 0, NO_OPCODE, NO_COMMAND, 0);

    static Place of(Kind kind, int queueId) {
        return new Place(kind, queueId, NO_OPCODE, NO_COMMAND, 0);
    }
}
