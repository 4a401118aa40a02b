package io.doorbell.simulation.machine;

import io.doorbell.simulation.errand.Errand;

import org.jspecify.annotations.Nullable;

/**
 * The commands of one errand, with its own memory and blocks.
 *
 * @param queuePairs I/O queue pairs that the host has
 * @param submissionEntries slots of a submission queue
 * @param submissionQueuesEach submission queues that share a completion queue
 */
record ErrandScripts(
        AdminScripts admin,
        IoScripts io,
        int queuePairs,
        int submissionEntries,
        int submissionQueuesEach) {
    private static final int ENTRIES_FOR_TWO = 3;

    boolean hasOneSubmissionQueueEach() {
        return submissionQueuesEach == 1;
    }

    /** Null if this host cannot do it. */
    @Nullable Script script(Errand errand, Moments moments) {
        return switch (errand.kind()) {
            case IDENTIFY -> admin.identify(errand);
            case GET_LOG -> admin.getLog(errand);
            case SET_FEATURE -> admin.setFeature(errand);
            case WRONG_QUEUE_COMMAND -> admin.wrongQueueCommands(errand);
            case SPARE_QUEUES -> admin.spareQueues();
            case WRONG_ADMIN_COMMAND -> admin.wrongAdminCommand(errand);
            case ABORT -> admin.abort(moments.recent(errand.amount()), moments);
            case REQUEST_EVENTS -> admin.requestEvents(errand);
            case FAIL_COMMANDS -> hasQueue(errand) ? io.fail(errand) : null;
            case MIX_COMMANDS -> hasQueue(errand) ? io.mix(errand) : null;
            case MOVE_DATA -> hasQueue(errand) ? io.move(errand) : null;
            case FUSE ->
                    hasQueue(errand)
                                    && hasOneSubmissionQueueEach()
                                    && submissionEntries >= ENTRIES_FOR_TWO
                            ? io.fuse(errand)
                            : null;
            default -> throw new IllegalArgumentException("no commands: " + errand);
        };
    }

    private boolean hasQueue(Errand errand) {
        return errand.number() >= 1 && errand.number() <= queuePairs;
    }
}
