package io.doorbell.controller.admin;

import io.doorbell.spec.Status;
import io.doorbell.spec.feature.AsynchronousEventConfiguration;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.LinkedHashSet;

/**
 * Asynchronous Event Requests and the events they wait for (Base §5.2).
 *
 * <p>An event without an outstanding request is kept, equal ones once. After an event of a type was
 * reported, that type is masked until the host reads the log page with RAE = 0. Feature 0Bh says
 * which events the host wants to hear of; errors it always hears of.
 */
final class AsyncEvents {
    /** AERL: requests that may be outstanding, counted from zero. */
    static final int REQUEST_LIMIT_ZERO_BASED = 3;

    private static final int RETAINED_EVENTS_MAX = 64;

    private final FeatureTable features;
    private final ArrayDeque<PendingCommand> requests = new ArrayDeque<>();
    private final LinkedHashSet<Integer> retained = new LinkedHashSet<>();
    private final BitSet maskedTypes = new BitSet();

    AsyncEvents(FeatureTable features) {
        this.features = features;
    }

    /** An Asynchronous Event Request arrived. */
    AdminOutcome request(PendingCommand request) {
        if (requests.size() > REQUEST_LIMIT_ZERO_BASED) {
            return AdminOutcome.refused(Status.ASYNCHRONOUS_EVENT_REQUEST_LIMIT_EXCEEDED);
        }
        requests.addLast(request);
        report();
        return AdminOutcome.PENDING;
    }

    /** Ends an outstanding request by Abort; false if there is none with this id. */
    boolean abort(int commandId) {
        for (PendingCommand request : requests) {
            if (request.entry().commandId() == commandId) {
                requests.remove(request);
                request.finish(AdminOutcome.done(Status.COMMAND_ABORT_REQUESTED));
                return true;
            }
        }
        return false;
    }

    /** An event happened; {@code event} is DW0 as in {@link AsynchronousEvent}. */
    void raise(int event) {
        if (isEnabled(event) && retained.size() < RETAINED_EVENTS_MAX) {
            retained.add(event);
        }
        report();
    }

    private boolean isEnabled(int event) {
        int switches = features.value(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION);
        return switch (event) {
            case AsynchronousEvent.SPARE_BELOW_THRESHOLD ->
                    (switches & AsynchronousEventConfiguration.SPARE) != 0;
            case AsynchronousEvent.TEMPERATURE_THRESHOLD ->
                    (switches & AsynchronousEventConfiguration.TEMPERATURE) != 0;
            case AsynchronousEvent.RELIABILITY ->
                    (switches & AsynchronousEventConfiguration.RELIABILITY) != 0;
            case AsynchronousEvent.NAMESPACE_ATTRIBUTE_CHANGED ->
                    (switches & AsynchronousEventConfiguration.NAMESPACE_ATTRIBUTE) != 0;
            default -> AsynchronousEvent.type(event) == AsynchronousEvent.TYPE_ERROR;
        };
    }

    /** The host read a log page with RAE = 0: its events are known, its types may come again. */
    void logPageRead(int logPageId) {
        retained.removeIf(event -> AsynchronousEvent.logPageId(event) == logPageId);
        switch (logPageId) {
            case LogPageId.ERROR_INFORMATION -> maskedTypes.clear(AsynchronousEvent.TYPE_ERROR);
            case LogPageId.SMART_HEALTH_INFORMATION ->
                    maskedTypes.clear(AsynchronousEvent.TYPE_SMART);
            case LogPageId.CHANGED_NAMESPACE_LIST ->
                    maskedTypes.clear(AsynchronousEvent.TYPE_NOTICE);
            default -> {} // no event sends the host to this page
        }
        report();
    }

    private void report() {
        var events = retained.iterator();
        while (events.hasNext() && !requests.isEmpty()) {
            int event = events.next();
            int type = AsynchronousEvent.type(event);
            if (!maskedTypes.get(type)) {
                maskedTypes.set(type);
                events.remove();
                requests.removeFirst().finish(AdminOutcome.result(event));
            }
        }
    }
}
