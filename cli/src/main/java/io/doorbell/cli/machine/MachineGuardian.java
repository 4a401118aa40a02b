package io.doorbell.cli.machine;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.guest.GuestDriver;
import io.doorbell.guest.GuestQueue;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.IoDispatcher;
import io.doorbell.guest.workload.IoSource;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Root of a machine's actors: a device, and a host that drives it. */
final class MachineGuardian extends AbstractMatchingBehavior<MachineGuardian.Command> {
    sealed interface Command {}

    /** Power on, and let the host bring the controller up. */
    record Boot(ActorRef<GuestDriver.BootResult> replyTo) implements Command {}

    /** Run one source on all queues. */
    record RunShared(
            IoSource source,
            int outstandingMax,
            long transferBytesMax,
            LongSupplier clock,
            ActorRef<RunResult> replyTo)
            implements Command {}

    /** Run source i on queue i + 1. */
    record RunEach(List<IoSource> sources, ActorRef<RunResult> replyTo) implements Command {}

    record ReadCounters(ActorRef<ShardCounters> replyTo) implements Command {}

    record ShutDown(ActorRef<GuestDriver.ShutDownDone> replyTo) implements Command {}

    private record PortReady(PciPort port) implements Command {}

    private record DriverBooted(GuestDriver.BootResult result) implements Command {}

    private record DeviceLost(String reason) implements Command {}

    private record QueueFinished() implements Command {}

    private record QueueTimedOut(GuestQueue.TimedOut timedOut) implements Command {}

    /** How a workload ended: an empty problem is success. */
    record RunResult(String problem) {}

    static Behavior<Command> create(
            Device device,
            Function<PciPort, GuestSettings> guestSettings,
            DispatcherSelector hostCpu) {
        return Behaviors.setup(
                context -> new MachineGuardian(context, device, guestSettings, hostCpu));
    }

    private final Function<PciPort, GuestSettings> guestSettings;
    private final DispatcherSelector hostCpu;
    private final Device device;
    private @Nullable ActorRef<HostMessage> driver;
    private List<ActorRef<HostMessage>> queues = List.of();
    private @Nullable ActorRef<GuestDriver.BootResult> bootReplyTo;
    private @Nullable ActorRef<RunResult> runReplyTo;
    private int running; // parts of the workload that have not finished
    private String lost = ""; // why the device cannot be reached

    private MachineGuardian(
            ActorContext<Command> context,
            Device device,
            Function<PciPort, GuestSettings> guestSettings,
            DispatcherSelector hostCpu) {
        super(context);
        this.guestSettings = guestSettings;
        this.hostCpu = hostCpu;
        this.device = device;
        ActorRef<Command> self = context.getSelf();
        context.watch(device.powerOn(context, reason -> self.tell(new DeviceLost(reason))));
    }

    /** A machine that lost its device or its host cannot go on; who waits for it is told. */
    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof ChildFailed failed) {
            throw new IllegalStateException(
                    "The " + failed.getRef().path().name() + " failed.", failed.getCause());
        }
        return this;
    }

    @Override
    public Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Boot(var replyTo) -> onBoot(replyTo);
            case PortReady(PciPort port) -> onPortReady(port);
            case DriverBooted(var result) -> onDriverBooted(result);
            case RunShared run -> onRunShared(run);
            case RunEach(var sources, var replyTo) -> onRunEach(sources, replyTo);
            case QueueFinished _ -> onQueueFinished();
            case QueueTimedOut(var timedOut) -> onTimedOut(timedOut);
            case DeviceLost(String reason) -> onDeviceLost(reason);
            case ReadCounters(var replyTo) -> device.counters(replyTo);
            case ShutDown(var replyTo) -> onShutDown(replyTo);
        }
        return this;
    }

    private void onBoot(ActorRef<GuestDriver.BootResult> replyTo) {
        bootReplyTo = replyTo;
        if (!lost.isEmpty()) {
            booted(new GuestDriver.BootFailed(lost));
            return;
        }
        device.port(getContext().messageAdapter(PciPort.class, PortReady::new));
    }

    private void onPortReady(PciPort port) {
        ActorRef<GuestQueue.TimedOut> timeouts =
                getContext().messageAdapter(GuestQueue.TimedOut.class, QueueTimedOut::new);
        driver =
                getContext()
                        .spawn(
                                GuestDriver.create(guestSettings.apply(port), timeouts),
                                "host",
                                hostCpu);
        getContext().watch(driver);
        driver.tell(
                new GuestDriver.Boot(
                        getContext()
                                .messageAdapter(GuestDriver.BootResult.class, DriverBooted::new)));
    }

    private void onDriverBooted(GuestDriver.BootResult result) {
        if (result instanceof GuestDriver.Booted booted) {
            queues = booted.queues();
        }
        booted(result);
    }

    private void booted(GuestDriver.BootResult result) {
        if (bootReplyTo != null) {
            bootReplyTo.tell(result);
            bootReplyTo = null;
        }
    }

    /** What the host notices of it may take its time; who waits for the machine is told now. */
    private void onDeviceLost(String reason) {
        lost = "the device has gone: " + reason;
        booted(new GuestDriver.BootFailed(lost));
        reply(new RunResult(lost));
    }

    private void onShutDown(ActorRef<GuestDriver.ShutDownDone> replyTo) {
        if (lost.isEmpty()) {
            driver().tell(new GuestDriver.ShutDown(replyTo));
        } else {
            replyTo.tell(new GuestDriver.ShutDownDone(""));
        }
    }

    private void onRunShared(RunShared run) {
        begin(1, run.replyTo());
        ActorRef<IoDispatcher.Finished> finished =
                getContext().messageAdapter(IoDispatcher.Finished.class, _ -> new QueueFinished());
        getContext()
                .spawnAnonymous(
                        IoDispatcher.create(
                                new IoDispatcher.Settings(
                                        run.source(),
                                        queues,
                                        run.outstandingMax(),
                                        run.transferBytesMax(),
                                        run.clock(),
                                        _ -> {},
                                        finished)),
                        hostCpu);
    }

    private void onRunEach(List<IoSource> sources, ActorRef<RunResult> replyTo) {
        begin(sources.size(), replyTo);
        ActorRef<GuestQueue.Finished> finished =
                getContext().messageAdapter(GuestQueue.Finished.class, _ -> new QueueFinished());
        for (int i = 0; i < sources.size(); i++) {
            queues.get(i).tell(new GuestQueue.ServeSource(sources.get(i), finished));
        }
    }

    private void begin(int parts, ActorRef<RunResult> replyTo) {
        running = parts;
        runReplyTo = replyTo;
        if (!lost.isEmpty()) {
            reply(new RunResult(lost));
        }
    }

    private void onQueueFinished() {
        running--;
        if (running == 0) {
            reply(new RunResult(""));
        }
    }

    private void onTimedOut(GuestQueue.TimedOut timedOut) {
        reply(
                new RunResult(
                        "queue %,d got no completion for as long as driver.command-timeout;"
                                        .formatted(timedOut.queueId())
                                + " its oldest command: "
                                + timedOut.oldest()));
    }

    private void reply(RunResult result) {
        if (runReplyTo != null) {
            runReplyTo.tell(result);
            runReplyTo = null;
        }
    }

    private ActorRef<HostMessage> driver() {
        if (driver == null) {
            throw new IllegalStateException("The machine was not booted.");
        }
        return driver;
    }
}
