package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.vfiouser.posix.UnixListener;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;

/** Messages for memory, and a client that answers when the test says so. */
@Timeout(60)
class ClientDmaTest {
    private static final int BYTES = 8;

    @TempDir private Path folder = Path.of("");
    private final Arena arena = Arena.ofShared();
    private final List<Thread> threads = new ArrayList<>();
    private UnixListener listener;
    private UnixSocket client;
    private MessageReader asked;
    private UnixSocket socket;
    private MessageReader answers;
    private ClientDma dma;

    @BeforeEach
    void connect() throws Exception {
        listener = UnixListener.listen(folder.resolve("s"));
        client = UnixSocket.connect(folder.resolve("s"));
        asked = new MessageReader(client::receive, 1 << 20);
        socket = Objects.requireNonNull(listener.accept());
        answers = new MessageReader(socket::receive, 1 << 20);
        dma = new ClientDma(socket, 1 << 20);
    }

    @AfterEach
    void end() throws Exception {
        dma.close();
        for (Thread thread : threads) {
            thread.join();
        }
        asked.close();
        answers.close();
        client.close();
        socket.close();
        listener.close();
        arena.close();
    }

    private FutureTask<DmaStatus> read(long address) {
        FutureTask<DmaStatus> read =
                new FutureTask<>(() -> dma.read(address, arena.allocate(BYTES), 0, BYTES));
        threads.add(Thread.ofPlatform().start(read));
        return read;
    }

    /** Each has asked, or waits until it may. */
    private void awaitThatAllWait() {
        while (!threads.stream()
                .allMatch(
                        thread ->
                                thread.getState() == Thread.State.WAITING
                                        || thread.getState() == Thread.State.TERMINATED)) {
            Thread.onSpinWait();
        }
    }

    /** So many requests; no more have come then. */
    private List<Header> take(int count) throws Exception {
        List<Header> headers = new ArrayList<>();
        while (headers.size() < count) {
            assertThat(asked.receive((header, _, _) -> headers.add(header))).isTrue();
        }
        assertThat(headers).hasSize(count);
        return headers;
    }

    private void answer(Header request) throws Exception {
        Reply reply = new Reply.DmaData(0, MemorySegment.ofArray(new byte[BYTES]));
        MemorySegment buffer = arena.allocate(Reply.ACCESS_OVERHEAD_BYTES + BYTES);
        assertThat(client.send(reply.write(buffer, request), List.of())).isTrue();
        assertThat(answers.receive((header, body, _) -> dma.answered(header, body))).isTrue();
    }

    /** What is answered must fit into the client's socket, which does not wait. */
    @Test
    void answersWithData_areAFewAtATime() throws Exception {
        List<FutureTask<DmaStatus>> reads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            reads.add(read(i));
        }
        awaitThatAllWait();
        List<Header> first = take(2);

        answer(first.getFirst());
        Header next = take(1).getFirst();
        answer(first.getLast());
        answer(next);
        for (Header request : take(2)) {
            answer(request);
        }

        for (FutureTask<DmaStatus> read : reads) {
            assertThat(read.get()).isEqualTo(DmaStatus.OK);
        }
    }

    @Test
    void readsThatWaitForOthers_endWhenBusMasteringGoesOff() throws Exception {
        List<FutureTask<DmaStatus>> reads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            reads.add(read(i));
        }
        awaitThatAllWait();

        dma.allow(false);

        for (FutureTask<DmaStatus> read : reads) {
            assertThat(read.get()).isEqualTo(DmaStatus.ABORTED);
        }
        List<Header> _ = take(2);
        dma.allow(true);
        FutureTask<DmaStatus> again = read(7);
        answer(take(1).getFirst());
        assertThat(again.get()).isEqualTo(DmaStatus.OK);
    }

    @Test
    void writes_waitForNoRead() throws Exception {
        for (int i = 0; i < 3; i++) {
            var _ = read(i);
        }
        awaitThatAllWait();
        List<Header> reads = take(2);
        FutureTask<DmaStatus> write =
                new FutureTask<>(() -> dma.write(0, arena.allocate(BYTES), 0, BYTES));
        threads.add(Thread.ofPlatform().start(write));

        assertThat(take(1)).doesNotContainAnyElementsOf(reads);
    }
}
