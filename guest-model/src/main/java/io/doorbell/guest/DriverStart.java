package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.MsixMessage;
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

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Bringing a controller up to the point where it takes admin commands, with the register accesses
 * of Linux's driver and in its order. What follows is {@link ControllerSetup}'s.
 */
final class DriverStart {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final MsixMessage PIN = new MsixMessage(0, 0); // to whom it is all the same
    private static final Duration LOOK_AGAIN = Duration.ofNanos(10_000);
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
    private final PciFunctionControl function;
    private final InterruptSetup interrupts;
    private final Consumer<String> failed;
    private Consumer<NamespaceInfo> up = _ -> {};
    private long capabilities;
    private int configuration;
    private int adminEntries;
    private boolean pinAsserted;
    private boolean looksAgain; // before long
    private boolean adminKnown; // AQA, ASQ and ACQ say where the admin queue lies
    private boolean enabled; // CC.EN was set, and not cleared since
    private boolean functionWasReset; // because RDY did not go
    private @Nullable AdminQueue admin;
    private @Nullable AdminCommands commands;
    private @Nullable QueuePairs pairs;
    private @Nullable Shadows shadows;
    private @Nullable ControllerSetup setup;

    /**
     * @param failed told why a bring-up, or something later, cannot go on
     */
    DriverStart(
            ActorContext<HostMessage> context,
            GuestSettings settings,
            RegisterAccess registers,
            StatusPoll poll,
            PciFunctionControl function,
            Consumer<String> failed) {
        this.context = context;
        this.settings = settings;
        this.registers = registers;
        this.poll = poll;
        this.function = function;
        this.interrupts =
                new InterruptSetup(
                        registers,
                        new PciCapabilities(registers),
                        settings.machine().routes(),
                        settings.policies().access().interruptMode(),
                        context.getSelf());
        this.failed = failed;
        registers.onGone(() -> failed.accept("a register reads all ones: the device has gone"));
    }

    /** Brings the controller up, for the first time or again; {@code whenUp} is told if it is. */
    void bringUp(Consumer<NamespaceInfo> whenUp) {
        up = whenUp;
        functionWasReset = false;
        function.enable(this::lookWhetherItIsThere);
    }

    /** What was to follow no longer matters. */
    void forget() {
        registers.forget();
        poll.forget();
        if (commands != null) {
            commands.forget();
        }
    }

    /** The controller has let go of all memory: its queues are gone, ours begin anew. */
    void renew(int epoch) {
        enabled = false;
        pinAsserted = false;
        if (pairs != null) {
            pairs.renew(epoch);
        }
        if (admin != null) {
            HostPolicies.Queueing queueing = settings.policies().queueing();
            admin.renew(queueing.memory(), queueing.adminEntries(epoch));
        }
    }

    /** An interrupt of vector 0: the admin queue's, and the I/O queues' if it is the only one. */
    void onInterrupt(MsixMessage interrupt) {
        if (admin != null && enabled) {
            admin.consumeAll();
        }
        if (pairs != null) {
            pairs.onSharedInterrupt(interrupt);
        }
    }

    /**
     * The pin was asserted or not. It stays so as long as anything is unread, and the queues take
     * their time: who masks it is interrupted again by the unmasking, others look again.
     */
    void onPin(boolean asserted) {
        pinAsserted = asserted;
        if (asserted && !looksAgain) {
            lookForAll();
        }
    }

    private void lookForAll() {
        if (!pinAsserted || !enabled) {
            return;
        }
        boolean masks =
                settings.policies().access().interruptMode()
                        == HostPolicies.InterruptMode.PIN_MASKED;
        if (masks) {
            registers.write(Registers.INTMS, 1);
        }
        onInterrupt(PIN);
        looksAgain = true;
        StatusPoll.Look look = new StatusPoll.Look(() -> lookAgain(masks));
        context.scheduleOnce(LOOK_AGAIN, context.getSelf(), look);
    }

