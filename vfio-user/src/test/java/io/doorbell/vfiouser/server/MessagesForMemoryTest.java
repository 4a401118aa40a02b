package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.vfiouser.client.VfioUserClient;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Memory that a client does not share, which the device reaches by messages. */
@Timeout(60)
class MessagesForMemoryTest {
    private static final int SET_EVENT = 0x24;

    @TempDir private Path folder = Path.of("");
    private final Arena arena = Arena.ofShared();
    private ServerRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = new ServerRig(folder, false);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        arena.close();
    }

    /** A virtual CPU that waits for a register holds the lock that its DMA needs. */
    @Test
    void registersAreRead_whileOurDmaWaits() throws Exception {
        BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        VfioUserClient.DeviceRequests memory =
                request -> {
                    asked.add(request);
                    return answer.join(); // on the thread that receives, as in QEMU
                };
        try (VfioUserClient client = rig.connect(memory);
                Descriptor event = Descriptor.event()) {
            FakeFunction function = rig.function();
            client.ask(new Request.DmaMap(3, 0, 0, 4096), List.of());
            CompletableFuture<DmaStatus> dma = new CompletableFuture<>();
            MemorySegment buffer = arena.allocate(8, 8);
            Thread.ofPlatform()
                    .start(() -> dma.complete(function.memory().read(0x100, buffer, 0, 8)));
            assertThat(asked.take()).isEqualTo(new Request.DmaRead(0x100, 8));

            // The reply to this is behind the answer we owe, so only the function shows it.
            client.post(new Request.RegionWrite(0x10, 0, dwords(5)));
            function.awaitBar(0x10, 5);
            CompletableFuture<Reply> set =
                    client.begin(new Request.SetIrqs(SET_EVENT, 2, 0, 1), List.of(event));
            function.awaitBar(FakeFunction.TABLE + 8, 1);
            assertThat(dma).isNotDone();

            answer.complete(new Reply.DmaData(0x100, dwords(0x1234, 0)));
            assertThat(dma.join()).isEqualTo(DmaStatus.OK);
            assertThat(buffer.get(ValueLayout.JAVA_INT, 0)).isEqualTo(0x1234);
            assertThat(VfioUserClient.await(set)).isEqualTo(new Reply.Done());
        }
    }

    /** QEMU cuts long answers off when the socket is full, and nobody knows. */
    @Test
    void longRead_isAskedForInPieces() throws Exception {
        int bytes = (100 << 10) + 3;
        List<Long> asked = Collections.synchronizedList(new ArrayList<>());
        VfioUserClient.DeviceRequests memory =
                request -> {
                    Request.DmaRead read = (Request.DmaRead) request;
                    asked.add(read.count());
                    byte[] data = new byte[(int) read.count()];
                    for (int i = 0; i < data.length; i++) {
                        data[i] = (byte) ((read.address() + i) / 1000);
                    }
                    return new Reply.DmaData(read.address(), MemorySegment.ofArray(data));
                };
        try (VfioUserClient client = rig.connect(memory)) {
            FakeFunction function = rig.function();
            client.ask(new Request.DmaMap(3, 0, 0, 1 << 20), List.of());
            MemorySegment buffer = arena.allocate(bytes);

            assertThat(function.memory().read(5, buffer, 0, bytes)).isEqualTo(DmaStatus.OK);

            assertThat(asked).containsExactly(32L << 10, 32L << 10, 32L << 10, (4L << 10) + 3);
            for (int i = 0; i < bytes; i++) {
                assertThat(buffer.get(ValueLayout.JAVA_BYTE, i)).isEqualTo((byte) ((5 + i) / 1000));
            }
        }
    }

    private MemorySegment dwords(int... values) {
        return arena.allocateFrom(ValueLayout.JAVA_INT_UNALIGNED, values);
    }

    @Test
    void dmaThatWaits_endsWhenBusMasteringGoesOff_andWhenTheClientGoes() throws Exception {
        BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
        CompletableFuture<Reply> never = new CompletableFuture<>();
        VfioUserClient client =
                rig.connect(
                        request -> {
                            asked.add(request);
                            return never.join();
                        });
        FakeFunction function = rig.function();
        client.ask(new Request.DmaMap(3, 0, 0, 4096), List.of());
        CompletableFuture<DmaStatus> dma = readLater(function);
        asked.take();
        function.memory().setBusMaster(false);
        assertThat(dma.join()).isEqualTo(DmaStatus.ABORTED);
        assertThat(readLater(function).join()).as("still off").isEqualTo(DmaStatus.ABORTED);

        function.memory().setBusMaster(true);
        dma = readLater(function);
        rig.close(); // the client goes on waiting; the server ends
        assertThat(dma.join()).isIn(DmaStatus.ABORTED, DmaStatus.UNMAPPED); // begun before, or not
        never.complete(new Reply.DmaWritten(0, 0));
        client.close();
        start();
    }

    private CompletableFuture<DmaStatus> readLater(FakeFunction function) {
        CompletableFuture<DmaStatus> done = new CompletableFuture<>();
        Thread.ofPlatform()
                .start(() -> done.complete(function.memory().read(0, arena.allocate(8), 0, 8)));
        return done;
    }
}
