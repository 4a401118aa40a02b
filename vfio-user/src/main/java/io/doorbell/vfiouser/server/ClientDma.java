package io.doorbell.vfiouser.server;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.vfiouser.memory.MessageDma;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.ProtocolException;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Asks the client for its memory, by messages, and waits for the answers.
 *
 * <p>A client may answer only after we have answered it: a virtual CPU that waits for a register
 * holds the lock that its DMA needs. So whoever calls here must not be needed for registers; and
 * when bus mastering is switched off, which may wait for the callers to end, they end at once.
 *
 * <p>Threads: any calls, one brings answers.
 */
final class ClientDma implements MessageDma {
    private static final int ID_MASK = 0xFFFF;

    /**
     * Data of one answer. QEMU does not wait to send: what was sent in part is sent to it, and puts
     * the stream out of step; what was not sent may be forgotten. Linux takes as much as goes into
     * one buffer of a socket, somewhat more than this, as a whole or not at all.
     */
    private static final int ANSWER_BYTES_MAX = 32 << 10;

    /** Answers with data at a time: what a socket takes, 208 KiB, is enough for them and others. */
    private static final int READS_MAX = 2;

    /** One request on its way. */
    private static final class Pending {
        private final boolean isRead;
        private boolean answered;
        private byte @Nullable [] data;
        private DmaStatus status = DmaStatus.ABORTED;

        Pending(boolean isRead) {
            this.isRead = isRead;
        }
    }

    private final UnixSocket socket;
    private final Map<Integer, Pending> pending = new HashMap<>();
    private int transferBytesMax;
    private int nextId;
    private int reads; // of those pending
    private boolean allowed = true;
    private boolean refused;
    private boolean closed;

    /**
     * @param transferBytesMax data of one message
     */
    ClientDma(UnixSocket socket, int transferBytesMax) {
        this.socket = socket;
        this.transferBytesMax = transferBytesMax;
    }

    /** What the client can take, if that is less. */
    synchronized void limitTransfer(int bytesMax) {
        transferBytesMax = Math.min(transferBytesMax, bytesMax);
    }

    /**
     * From now on nobody is asked, and every access ends as aborted: the thread that would have to
     * wait is the one that brings answers.
     */
    synchronized void refuse() {
        refused = true;
        notifyAll();
    }

    /** While bus mastering is off every access ends as aborted, also one that waits. */
    synchronized void allow(boolean busMaster) {
        allowed = busMaster;
        if (!busMaster) {
            abortPending();
        }
    }

    /** The client is gone. */
    synchronized void close() {
        closed = true;
        abortPending();
    }

    private void abortPending() {
        pending.values().forEach(waiting -> waiting.answered = true);
        pending.clear();
        reads = 0;
        notifyAll();
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        DmaStatus status = DmaStatus.OK;
        for (long done = 0; done < sizeBytes && status.isOk(); ) {
            int piece = piece(Math.min(sizeBytes - done, ANSWER_BYTES_MAX));
            Pending answer = ask(new Request.DmaRead(address + done, piece), Header.BYTES);
            status = answer.status;
            byte[] data = answer.data;
            if (status.isOk() && data != null && data.length == piece) {
                MemorySegment.copy(
                        data, 0, target, ValueLayout.JAVA_BYTE, targetOffsetBytes + done, piece);
            } else if (status.isOk()) {
                return DmaStatus.ABORTED; // less than was asked for
            }
            done += piece;
        }
        return status;
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        DmaStatus status = DmaStatus.OK;
        for (long done = 0; done < sizeBytes && status.isOk(); ) {
            int piece = piece(sizeBytes - done);
            MemorySegment data = source.asSlice(sourceOffsetBytes + done, piece);
            status = ask(new Request.DmaWrite(address + done, data), piece).status;
            done += piece;
        }
        return status;
    }

    private synchronized int piece(long bytes) {
        return (int) Math.min(bytes, transferBytesMax);
    }

    private Pending ask(Request request, int dataBytes) {
        Pending waiting = new Pending(request instanceof Request.DmaRead);
        int id = begin(waiting);
        if (id < 0) {
            return waiting;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Reply.ACCESS_OVERHEAD_BYTES + dataBytes);
            if (!socket.send(request.write(buffer, id, false), List.of())) {
                close();
            }
        }
        await(waiting);
        return waiting;
    }

    /** The id of the message, or -1 if there must be none. */
    private synchronized int begin(Pending waiting) {
        awaitThat(() -> isForbidden() || !waiting.isRead || reads < READS_MAX);
        if (isForbidden()) {
            return -1;
        }
        if (waiting.isRead) {
            reads++;
        }
        while (pending.containsKey(nextId)) { // a few threads wait at most, of 65,536 ids
            nextId = (nextId + 1) & ID_MASK;
        }
        int id = nextId;
        nextId = (nextId + 1) & ID_MASK;
        pending.put(id, waiting);
        return id;
    }

    private boolean isForbidden() {
        return !allowed || refused || closed;
    }

    private void await(Pending waiting) {
        awaitThat(() -> waiting.answered);
    }

    /** Whoever interrupts: the answer or the end will come. */
    private synchronized void awaitThat(BooleanSupplier condition) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A reply came.
     *
     * @throws ProtocolException if it does not fit what was asked
     */
    synchronized void answered(Header header, MemorySegment body) throws ProtocolException {
        Pending waiting = pending.remove(header.id());
        if (waiting == null) {
            return; // to one that was aborted
        }
        waiting.answered = true;
        if (waiting.isRead) {
            reads--;
        }
        notifyAll();
        if (header.isRefusal()) {
            waiting.status = DmaStatus.UNMAPPED;
            return;
        }
        switch (Reply.read(header, body)) {
            case Reply.DmaData(_, MemorySegment data) -> {
                waiting.data = data.toArray(ValueLayout.JAVA_BYTE);
                waiting.status = DmaStatus.OK;
            }
            case Reply.DmaWritten _ -> waiting.status = DmaStatus.OK;
            default ->
                    throw new ProtocolException(
                            "Command %d in the reply to a DMA message."
                                    .formatted(header.command()));
        }
    }
}
