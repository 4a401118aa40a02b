package io.doorbell.guest;

import io.doorbell.guest.HostPolicies.ShadowOrder;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.Version;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.feature.AsynchronousEventConfiguration;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.InterruptCoalescing;
import io.doorbell.spec.feature.NumberOfQueues;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.OptionalAdminCommands;
import io.doorbell.spec.log.CommandEffects;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.spec.log.SmartHealth;

import java.util.function.Consumer;

/**
 * What the driver asks of a controller that has just become ready, in the order of Linux's driver:
 * identify, logs, number of queues, the queues, asynchronous events, namespaces.
 */
final class ControllerSetup {
    /** What the registers said: VS and CAP. */
    record Features(int version, long capabilities) {}

    /** The events that Linux asks for, if the controller has them. */
    private static final int WANTED_EVENTS =
            AsynchronousEventConfiguration.NAMESPACE_ATTRIBUTE
                    | AsynchronousEventConfiguration.FIRMWARE_ACTIVATION
                    | AsynchronousEventConfiguration.ANA_CHANGE
                    | AsynchronousEventConfiguration.DISCOVERY_LOG;

    /** A request for events keeps an admin slot for good: there must be others. */
    private static final int SLOTS_FOR_EVENTS = 2;

    private final GuestSettings settings;
    private final AdminCommands commands;
    private final Features features;
    private final QueuePairs pairs;
    private final Shadows shadows;
    private final InterruptSetup interrupts;
    private final Consumer<String> failed;
    private int shutdownLatencyMicros;
    private int abortsMax;
    private RetryDelays retryDelays = RetryDelays.NONE;
    private boolean shadowInUse;

    /**
     * @param failed told why the controller cannot be used
     */
    ControllerSetup(
            GuestSettings settings,
            AdminCommands commands,
            Features features,
            QueuePairs pairs,
            Shadows shadows,
            InterruptSetup interrupts,
            Consumer<String> failed) {
        this.settings = settings;
        this.commands = commands;
        this.features = features;
        this.pairs = pairs;
        this.shadows = shadows;
        this.interrupts = interrupts;
        this.failed = failed;
    }

    /** Sets everything up; {@code ready} is told the namespace that I/O will be for. */
    void start(Consumer<NamespaceInfo> ready) {
        commands.mustIdentify(Identify.CONTROLLER, 0, _ -> onController(ready));
    }

    /** RTD3E, in µs, 0 if unknown. */
    long shutdownLatencyMicros() {
        return Integer.toUnsignedLong(shutdownLatencyMicros);
    }

    /** Abort commands that may be outstanding. */
    int abortsMax() {
        return abortsMax;
    }

    /** What the queues are told when they may be used. */
    QueueOrder.GoOn goOn() {
        return new QueueOrder.GoOn(shadowInUse, retryDelays);
    }

    private void onController(Consumer<NamespaceInfo> ready) {
        IdentifyController controller = new IdentifyController().wrap(commands.page(), 0);
        shutdownLatencyMicros = controller.shutdownLatencyMicros();
        abortsMax = controller.abortLimitZeroBased() + 1;
        retryDelays =
                new RetryDelays(
                        controller.retryDelay1(),
                        controller.retryDelay2(),
                        controller.retryDelay3());
        boolean hasShadows =
                (controller.optionalAdminCommands() & OptionalAdminCommands.DOORBELL_BUFFER_CONFIG)
                        != 0;
        int transferLog2 = controller.maximumDataTransferSize();
        long limit =
                ControllerCapabilities.minimumPageSizeBytes(features.capabilities())
                        * (1L << Math.min(transferLog2, Integer.SIZE));
        if (transferLog2 != 0 && settings.transferBytesMax() > limit) {
            failed.accept(
                    "transfers of %,d bytes were asked for, the controller does %,d"
                            .formatted(settings.transferBytesMax(), limit));
            return;
        }
        int events = controller.eventsSupported() & WANTED_EVENTS;
        int namespaceIdMax = controller.namespaceIdMaximum();
        boolean hasEffects =
                (controller.logPageAttributes() & IdentifyController.LPA_COMMAND_EFFECTS) != 0;
        Runnable afterLogs =
                () ->
                        setNumberOfQueues(
                                () ->
                                        createQueues(
                                                hasShadows,
                                                () -> enableEvents(events, namespaceIdMax, ready)));
        if (hasEffects) {
            readEffects(() -> readHealth(afterLogs));
        } else {
            readHealth(afterLogs);
        }
    }

    private void readEffects(Runnable next) {
        readLog(
                LogPageId.COMMANDS_SUPPORTED_AND_EFFECTS,
                NamespaceId.NONE,
                CommandEffects.SIZE_BYTES,
                next);
    }

