package io.doorbell.vfiouser.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class UnixSocketTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void bytesAndDescriptors_arrive() throws Exception {
        try (SocketPair pair = SocketPair.open(folder.resolve("s"));
                Arena arena = Arena.ofConfined();
                Descriptor event = Descriptor.event()) {
            assertThat(pair.client().send(arena.allocateFrom("hello"), List.of(event))).isTrue();

            List<Descriptor> descriptors = new ArrayList<>();
            MemorySegment target = arena.allocate(100);
            int count = pair.server().receive(target, descriptors);

            assertThat(count).isEqualTo(6);
            assertThat(target.getString(0)).isEqualTo("hello");
            assertThat(descriptors).hasSize(1);
            assertThat(descriptors.getFirst().signal()).isTrue();
            assertThat(event.takeEvents()).as("it is the same event").isEqualTo(1);
            assertThat(event.takeEvents()).isZero();
            descriptors.getFirst().close();
            assertThat(descriptors.getFirst().signal()).as("closed").isFalse();
        }
    }

    @Test
    void stop_endsAReceive_andWhatFollows() throws Exception {
        try (SocketPair pair = SocketPair.open(folder.resolve("s"));
                Arena arena = Arena.ofShared()) {
            MemorySegment target = arena.allocate(100);
            Thread stopper = Thread.ofPlatform().start(() -> pair.server().stop());

            assertThat(pair.server().receive(target, new ArrayList<>())).isZero();
            stopper.join();

            assertThat(pair.server().receive(target, new ArrayList<>())).isZero();
            assertThat(pair.server().send(target, List.of())).isFalse();
            assertThat(pair.client().receive(target, new ArrayList<>())).isZero();
        }
    }

    @Test
    void stop_endsASend_thatNobodyReceives() throws Exception {
        try (SocketPair pair = SocketPair.open(folder.resolve("s"));
                Arena arena = Arena.ofShared()) {
            MemorySegment tooMuch = arena.allocate(16 << 20);
            boolean[] sent = {true};
            Thread sender =
                    Thread.ofPlatform()
                            .start(() -> sent[0] = pair.server().send(tooMuch, List.of()));
            pair.server().stop();
            sender.join();

            assertThat(sent[0]).isFalse();
        }
    }

    @Test
    void peerThatCloses_isSeen() throws Exception {
        try (SocketPair pair = SocketPair.open(folder.resolve("s"))) {
            assertThat(pair.server().isPeerGone()).isFalse();
            pair.client().close();
            assertThat(pair.server().isPeerGone()).isTrue();
        }
    }

    @Test
    void listen_replacesALeftOver_butNotOneThatIsServed_norAFile() throws Exception {
        Path path = folder.resolve("s");
        try (UnixListener _ = UnixListener.listen(path)) {
            assertThatThrownBy(() -> UnixListener.listen(path))
                    .isInstanceOfSatisfying(
                            PosixException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.EADDRINUSE));
        }
        assertThat(path).as("given back").doesNotExist();

        leaveSocketOver(path);
        try (UnixListener _ = UnixListener.listen(path);
                UnixSocket client = UnixSocket.connect(path)) {
            assertThat(client.isPeerGone()).isFalse();
        }

        Files.writeString(path, "precious");
        assertThatThrownBy(() -> UnixListener.listen(path))
                .isInstanceOfSatisfying(
                        PosixException.class,
                        refused -> assertThat(refused.errno()).isEqualTo(Errno.EEXIST));
        assertThat(path).hasContent("precious");
    }

    private static void leaveSocketOver(Path path) throws IOException {
        Path elsewhere = path.resolveSibling("other");
        try (UnixListener _ = UnixListener.listen(elsewhere)) {
            Files.move(elsewhere, path);
        }
    }

    @Test
    void stop_endsAccept() throws Exception {
        try (UnixListener listener = UnixListener.listen(folder.resolve("s"))) {
            listener.stop();
            assertThat(listener.accept()).isNull();
        }
    }

    @Test
    void pathTooLong_isRefused() {
        assertThatThrownBy(() -> UnixListener.listen(folder.resolve("x".repeat(120))))
                .isInstanceOf(PosixException.class)
                .hasMessageContaining("107");
    }

    @Test
    void memoryFile_isSharedByItsMappings() throws Exception {
        try (Descriptor file = Descriptor.memoryFile("ram", 1 << 20);
                Arena arena = Arena.ofShared()) {
            MemorySegment one = file.map(1 << 20, true, arena);
            MemorySegment other = file.map(file.sizeBytes(), false, arena);
            one.set(ValueLayout.JAVA_INT, 4096, 42);

            assertThat(other.get(ValueLayout.JAVA_INT, 4096)).isEqualTo(42);
            assertThatThrownBy(() -> other.set(ValueLayout.JAVA_INT, 0, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void identity_isTheFilesNotTheDescriptors() throws Exception {
        try (SocketPair pair = SocketPair.open(folder.resolve("s"));
                Arena arena = Arena.ofConfined();
                Descriptor file = Descriptor.memoryFile("a", 4096);
                Descriptor other = Descriptor.memoryFile("a", 4096)) {
            boolean _ = pair.client().send(arena.allocate(1), List.of(file));
            List<Descriptor> received = new ArrayList<>();
            int _ = pair.server().receive(arena.allocate(1), received);

            try (Descriptor same = received.getFirst()) {
                assertThat(same.identity()).isEqualTo(file.identity());
                assertThat(same.identity()).isNotEqualTo(other.identity());
            }
        }
    }

    /** Two ends of one connection. */
    record SocketPair(UnixListener listener, UnixSocket client, UnixSocket server)
            implements AutoCloseable {
        static SocketPair open(Path path) throws IOException {
            UnixListener listener = UnixListener.listen(path);
            UnixSocket client = UnixSocket.connect(path);
            return new SocketPair(listener, client, Objects.requireNonNull(listener.accept()));
        }

        @Override
        public void close() throws IOException {
            client.close();
            server.close();
            listener.close();
        }
    }
}
