package io.doorbell.vfiouser.client;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.ProtocolException;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connection to a device. Any thread may ask; replies come in any order. The device asks too: for
 * memory that it has no descriptor of.
 */
public final class VfioUserClient implements AutoCloseable {
    /** What QEMU says. */
    private static final String CAPABILITIES =
            "{\"capabilities\": {\"pgsizes\": 4096, \"max_msg_fds\": 16,"
                    + " \"max_dma_maps\": 65535, \"max_data_xfer_size\": 1048576}}";

    private static final int MESSAGE_BYTES_MAX = (1 << 20) + 4 * Header.BYTES;
    private static final int ID_MASK = 0xFFFF;

    /** A device that takes longer hangs, or speaks something else; QEMU waits for 5 s. */
    private static final long REPLY_SECONDS_MAX = 10;

    /** Answers what the device asks. */
    @FunctionalInterface
    public interface DeviceRequests {
        /**
         * The device reads or writes memory; runs on the thread that receives.
         *
         * @return the reply, or null to refuse
         */
        @Nullable Reply answer(Request request);
    }

    private final UnixSocket socket;
    private final DeviceRequests deviceRequests;
    private final Map<Integer, CompletableFuture<Reply>> pending = new HashMap<>();
    private final Thread receiver;
    private int nextId;
    private @Nullable String gone; // why
    private Runnable whenGone = () -> {};

    private VfioUserClient(UnixSocket socket, DeviceRequests deviceRequests) {
        this.socket = socket;
        this.deviceRequests = deviceRequests;
        this.receiver =
                Thread.ofPlatform().name("vfio-user-client").daemon().unstarted(this::receive);
    }

    /**
     * Connects, and agrees on the version.
     *
     * @throws PosixException if nobody listens there
     * @throws RefusedException if the device does not want us
     */
    public static VfioUserClient connect(Path path, DeviceRequests deviceRequests)
            throws PosixException, RefusedException, InterruptedException {
        VfioUserClient client = new VfioUserClient(UnixSocket.connect(path), deviceRequests);
        client.receiver.start();
        try {
            Reply _ = client.ask(new Request.Version(0, 0, CAPABILITIES), List.of());
            return client;
        } catch (RefusedException refused) {
            client.close();
            throw refused;
        }
    }

    /**
     * Asks, and waits for the reply. A device that does not answer in time is given up.
     *
     * @param descriptors to go with it; they stay the caller's
     */
    public Reply ask(Request request, List<Descriptor> descriptors)
            throws RefusedException, InterruptedException {
        CompletableFuture<Reply> reply = begin(request, descriptors);
        try {
            return reply.get(REPLY_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            end("The device has not answered for %d s.".formatted(REPLY_SECONDS_MAX));
            socket.stop();
            return await(reply);
        } catch (ExecutionException failed) {
            throw refusal(failed);
        }
    }

    /** Asks, and does not wait. */
    public CompletableFuture<Reply> begin(Request request, List<Descriptor> descriptors) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        send(request, open(reply), false, descriptors);
        return reply;
    }

    /** Waits for the reply to what was begun. */
    public static Reply await(CompletableFuture<Reply> reply)
            throws RefusedException, InterruptedException {
        try {
            return reply.get();
        } catch (ExecutionException failed) {
            throw refusal(failed);
        }
    }

    private static RefusedException refusal(ExecutionException failed) {
        if (failed.getCause() instanceof RefusedException refused) {
            return refused;
        }
        throw new IllegalStateException(failed.getCause());
    }

    /**
     * Returns if the device is still there.
     *
     * @throws DeviceGoneException if it is not
     */
    void checkAlive() {
        synchronized (pending) {
            if (gone != null) {
                throw new DeviceGoneException(gone);
            }
        }
    }

    /** What to do when the device goes; runs on any thread, and at once if it has gone already. */
    void onGone(Runnable action) {
        synchronized (pending) {
            whenGone = action;
            if (gone == null) {
                return;
            }
        }
        action.run();
    }