    private void readHealth(Runnable next) {
        readLog(
                LogPageId.SMART_HEALTH_INFORMATION,
                NamespaceId.BROADCAST,
                SmartHealth.SIZE_BYTES,
                next);
    }

    /** Linux reads these and can do without; so does this host. */
    private void readLog(int page, int namespaceId, int sizeBytes, Runnable next) {
        commands.attempt(
                "Get Log Page (" + LogPageId.name(page) + ")",
                entry -> {
                    entry.opcode(AdminOpcode.GET_LOG_PAGE)
                            .namespaceId(namespaceId)
                            .prp1(commands.pageAddress());
                    GetLogPage.logPageId(entry, page);
                    GetLogPage.lengthBytes(entry, sizeBytes);
                },
                _ -> next.run());
    }

    private void setNumberOfQueues(Runnable next) {
        int wanted = settings.queuePairs();
        int spare = settings.policies().queueing().spareQueues();
        int submissionQueues = wanted * pairs.submissionQueuesEach();
        setFeature(
                FeatureId.NUMBER_OF_QUEUES,
                NumberOfQueues.of(submissionQueues + spare, wanted + spare),
                outcome -> {
                    int granted =
                            Math.min(
                                    NumberOfQueues.submissionQueues(outcome.result())
                                            / pairs.submissionQueuesEach(),
                                    NumberOfQueues.completionQueues(outcome.result()));
                    if (granted < wanted) {
                        failed.accept(
                                "%,d queue pairs were asked for, the controller grants %,d"
                                        .formatted(wanted, granted));
                    } else {
                        next.run();
                    }
                });
    }

    private void createQueues(boolean hasShadows, Runnable next) {
        interrupts.useMessages(() -> createQueuesNow(hasShadows, next));
    }

    private void createQueuesNow(boolean hasShadows, Runnable next) {
        if (!hasShadows || !shadows.areWanted()) {
            pairs.createAll(next);
            return;
        }
        shadows.prepare(pairs);
        if (settings.policies().ringing().shadowOrder() == ShadowOrder.BEFORE_QUEUES) {
            announceShadows(() -> pairs.createAll(next));
        } else {
            pairs.createAll(() -> announceShadows(next));
        }
    }

    private void announceShadows(Runnable next) {
        shadows.announce(
                commands,
                taken -> {
                    shadowInUse = taken;
                    next.run();
                });
    }

    private void enableEvents(int events, int namespaceIdMax, Consumer<NamespaceInfo> ready) {
        boolean asks = settings.policies().access().asksForEvents();
        if (!asks || events == 0 || commands.slots() < SLOTS_FOR_EVENTS) {
            identifyCommandSet(namespaceIdMax, ready);
            return;
        }
        int feature = FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION;
        commands.attempt(
                AdminCommands.setFeaturesName(feature),
                entry -> AdminCommands.setFeature(entry, feature, events),
                _ -> {
                    requestEvent();
                    identifyCommandSet(namespaceIdMax, ready);
                });
    }

    private void requestEvent() {
        commands.leaveOutstanding(
                entry -> entry.opcode(AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST),
                outcome -> {
                    if (outcome.isSuccess()) {
                        requestEvent();
                    }
                });
    }

    private void identifyCommandSet(int namespaceIdMax, Consumer<NamespaceInfo> ready) {
        if (features.version() >= Version.V1_2) {
            commands.identify(
                    Identify.COMMAND_SET_CONTROLLER, 0, _ -> scanNamespaces(namespaceIdMax, ready));
        } else {
            scanNamespaces(namespaceIdMax, ready);
        }
    }

    private void scanNamespaces(int namespaceIdMax, Consumer<NamespaceInfo> ready) {
        new NamespaceScan(commands, features, namespaceIdMax)
                .start(
                        namespace -> {
                            pairs.use(namespace);
                            setCoalescing(() -> ready.accept(namespace));
                        },
                        failed);
    }

    private void setCoalescing(Runnable next) {
        GuestSettings.Coalescing wanted = settings.coalescing();
        if (!wanted.isOn()) {
            next.run();
            return;
        }
        int value = InterruptCoalescing.withTime(0, wanted.timeHundredMicros());
        setFeature(
                FeatureId.INTERRUPT_COALESCING,
                InterruptCoalescing.withThresholdZeroBased(value, wanted.entries() - 1),
                _ -> next.run());
    }

    private void setFeature(int feature, int value, Consumer<AdminQueue.Outcome> next) {
        commands.run(
                AdminCommands.setFeaturesName(feature),
                entry -> AdminCommands.setFeature(entry, feature, value),
                next);
    }
}
