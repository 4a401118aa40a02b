package io.doorbell.cli.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.cli.lab.InputException;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.LiveFaults;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The control socket, from both sides. */
@Timeout(60)
class ControlTest {
    private static final Fault LOSE = Fault.parse("lose at interrupt/1 nth 3 p 0.5 times 2");

    @TempDir private Path folder = Path.of("");
    private final ServedFaults faults = new ServedFaults(1, _ -> {});

    private Path device() {
        return folder.resolve("nvme.sock");
    }

    private Path control() {
        return folder.resolve("nvme.sock.control");
    }

    @Test
    void faults_areInjectedListedAndCleared() throws Exception {
        try (ControlServer _ = ControlServer.listen(control(), faults)) {
            ControlClient client = ControlClient.to(device());
            assertThat(client.list()).isEmpty();

            client.inject(LOSE);
            assertThat(client.list()).containsExactly(new LiveFaults.Status(LOSE, 0, 0));
            assertThat(faults.status()).isEqualTo(client.list());

            assertThat(client.clear()).isEqualTo(1);
            assertThat(faults.status()).isEmpty();
        }
        assertThat(control()).doesNotExist();
    }

    @Test
    void controlSocket_canBeNamedItself() throws Exception {
        try (ControlServer _ = ControlServer.listen(control(), faults)) {
            ControlClient.to(control()).inject(LOSE);
        }
        assertThat(faults.status()).hasSize(1);
    }

    @Test
    void whatCannotStrike_isRefusedWithTheReason() throws Exception {
        try (ControlServer _ = ControlServer.listen(control(), faults)) {
            assertThatThrownBy(
                            () ->
                                    ControlClient.to(device())
                                            .inject(Fault.parse("overtake at interrupt/1")))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("'overtake' is for simulated runs only.");
        }
    }

    @Test
    void withoutASocket_itSaysSo() {
        assertThatThrownBy(() -> ControlClient.to(device()))
                .isInstanceOf(InputException.class)
                .hasMessage("There is neither " + device() + " nor " + control() + ".");
    }

    @Test
    void withNobodyBehindTheSocket_itSaysSo() throws Exception {
        leaveSocket();
        assertThatThrownBy(() -> ControlClient.to(device()).list())
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("Nobody serves at " + control());
    }

    @Test
    void leftOverSocket_isReplaced() throws Exception {
        leaveSocket();
        try (ControlServer _ = ControlServer.listen(control(), faults)) {
            assertThat(ControlClient.to(device()).list()).isEmpty();
        }
    }

    private void leaveSocket() throws IOException {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(control()));
        }
    }

    @Test
    void socketInUse_andOtherFiles_areLeftAlone() throws Exception {
        try (ControlServer _ = ControlServer.listen(control(), faults)) {
            assertThatThrownBy(() -> ControlServer.listen(control(), faults))
                    .hasMessage(control() + " is served already");
            assertThat(ControlClient.to(device()).list()).isEmpty();
        }
        Files.writeString(control(), "text");
        assertThatThrownBy(() -> ControlServer.listen(control(), faults))
                .hasMessage(control() + " is not a socket");
        assertThat(control()).hasContent("text");
    }

    @Test
    void clientThatGoes_orSaysNonsense_harmsNobody() throws Exception {
        try (ControlServer _ = ControlServer.listen(control(), faults)) {
            SocketChannel.open(UnixDomainSocketAddress.of(control())).close();
            try (ControlLines lines =
                    new ControlLines(SocketChannel.open(UnixDomainSocketAddress.of(control())))) {
                assertThat(lines.read()).isEqualTo("doorbell control 1");
                lines.write("sing");
                assertThat(lines.read()).isEqualTo("error 'sing' is no request.");
            }
            try (ControlLines lines =
                    new ControlLines(SocketChannel.open(UnixDomainSocketAddress.of(control())))) {
                lines.write("x".repeat(10_000));
            }
            assertThat(ControlClient.to(device()).list()).isEmpty();
        }
    }

    @Test
    void anythingElseThatListens_isNotTakenForOne() throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(device()));
            Thread answering =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try (ControlLines lines =
                                                new ControlLines(other.accept())) {
                                            lines.write("HTTP/1.1 400");
                                        } catch (IOException ended) {
                                            throw new IllegalStateException(ended);
                                        }
                                    });
            assertThatThrownBy(() -> ControlClient.to(device()).list())
                    .hasMessageContaining("what answers is no control socket of this version");
            answering.join();
        }
    }
}
