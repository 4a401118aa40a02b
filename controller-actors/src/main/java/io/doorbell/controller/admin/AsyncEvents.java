package io.doorbell.controller.admin;

import io.doorbell.spec.Status;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.LinkedHashSet;

/**
 * Asynchronous Event Requests and the events they wait for (Base §5.2).
 *
 * <p>An event without an outstanding request is kept, equal ones once. After an event of a type was
 * reported, that type is masked until the host reads the log page with RAE = 0.
 */
final class AsyncEvents {
    /** AERL: requests that may be outstanding, counted from zero. */
    static final int REQUEST_LIMIT_ZERO_BASED = 3;

    private static final int RETAINED_EVENTS_MAX = 64;

    private final ArrayDeque<PendingCommand> requests = new ArrayDeque<>();
    private final LinkedHashSet<Integer> retained = new LinkedHashSet<>();
    private final BitSet maskedTypes = new BitSet();

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
        if (retained.size() < RETAINED_EVENTS_MAX) {
            retained.add(event);
        }
        report();
    }

    /** The host read a log page with RAE = 0: its events are known, its types may come again. */
    void logPageRead(int logPageId) {
        retained.removeIf(event -> AsynchronousEvent.logPageId(event) == logPageId);
        maskedTypes.clear(typeOf(logPageId));
        report();
    }

    private static int typeOf(int logPageId) {
        return switch (logPageId) {
            case LogPageId.ERROR_INFORMATION -> AsynchronousEvent.TYPE_ERROR;
            case LogPageId.SMART_HEALTH_INFORMATION -> AsynchronousEvent.TYPE_SMART;
            default -> AsynchronousEvent.TYPE_NOTICE;
        };
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
