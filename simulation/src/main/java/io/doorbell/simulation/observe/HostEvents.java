package io.doorbell.simulation.observe;

/**
 * What a host that moves stamped blocks says of its I/O commands, at the moment when it does it.
 */
public interface HostEvents {
    /**
     * The host is about to ring for a command.
     *
     * @param slba first block
     * @param blocks 0 if the opcode names no blocks
     */
    default void submitted(int queueId, int commandId, int opcode, long slba, int blocks) {}

    /** The host has consumed the completion of a command and checked its data. */
    default void completed(int queueId, int commandId, int status) {}

    /** The host knows that the command will never complete: its queue or epoch is over. */
    default void cancelled(int queueId, int commandId) {}
}
