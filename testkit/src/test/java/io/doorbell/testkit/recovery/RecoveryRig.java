package io.doorbell.testkit.recovery;

import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.SparseMapping;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.ControllerOptions;
import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.NvmeController;
import io.doorbell.controller.admin.ControllerIdentity;
import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.guest.GuestCounters;
import io.doorbell.guest.GuestDriver;
import io.doorbell.guest.GuestQueue;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.HostPolicies;
import io.doorbell.guest.HostWatcher;
import io.doorbell.guest.LatencyRecorder;
import io.doorbell.guest.PageAllocator;
import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.simulation.world.World;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/** A real controller and the host's driver in a world of virtual time, with trouble between. */
final class RecoveryRig implements AutoCloseable {
    static final int QUEUES = 2;
    private static final int BLOCK_SIZE_LOG2 = 9;
    private static final long BLOCKS = 1 << 13;
    private static final int TRANSFER_BYTES = 32 << 10;
    private static final long MEMORY_BYTES = 64L << 20;
    private static final long RUN_NANOS_MAX = 4_000_000_000_000L;

    final World world = new World();
    final GuestDriver.BootResult booted;
    final ActorRef<HostMessage> driver;
    final AccessFilter filter = new AccessFilter();
    final PageAllocator pages = new PageAllocator(4096, MEMORY_BYTES - 4096);
    private final Arena arena = Arena.ofShared();
    private final NamespaceTable namespaces;
    private final ActorRef<Object> mailbox;
    private final List<Object> received = new ArrayList<>();

    /** What happens to accesses and interrupts on their way; a test may change it at any time. */
    static final class AccessFilter {
        /** Whether an interrupt gets through. */
        Predicate<MsixMessage> interrupts = _ -> true;

        /** What reaches the device of an access; null: nothing. */
        Function<PciAccess, @Nullable PciAccess> accesses = access -> access;
    }

    RecoveryRig(
            HostPolicies policies, @Nullable HostWatcher watcher, TroubledStore.Trouble trouble) {
        this(policies, watcher, trouble, 16);
    }

    RecoveryRig(
            HostPolicies policies,
            @Nullable HostWatcher watcher,
            TroubledStore.Trouble trouble,
            int entries) {
        MappedMemory memory =
                MappedMemory.of(
                        new MemoryRegion(0, SparseMapping.allocate(MEMORY_BYTES, arena), true));
        namespaces =
                new NamespaceTable(
                        List.of(
                                new Namespace(
                                        1,
                                        BLOCKS,
                                        BLOCK_SIZE_LOG2,
                                        new UUID(7, 1),
                                        new TroubledStore(BLOCKS << BLOCK_SIZE_LOG2, trouble))));
        InterruptRoutes hostRoutes = new InterruptRoutes();
        InterruptRoutes deviceRoutes =
                new Wired(world.spawn(interruptWire(hostRoutes), "interrupts"));
        mailbox =
                world.spawn(
                        Behaviors.receiveMessage(
                                message -> {
                                    received.add(message);
                                    return Behaviors.same();
                                }),
                        "test");
        ActorRef<NvmeController.Command> device =
                world.spawn(
                        NvmeController.create(
                                settings(),
                                namespaces,
                                memory,
                                deviceRoutes,
                                new NvmeController.Dispatchers(
                                        List.of(DispatcherSelector.defaultDispatcher()),
                                        DispatcherSelector.defaultDispatcher(),
                                        world::nanoTime)),
                        "device");
        device.tell(new NvmeController.GetPort(mailbox.unsafeUpcast()));
        PciPort port = await(PciPort.class);
        List<ActorRef<PciAccess>> lanes = new ArrayList<>();
        for (ActorRef<PciAccess> lane : port.lanes()) {
            lanes.add(world.spawn(wire(lane), "wire-" + lanes.size()));
        }
        GuestSettings host =
                new GuestSettings(
                        new GuestSettings.Machine(
                                memory,
                                pages,
                                new PciPort(lanes),
                                hostRoutes,
                                world::nanoTime,
                                List.of(DispatcherSelector.defaultDispatcher()),
                                _ -> LatencyRecorder.NONE),
                        QUEUES,
                        entries,
                        TRANSFER_BYTES,
                        false,
                        new GuestSettings.Coalescing(1, 0),
                        QUEUES + 1,
                        policies,
                        watcher);
        driver = world.spawn(GuestDriver.create(host, mailbox.unsafeUpcast()), "host");
        driver.tell(new GuestDriver.Boot(mailbox.unsafeUpcast()));
        booted = await(GuestDriver.BootResult.class);
    }

