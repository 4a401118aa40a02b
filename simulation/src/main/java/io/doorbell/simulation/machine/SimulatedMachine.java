package io.doorbell.simulation.machine;

import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.ControllerOptions;
import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.NvmeController;
import io.doorbell.controller.admin.ControllerIdentity;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.pci.InterruptReason;
import io.doorbell.guest.GuestDriver;
import io.doorbell.guest.GuestMemoryNeed;
import io.doorbell.guest.GuestQueue;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.HostPolicies;
import io.doorbell.guest.HostPoliciesBuilder;
import io.doorbell.guest.HostPolicyNames;
import io.doorbell.guest.HostWatcher;
import io.doorbell.guest.LatencyRecorder;
import io.doorbell.guest.PageAllocator;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.lab.Machine;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.memory.SimulatedMemory;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.wire.InterruptWire;
import io.doorbell.simulation.wire.RegisterWire;
import io.doorbell.simulation.wire.WireParts;
import io.doorbell.simulation.world.World;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One device and one host in a world, with everything between them. */
public final class SimulatedMachine implements Machine {
    private static final String DEVICE = "/user/device";
    private static final int BLOCK_SIZE_LOG2 = 9;
    private static final int READY_TIMEOUT_HALF_SECONDS = 20;
    private static final int MDTS = 5;
    private static final int STRIDE = 0;
    private static final long ERRAND_MEMORY_BYTES =
            (long) ErrandMemory.PAGES * PageAllocator.PAGE_BYTES;
    private static final long ERRAND_BLOCK_BYTES = (long) IoScripts.BLOCKS * IoScripts.BLOCK_BYTES;

    private static final long RUN_NANOS_MAX = 3_600_000_000_000L;

    /** Builds these. */
    public static final class Builder implements Machine.Builder {
        @Override
        public FunctionFacts facts(Scenario scenario) {
            return DeviceFacts.of(settings(scenario), List.of(BLOCK_SIZE_LOG2), true)
                    .tellingVisibility();
        }

        @Override
        public long memoryBytes(Scenario scenario) {
            return SimulatedMachine.memoryBytes(scenario);
        }

        @Override
        public Machine build(WireParts parts, Scenario scenario, List<String> problems) {
            return new SimulatedMachine(parts, scenario, problems);
        }
    }

    private final World world;
    private final List<String> problems;
    private final Faults faults;
    private final NamespaceTable namespaces;
    private final List<ActorRef<?>> actors = new ArrayList<>();
    private final ActorRef<HostMessage> host;
    private final @Nullable ActorRef<Object> errands;

    private SimulatedMachine(WireParts parts, Scenario scenario, List<String> problems) {
        this.world = parts.world();
        this.faults = parts.faults();
        this.problems = problems;
        SimulatedMemory memory = parts.memory();
        world.listenToFailures(
                (path, cause) -> {
                    if (path.equals(DEVICE) || path.startsWith(DEVICE + "/")) {
                        parts.observer().actorFailed(path, cause);
                    } else {
                        problems.add("exception %s in %s".formatted(cause, path));
                    }
                });
        if (DeviceMessages.areNeeded(faults)) {
            world.filter(new DeviceMessages(parts));
        }
        List<Errand> given = errands(scenario);
        long disk = scenario.diskBytes() + given.size() * ERRAND_BLOCK_BYTES;
        InterruptRoutes hostRoutes = new InterruptRoutes();
        InterruptWire.Routes deviceRoutes = new InterruptWire.Routes(hostRoutes);
        deviceRoutes.lead(spawned(world.spawn(InterruptWire.create(parts, hostRoutes), "msix")));
        namespaces =
                new NamespaceTable(
                        List.of(
                                new Namespace(
                                        1,
                                        disk >> BLOCK_SIZE_LOG2,
                                        BLOCK_SIZE_LOG2,
                                        new UUID(7, 1),
                                        store(disk))));
        ActorRef<NvmeController.Command> device =
                spawned(
                        world.spawn(
                                NvmeController.create(
                                        settings(scenario),
                                        namespaces,
                                        memory.device(),
                                        deviceRoutes,
                                        new NvmeController.Dispatchers(
                                                List.of(DispatcherSelector.defaultDispatcher()),
                                                DispatcherSelector.defaultDispatcher(),
                                                world::nanoTime),
                                        (_, reason) -> {
                                            if (reason != InterruptReason.PIN) {
                                                parts.messages().left();
                                            }
                                        }),
                                "device"));
        PciPort port = world.<PciPort>ask(reply -> device.tell(new NvmeController.GetPort(reply)));
        List<ActorRef<PciAccess>> lanes = new ArrayList<>();
        for (int i = 0; i < port.lanes().size(); i++) {
            String name = "wire-" + i;
            lanes.add(
                    spawned(
                            world.spawn(
                                    RegisterWire.create(parts, port.lane(i), STRIDE, name), name)));
        }
        ActorRef<GuestQueue.TimedOut> timeouts =
                spawned(
                        world.spawn(
                                Behaviors.receiveMessage(
                                        overdue -> onOverdue(policies(scenario), overdue)),
                                "timeouts"));
        PciPort wires = new PciPort(lanes);
        HostWatcher told = new ToldHost(parts.observer(), late -> onLate(scenario, late));
        Moments moments = given.isEmpty() ? null : new Moments(told);
        HostWatcher watcher = moments == null ? told : moments;
        host =
                spawned(
                        world.spawn(
                                GuestDriver.create(
                                        guest(scenario, memory, wires, hostRoutes, watcher),
                                        timeouts),
                                "host"));
        errands =
                moments == null
                        ? null
                        : spawned(
                                world.spawn(
                                        ErrandRunner.create(
                                                given,
                                                new ErrandRunner.Parts(
                                                        host,
                                                        wires.lane(0),
                                                        STRIDE,
                                                        moments,
                                                        scripts(scenario, given, memory),
                                                        faults::haveStruck,
                                                        problems::add)),
                                        "errands"));
    }

