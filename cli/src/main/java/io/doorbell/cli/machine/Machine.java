package io.doorbell.cli.machine;

import com.typesafe.config.ConfigFactory;

import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.guest.GuestDriver;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.PageAllocator;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.reactor.Reactors;
import io.doorbell.reactor.SystemClock;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.japi.function.Function;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * A device and a host, joined by memory, register accesses and interrupts, running on reactors.
 * Close it to give everything back.
 */
public final class Machine implements AutoCloseable {
    private static final Duration LONG = Duration.ofDays(365); // the parts have their own limits
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(60);
    private static final UUID NAMESPACE_UUID =
            UUID.nameUUIDFromBytes("doorbell namespace 1".getBytes(StandardCharsets.UTF_8));

    private final MachinePlan plan;
    private final Hardware hardware;
    private final LongSupplier clock = SystemClock.INSTANCE;
    private final List<QueueRecorder> recorders = new ArrayList<>();
    private final ActorSystem<MachineGuardian.Command> system;

    /**
     * Our controller and a host, powered on.
     *
     * @param store the blocks of namespace 1; closed with the machine
     * @param takesLatencies whether the queues take the latency of each command
     */
    public Machine(MachinePlan plan, BlockStore store, boolean takesLatencies) {
        this(plan, new OwnHardware(plan, store), takesLatencies);
    }

    /**
     * Joins a host with this, and powers both on.
     *
     * @param hardware closed with the machine
     */
    Machine(MachinePlan plan, Hardware hardware, boolean takesLatencies) {
        this.plan = plan;
        this.hardware = hardware;
        List<DispatcherSelector> cores =
                IntStream.range(0, plan.reactors().count()).mapToObj(Reactors::selector).toList();
        for (int i = 0; i < plan.queuePairs(); i++) {
            recorders.add(new QueueRecorder(takesLatencies));
        }
        system =
                ActorSystem.create(
                        MachineGuardian.create(
                                hardware.device(),
                                port -> guestSettings(port, cores),
                                cores.getFirst()),
                        "doorbell",
                        Reactors.config(hardware.reactors(plan.reactors()))
                                .withFallback(ConfigFactory.parseResources("pekko-logging.conf"))
                                .withFallback(ConfigFactory.load()));
    }

    /** One namespace over a store. */
    static NamespaceTable namespaces(long blockCount, int blockBytes, BlockStore store) {
        int blockSizeLog2 = Integer.numberOfTrailingZeros(blockBytes);
        return new NamespaceTable(
                List.of(new Namespace(1, blockCount, blockSizeLog2, NAMESPACE_UUID, store)));
    }

    private GuestSettings guestSettings(PciPort port, List<DispatcherSelector> cores) {
        long page = PageAllocator.PAGE_BYTES;
        GuestSettings.Machine machine =
                new GuestSettings.Machine(
                        hardware.memory(),
                        new PageAllocator(page, plan.memoryBytes() - page),
                        port,
                        hardware.routes(),
                        clock,
                        cores,
                        queueId -> recorders.get(queueId - 1));
        return new GuestSettings(
                machine,
                plan.queuePairs(),
                plan.queueEntries(),
                plan.transferBytesMax(),
                !plan.dataLookedAt(),
                plan.coalescing(),
                plan.controller().vectorCount(),
                plan.commandTimeout());
    }

    /**
     * Lets the host bring the controller up.
     *
     * @throws IllegalStateException if it cannot
     */
    public GuestDriver.Booted boot() {
        return switch (tryToBoot()) {
            case GuestDriver.Booted booted -> booted;
            case GuestDriver.BootFailed(String reason) ->
                    throw new IllegalStateException(
                            "The host could not bring the controller up: " + reason + ".");
        };
    }

    /** Lets the host bring the controller up, if it can. */
    GuestDriver.BootResult tryToBoot() {
        return ask(MachineGuardian.Boot::new);
    }

    /**
     * Runs one source on all queues until it ends.
     *
     * @return what went wrong, empty if nothing did
     */
    public String runShared(IoSource source, int outstandingMax) {
        MachineGuardian.RunResult result =
                ask(
                        replyTo ->
                                new MachineGuardian.RunShared(
                                        source,
                                        outstandingMax,
                                        plan.transferBytesMax(),
                                        clock,
                                        replyTo));
        return result.problem();
    }

    /**
     * Runs source i on queue pair i + 1, all until they end.
     *
     * @return what went wrong, empty if nothing did
     */
    public String runEach(List<IoSource> sources) {
        return endOf(startEach(sources));
    }

    /** Starts source i on queue pair i + 1; for {@link #endOf}. */
    public CompletionStage<?> startEach(List<IoSource> sources) {
        return AskPattern.<MachineGuardian.Command, MachineGuardian.RunResult>ask(
                system,
                replyTo -> new MachineGuardian.RunEach(List.copyOf(sources), replyTo),
                LONG,
                system.scheduler());
    }

    /** Waits for what {@link #startEach} started; empty if nothing went wrong. */
    public String endOf(CompletionStage<?> started) {
        return ((MachineGuardian.RunResult) await(started)).problem();
    }

    /** Deletes the queues and shuts the controller down; empty if nothing went wrong. */
    public String shutDown() {
        GuestDriver.ShutDownDone done = ask(MachineGuardian.ShutDown::new);
        return done.problem();
    }

    /** What the device has counted so far, see {@link Device#counters}. */
    public ShardCounters deviceCounters() {
        return ask(MachineGuardian.ReadCounters::new);
    }

    /** Messages between actors so far. */
    public long messagesSent() {
        return Reactors.of(system).messagesSent();
    }

    /** The recorders of the queue pairs, by queue id - 1. */
    public List<QueueRecorder> recorders() {
        return List.copyOf(recorders);
    }

    /** Commands completed so far on all queues. */
    public long completed() {
        long sum = 0;
        for (QueueRecorder recorder : recorders) {
            sum += recorder.completed();
        }
        return sum;
    }

    /** Nanoseconds of the machine's clock. */
    public long nowNanos() {
        return clock.getAsLong();
    }

    private <R> R ask(Function<ActorRef<R>, MachineGuardian.Command> message) {
        return await(
                AskPattern.<MachineGuardian.Command, R>ask(
                        system, message, LONG, system.scheduler()));
    }

    /** Waits for an answer, or for the end of a machine that can no longer give one. */
    private <R> R await(CompletionStage<R> answer) {
        CompletableFuture<Object> either =
                CompletableFuture.anyOf(
                        answer.toCompletableFuture(),
                        system.getWhenTerminated().toCompletableFuture());
        either.join();
        if (!answer.toCompletableFuture().isDone()) {
            throw new IllegalStateException(
                    "The machine stopped before it could answer; the log above says why.");
        }
        return answer.toCompletableFuture().join();
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(SHUTDOWN_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        hardware.close();
    }
}