    /** Asks for what has no reply. */
    public void post(Request request) {
        int id;
        synchronized (pending) {
            id = takeId();
        }
        send(request, id, true, List.of());
    }

    private int open(CompletableFuture<Reply> reply) {
        synchronized (pending) {
            int id = takeId();
            if (gone != null) {
                reply.completeExceptionally(new RefusedException(gone, 0));
            } else {
                pending.put(id, reply);
            }
            return id;
        }
    }

    private int takeId() {
        while (pending.containsKey(nextId)) {
            nextId = (nextId + 1) & ID_MASK;
        }
        int id = nextId;
        nextId = (nextId + 1) & ID_MASK;
        return id;
    }

    private void send(Request request, int id, boolean posted, List<Descriptor> descriptors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Reply.ACCESS_OVERHEAD_BYTES + dataBytes(request));
            boolean _ = socket.send(request.write(buffer, id, posted), descriptors);
        } // if the device is gone the receiver ends what waits
    }

    private static long dataBytes(Request request) {
        return switch (request) {
            case Request.RegionWrite write -> write.data().byteSize();
            case Request.DmaWrite write -> write.data().byteSize();
            case Request.Version version -> 4L * version.capabilities().length();
            default -> Request.FIXED_BYTES_MAX;
        };
    }

    private void receive() {
        try (socket;
                MessageReader reader = new MessageReader(socket::receive, MESSAGE_BYTES_MAX)) {
            while (reader.receive((header, body, _) -> received(header, body))) {}
            end("The device has closed the connection.");
        } catch (PosixException broken) {
            end("The connection to the device broke: " + broken.getMessage() + ".");
        } catch (ProtocolException violated) {
            end("The device does not keep to vfio-user: " + violated.getMessage());
        } finally {
            end("The receiver has failed.");
        }
    }

    /** Nobody waits any more, for this reason; the first one counts. */
    private void end(String why) {
        Runnable action;
        synchronized (pending) {
            if (gone == null) {
                gone = why;
            }
            RefusedException refusal = new RefusedException(gone, 0);
            pending.values().forEach(waiting -> waiting.completeExceptionally(refusal));
            pending.clear();
            action = whenGone;
        }
        action.run();
    }

    private void received(Header header, MemorySegment body) throws ProtocolException {
        if (header.isRequest()) {
            answer(header, Request.read(header, body));
            return;
        }
        CompletableFuture<Reply> waiting;
        synchronized (pending) {
            waiting = pending.remove(header.id());
        }
        if (waiting == null) {
            throw new ProtocolException("A reply that nobody waits for.");
        }
        if (header.isRefusal()) {
            waiting.completeExceptionally(
                    new RefusedException(
                            "Command %d was refused: errno %d."
                                    .formatted(header.command(), header.errno()),
                            header.errno()));
        } else {
            waiting.complete(kept(Reply.read(header, body)));
        }
    }

    /** What a reply carries lies in the buffer of the receiver. */
    private static Reply kept(Reply reply) {
        return reply instanceof Reply.RegionData(long offset, int region, MemorySegment data)
                ? new Reply.RegionData(
                        offset, region, MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_BYTE)))
                : reply;
    }

    private void answer(Header header, Request request) {
        Reply reply = deviceRequests.answer(request);
        try (Arena arena = Arena.ofConfined()) {
            if (reply == null) {
                MemorySegment refusal = arena.allocate(Header.BYTES);
                header.refusal(Errno.EFAULT).write(refusal);
                boolean _ = socket.send(refusal, List.of());
                return;
            }
            long bytes = reply instanceof Reply.DmaData read ? read.data().byteSize() : 0;
            MemorySegment buffer = arena.allocate(Reply.ACCESS_OVERHEAD_BYTES + bytes);
            boolean _ = socket.send(reply.write(buffer, header), List.of());
        }
    }

    /** Ends the connection, and waits until nothing is received any more. */
    @Override
    public void close() {
        socket.stop();
        boolean interrupted = false;
        while (receiver.isAlive()) {
            try {
                receiver.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