    private void lookAgain(boolean masked) {
        looksAgain = false;
        if (masked && enabled) {
            registers.write(Registers.INTMC, 1);
        } else {
            lookForAll();
        }
    }

    /** What was set up once the controller was ready, or null if it never was. */
    @Nullable ControllerSetup setup() {
        return setup;
    }

    /** Null before the controller was ready for the first time. */
    @Nullable AdminCommands commands() {
        return commands;
    }

    /** Null before the controller was ready for the first time. */
    @Nullable QueuePairs pairs() {
        return pairs;
    }

    /** The queues that have been made so far. */
    List<ActorRef<HostMessage>> queues() {
        return pairs == null ? List.of() : pairs.queues();
    }

    /** CC as last written, without EN and SHN. */
    int configuration() {
        return configuration;
    }

    /** Clears CC.EN. The controller lets go of memory when CSTS.RDY is 0, not before. */
    void clearEnable() {
        enabled = false;
        registers.write(Registers.CC, configuration);
    }

    /** A reset of another kind than CC.EN is about to begin: no doorbell may follow. */
    void loseEnable() {
        enabled = false;
        adminKnown = false;
    }

    InterruptSetup interrupts() {
        return interrupts;
    }

    /** The function can access memory no longer; the next bring-up lets it again. */
    void disableMastering() {
        function.disableMastering(() -> {});
    }

    /** CAP as last read. */
    long capabilities() {
        return capabilities;
    }

    /** Whether CC.EN is set. */
    boolean isEnabled() {
        return enabled;
    }

    /** CAP.TO, in nanoseconds. */
    long readyLimitNanos() {
        return limitNanos(ControllerCapabilities.timeoutHalfSeconds(capabilities));
    }

    private void lookWhetherItIsThere() {
        registers.read(
                Registers.CSTS,
                status -> {
                    if (ControllerStatus.isDeviceGone((int) status)) {
                        failed.accept("CSTS reads all ones: there is no device");
                    } else {
                        interrupts.enable(this::readCapabilities, failed);
                    }
                });
    }

    private void readCapabilities() {
        registers.readLong(
                Registers.CAP,
                value -> {
                    int entriesMax = ControllerCapabilities.maximumQueueEntries(value);
                    if (settings.queueEntries() > entriesMax) {
                        failed.accept(
                                "queues of %,d entries were asked for, the controller has %,d at most"
                                        .formatted(settings.queueEntries(), entriesMax));
                        return;
                    }
                    capabilities = value;
                    if (ControllerCapabilities.controllerMemoryBufferSupported(value)) {
                        registers.write(Registers.CMBMSC, MEMORY_BUFFER_ENABLE);
                    }
                    registers.readPresent(Registers.CMBSZ, this::onMemoryBufferSize);
                });
    }

    private void onMemoryBufferSize(long size) {
        if (size != 0) {
            registers.readPresent(Registers.CMBLOC, _ -> readVersion());
        } else {
            readVersion();
        }
    }

