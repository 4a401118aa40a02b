package io.doorbell.guest;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.guest.DriverLife.Phase;
import io.doorbell.guest.GuestDriver.ResetKind;
import io.doorbell.guest.HostPolicies.QueueDeletion;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubsystemReset;

import org.apache.pekko.actor.typed.ActorRef;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Resetting a controller under I/O, in the order of Linux's driver:
 *
 * <pre>
 *  quiesce queues -> delete them -> stop them -> reset, wait for RDY = 0 -> bus mastering off
 *  -> cancel commands, begin anew -> bring up -> go on
 * </pre>
 *
 * <p>No command's memory is given back before the controller has let go of it: RDY is 0, or the
 * device has gone; and whatever RDY says, its bus mastering is off. Each step has a time limit. A
 * reset that is ordered while another is under way begins at the beginning.
 */
final class DriverReset {
    private static final long RETURN_NANOS_MAX = 60_000_000_000L; // Linux waits so long

    private static final long SHUTDOWN_NANOS_MAX = 5_000_000_000L;

    /** What went wrong may be over by then. */
    private static final Duration BETWEEN_BRING_UPS = Duration.ofMillis(100);

    private final GuestSettings settings;
    private final DriverLife life;
    private final DriverStart start;
    private final RegisterAccess registers;
    private final StatusPoll poll;
    private final PciFunctionControl function;
    private final QueueBarrier barrier;
    private final Runnable bringUp;
    private int failures; // of bring-ups in a row

    /**
     * @param bringUp what follows the reset
     */
    DriverReset(
            GuestSettings settings,
            DriverLife life,
            DriverStart start,
            RegisterAccess registers,
            StatusPoll poll,
            PciFunctionControl function,
            QueueBarrier barrier,
            Runnable bringUp) {
        this.settings = settings;
        this.life = life;
        this.start = start;
        this.registers = registers;
        this.poll = poll;
        this.function = function;
        this.barrier = barrier;
        this.bringUp = bringUp;
    }

    void begin(ResetKind kind, String why) {
        newEpoch(Phase.RESETTING, why);
        order(QueueOrder.Quiesce::new, () -> deleteQueues(kind));
    }

    private void newEpoch(Phase phase, String why) {
        life.phase = phase;
        life.epoch++;
        if (settings.watcher() != null) {
            settings.watcher().resetBegun(life.epoch, why);
        }
        start.forget();
        barrier.forget();
    }

    private void order(IntFunction<QueueOrder> order, Runnable next) {
        barrier.order(start.queues(), order, next);
    }

    private void deleteQueues(ResetKind kind) {
        registers.read(
                Registers.CSTS,
                value -> {
                    int status = (int) value;
                    AdminCommands commands = start.commands();
                    QueuePairs pairs = start.pairs();
                    boolean answers =
                            !ControllerStatus.isDeviceGone(status)
                                    && !ControllerStatus.fatal(status)
                                    && ControllerStatus.ready(status)
                                    && start.isEnabled();
                    boolean wanted = kind != ResetKind.ABRUPT_SHUTDOWN;
                    if (!wanted || !answers || commands == null || pairs == null) {
                        stopQueues(_ -> reset(kind));
                        return;
                    }
                    deleter(commands, pairs, settings.policies().queueing().deletion())
                            .run(() -> reset(kind));
                });
    }

    private QueueDeleter deleter(AdminCommands commands, QueuePairs pairs, QueueDeletion order) {
        boolean isLate = settings.policies().queueing().drains();
        return new QueueDeleter(
                commands,
                pairs,
                order,
                new QueueDeleter.Stop(isLate, this::stopQueues),
                settings.watcher());
    }

    /**
     * Lets no doorbell follow, and waits until those on their way have arrived.
     *
     * @param next told whether the device has gone
     */
    private void stopQueues(Consumer<Boolean> next) {
        order(QueueOrder.Stop::new, () -> flush(lanes(), false, next));
    }

    private List<ActorRef<PciAccess>> lanes() {
        return new ArrayList<>(settings.machine().port().lanes());
    }

    private void flush(List<ActorRef<PciAccess>> lanes, boolean gone, Consumer<Boolean> next) {
        if (lanes.isEmpty()) {
            next.accept(gone);
        } else {
            registers.readOn(
                    lanes.removeLast(),
                    Registers.CSTS,
                    status ->
                            flush(
                                    lanes,
                                    gone || ControllerStatus.isDeviceGone((int) status),
                                    next));
        }
    }

