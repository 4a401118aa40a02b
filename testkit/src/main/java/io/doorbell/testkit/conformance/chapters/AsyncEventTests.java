package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.feature.AsynchronousEventConfiguration;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

/** Asynchronous events: requests, masking, clearing, and what enables them (Base §5.2). */
@Chapter("Asynchronous events")
final class AsyncEventTests {
    private static final int NO_QUEUE = AsynchronousEvent.INVALID_DOORBELL_REGISTER;
    private static final int HOT = AsynchronousEvent.TEMPERATURE_THRESHOLD;
    private static final int RETAIN = 1 << 15;
    private static final long A_WHILE_NANOS = 100_000_000;

    private static void makeError(Host host) {
        host.ringSubmission(9, 1);
    }

    private static void enable(Host host, int events) {
        host.adminOk(Commands.setFeature(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, events));
    }

    /** The over threshold falls below what the device has. */
    private static void makeHot(Host host) {
        host.adminOk(Commands.setFeature(FeatureId.TEMPERATURE_THRESHOLD, 1));
    }

    private static void makeCool(Host host) {
        host.adminOk(Commands.setFeature(FeatureId.TEMPERATURE_THRESHOLD, 0xFFFF));
    }

    private static void readLog(Host host, int logPageId, int flags) {
        Command command = Commands.getLogPage(logPageId, 64, host.memory().pages(1));
        host.adminOk(command.cdw(10, 15 << 16 | flags | logPageId));
    }

    private static void expectNoEvent(Host host) {
        host.adminQueue().expectNoCompletion(A_WHILE_NANOS);
    }

