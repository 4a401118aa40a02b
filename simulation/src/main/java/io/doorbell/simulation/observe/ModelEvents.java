package io.doorbell.simulation.observe;

/**
 * What the bus's events mean, told by {@link BusModel}. Each is told before the model changes,
 * unless it says otherwise.
 */
public interface ModelEvents {
    /** CC.EN has become 1; the admin queues are there. Told after. */
    default void epochBegan() {}

    /** A reset has begun: what is outstanding ends here. */
    default void epochEnded() {}

    /** A reset is over: from now on nothing of the old epoch may happen. Told after. */
    default void becameIdle() {}

    /** A doorbell register store has reached the device. */
    default void rang(int doorbell, int value, RingVerdict verdict) {}

    /** The device has fetched the entry at the head of a queue. Told after. */
    default void fetched(SubmissionQueueState queue, int command) {}

    /** The device has fetched another slot than the head, or one that was not rung. */
    default void fetchedAmiss(SubmissionQueueState queue, int slot) {}

    /** The device has posted an entry. */
    default void posting(Posting posting) {}

    /** The device has stored into a slot that is not the one to be filled next. */
    default void storedOverEntry(CompletionQueueState queue, int slot) {}

    /** The device has moved data of a command, and might have done so. */
    default void dataMoved(int command, long address, long sizeBytes, boolean toHost) {}

    /**
     * The device has touched memory that nothing allows it to touch.
     *
     * @param ghost a command of an epoch that is over and that described this memory, or {@link
     *     CommandTable#NONE}
     */
    default void strayed(long address, long sizeBytes, boolean toHost, int ghost) {}

    /** The device has touched memory though it may not master the bus. */
    default void touchedUnmastered(long address, long sizeBytes, boolean toHost) {}

    /** A command was fetched whose buffer overlaps another's, and the device stores to one. */
    default void buffersOverlap(int command, int other) {}

    /** The host has stored into memory that the device may be using for this command. */
    default void hostWroteInto(int command, long address, long sizeBytes) {}

    /** The host has changed an entry that it rang and that was not fetched. */
    default void hostWroteEntry(SubmissionQueueState queue, int slot) {}

    /** A store of the device can be seen by the host. */
    default void deviceWriteVisible(long address, long sizeBytes) {}

    /**
     * The device has sent a message.
     *
     * @param vector or {@link InterruptState#NONE}
     */
    default void interruptSent(int vector) {}

    /** A message has reached the host. */
    default void interruptDelivered(int vector) {}

    /** A register store has reached the device. */
    default void registerWritten(long offsetBytes, int widthBytes, long value) {}

    /** The answer to a load from BAR0 has reached the host. */
    default void registerRead(long offsetBytes, int widthBytes, long value) {}

    /** The host has rung; the store is on its way. */
    default void ringIssued(int doorbell, int value) {}

    /** An actor of the device has failed that no fault was to fail. */
    default void actorFailed(String path, Throwable cause) {}

    /** Nothing can run before a moment. */
    default void quiet(long untilNanos) {}

    /** What a ring is to the rules, at the moment when it arrives. */
    enum RingVerdict {
        /** It moves the pointer. */
        ACCEPTED,
        /** The queue's pointers are in the shadow buffer; this only wakes. */
        KICK,
        /** It does not change the pointer. */
        UNCHANGED,
        /** It is no slot of the queue. */
        OUT_OF_RANGE,
        /** It is further than the other side's pointer allows. */
        BEYOND,
        /** There is no such queue. */
        NO_QUEUE,
        /** The controller is not ready, or the queue is not judged any more. */
        UNJUDGED
    }
}