    private static List<Errand> errands(Scenario scenario) {
        return Errand.parseAll(scenario.errands());
    }

    /** Each errand has memory behind the host's, and blocks behind the workload's. */
    private static List<ErrandScripts> scripts(
            Scenario scenario, List<Errand> given, SimulatedMemory memory) {
        HostPolicies.Queueing queueing = policies(scenario).queueing();
        long start = memory.sizeBytes() - given.size() * ERRAND_MEMORY_BYTES;
        int lastQueue = scenario.queuePairs() * queueing.submissionQueuesEach();
        long firstLba = scenario.diskBytes() >> BLOCK_SIZE_LOG2;
        List<ErrandScripts> scripts = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            ErrandMemory its = new ErrandMemory(memory.host(), start + i * ERRAND_MEMORY_BYTES);
            scripts.add(
                    new ErrandScripts(
                            new AdminScripts(
                                    its,
                                    scenario.vectors(),
                                    queueing.spareQueues() == 0 ? 0 : lastQueue + 1,
                                    lastQueue + queueing.spareQueues()),
                            new IoScripts(
                                    its,
                                    firstLba + (long) i * IoScripts.BLOCKS,
                                    firstLba + (long) given.size() * IoScripts.BLOCKS,
                                    PageAllocator.PAGE_BYTES << MDTS),
                            scenario.queuePairs(),
                            scenario.queueEntries(),
                            queueing.submissionQueuesEach()));
        }
        return scripts;
    }

    private BlockStore store(long sizeBytes) {
        BlockStore medium = new MemoryStore(sizeBytes);
        return faults.concern("media/")
                ? new FaultyStore(medium, faults, sizeBytes, 1 << BLOCK_SIZE_LOG2)
                : medium;
    }

    private <T> ActorRef<T> spawned(ActorRef<T> actor) {
        actors.add(actor);
        return actor;
    }

    /** Recovery hides what a host or a device has lost by itself; nobody else can have lost it. */
    private void onLate(Scenario scenario, String late) {
        boolean calm = !faults.haveStruck() && scenario.errands().isBlank();
        if (calm && !isPacedByClock(scenario) && problems.isEmpty()) {
            problems.add(late);
        }
    }

    /**
     * Where each entry of a small queue waits for a timer, a deep queue is slow and nobody errs.
     */
    private static boolean isPacedByClock(Scenario scenario) {
        return scenario.coalescingEntries() > 1 || !policies(scenario).queueing().interrupts();
    }

    /** A host that only says so would wait for ever. */
    private Behavior<GuestQueue.TimedOut> onOverdue(
            HostPolicies policies, GuestQueue.TimedOut overdue) {
        if (policies.recovery().reaction() == HostPolicies.TimeoutReaction.REPORT) {
            problems.add(
                    "queue %d got no completion; its oldest command: %s"
                            .formatted(overdue.queueId(), overdue.oldest()));
        }
        return Behaviors.same();
    }

    @Override
    public void run(List<IoSource> sources) {
        try (Inbox<GuestDriver.BootResult> boot = new Inbox<>(world, "boot")) {
            host.tell(new GuestDriver.Boot(boot.ref()));
            switch (boot.await(problems, RUN_NANOS_MAX)) {
                case GuestDriver.Booted(_, var queues) -> {
                    faults.begin(); // a host whose first bring-up fails has nothing to recover
                    serve(sources, queues);
                    faults.heal();
                }
                case GuestDriver.BootFailed(String reason) ->
                        problems.add("the host could not bring the controller up: " + reason);
                case null -> {} // there is a problem already
            }
        }
        if (problems.isEmpty() && faults.haveStruck()) {
            reset(); // whatever they left is no excuse any more
        }
        if (problems.isEmpty()) {
            shutDown();
        }
    }

    private void serve(List<IoSource> sources, List<ActorRef<HostMessage>> queues) {
        try (Inbox<GuestQueue.Finished> finished = new Inbox<>(world, "finished")) {
            if (errands != null) {
                errands.tell(new ErrandRunner.Begin(queues));
            }
            for (int i = 0; i < sources.size(); i++) {
                queues.get(i).tell(new GuestQueue.ServeSource(sources.get(i), finished.ref()));
            }
            finished.awaitAll(sources.size(), problems, RUN_NANOS_MAX);
        }
        if (errands != null && problems.isEmpty()) {
            try (Inbox<ErrandRunner.Ended> ended = new Inbox<>(world, "errands-ended")) {
                errands.tell(new ErrandRunner.End(ended.ref()));
                ended.awaitAll(1, problems, RUN_NANOS_MAX);
            }
        }
    }

    private void reset() {
        try (Inbox<GuestDriver.ResetDone> done = new Inbox<>(world, "reset")) {
            host.tell(new GuestDriver.Reset(GuestDriver.ResetKind.CONTROLLER, done.ref()));
            GuestDriver.ResetDone answer = done.await(problems, RUN_NANOS_MAX);
            if (answer != null && !answer.problem().isEmpty()) {
                problems.add("after all faults: " + answer.problem());
            }
        }
    }

    private void shutDown() {
        try (Inbox<GuestDriver.ShutDownDone> done = new Inbox<>(world, "done")) {
            host.tell(new GuestDriver.ShutDown(done.ref()));
            GuestDriver.ShutDownDone answer = done.await(problems, RUN_NANOS_MAX);
            if (answer != null && !answer.problem().isEmpty()) {
                problems.add(answer.problem());
            }
        }
    }

    /** Page 0 stays unused. */
    private static long memoryBytes(Scenario scenario) {
        return PageAllocator.PAGE_BYTES
                + GuestMemoryNeed.bytes(
                        scenario.queuePairs(),
                        scenario.queueEntries(),
                        scenario.blockBytes(),
                        !scenario.verified(),
                        policies(scenario).queueing())
                + errands(scenario).size() * ERRAND_MEMORY_BYTES;
    }

    private static HostPolicies policies(Scenario scenario) {
        Duration timeout = Duration.ofNanos(scenario.commandTimeoutNanos());
        HostPoliciesBuilder policies =
                HostPolicies.LINUX.toBuilder()
                        .ioTimeout(timeout)
                        .adminTimeout(timeout.multipliedBy(2))
                        .readTimeout(timeout);
        for (String each : scenario.host().isBlank() ? new String[0] : words(scenario.host())) {
            int equals = each.indexOf('=');
            HostPolicyNames.set(
                    policies,
                    equals < 0 ? each : each.substring(0, equals),
                    each.substring(equals + 1));
        }
        return policies.build();
    }

    private static String[] words(String text) {
        return text.strip().split("\\s+", -1);
    }

    private static ControllerSettings settings(Scenario scenario) {
        HostPolicies.Queueing queueing = policies(scenario).queueing();
        return new ControllerSettings(
                new ControllerIdentity(
                        0x1B36, "DOORBELL0001", "Doorbell simulated device", "1.0", new UUID(1, 2)),
                scenario.queuePairs() * queueing.submissionQueuesEach() + queueing.spareQueues(),
                Math.max(scenario.queueEntries(), queueing.completionEntries()),
                STRIDE,
                scenario.vectors(),
                MDTS,
                scenario.burst(),
                READY_TIMEOUT_HALF_SECONDS,
                new ControllerOptions(true, true, true, true, true, 0));
    }

    private GuestSettings guest(
            Scenario scenario,
            SimulatedMemory memory,
            PciPort port,
            InterruptRoutes routes,
            HostWatcher watcher) {
        long page = PageAllocator.PAGE_BYTES;
        long ownBytes = memoryBytes(scenario) - errands(scenario).size() * ERRAND_MEMORY_BYTES;
        return new GuestSettings(
                new GuestSettings.Machine(
                        memory.host(),
                        new PageAllocator(page, ownBytes - page),
                        port,
                        routes,
                        world::nanoTime,
                        List.of(DispatcherSelector.defaultDispatcher()),
                        _ -> LatencyRecorder.NONE),
                scenario.queuePairs(),
                scenario.queueEntries(),
                scenario.blockBytes(),
                !scenario.verified(),
                new GuestSettings.Coalescing(
                        scenario.coalescingEntries(), scenario.coalescingHundredMicros()),
                scenario.vectors(),
                policies(scenario),
                watcher);
    }

    @Override
    public void close() {
        for (ActorRef<?> actor : actors.reversed()) {
            world.stop(actor);
        }
        namespaces.close();
    }
}