    private void readVersion() {
        registers.readPresent(
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
        poll.await(
                status -> !ControllerStatus.ready(status),
                readyLimitNanos(),
                this::setUpAdminQueues,
                status -> resetFunctionOnce(status));
    }

    /** As Linux: the controller does not let itself be disabled, so the whole function is reset. */
    private void resetFunctionOnce(int status) {
        String problem = notReady(false, readyLimitNanos(), status);
        if (functionWasReset || ControllerStatus.isDeviceGone(status)) {
            failed.accept(problem);
            return;
        }
        functionWasReset = true;
        adminKnown = false;
        function.levelReset(
                () -> function.enable(() -> interrupts.enable(this::disable, failed)),
                () -> failed.accept(problem));
    }

    private void setUpAdminQueues() {
        enabled = false;
        AdminQueue queue = admin;
        if (queue == null) {
            int stride = ControllerCapabilities.doorbellStride(capabilities);
            queue = new AdminQueue(settings, stride);
            admin = queue;
        }
        setUp(queue);
    }

    private void setUp(AdminQueue queue) {
        int entries = queue.entryCount();
        boolean keeps = settings.policies().access().keepsAdminRegisters();
        if (!keeps || !adminKnown || entries != adminEntries) {
            registers.write(Registers.AQA, AdminQueueAttributes.of(entries, entries));
            registers.writeLong(Registers.ASQ, queue.submissionBase());
            registers.writeLong(Registers.ACQ, queue.completionBase());
            adminKnown = true;
            adminEntries = entries;
        }
        registers.readLong(Registers.CAP, value -> configure(queue, value));
    }

    private void configure(AdminQueue queue, long value) {
        capabilities = value;
        int pageBytes = ControllerCapabilities.minimumPageSizeBytes(value);
        if (pageBytes > PageAllocator.PAGE_BYTES) {
            failed.accept(
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
        if (!settings.policies().access().enablesAtOnce()) {
            registers.write(Registers.CC, configuration);
        }
        registers.readLong(Registers.CAP, again -> readReadyTimeout(queue, again));
    }

    /** CAP may have changed with CC (Base §3.1.3.1): TO follows CRIME. */
    private void readReadyTimeout(AdminQueue queue, long value) {
        capabilities = value;
        int timeout = ControllerCapabilities.timeoutHalfSeconds(value);
        if (ControllerCapabilities.readyWithMediaSupported(value)) {
            registers.readPresent(
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
        enabled = true;
        registers.write(Registers.CC, ControllerConfiguration.withEnabled(configuration, true));
        long limit = limitNanos(timeoutHalfSeconds);
        poll.await(
                ControllerStatus::ready,
                limit,
                () -> onEnabled(queue),
                status -> failed.accept(notReady(true, limit, status)));
    }

    private void onEnabled(AdminQueue queue) {
        interrupts.route(0, context.getSelf());
        registers.readPresent(Registers.VS, version -> setUp(queue, (int) version));
    }

    private void setUp(AdminQueue queue, int version) {
        GuestSettings usable = settings.withVectorsOf(interrupts.vectorCount());
        int stride = ControllerCapabilities.doorbellStride(capabilities);
        AdminCommands itsCommands = commands;
        QueuePairs itsPairs = pairs;
        Shadows itsShadows = shadows;
        if (itsCommands == null || itsPairs == null || itsShadows == null) {
            itsCommands = new AdminCommands(context, queue, usable, failed);
            itsPairs = new QueuePairs(context, usable, interrupts, itsCommands, stride);
            itsShadows = new Shadows(usable, queue, stride);
            commands = itsCommands;
            pairs = itsPairs;
            shadows = itsShadows;
        }
        ControllerSetup created =
                new ControllerSetup(
                        usable,
                        itsCommands,
                        new ControllerSetup.Features(version, capabilities),
                        itsPairs,
                        itsShadows,
                        interrupts,
                        failed);
        setup = created;
        created.start(up);
    }

    private static long limitNanos(int halfSeconds) {
        return (halfSeconds + 1L) / 2 * NANOS_PER_SECOND;
    }

    private static String notReady(boolean ready, long limitNanos, int status) {
        if (ControllerStatus.isDeviceGone(status)) {
            return "CSTS reads all ones: the device has gone";
        }
        return "CSTS.RDY did not become %d in %,d s, CSTS is %xh%s"
                .formatted(
                        ready ? 1 : 0,
                        limitNanos / NANOS_PER_SECOND,
                        status,
                        ControllerStatus.fatal(status) ? " (fatal status)" : "");
    }

    /** Whether the controller wants all I/O command sets chosen at once (CAP.CSS bit 6). */
    static boolean hasCommandSets(long capabilities) {
        return (ControllerCapabilities.commandSets(capabilities)
                        & ControllerCapabilities.COMMAND_SET_IO_COMMAND_SETS)
                != 0;
    }
}
