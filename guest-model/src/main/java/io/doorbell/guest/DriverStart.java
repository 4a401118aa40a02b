package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.guest.GuestDriver.BootFailed;
import io.doorbell.guest.GuestDriver.BootResult;
import io.doorbell.guest.GuestDriver.Booted;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.ReadyTimeouts;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Version;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * Bringing a controller up to the point where it takes admin commands, with the register accesses
 * of Linux's driver and in its order. What follows is {@link ControllerSetup}'s.
 */
final class DriverStart {
    private static final int ADMIN_ENTRIES = 32;
    private static final int MEMORY_BUFFER_ENABLE = 1; // CMBMSC.CRE
    private static final int CONFIGURATION =
            ControllerConfiguration.withIoCompletionEntrySizeLog2(
                    ControllerConfiguration.withIoSubmissionEntrySizeLog2(
                            0, ControllerConfiguration.IO_SUBMISSION_ENTRY_SIZE_LOG2),
                    ControllerConfiguration.IO_COMPLETION_ENTRY_SIZE_LOG2);

    private final ActorContext<HostMessage> context;
    private final GuestSettings settings;
    private final RegisterAccess registers;
    private final StatusPoll poll;
    private final InterruptSetup interrupts;
    private long capabilities;
    private int configuration;
    private @Nullable AdminQueue admin;
    private @Nullable ControllerSetup setup;
    private @Nullable ActorRef<BootResult> replyTo;

    DriverStart(
            ActorContext<HostMessage> context,
            GuestSettings settings,
            RegisterAccess registers,
            StatusPoll poll) {
        this.context = context;
        this.settings = settings;
        this.registers = registers;
        this.poll = poll;
        this.interrupts = new InterruptSetup(registers, settings.machine().routes());
    }

    void boot(ActorRef<BootResult> reply) {
        replyTo = reply;
        interrupts.enableFunction(this::lookWhetherItIsThere);
    }

    /** An interrupt of vector 0: the admin queue's, and the I/O queues' if it is the only one. */
    void onInterrupt(MsixMessage interrupt) {
        if (admin != null) {
            admin.consumeAll();
        }
        if (setup != null) {
            setup.onSharedInterrupt(interrupt);
        }
    }

    /** What was set up once the controller was ready, or null if it never was. */
    @Nullable ControllerSetup setup() {
        return setup;
    }

    /** CC as last written, without EN and SHN. */
    int configuration() {
        return configuration;
    }

    private void lookWhetherItIsThere() {
        registers.read(
                Registers.CSTS,
                status -> {
                    if (ControllerStatus.isDeviceGone((int) status)) {
                        fail("CSTS reads all ones: there is no device");
                    } else {
                        interrupts.enable(this::readCapabilities, this::fail);
                    }
                });
    }

    private void readCapabilities() {
        registers.readLong(
                Registers.CAP,
                value -> {
                    int entriesMax = ControllerCapabilities.maximumQueueEntries(value);
                    if (settings.queueEntries() > entriesMax) {
                        fail(
                                "queues of %,d entries were asked for, the controller has %,d at most"
                                        .formatted(settings.queueEntries(), entriesMax));
                        return;
                    }
                    capabilities = value;
                    if (ControllerCapabilities.controllerMemoryBufferSupported(value)) {
                        registers.write(Registers.CMBMSC, MEMORY_BUFFER_ENABLE);
                    }
                    registers.read(Registers.CMBSZ, this::onMemoryBufferSize);
                });
    }

    private void onMemoryBufferSize(long size) {
        if (size != 0) {
            registers.read(Registers.CMBLOC, _ -> readVersion());
        } else {
            readVersion();
        }
    }

    private void readVersion() {
        registers.read(
                Registers.VS,
                version -> {
                    if (version >= Version.V1_1
                            && ControllerCapabilities.subsystemResetSupported(capabilities)) {
                        registers.read(Registers.CSTS, this::forgetSubsystemReset);
                    } else {
                        disable();
                    }
                });
    }

    private void forgetSubsystemReset(long status) {
        if (ControllerStatus.subsystemResetOccurred((int) status)) {
            registers.write(Registers.CSTS, ControllerStatus.CLEAR_SUBSYSTEM_RESET_OCCURRED);
        }
        disable();
    }

