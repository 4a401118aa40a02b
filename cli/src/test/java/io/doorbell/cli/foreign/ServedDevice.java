package io.doorbell.cli.foreign;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.machine.ServedController;
import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.settings.SettingsLoader;
import io.doorbell.cli.settings.SettingsSources;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.server.FunctionFactory;
import io.doorbell.vfiouser.server.VfioUserServer;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/** What 'doorbell serve' does, on a thread of this process. */
public final class ServedDevice implements AutoCloseable {
    private static final int CLASS_DWORD = 8;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ServedController controller;
    private final VfioUserServer server;
    private final Thread thread;
    private final AtomicInteger clients = new AtomicInteger();
    private volatile int clientsMax = Integer.MAX_VALUE;

    private ServedDevice(Path folder, int classCode)
            throws BadSettingsException, InputException, IOException {
        Path recording = folder.resolve("traces/linux-ext4-life.iolog"); // of the usual workload
        Files.createDirectories(recording.resolveSibling("."));
        Files.writeString(recording, "fio version 3 iolog\n");
        controller =
                new ServedController(
                        new SettingsLoader(
                                        new SettingsSources(
                                                folder,
                                                folder,
                                                Optional.empty(),
                                                List.of(
                                                        "workload.verify=false",
                                                        "namespace.size=16MiB",
                                                        "controller.queue-pairs-max=16",
                                                        "controller.vectors=17",
                                                        "driver.queue-pairs=1")))
                                .load()
                                .settings());
        server =
                new VfioUserServer(
                        path(folder),
                        (memory, routes, memoryWaits) -> {
                            if (clients.incrementAndGet() > clientsMax) {
                                stop();
                            }
                            FunctionFactory.Powered function =
                                    controller.powerOn(memory, routes, memoryWaits);
                            return classCode == ConfigurationHeader.CLASS_CODE_NVME_IO
                                    ? function
                                    : disguised(function, classCode);
                        },
                        controller.system());
        thread = Thread.ofPlatform().name("served-device").start(this::serve);
    }

    /** Our controller, of 16 MiB and 16 queue pairs. */
    public static ServedDevice start(Path folder) throws Exception {
        return new ServedDevice(folder, ConfigurationHeader.CLASS_CODE_NVME_IO);
    }

    /** As above, with another class code in front. */
    static ServedDevice startAs(int classCode, Path folder) throws Exception {
        return new ServedDevice(folder, classCode);
    }

    public static Path path(Path folder) {
        return folder.resolve("nvme.sock");
    }

    /** Ends with the client after so many. */
    public void endAfter(int count) {
        clientsMax = clients.get() + count;
    }

    /** Ends the connection, and takes no other. */
    public void stop() {
        server.stop();
    }

    private void serve() {
        try {
            server.serve();
        } catch (PosixException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private FunctionFactory.Powered disguised(FunctionFactory.Powered function, int classCode) {
        ActorRef<PciAccess> lane = function.port().lane(0);
        ActorRef<PciAccess> front =
                AskPattern.<SpawnProtocol.Command, ActorRef<PciAccess>>ask(
                                controller.system(),
                                replyTo ->
                                        new SpawnProtocol.Spawn<>(
                                                Behaviors.receiveMessage(
                                                        access -> {
                                                            pass(access, lane, classCode);
                                                            return Behaviors.same();
                                                        }),
                                                "",
                                                Props.empty(),
                                                replyTo),
                                LIMIT,
                                controller.system().scheduler())
                        .toCompletableFuture()
                        .join();
        return new FunctionFactory.Powered() {
            @Override
            public PciPort port() {
                return new PciPort(List.of(front));
            }

            @Override
            public OptionalInt reactor() {
                return OptionalInt.empty(); // what is in front lives elsewhere
            }

            @Override
            public boolean handlesInterrupt(int bar, long offset) {
                return function.handlesInterrupt(bar, offset);
            }

            @Override
            public void close() {
                function.close();
            }
        };
    }

    private static void pass(PciAccess access, ActorRef<PciAccess> lane, int classCode) {
        if (access instanceof PciAccess.ConfigRead(int offset, int width, long tag, var replyTo)
                && offset == CLASS_DWORD
                && width == 4) {
            replyTo.tell(new PciAccess.ReadCompletion(tag, (long) classCode << Byte.SIZE));
        } else {
            lane.tell(access);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        server.close();
        controller.close();
    }
}
