package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.vfiouser.client.VfioUserClient;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/** Random and mutated messages to our controller; {@link Fuzzer#main} sends ten million. */
@Timeout(300)
class FuzzTest {
    private static final int MESSAGES = 30_000;
    private static final int DESCRIPTORS_SLACK = 8; // the JVM opens some of its own

    @TempDir private Path folder = Path.of("");

    static Thread serve(VfioUserServer server) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                server.serve();
                            } catch (PosixException | InterruptedException failed) {
                                throw new AssertionError(failed);
                            }
                        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsSent_theServerGoesOn_andKeepsNothing(long seed) throws Exception {
        Path path = folder.resolve("s");
        try (RealController controller = new RealController();
                VfioUserServer server = new VfioUserServer(path, controller, controller.system())) {
            Thread serving = serve(server);
            try (VfioUserClient client = VfioUserClient.connect(path, _ -> null)) {
                assertThat(client.ask(new Request.GetDeviceInfo(), List.of())).isNotNull();
            }
            long before = Fuzzer.openDescriptors();
            Fuzzer fuzzer = new Fuzzer(path, seed);
            fuzzer.run(MESSAGES);
            assertThat(fuzzer.connections()).isGreaterThan(5);
            fuzzer.close();
            try (VfioUserClient client = VfioUserClient.connect(path, _ -> null)) {
                assertThat(client.ask(new Request.GetDeviceInfo(), List.of()))
                        .isEqualTo(new Reply.DeviceInfo(3, 9, 5));
            }
            assertThat(Fuzzer.openDescriptors()).isLessThanOrEqualTo(before + DESCRIPTORS_SLACK);
            server.stop();
            serving.join();
        }
    }
}
