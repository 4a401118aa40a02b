package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.CommandProbe.Outcome;
import io.doorbell.vfiouser.client.MemoryAccess;
import io.doorbell.vfiouser.client.VfioUserFunction;
import io.doorbell.vfiouser.posix.UnixListener;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Options of 'doorbell serve' in this process; its life and end in a process of its own. */
@Timeout(120)
class ServeCommandTest {
    private final Path folder;
    private final CommandProbe command;

    ServeCommandTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.command = new CommandProbe(folder);
    }

    // ---- bad input ---------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve | --socket",
                "serve --socket s --size 1GiB | --size is the size of an image",
                "serve --socket s --memory 1GiB --size 1GiB | --size is the size of an image",
                "serve --socket s --image disk.img | does not exist yet, so its size is not known",
                "serve --socket s --memory 1GiB --null | mutually exclusive",
                "serve --socket s --memory lots | lots",
                "serve --socket s --queues 0 | queue-pairs-max",
                "serve --socket s --queues many | many",
                "serve --socket nowhere/s --memory 1MiB | No such file or directory",
            })
    void badInput_isSaid_andNothingIsServed(String line, String message) {
        Outcome outcome = command.execute(line.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
        assertThat(outcome.out()).isEmpty();
        assertThat(folder.resolve("s")).doesNotExist();
    }

    @Test
    void pathOfAFile_isLeftAlone() throws IOException {
        Path file = command.write("s", "precious");

        Outcome outcome = command.execute("serve", "--socket", "s", "--memory", "1MiB");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("s is not a socket", "Name another path");
        assertThat(file).hasContent("precious");
    }

    @Test
    void pathThatIsTooLong_isSaid() {
        Outcome outcome = command.execute("serve", "--socket", "s".repeat(120), "--memory", "1MiB");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("The socket cannot be served", "too long");
    }

    @Test
    void pathThatIsServedAlready_isRefused() throws IOException {
        try (UnixListener _ = UnixListener.listen(folder.resolve("s"))) {
            Outcome outcome = command.execute("serve", "--socket", "s", "--memory", "1MiB");

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("is served already");
            assertThat(folder.resolve("s")).exists();
        }
    }

    // ---- a process ---------------------------------------------------------------------------

    private Process start(String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(System.getProperty("java.home") + File.separator + "bin/java");
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(line::add);
        line.addAll(List.of("-XX:TieredStopAtLevel=1", "-Ddoorbell.home=" + folder));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(List.of("serve", "--socket", "s"));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Returns what it prints until it listens. */
    private static List<String> announced(Process server) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader said = server.inputReader();
        for (String next; (next = said.readLine()) != null; ) {
            lines.add(next);
            if (next.startsWith("Ctrl-C")) {
                return lines;
            }
        }
        throw new AssertionError("The server ended, having said " + lines);
    }

    @Test
    void signal_endsItAsAsked_andTheSocketIsGone() throws Exception {
        Process server = start("--memory", "16MiB");
        try {
            assertThat(announced(server))
                    .anyMatch(line -> line.startsWith("Serving an NVMe disk of 16.0 MiB"))
                    .anyMatch(line -> line.contains("vfio-user-pci"));
            try (VfioUserFunction client =
                    VfioUserFunction.powerOn(folder.resolve("s"), MemoryAccess.MAPPED)) {
                assertThat(client.readConfig(0x0A, 2)).isEqualTo(0x0108);

                server.destroy(); // SIGTERM, with a client

                assertThat(server.waitFor()).isZero();
            }
            assertThat(folder.resolve("s")).doesNotExist();
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void socketThatIsLeftOver_isReplaced() throws Exception {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(folder.resolve("s"))); // stays when it is closed
        }
        assertThat(folder.resolve("s")).exists();
        Process server = start("--image", "disk.img", "--size", "4MiB");
        try {
            assertThat(announced(server)).isNotEmpty();
            VfioUserFunction.powerOn(folder.resolve("s"), MemoryAccess.MAPPED).close();
            server.destroy();
            assertThat(server.waitFor()).isZero();
            assertThat(Files.size(folder.resolve("disk.img"))).isEqualTo(4 << 20);
        } finally {
            server.destroyForcibly();
        }
    }
}
