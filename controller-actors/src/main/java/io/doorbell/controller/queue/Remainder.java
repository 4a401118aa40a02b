package io.doorbell.controller.queue;

/**
 * What is left of a command that is too long for one turn: other commands run between its pieces.
 */
public interface Remainder {
    /** No status field: there is more to do. */
    int PENDING = -1;

    /** Does a piece that takes some hundred microseconds at most: the status, or pending. */
    int proceed();

    /** DW0 of the completion, once it is done. */
    default int result() {
        return 0;
    }
}
