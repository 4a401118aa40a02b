package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.pci.ConfigurationHeader;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Replays what firmware and Linux did to the registers of another controller: bring-up, I/O, three
 * controller resets, shutdown.
 *
 * <p>The trace has no memory: queues are all zeros here, so commands are not those of the trace and
 * its doorbells often fit no queue. What must hold is the life cycle.
 */
class RegisterTraceTest {
    private static final Path SHARED = Path.of("..", "traces", "linux-registers.csv");

    private record Access(boolean write, int offset, int width, long value) {
        static Access parse(String line) {
            String[] fields = line.split(",", -1);
            return new Access(
                    fields[1].equals("W"),
                    Integer.decode(fields[2]),
                    Integer.parseInt(fields[3]),
                    Long.decode(fields[4]));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void linuxTrace_everyRecordedStatusIsReached(int reactors) throws IOException {
        List<Access> trace = load();
        int resets = 0;
        boolean shutDown = false;
        try (TestHost host = TestHost.machine().reactors(reactors).queuePairs(4).start()) {
            host.command(
                    ConfigurationHeader.COMMAND_MEMORY_SPACE
                            | ConfigurationHeader.COMMAND_BUS_MASTER);
            boolean wasReady = false;
            for (Access access : trace) {
                if (access.write) {
                    host.write(access.offset, access.width, access.value);
                } else if (access.offset == Registers.CSTS) {
                    int recorded = (int) access.value;
                    host.awaitStatus("%xh".formatted(recorded), status -> status == recorded);
                    boolean ready = ControllerStatus.ready(recorded);
                    resets += wasReady && !ready ? 1 : 0;
                    wasReady = ready;
                    shutDown |=
                            ControllerStatus.shutdownStatus(recorded)
                                    == ControllerStatus.SHUTDOWN_COMPLETE;
                } else if (access.offset == Registers.CMBSZ) { // VS is the other controller's
                    assertThat(host.read(access.offset, access.width)).isEqualTo(access.value);
                } else {
                    host.read(access.offset, access.width);
                }
            }
            assertThat(resets).as("controller resets replayed").isGreaterThanOrEqualTo(3);
            assertThat(shutDown).as("the trace shuts down").isTrue();
            host.disable();
            host.enable();
        }
    }

    private static List<Access> load() throws IOException {
        String text;
        if (Files.exists(SHARED)) {
            text = Files.readString(SHARED);
        } else {
            try (InputStream copy =
                    Objects.requireNonNull(
                            RegisterTraceTest.class.getResourceAsStream("/linux-registers.csv"))) {
                text = new String(copy.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        return text.lines().skip(1).map(Access::parse).toList();
    }
}
