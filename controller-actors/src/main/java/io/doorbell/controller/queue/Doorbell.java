package io.doorbell.controller.queue;

/**
 * One doorbell as its queue sees it: read only, with the wish to be woken.
 *
 * <p>A queue that is busy looks and never arms, so the host's rings cost it nothing; a queue that
 * found nothing new arms and sleeps.
 */
final class Doorbell {
    private final DoorbellFile file;
    private final int slot;

    Doorbell(DoorbellFile file, int slot) {
        this.file = file;
        this.slot = slot;
    }

    /** The value now: a tail or a head, below the number of entries of its queue. */
    int value() {
        return file.value(slot);
    }

    /** See {@link DoorbellFile#arm}: true means sleep, false means look again. */
    boolean arm(int seen) {
        return file.arm(slot, seen);
    }
}