    private void disable() {
        registers.write(Registers.CC, 0);
        int limit = ControllerCapabilities.timeoutHalfSeconds(capabilities);
        awaitReady(false, limit, this::setUpAdminQueues);
    }

    private void setUpAdminQueues() {
        GuestSettings.Machine machine = settings.machine();
        AdminQueue queue =
                new AdminQueue(
                        machine.memory(),
                        machine.pages(),
                        ADMIN_ENTRIES,
                        machine.port().lane(0),
                        ControllerCapabilities.doorbellStride(capabilities));
        registers.write(Registers.AQA, AdminQueueAttributes.of(ADMIN_ENTRIES, ADMIN_ENTRIES));
        registers.writeLong(Registers.ASQ, queue.submissionBase());
        registers.writeLong(Registers.ACQ, queue.completionBase());
        registers.readLong(Registers.CAP, value -> configure(queue, value));
    }

    private void configure(AdminQueue queue, long value) {
        capabilities = value;
        int pageBytes = ControllerCapabilities.minimumPageSizeBytes(value);
        if (pageBytes > PageAllocator.PAGE_BYTES) {
            fail(
                    "the controller's pages are at least %,d bytes, the host's are %,d"
                            .formatted(pageBytes, PageAllocator.PAGE_BYTES));
            return;
        }
        configuration =
                ControllerConfiguration.withCommandSetSelected(
                        CONFIGURATION,
                        hasCommandSets(value)
                                ? ControllerConfiguration.COMMAND_SET_ALL_SUPPORTED
                                : ControllerConfiguration.COMMAND_SET_NVM);
        registers.write(Registers.CC, configuration);
        registers.readLong(Registers.CAP, again -> readReadyTimeout(queue, again));
    }

    /** CAP may have changed with CC (Base §3.1.3.1): TO follows CRIME. */
    private void readReadyTimeout(AdminQueue queue, long value) {
        capabilities = value;
        int timeout = ControllerCapabilities.timeoutHalfSeconds(value);
        if (ControllerCapabilities.readyWithMediaSupported(value)) {
            registers.read(
                    Registers.CRTO,
                    crto ->
                            enable(
                                    queue,
                                    Math.max(
                                            timeout,
                                            ReadyTimeouts.withMediaHalfSeconds((int) crto))));
        } else {
            enable(queue, timeout);
        }
    }

    private void enable(AdminQueue queue, int timeoutHalfSeconds) {
        registers.write(Registers.CC, ControllerConfiguration.withEnabled(configuration, true));
        awaitReady(true, timeoutHalfSeconds, () -> onEnabled(queue));
    }

    private void onEnabled(AdminQueue queue) {
        admin = queue;
        interrupts.route(0, context.getSelf());
        registers.read(
                Registers.VS,
                version -> {
                    ControllerSetup created =
                            new ControllerSetup(
                                    context,
                                    settings.withVectorsOf(interrupts.vectorCount()),
                                    interrupts,
                                    new AdminCommands(context, queue, settings, this::fail),
                                    new ControllerSetup.Features((int) version, capabilities),
                                    this::fail);
                    setup = created;
                    created.start(
                            namespace -> reply(new Booted(namespace, created.pairs().queues())));
                });
    }

    private void awaitReady(boolean ready, int limitHalfSeconds, Runnable next) {
        long limitSeconds = (limitHalfSeconds + 1L) / 2;
        poll.await(
                status -> ControllerStatus.ready(status) == ready,
                limitSeconds * 1_000_000_000L,
                next,
                status ->
                        fail(
                                ControllerStatus.isDeviceGone(status)
                                        ? "CSTS reads all ones: the device has gone"
                                        : "CSTS.RDY did not become %d in %,d s, CSTS is %xh%s"
                                                .formatted(
                                                        ready ? 1 : 0,
                                                        limitSeconds,
                                                        status,
                                                        ControllerStatus.fatal(status)
                                                                ? " (fatal status)"
                                                                : "")));
    }

    static boolean hasCommandSets(long capabilities) {
        return (ControllerCapabilities.commandSets(capabilities)
                        & ControllerCapabilities.COMMAND_SET_IO_COMMAND_SETS)
                != 0;
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