    private void reset(ResetKind kind) {
        switch (kind) {
            case CONTROLLER -> disable();
            case FUNCTION_LEVEL -> {
                start.loseEnable();
                function.levelReset(this::awaitReturn, this::disable);
            }
            case SHUTDOWN -> shutDown(ControllerConfiguration.SHUTDOWN_NORMAL);
            case ABRUPT_SHUTDOWN -> shutDown(ControllerConfiguration.SHUTDOWN_ABRUPT);
            case SUBSYSTEM -> {
                if (!ControllerCapabilities.subsystemResetSupported(start.capabilities())) {
                    disable();
                    return;
                }
                start.loseEnable();
                registers.write(Registers.NSSR, SubsystemReset.RESET);
                function.afterReset(this::awaitReturn);
            }
        }
    }

    /** As before power off (Base §3.6.1); that EN has to go to 0 before it can be used again. */
    private void shutDown(int notification) {
        if (!start.isEnabled()) {
            disable();
            return;
        }
        registers.write(
                Registers.CC,
                ControllerConfiguration.withShutdownNotification(
                        ControllerConfiguration.withEnabled(start.configuration(), true),
                        notification));
        poll.await(
                status ->
                        ControllerStatus.shutdownStatus(status)
                                == ControllerStatus.SHUTDOWN_COMPLETE,
                SHUTDOWN_NANOS_MAX,
                this::disable,
                _ -> disable());
    }

    private void disable() {
        start.clearEnable();
        poll.await(
                status -> !ControllerStatus.ready(status),
                start.readyLimitNanos(),
                this::cancelCommands,
                _ -> cancelCommands());
    }

    private void awaitReturn() {
        poll.awaitReturn(
                status -> !ControllerStatus.ready(status),
                RETURN_NANOS_MAX,
                this::cancelCommands,
                _ -> cancelCommands());
    }

    private void cancelCommands() {
        function.disableMastering(() -> renewQueues(bringUp));
    }

    private void renewQueues(Runnable next) {
        start.renew(life.epoch);
        order(number -> new QueueOrder.Renew(number, life.epoch), next);
    }

    /**
     * Deletes and creates the queues while the controller stays enabled.
     *
     * @param failed told why that could not be done: a reset is needed
     */
    void recreateQueues(
            AdminCommands commands, QueuePairs pairs, Runnable next, Consumer<String> failed) {
        newEpoch(Phase.RECREATING, "queues are to be created again");
        QueueDeletion wanted = settings.policies().queueing().deletion();
        QueueDeleter deleter =
                deleter(
                        commands,
                        pairs,
                        wanted == QueueDeletion.NONE
                                ? QueueDeletion.SUBMISSION_QUEUES_FIRST
                                : wanted);
        Runnable create = () -> pairs.createAll(next);
        Runnable renew =
                () -> {
                    pairs.renew(life.epoch);
                    order(number -> new QueueOrder.Renew(number, life.epoch), create);
                };
        Runnable delete =
                () ->
                        deleter.run(
                                () -> {
                                    if (deleter.problem().isEmpty()) {
                                        renew.run();
                                    } else {
                                        failed.accept(deleter.problem());
                                    }
                                });
        order(QueueOrder.Quiesce::new, delete);
    }

    /** The controller is in use again. */
    void succeeded() {
        failures = 0;
    }

    /**
     * A bring-up has failed: begins another one with a reset, if the host does not give up.
     *
     * @param givenUp run if it does
     */
    void tryAgain(String why, Runnable givenUp) {
        failures++;
        if (failures >= settings.policies().recovery().bringUps()) {
            giveUp(givenUp);
            return;
        }
        start.forget();
        barrier.forget();
        poll.after(BETWEEN_BRING_UPS, () -> begin(ResetKind.CONTROLLER, why));
    }

    /** The controller cannot be used: disables it as far as it lets itself be. */
    private void giveUp(Runnable next) {
        life.phase = Phase.GIVING_UP;
        start.forget();
        barrier.forget();
        Runnable abandon =
                () -> {
                    start.renew(life.epoch);
                    for (ActorRef<HostMessage> queue : start.queues()) {
                        queue.tell(new QueueOrder.Abandon());
                    }
                    life.phase = Phase.DEAD;
                    next.run();
                };
        Runnable off = () -> function.disableMastering(abandon);
        if (start.isEnabled()) {
            start.clearEnable();
            poll.await(
                    status -> !ControllerStatus.ready(status),
                    start.readyLimitNanos(),
                    off,
                    _ -> off.run());
        } else {
            off.run();
        }
    }
}
