package io.doorbell.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.doorbell.cli.settings.ControllerSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** What a trace file holds. */
@Timeout(60)
class TraceTest {
    @TempDir private Path folder = Path.of("");
    private final AtomicLong nanos = new AtomicLong(1_000);

    /** A file that takes nothing until it may. */
    private static final class Slow extends OutputStream {
        private final CountDownLatch open = new CountDownLatch(1);
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int each) throws IOException {
            try {
                open.await();
            } catch (InterruptedException interrupted) {
                throw new IOException(interrupted);
            }
            bytes.write(each);
        }
    }

    @Test
    void everyEvent_isALine() throws Exception {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Trace trace = new Trace(file, nanos::get, 1 << 20, 0)) {
            nanos.set(1_007);
            trace.add(
                    new TraceEvent.PowerOn(
                            new ControllerSettings(
                                    4, 64, 2, 5, 8192, OptionalInt.of(8), Duration.ofMillis(1500)),
                            "memory",
                            1 << 20,
                            512,
                            false));
            trace.add(new TraceEvent.Map(0x1000, 0x2000, true, false));
            trace.add(new TraceEvent.Unmap(0x1000, 0x2000));
            trace.add(new TraceEvent.ConfigRead(4, 2, 7));
            trace.add(new TraceEvent.ConfigWrite(4, 4, -2, 8));
            trace.add(new TraceEvent.BarRead(0, 0x1C, 4, 9));
            trace.add(new TraceEvent.Answer(9, -1));
            trace.add(new TraceEvent.BarWrite(0, 0x1008, 4, 5));
            trace.add(new TraceEvent.Reset(10));
            trace.add(new TraceEvent.Interrupt(3));
            trace.add(new TraceEvent.Pin(true));
            trace.add(new TraceEvent.DmaRead(0xABC0, 3, "OK", new byte[] {1, 2, 3}));
            trace.add(new TraceEvent.DmaWrite(0xABC0, 3, "UNMAPPED", new byte[0]));
            trace.add(new TraceEvent.DmaZero(0xABC0, 512, "OK"));
            trace.add(new TraceEvent.PowerOff());
        }

        assertThat(file.toString(ISO_8859_1))
                .isEqualTo(
                        """
                        {"t":0,"e":"trace","version":1}
                        {"t":7,"e":"power-on","queuePairsMax":4,"queueEntriesMax":64,\
                        "doorbellStrideExponent":2,"vectors":5,\
                        "transferMaxBytes":8192,"arbitrationBurst":8,"readyTimeoutMillis":1500,"blocks":"memory",\
                        "sizeBytes":1048576,"blockBytes":512,"memoryWaits":false}
                        {"t":7,"e":"map","at":"1000","bytes":8192,"readable":true,"writable":false}
                        {"t":7,"e":"unmap","at":"1000","bytes":8192}
                        {"t":7,"e":"config-read","at":"4","bytes":2,"tag":7}
                        {"t":7,"e":"config-write","at":"4","bytes":4,"value":"fffffffe","tag":8}
                        {"t":7,"e":"bar-read","bar":0,"at":"1c","bytes":4,"tag":9}
                        {"t":7,"e":"answer","tag":9,"value":"ffffffffffffffff"}
                        {"t":7,"e":"bar-write","bar":0,"at":"1008","bytes":4,"value":"5"}
                        {"t":7,"e":"reset","tag":10}
                        {"t":7,"e":"interrupt","vector":3}
                        {"t":7,"e":"pin","asserted":true}
                        {"t":7,"e":"dma-read","at":"abc0","bytes":3,"status":"OK","data":"AQID"}
                        {"t":7,"e":"dma-write","at":"abc0","bytes":3,"status":"UNMAPPED"}
                        {"t":7,"e":"dma-zero","at":"abc0","bytes":512,"status":"OK"}
                        {"t":7,"e":"power-off"}
                        """);
    }

    @Test
    void compressedTrace_isTheSame() throws Exception {
        Path file = folder.resolve("trace.gz");
        try (Trace trace = Trace.into(file)) {
            trace.add(new TraceEvent.PowerOff());
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(in.readAllBytes(), ISO_8859_1))
                    .startsWith("{\"t\":0,\"e\":\"trace\",\"version\":1}\n{\"t\":")
                    .endsWith(",\"e\":\"power-off\"}\n");
        }
    }

    @Test
    void whatComesFasterThanItCanBeWritten_isCountedAndLeftOut() throws Exception {
        Slow file = new Slow();
        try (Trace trace = new Trace(file, nanos::get, 1_000, 0)) {
            for (int i = 0; i < 100; i++) {
                trace.add(new TraceEvent.DmaRead(i, 200, "OK", new byte[200]));
            }
            file.open.countDown();
        }

        String written = file.bytes.toString(ISO_8859_1);
        assertThat(written.lines().filter(line -> line.contains("dma-read"))).hasSize(3);
        assertThat(written).endsWith("{\"t\":0,\"e\":\"lost\",\"events\":97}\n");
    }

    /** The one that brings the event waits here until the writer has made room. */
    @Test
    void whoBringsMoreThanCanWait_waitsUntilItIsWritten() throws Exception {
        Slow file = new Slow();
        try (Trace trace = new Trace(file, nanos::get, 1_000, Long.MAX_VALUE)) {
            Thread machine =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int i = 0; i < 100; i++) {
                                            trace.add(
                                                    new TraceEvent.DmaRead(
                                                            i, 200, "OK", new byte[200]));
                                        }
                                    });
            Thread.State state;
            do {
                Thread.onSpinWait();
                state = machine.getState();
            } while (state != Thread.State.TIMED_WAITING && state != Thread.State.TERMINATED);
            file.open.countDown();
            machine.join();
            assertThat(state).isEqualTo(Thread.State.TIMED_WAITING);
        }

        String written = file.bytes.toString(ISO_8859_1);
        assertThat(written.lines().filter(line -> line.contains("dma-read"))).hasSize(100);
        assertThat(written).doesNotContain("lost");
    }

    @Test
    void fileThatCannotBeWritten_isToldAtTheEnd() throws Exception {
        Trace trace =
                new Trace(
                        new OutputStream() {
                            @Override
                            public void write(int each) throws IOException {
                                throw new IOException("No space left on device");
                            }
                        },
                        nanos::get,
                        1_000,
                        0);
        trace.add(new TraceEvent.PowerOff());

        assertThatThrownBy(trace::close).hasMessage("No space left on device");
    }
}
