package io.doorbell.guest;

import io.doorbell.spec.SubmissionEntry;

import org.apache.pekko.actor.typed.ActorRef;

import java.util.function.Consumer;

/**
 * A command that is not the driver's own: whoever gives it makes it up, with memory of its own for
 * the data, and judges what comes of it. The driver gives it an id and a place in a queue.
 *
 * @param tag comes back with the answer
 * @param fill writes the command into a cleared entry; the id is the driver's affair
 */
public record ForeignCommand(
        long tag, Consumer<SubmissionEntry> fill, ActorRef<? super Ended> replyTo) {
    /** How it ended. */
    public sealed interface Ended {
        /** The command's. */
        long tag();
    }

    /**
     * With a completion.
     *
     * @param status status field without the phase tag
     * @param result DW0
     */
    public record Completed(long tag, int status, int result) implements Ended {}

    /** Without: its queue was taken away, or could not take it. */
    public record Cancelled(long tag) implements Ended {}

    void complete(int status, int result) {
        replyTo.tell(new Completed(tag, status, result));
    }

    void cancel() {
        replyTo.tell(new Cancelled(tag));
    }
}
