package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
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
import io.doorbell.spec.log.CommandEffects;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.spec.log.SmartHealth;

import org.apache.pekko.actor.typed.javadsl.ActorContext;

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

    private final GuestSettings settings;
    private final AdminCommands commands;
    private final Features features;
    private final QueuePairs pairs;
    private final Consumer<String> failed;
    private int shutdownLatencyMicros;

    ControllerSetup(
            ActorContext<HostMessage> context,
            GuestSettings settings,
            InterruptSetup interrupts,
            AdminCommands commands,
            Features features,
            Consumer<String> failed) {
        this.settings = settings;
        this.commands = commands;
        this.features = features;
        this.failed = failed;
        this.pairs =
                new QueuePairs(
                        context,
                        settings,
                        interrupts,
                        commands,
                        ControllerCapabilities.doorbellStride(features.capabilities()));
    }

    /** Sets everything up; {@code ready} is told the namespace that I/O will be for. */
    void start(Consumer<NamespaceInfo> ready) {
        commands.mustIdentify(Identify.CONTROLLER, 0, _ -> onController(ready));
    }

    AdminCommands commands() {
        return commands;
    }

    QueuePairs pairs() {
        return pairs;
    }

    /** RTD3E, in µs, 0 if unknown. */
    long shutdownLatencyMicros() {
        return Integer.toUnsignedLong(shutdownLatencyMicros);
    }

    void onSharedInterrupt(MsixMessage interrupt) {
        pairs.onSharedInterrupt(interrupt);
    }

    private void onController(Consumer<NamespaceInfo> ready) {
        IdentifyController controller = new IdentifyController().wrap(commands.page(), 0);
        shutdownLatencyMicros = controller.shutdownLatencyMicros();
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
        Runnable afterLogs = () -> setNumberOfQueues(events, namespaceIdMax, ready);
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

    private void setNumberOfQueues(int events, int namespaceIdMax, Consumer<NamespaceInfo> ready) {
        int wanted = settings.queuePairs();
        setFeature(
                FeatureId.NUMBER_OF_QUEUES,
                NumberOfQueues.of(wanted, wanted),
                outcome -> {
                    int granted =
                            Math.min(
                                    NumberOfQueues.submissionQueues(outcome.result()),
                                    NumberOfQueues.completionQueues(outcome.result()));
                    if (granted < wanted) {
                        failed.accept(
                                "%,d queue pairs were asked for, the controller grants %,d"
                                        .formatted(wanted, granted));
                    } else {
                        pairs.createAll(() -> enableEvents(events, namespaceIdMax, ready));
                    }
                });
    }

    private void enableEvents(int events, int namespaceIdMax, Consumer<NamespaceInfo> ready) {
        if (events == 0) {
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
