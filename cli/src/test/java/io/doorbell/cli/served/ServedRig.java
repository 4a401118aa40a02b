package io.doorbell.cli.served;

import io.doorbell.cli.machine.ServedController;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.settings.SettingsLoader;
import io.doorbell.cli.settings.SettingsSources;
import io.doorbell.cli.trace.TraceOption;
import io.doorbell.testkit.host.Host;
import io.doorbell.vfiouser.client.MemoryAccess;
import io.doorbell.vfiouser.client.VfioUserFunction;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.server.VfioUserServer;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A controller of 16 MiB, served on a socket, and a host that has connected to it. */
@SuppressWarnings("try") // nobody interrupts a test
public final class ServedRig implements AutoCloseable {
    private final ServedController controller;
    private final TraceOption trace;
    private final VfioUserServer server;
    private final Thread serving;
    private final Host host;

    public ServedRig(Path folder, ServedFaults faults, @Nullable Path traceFile) throws Exception {
        Path home = Path.of("..").toAbsolutePath().normalize();
        SettingsSources sources =
                new SettingsSources(
                        home,
                        home,
                        List.of(),
                        Optional.empty(),
                        List.of(
                                "namespace.kind=memory",
                                "namespace.size=16MiB",
                                "workload.verify=false"));
        Settings settings = new SettingsLoader(sources).load().settings();
        controller = new ServedController(settings, faults);
        trace = TraceOption.of(traceFile, controller, settings, faults);
        Path socket = folder.resolve("nvme.sock");
        server = new VfioUserServer(socket, trace.factory(), controller.system());
        serving = Thread.ofPlatform().start(this::serve);
        host = new Host(VfioUserFunction.powerOn(socket, MemoryAccess.MAPPED));
    }

    private void serve() {
        try {
            server.serve();
        } catch (PosixException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public Host host() {
        return host;
    }

    /** Also writes the rest of the trace. */
    @Override
    public void close() throws Exception {
        host.close();
        server.stop();
        serving.join();
        server.close();
        trace.close();
        controller.close();
    }
}
