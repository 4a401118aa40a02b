package io.doorbell.cli.machine;

import com.typesafe.config.ConfigFactory;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.served.ServedFaults;
import io.doorbell.cli.settings.Settings;
import io.doorbell.controller.ControllerOptions;
import io.doorbell.controller.ControllerSettings;
import io.doorbell.controller.NvmeController;
import io.doorbell.controller.admin.ControllerIdentity;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.reactor.Reactors;
import io.doorbell.spec.Doorbells;
import io.doorbell.vfiouser.server.FunctionFactory;
import io.doorbell.vfiouser.server.VfioUserServer;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A controller for virtual machines, on reactors. Each machine finds it freshly powered on; its
 * blocks stay. Close it to give everything back.
 *
 * <p>Where the machine shares its memory, one reactor does everything, from the doorbell on the
 * socket to the interrupt: another thread would have to be woken, on cores that the machine needs.
 * Where memory is reached by messages, one reactor more answers register accesses: the others may
 * have to wait for the machine's memory, and it may be waiting for a register meanwhile.
 */
public final class ServedController implements FunctionFactory, AutoCloseable {
    private static final int VENDOR_ID = 0x1234; // as other emulated devices that nobody sells
    private static final int DEVICE_ID = 0xDB00; // not 1B36h:0010h, which Linux knows quirks of
    private static final ControllerOptions OPTIONS =
            new ControllerOptions(false, true, true, true, true, 10, false, true);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ServedFaults faults;
    private final ControllerSettings controller;
    private final BlockStore store;
    private final NamespaceTable namespaces;
    private final int shards;
    private final ActorSystem<SpawnProtocol.Command> system;

    /**
     * Opens the namespace; powers nothing on yet.
     *
     * @throws InputException if the namespace cannot be opened
     */
    public ServedController(Settings settings) throws InputException {
        this(settings, new ServedFaults(0, _ -> {}));
    }

    /**
     * As above.
     *
     * @param faults what goes wrong
     */
    public ServedController(Settings settings, ServedFaults faults) throws InputException {
        this.faults = faults;
        controller = settings(settings.controller());
        store = Stores.open(settings.namespace(), false);
        namespaces =
                namespaces(
                        settings.namespace().sizeBytes(),
                        settings.namespace().blockBytes(),
                        faults.over(
                                store,
                                settings.namespace().sizeBytes(),
                                settings.namespace().blockBytes()));
        Reactors.Settings reactors = Plans.reactors(settings.runtime());
        shards = settings.runtime().reactorCount().orElse(1);
        system =
                ActorSystem.create(
                        SpawnProtocol.create(),
                        "doorbell",
                        Reactors.config(
                                        new Reactors.Settings(
                                                shards + 1, reactors.quantum(), reactors.spins()))
                                .withFallback(Reactors.counted(VfioUserServer.DISPATCHER))
                                .withFallback(ConfigFactory.parseResources("pekko-logging.conf"))
                                .withFallback(ConfigFactory.load()));
    }

    /** The controller of a virtual machine with these settings. */
    public static ControllerSettings settings(
            io.doorbell.cli.settings.ControllerSettings settings) {
        ControllerIdentity usual = Plans.identity();
        return Plans.controller(
                settings,
                new ControllerIdentity(
                        VENDOR_ID,
                        DEVICE_ID,
                        usual.serialNumber(),
                        usual.modelNumber(),
                        usual.firmwareRevision(),
                        usual.subsystemUuid()),
                OPTIONS);
    }

    /** Its one namespace, over a store. */
    public static NamespaceTable namespaces(long sizeBytes, int blockBytes, BlockStore store) {
        return Machine.namespaces(sizeBytes / blockBytes, blockBytes, store);
    }

    /** Where it lives. */
    public ActorSystem<SpawnProtocol.Command> system() {
        return system;
    }

    @Override
    public Powered powerOn(GuestMemory memory, InterruptRoutes routes, boolean memoryWaits) {
        List<DispatcherSelector> cores =
                IntStream.rangeClosed(1, shards).mapToObj(Reactors::selector).toList();
        var behavior =
                NvmeController.create(
                        controller,
                        namespaces,
                        memory,
                        routes,
                        new NvmeController.Dispatchers(
                                memoryWaits ? Reactors.selector(0) : cores.getFirst(),
                                cores,
                                Reactors.blocking(),
                                System::nanoTime));
        ActorRef<PowerSupply.Command> supply =
                AskPattern.<SpawnProtocol.Command, ActorRef<PowerSupply.Command>>ask(
                                system,
                                replyTo ->
                                        new SpawnProtocol.Spawn<>(
                                                PowerSupply.create(behavior, () -> {}),
                                                "",
                                                Reactors.selector(0),
                                                replyTo),
                                LIMIT,
                                system.scheduler())
                        .toCompletableFuture()
                        .join();
        PciPort port =
                AskPattern.<PowerSupply.Command, PciPort>ask(
                                supply, PowerSupply.GetPort::new, LIMIT, system.scheduler())
                        .toCompletableFuture()
                        .join();
        faults.poweredOn(system, supply, port.lane(0), controller);
        return new PoweredController(
                port,
                supply,
                system,
                memoryWaits ? OptionalInt.empty() : OptionalInt.of(1),
                controller.doorbellStride());
    }

    private record PoweredController(
            PciPort port,
            ActorRef<PowerSupply.Command> supply,
            ActorSystem<?> system,
            OptionalInt reactor,
            int doorbellStride)
            implements Powered {
        /** Whether it is the head of a completion queue. */
        @Override
        public boolean handlesInterrupt(int bar, long offset) {
            int doorbell = Doorbells.index(offset, doorbellStride);
            return bar == 0 && doorbell >= 0 && Doorbells.isCompletionHead(doorbell);
        }

        @Override
        public void close() {
            AskPattern.<PowerSupply.Command, PowerSupply.Off>ask(
                            supply, PowerSupply.SwitchOff::new, LIMIT, system.scheduler())
                    .toCompletableFuture()
                    .join();
        }
    }

    /** Ends everything, and makes what was written durable. */
    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        store.close();
    }
}