    // ---- requests
    // --------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.2",
            otherwise = "The driver's event request times out, or ends though nothing happened.")
    void request_waitsForAnEventForever(Host host) {
        VirtualTime.needed(host, "an hour passes");
        host.start();
        host.requestEvent();
        host.adminQueue().expectNoCompletion(3_600_000_000_000L);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A driver that keeps as many requests as AERL allows is refused.")
    void requests_asManyAsAerlAllowsAreTaken(Host host) {
        host.start();
        int limit = limit(host);
        for (int i = 0; i < limit; i++) {
            host.requestEvent();
        }
        expectNoEvent(host);
    }

    @Clause(value = "Base §5.2", otherwise = "A driver's requests are lost instead of refused.")
    void oneRequestMoreThanAerl_isRefused(Host host) {
        host.start();
        int limit = limit(host);
        for (int i = 0; i < limit; i++) {
            host.requestEvent();
        }
        Expect.status(
                host.admin(Commands.asynchronousEventRequest()),
                Status.ASYNCHRONOUS_EVENT_REQUEST_LIMIT_EXCEEDED);
        makeError(host);
        Expect.equal("event", host.expectAsyncEvent(), NO_QUEUE);
    }

    private static int limit(Host host) {
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, page));
        int limit = host.memory().getByte(page + IdentifyController.AERL_OFFSET_BYTES) + 1;
        Expect.that("AERL fits the admin queue of the test", limit < 28);
        return limit;
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "An event eats every request, and the driver has none for the next.")
    void event_endsOneRequest(Host host) {
        host.start();
        host.requestEvent();
        host.requestEvent();
        makeError(host);
        Expect.equal("event", host.expectAsyncEvent(), NO_QUEUE);
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A driver hears of requests that it made before the reset.")
    void reset_forgetsRequests(Host host) {
        host.start();
        host.requestEvent();
        host.restart();
        makeError(host);
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §3.7.2",
            otherwise = "The driver that comes after a reset hears of what it did not cause.")
    void reset_forgetsEvents(Host host) {
        host.start();
        makeError(host);
        host.restart();
        host.requestEvent();
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "After a reset the driver never hears of errors again.")
    void reset_forgetsMasks(Host host) {
        host.start();
        host.requestEvent();
        makeError(host);
        host.expectAsyncEvent();
        host.restart();
        host.requestEvent();
        makeError(host);
        Expect.equal("event", host.expectAsyncEvent(), NO_QUEUE);
    }

    // ---- masking
    // ---------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.2",
            level = Level.SHOULD,
            otherwise = "What happens while the driver handles an event is lost.")
    void eventWithoutARequest_isKept(Host host) {
        host.start();
        makeError(host);
        expectNoEvent(host);
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), NO_QUEUE);
    }

    @Clause(value = "Base §5.2", otherwise = "A storm of errors makes a storm of events.")
    void reportedType_isMaskedUntilItsPageIsRead(Host host) {
        host.start();
        host.requestEvent();
        host.requestEvent();
        makeError(host);
        Expect.equal("event", host.expectAsyncEvent(), NO_QUEUE);
        makeError(host);
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "After the first error the driver never hears of another.")
    void readingThePage_unmasksTheType(Host host) {
        host.start();
        host.requestEvent();
        host.requestEvent();
        makeError(host);
        host.expectAsyncEvent();
        readLog(host, LogPageId.ERROR_INFORMATION, 0);
        makeError(host);
        Expect.equal("event", host.expectAsyncEvent(), NO_QUEUE);
    }

    @Clause(
            value = "Base §5.16",
            otherwise = "A tool that looks at the log makes the driver hear of an event again.")
    void readingThePageWithRae_leavesTheMask(Host host) {
        host.start();
        host.requestEvent();
        host.requestEvent();
        makeError(host);
        host.expectAsyncEvent();
        readLog(host, LogPageId.ERROR_INFORMATION, RETAIN);
        makeError(host);
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A page that has nothing to do with it clears an event.",
            values = {0x02, 0x03})
    void readingAnotherPage_leavesTheMask(Host host, long logPageId) {
        host.start();
        host.requestEvent();
        host.requestEvent();
        makeError(host);
        host.expectAsyncEvent();
        readLog(host, (int) logPageId, 0);
        makeError(host);
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A read that failed clears an event the host never saw the log of.")
    void readThatFails_leavesTheMask(Host host) {
        host.start();
        host.requestEvent();
        host.requestEvent();
        makeError(host);
        host.expectAsyncEvent();
        Expect.status(
                host.admin(
                        Commands.getLogPage(
                                LogPageId.ERROR_INFORMATION, 64, host.memory().nowhere())),
                Status.DATA_TRANSFER_ERROR);
        makeError(host);
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A driver is told of an error whose log it has read already.")
    void pageReadBeforeTheRequest_endsTheEvent(Host host) {
        host.start();
        makeError(host);
        host.elapse(10_000); // a device may take a moment to log it
        readLog(host, LogPageId.ERROR_INFORMATION, 0);
        host.requestEvent();
        expectNoEvent(host);
    }

    @Clause(value = "Base §5.2", otherwise = "An error hides that the device is too hot.")
    void maskedType_doesNotHideAnother(Host host) {
        host.start();
        enable(host, AsynchronousEventConfiguration.TEMPERATURE);
        host.requestEvent();
        host.requestEvent();
        makeError(host);
        Expect.equal("event", host.expectAsyncEvent(), NO_QUEUE);
        host.adminQueue().submit(Commands.setFeature(FeatureId.TEMPERATURE_THRESHOLD, 1));
        expectBoth(host);
    }

    /** The command's completion and the event, in either order. */
    private static void expectBoth(Host host) {
        Completion first = host.adminQueue().expectCompletion();
        Completion second = host.adminQueue().expectCompletion();
        host.adminQueue().ringHead();
        Expect.that("one of the two is the event", first.dw0() == HOT || second.dw0() == HOT);
    }

    // ---- SMART
    // -----------------------------------------------------------------------------------

    @Clause(value = "Base §5.2", otherwise = "A monitor is not told that the device is too hot.")
    void temperatureOverTheThreshold_isReported(Host host) {
        host.start();
        enable(host, AsynchronousEventConfiguration.TEMPERATURE);
        makeHot(host);
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), HOT);
    }

    @Clause(
            value = "Base §5.27.1.3",
            otherwise = "A monitor is not told that the device is too cold.")
    void temperatureUnderTheThreshold_isReported(Host host) {
        host.start();
        enable(host, AsynchronousEventConfiguration.TEMPERATURE);
        host.adminOk(Commands.setFeature(FeatureId.TEMPERATURE_THRESHOLD, 0x10_FFFF));
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), HOT);
    }

    @Clause(
            value = "Base §5.27.1.8",
            otherwise = "A host that never asked for health events is sent them.",
            values = {0x00, 0x3D})
    void temperature_isNotReportedUnlessEnabled(Host host, long events) {
        host.start();
        enable(host, (int) events);
        makeHot(host);
        host.requestEvent();
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §5.27.1.8",
            otherwise = "A host that begins to listen is not told that the device is too hot.")
    void temperatureThatIsOver_isReportedWhenEnabled(Host host) {
        host.start();
        makeHot(host);
        enable(host, AsynchronousEventConfiguration.TEMPERATURE);
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), HOT);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "The device was hot twice and the monitor knows of once.")
    void temperatureOverAgain_isReportedAgainAfterTheRead(Host host) {
        host.start();
        enable(host, AsynchronousEventConfiguration.TEMPERATURE);
        makeHot(host);
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), HOT);
        readLog(host, LogPageId.SMART_HEALTH_INFORMATION, 0);
        makeCool(host);
        makeHot(host);
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), HOT);
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A monitor is woken for a temperature that stays where it was.")
    void temperatureThatStaysOver_isReportedOnce(Host host) {
        host.start();
        enable(host, AsynchronousEventConfiguration.TEMPERATURE);
        makeHot(host);
        host.requestEvent();
        Expect.equal("event", host.expectAsyncEvent(), HOT);
        readLog(host, LogPageId.SMART_HEALTH_INFORMATION, 0);
        host.requestEvent();
        expectNoEvent(host);
    }

    @Clause(
            value = "Base §5.27.1.8",
            otherwise = "Errors go unheard once another event is switched off.")
    void errors_areReportedWhateverIsEnabled(Host host) {
        host.start();
        enable(host, 0);
        host.requestEvent();
        makeError(host);
        Expect.equal("event", host.expectAsyncEvent(), NO_QUEUE);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver enables notices that the controller refuses.")
    void everyAnnouncedNotice_canBeEnabled(Host host) {
        host.start();
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, page));
        int announced = host.memory().getInt(page + IdentifyController.OAES_OFFSET_BYTES);
        Expect.that("a driver has a reason to ask for events", announced != 0);
        enable(host, announced | 0x1F);
        Expect.equal(
                "feature 0Bh",
                host.adminOk(Commands.getFeature(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION)).dw0(),
                announced | 0x1F);
    }
}