    private static ControllerSettings settings() {
        return new ControllerSettings(
                new ControllerIdentity(
                        0x1B36, "DOORBELL0001", "Doorbell test device", "1.0", new UUID(1, 2)),
                64,
                1024,
                0,
                65,
                5,
                32,
                20,
                new ControllerOptions(false, true, true, true, true, 10));
    }

    private Behavior<PciAccess> wire(ActorRef<PciAccess> lane) {
        return Behaviors.receiveMessage(
                access -> {
                    PciAccess passed = filter.accesses.apply(access);
                    if (passed != null) {
                        lane.tell(passed);
                    }
                    return Behaviors.same();
                });
    }

    /** The routes of the host as the device sees them: all lead through one wire. */
    private static final class Wired extends InterruptRoutes {
        private final ActorRef<MsixMessage> wire;

        Wired(ActorRef<MsixMessage> wire) {
            this.wire = wire;
        }

        @Override
        public ActorRef<MsixMessage> target(MsixMessage message) {
            return wire;
        }
    }

    private Behavior<MsixMessage> interruptWire(InterruptRoutes routes) {
        return Behaviors.receiveMessage(
                message -> {
                    ActorRef<MsixMessage> target = routes.target(message);
                    if (target != null && filter.interrupts.test(message)) {
                        target.tell(message);
                    }
                    return Behaviors.same();
                });
    }

    List<ActorRef<HostMessage>> queues() {
        if (booted instanceof GuestDriver.Booted up) {
            return up.queues();
        }
        throw new AssertionError("not booted: " + booted);
    }

    /** A program of writes and reads that checks what it reads. */
    static IoSource job(int number, long requests) {
        return FioJob.named("job-" + number)
                .rw(ReadWrite.RANDRW)
                .bsBytes(4096)
                .iodepth(32)
                .offsetBytes(number * (1L << 21))
                .sizeBytes(1 << 20)
                .loops(requests / 256)
                .norandommap(true)
                .randseed(number + 1)
                .verify(true)
                .build()
                .source(new NamespaceGeometry(BLOCKS, 1 << BLOCK_SIZE_LOG2, TRANSFER_BYTES));
    }

    /** Starts a job on each queue. */
    List<IoSource> begin(long requests) {
        List<IoSource> sources = new ArrayList<>();
        for (ActorRef<HostMessage> queue : queues()) {
            IoSource source = job(sources.size(), requests);
            sources.add(source);
            queue.tell(new GuestQueue.ServeSource(source, mailbox.unsafeUpcast()));
        }
        return sources;
    }

    /** Waits for the jobs that {@link #begin} started. */
    void finish() {
        for (int i = 0; i < QUEUES; i++) {
            await(GuestQueue.Finished.class);
        }
    }

    GuestDriver.ResetDone reset(GuestDriver.ResetKind kind) {
        driver.tell(new GuestDriver.Reset(kind, mailbox.unsafeUpcast()));
        return await(GuestDriver.ResetDone.class);
    }

    GuestDriver.ResetDone recreateQueues() {
        driver.tell(new GuestDriver.DeleteAndRecreateQueues(mailbox.unsafeUpcast()));
        return await(GuestDriver.ResetDone.class);
    }

    GuestDriver.ShutDownDone shutDown() {
        driver.tell(new GuestDriver.ShutDown(mailbox.unsafeUpcast()));
        return await(GuestDriver.ShutDownDone.class);
    }

    GuestCounters counters() {
        GuestCounters sum = new GuestCounters();
        for (ActorRef<HostMessage> queue : queues()) {
            queue.tell(new GuestQueue.ReadCounters(mailbox.unsafeUpcast()));
            sum.add(await(GuestCounters.class));
        }
        return sum;
    }

    /** Lets so many messages be handled. */
    void run(int messages) {
        int[] left = {messages};
        world.runUntil(() -> left[0]-- <= 0, 0);
    }

    /** The next message of this kind that the test is sent. */
    <T> T await(Class<T> kind) {
        AtomicReference<T> found = new AtomicReference<>();
        world.runUntil(
                () -> {
                    for (Object message : received) {
                        if (kind.isInstance(message)) {
                            found.set(kind.cast(message));
                            received.remove(message);
                            return true;
                        }
                    }
                    return false;
                },
                RUN_NANOS_MAX);
        T message = found.get();
        if (message == null) {
            throw new AssertionError(
                    "no " + kind.getSimpleName() + " came; there were " + received);
        }
        return message;
    }

    @Override
    public void close() {
        world.close();
        namespaces.close();
        arena.close();
    }
}
