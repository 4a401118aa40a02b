package io.doorbell.vfiouser.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.FileIdentity;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixListener;
import io.doorbell.vfiouser.posix.UnixSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class MessageReaderTest {
    private static final int MESSAGES = 3_000;
    private static final int BODY_BYTES_MAX = 200;

    @TempDir private Path folder = Path.of("");

    /** A message as it was sent or received: its id, body, and the files that came with it. */
    private record Seen(int id, List<Byte> body, List<FileIdentity> files) {}

    /**
     * Messages of random sizes with random descriptors, sent in random pieces, received with random
     * sizes: each keeps its own bytes and descriptors.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void descriptors_reachTheirMessage(long seed) throws Exception {
        List<Seen> sent = new ArrayList<>();
        List<Seen> received = new ArrayList<>();
        try (UnixListener listener = UnixListener.listen(folder.resolve("s"));
                UnixSocket client = UnixSocket.connect(folder.resolve("s"));
                UnixSocket server = Objects.requireNonNull(listener.accept())) {
            Thread sender = Thread.ofPlatform().start(() -> send(client, new Random(seed), sent));
            Random sizes = new Random(-seed);
            try (MessageReader reader =
                    new MessageReader(
                            (target, descriptors) ->
                                    server.receive(some(target, sizes), descriptors),
                            1000)) {
                while (reader.receive(
                        (header, body, descriptors) ->
                                received.add(seen(header, body, descriptors)))) {}
            }
            sender.join();
        }
        assertThat(received).isEqualTo(sent);
        assertThat(sent.stream().filter(seen -> !seen.files().isEmpty()).count())
                .isGreaterThan(MESSAGES / 8);
    }

    private static MemorySegment some(MemorySegment target, Random sizes) {
        long size = sizes.nextInt(4) == 0 ? target.byteSize() : 1 + sizes.nextInt(60);
        return target.asSlice(0, Math.min(size, target.byteSize()));
    }

    private static void send(UnixSocket client, Random random, List<Seen> sent) {
        try (Arena arena = Arena.ofConfined()) {
            List<Descriptor> files = List.of(file("a"), file("b"), file("c"));
            MemorySegment message = arena.allocate(Header.BYTES + BODY_BYTES_MAX);
            for (int id = 0; id < MESSAGES; id++) {
                int bytes = random.nextInt(BODY_BYTES_MAX);
                for (int i = 0; i < bytes; i++) {
                    message.set(Wire.BYTE, (long) Header.BYTES + i, (byte) random.nextInt());
                }
                Header.request(id, 1, bytes, false).write(message);
                List<Descriptor> some =
                        random.nextInt(4) == 0
                                ? files.subList(0, 1 + random.nextInt(3))
                                : List.of();
                sendInPieces(client, message.asSlice(0, (long) Header.BYTES + bytes), some, random);
                sent.add(
                        new Seen(
                                id, bytes(message.asSlice(Header.BYTES, bytes)), identities(some)));
            }
            files.forEach(Descriptor::close);
        } catch (PosixException error) {
            throw new AssertionError(error);
        } finally {
            client.stop();
        }
    }

    /** Whole, or in two pieces with the descriptors on either of them. */
    private static void sendInPieces(
            UnixSocket client, MemorySegment message, List<Descriptor> descriptors, Random random) {
        if (random.nextInt(3) == 0) {
            int cut = 1 + random.nextInt((int) message.byteSize() - 1);
            boolean first = random.nextBoolean();
            assertThat(client.send(message.asSlice(0, cut), first ? descriptors : List.of()))
                    .isTrue();
            assertThat(client.send(message.asSlice(cut), first ? List.of() : descriptors)).isTrue();
        } else {
            assertThat(client.send(message, descriptors)).isTrue();
        }
    }

    private static Descriptor file(String name) throws PosixException {
        return Descriptor.memoryFile(name, 4096);
    }

    private static Seen seen(Header header, MemorySegment body, List<Descriptor> descriptors) {
        return new Seen(header.id(), bytes(body), identities(descriptors));
    }

    private static List<Byte> bytes(MemorySegment body) {
        List<Byte> bytes = new ArrayList<>();
        for (byte value : body.toArray(Wire.BYTE)) {
            bytes.add(value);
        }
        return bytes;
    }

    private static List<FileIdentity> identities(List<Descriptor> descriptors) {
        List<FileIdentity> identities = new ArrayList<>();
        for (Descriptor descriptor : descriptors) {
            try {
                identities.add(descriptor.identity());
            } catch (PosixException error) {
                throw new AssertionError(error);
            }
        }
        return identities;
    }

    @Test
    void descriptorsNobodyTook_areClosed() throws Exception {
        List<Descriptor> passed = new ArrayList<>();
        try (Descriptor event = Descriptor.event();
                Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(Header.BYTES);
            Header.request(7, 1, 0, false).write(message);
            Descriptor[] arriving = {event};
            try (MessageReader reader =
                    new MessageReader(
                            (target, descriptors) -> {
                                target.copyFrom(message);
                                descriptors.add(arriving[0]);
                                return Header.BYTES;
                            },
                            100)) {
                assertThat(reader.receive((_, _, descriptors) -> passed.addAll(descriptors)))
                        .isTrue();
            }
            assertThat(passed).containsExactly(event);
            assertThat(event.signal()).as("closed").isFalse();
        }
    }

    /** As a message that never ends gathers them. */
    @Test
    void tooManyDescriptors_endTheConnection_andAreClosed() throws Exception {
        List<Descriptor> passed = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(Header.BYTES);
            Header.request(7, 1, 84, false).write(message);
            try (MessageReader reader =
                    new MessageReader(
                            (target, descriptors) -> {
                                target.copyFrom(
                                        message.asSlice(0, passed.isEmpty() ? Header.BYTES : 1));
                                passed.add(Descriptor.event());
                                descriptors.add(passed.getLast());
                                return passed.size() == 1 ? Header.BYTES : 1;
                            },
                            100)) {
                for (int i = 0; i < 16; i++) {
                    assertThat(reader.receive((_, _, _) -> {})).isTrue();
                }
                assertThatThrownBy(() -> reader.receive((_, _, _) -> {}))
                        .isInstanceOf(ProtocolException.class);
            }
            assertThat(passed).noneMatch(Descriptor::signal);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 101, -1, Integer.MIN_VALUE})
    void impossibleSize_endsTheConnection(int size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment message = arena.allocate(Header.BYTES);
            new Header(1, 1, size, 0, 0).write(message);
            try (MessageReader reader =
                    new MessageReader(
                            (target, _) -> {
                                target.copyFrom(message);
                                return Header.BYTES;
                            },
                            100)) {
                assertThatThrownBy(() -> reader.receive((_, _, _) -> {}))
                        .isInstanceOf(ProtocolException.class)
                        .hasMessageContaining("16 to 100");
            }
        }
    }
}
