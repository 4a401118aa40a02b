package io.doorbell.controller.queue;

/**
 * Where a submission queue sends what it fetched: the admin commands, or the namespaces.
 *
 * <p>Takes over the batch and tells the batch's completion queue {@link CompletionQueue.Completed}
 * once for each command, in any order and in as many pieces as it likes.
 */
@FunctionalInterface
public interface CommandExecutor {
    /** Hands the batch over; must not block. */
    void execute(CommandBatch batch);
}
