package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.guest.GuestDriver.BootFailed;
import io.doorbell.guest.GuestDriver.BootResult;
import io.doorbell.guest.GuestDriver.Booted;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.InterruptCoalescing;
import io.doorbell.spec.feature.NumberOfQueues;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.spec.identify.LbaFormat;
import io.doorbell.spec.identify.NamespaceList;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.spec.log.SmartHealth;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/**
 * Bringing a controller up, in the order of Linux's driver: disable, admin queues, enable,
 * identify, health log, number of queues, I/O queues, namespaces.
 */
final class DriverStart {
    private static final int ADMIN_ENTRIES = 32;
    private static final int ALL_NAMESPACES = 0xFFFF_FFFF;
    private static final int CONFIGURATION =
            ControllerConfiguration.withIoCompletionEntrySizeLog2(
                    ControllerConfiguration.withIoSubmissionEntrySizeLog2(
                            0, ControllerConfiguration.IO_SUBMISSION_ENTRY_SIZE_LOG2),
                    ControllerConfiguration.IO_COMPLETION_ENTRY_SIZE_LOG2);

    private final ActorContext<HostMessage> context;
    private final GuestSettings settings;
    private final GuestSettings.Machine machine;
    private final RegisterAccess registers;
    private final StatusPoll poll;
    private final InterruptSetup interrupts;
    private final MemorySegment page = Arena.ofAuto().allocate(Identify.DATA_SIZE_BYTES, 8);
    private long pageAddress;
    private long capabilities;
    private @Nullable AdminQueue admin;
    private @Nullable QueuePairs pairs;
    private @Nullable ActorRef<BootResult> replyTo;

    DriverStart(
            ActorContext<HostMessage> context,
            GuestSettings settings,
            RegisterAccess registers,
            StatusPoll poll) {
        this.context = context;
        this.settings = settings;
        this.machine = settings.machine();
        this.registers = registers;
        this.poll = poll;
        this.interrupts = new InterruptSetup(registers, machine.routes());
    }

    void boot(ActorRef<BootResult> reply) {
        replyTo = reply;
        interrupts.enable(this::readRegisters, this::fail);
    }

    /** An interrupt of vector 0: the admin queue's, and the I/O queues' if it is the only one. */
    void onInterrupt(MsixMessage interrupt) {
        admin().consumeAll();
        if (pairs != null) {
            pairs.onSharedInterrupt(interrupt);
        }
    }

    private void readRegisters() {
        registers.read(
                Registers.CSTS,
                status -> {
                    if ((int) status == Registers.DEVICE_GONE) {
                        fail("CSTS reads all ones: there is no device");
                    } else {
                        registers.readLong(Registers.CAP, this::onCapabilities);
                    }
                });
    }

    private void onCapabilities(long value) {
        capabilities = value;
        if (settings.queueEntries() > ControllerCapabilities.maximumQueueEntries(value)) {
            fail(
                    "queues of %,d entries were asked for, the controller has %,d at most"
                            .formatted(
                                    settings.queueEntries(),
                                    ControllerCapabilities.maximumQueueEntries(value)));
            return;
        }
        registers.read(Registers.VS, _ -> disable());
    }

    private void disable() {
        registers.write(Registers.CC, 0);
        awaitReady(false, this::setUpAdminQueues);
    }

    private void setUpAdminQueues() {
        AdminQueue queue =
                new AdminQueue(
                        machine.memory(),
                        machine.pages(),
                        ADMIN_ENTRIES,
                        machine.port().lane(0),
                        ControllerCapabilities.doorbellStride(capabilities));
        admin = queue;
        pageAddress = machine.pages().allocate(PageAllocator.PAGE_BYTES);
        interrupts.route(0, context.getSelf());
        registers.write(Registers.AQA, AdminQueueAttributes.of(ADMIN_ENTRIES, ADMIN_ENTRIES));
        registers.writeLong(Registers.ASQ, queue.submissionBase());
        registers.writeLong(Registers.ACQ, queue.completionBase());
        registers.write(Registers.CC, CONFIGURATION);
        registers.write(Registers.CC, ControllerConfiguration.withEnabled(CONFIGURATION, true));
        awaitReady(true, this::identifyController);
    }

    private void awaitReady(boolean ready, Runnable next) {
        poll.await(
                status -> ControllerStatus.ready(status) == ready,
                ControllerCapabilities.timeoutNanos(capabilities),
                next,
                status ->
                        fail(
                                "CSTS.RDY did not become %d in time, CSTS is %xh"
                                        .formatted(ready ? 1 : 0, status)));
    }

