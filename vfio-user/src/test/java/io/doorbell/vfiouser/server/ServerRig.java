package io.doorbell.vfiouser.server;

import com.typesafe.config.ConfigFactory;

import io.doorbell.reactor.Reactors;
import io.doorbell.vfiouser.client.RefusedException;
import io.doorbell.vfiouser.client.VfioUserClient;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A server with fake functions, and how to reach it. */
final class ServerRig {
    private static final int PAGE_BYTES = 4096;
    private static final long FAR_ADDRESS = 1L << 40; // where no test has memory of its own

    private final ActorSystem<SpawnProtocol.Command> system =
            ActorSystem.create(
                    SpawnProtocol.create(),
                    "test",
                    Reactors.config(new Reactors.Settings(2, 256, 0))
                            .withFallback(ConfigFactory.load()));
    private final BlockingQueue<FakeFunction> functions = new LinkedBlockingQueue<>();
    private final boolean sharesMemory;
    private final Path path;
    private final VfioUserServer server;
    private final Thread thread;

    /**
     * @param sharesMemory whether clients map a page with a descriptor before they look at the
     *     device
     */
    ServerRig(Path folder, boolean sharesMemory) throws IOException {
        this.sharesMemory = sharesMemory;
        path = folder.resolve("s");
        server =
                new VfioUserServer(
                        path,
                        (memory, routes, memoryWaits) -> {
                            FakeFunction function =
                                    new FakeFunction(memory, routes, memoryWaits, system);
                            functions.add(function);
                            return function;
                        },
                        system);
        thread = Thread.ofPlatform().name("server").start(this::serve);
    }

    private void serve() {
        try {
            server.serve();
        } catch (PosixException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    Path path() {
        return path;
    }

    /** A client that lets the device have no memory by messages. */
    VfioUserClient connect() throws Exception {
        return connect(_ -> null);
    }

    /** A client that has looked at the device, so that it is on. */
    VfioUserClient connect(VfioUserClient.DeviceRequests requests)
            throws PosixException, RefusedException, InterruptedException {
        VfioUserClient client = VfioUserClient.connect(path, requests);
        if (sharesMemory) {
            try (Descriptor page = Descriptor.memoryFile("page", PAGE_BYTES)) {
                client.ask(new Request.DmaMap(3, 0, FAR_ADDRESS, PAGE_BYTES), List.of(page));
            }
        }
        client.ask(new Request.GetRegionInfo(32, 0), List.of());
        return client;
    }

    /** The function that the next client found, in their order. */
    FakeFunction function() throws InterruptedException {
        return functions.take();
    }

    /** A register as a client reads it. */
    static int readBar(VfioUserClient client, int offset) throws Exception {
        Reply.RegionData data =
                (Reply.RegionData) client.ask(new Request.RegionRead(offset, 0, 4), List.of());
        return data.data().get(ValueLayout.JAVA_INT_UNALIGNED, 0);
    }

    void close() throws Exception {
        server.stop();
        thread.join();
        server.close();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