    private void identifyController() {
        identify(
                Identify.CONTROLLER,
                0,
                () -> {
                    IdentifyController controller = new IdentifyController().wrap(page, 0);
                    long limit =
                            ControllerCapabilities.minimumPageSizeBytes(capabilities)
                                    * (1L << controller.maximumDataTransferSize());
                    if (controller.maximumDataTransferSize() != 0
                            && settings.transferBytesMax() > limit) {
                        fail(
                                "transfers of %,d bytes were asked for, the controller does %,d"
                                        .formatted(settings.transferBytesMax(), limit));
                    } else {
                        readHealth();
                    }
                });
    }

    private void readHealth() {
        command(
                "Get Log Page",
                entry -> {
                    entry.opcode(AdminOpcode.GET_LOG_PAGE)
                            .namespaceId(ALL_NAMESPACES)
                            .prp1(pageAddress);
                    GetLogPage.logPageId(entry, LogPageId.SMART_HEALTH_INFORMATION);
                    GetLogPage.lengthBytes(entry, SmartHealth.SIZE_BYTES);
                },
                _ -> setNumberOfQueues());
    }

    private void setNumberOfQueues() {
        int wanted = settings.queuePairs();
        setFeature(
                FeatureId.NUMBER_OF_QUEUES,
                NumberOfQueues.of(wanted, wanted),
                result -> {
                    int granted =
                            Math.min(
                                    NumberOfQueues.submissionQueues(result),
                                    NumberOfQueues.completionQueues(result));
                    if (granted < wanted) {
                        fail(
                                "%,d queue pairs were asked for, the controller grants %,d"
                                        .formatted(wanted, granted));
                    } else {
                        setCoalescing();
                    }
                });
    }

    private void setCoalescing() {
        GuestSettings.Coalescing wanted = settings.coalescing();
        int value = InterruptCoalescing.withTime(0, wanted.timeHundredMicros());
        setFeature(
                FeatureId.INTERRUPT_COALESCING,
                wanted.isOn()
                        ? InterruptCoalescing.withThresholdZeroBased(value, wanted.entries() - 1)
                        : 0,
                _ -> listNamespaces());
    }

    private void setFeature(int feature, int value, Consumer<Integer> next) {
        command(
                "Set Features",
                entry -> {
                    entry.opcode(AdminOpcode.SET_FEATURES);
                    SetFeatures.featureId(entry, feature);
                    SetFeatures.value(entry, value);
                },
                outcome -> next.accept(outcome.result()));
    }

    private void listNamespaces() {
        identify(
                Identify.ACTIVE_NAMESPACE_LIST,
                0,
                () -> {
                    int first = new NamespaceList().wrap(page, 0).namespaceId(0);
                    if (first == 0) {
                        fail("the controller has no namespace");
                    } else {
                        identify(
                                Identify.NAMESPACE_DESCRIPTORS,
                                first,
                                () -> identifyNamespace(first));
                    }
                });
    }

    private void identifyNamespace(int id) {
        identify(
                Identify.NAMESPACE,
                id,
                () -> {
                    IdentifyNamespace namespace = new IdentifyNamespace().wrap(page, 0);
                    int format = namespace.lbaFormat(namespace.formatIndex());
                    createQueues(
                            new NamespaceInfo(
                                    id, namespace.sizeBlocks(), LbaFormat.dataSizeLog2(format)));
                });
    }

    private void createQueues(NamespaceInfo namespace) {
        QueuePairs created =
                new QueuePairs(
                        context,
                        settings,
                        namespace,
                        interrupts,
                        this::command,
                        ControllerCapabilities.doorbellStride(capabilities));
        pairs = created;
        created.createAll(() -> reply(new Booted(namespace, created.queues())));
    }

    /** Identify into the page, which then holds the answer. */
    private void identify(int structure, int namespaceId, Runnable next) {
        command(
                "Identify",
                entry -> {
                    entry.opcode(AdminOpcode.IDENTIFY).namespaceId(namespaceId).prp1(pageAddress);
                    Identify.structure(entry, structure);
                },
                _ -> {
                    machine.memory().read(pageAddress, page, 0, page.byteSize());
                    next.run();
                });
    }

    private void command(
            String name, Consumer<SubmissionEntry> fill, Consumer<AdminQueue.Outcome> next) {
        admin().submit(
                        fill,
                        outcome -> {
                            if (outcome.isSuccess()) {
                                next.accept(outcome);
                            } else {
                                fail(name + " failed: " + Status.describe(outcome.status()));
                            }
                        });
    }

    AdminQueue admin() {
        if (admin == null) {
            throw new IllegalStateException("The admin queue is not set up yet.");
        }
        return admin;
    }

    int queuePairsCreated() {
        return pairs == null ? 0 : pairs.queues().size();
    }

    private void fail(String reason) {
        reply(new BootFailed(reason));
    }

    private void reply(BootResult result) {
        if (replyTo != null) {
            replyTo.tell(result);
            replyTo = null;
        }
    }
}
