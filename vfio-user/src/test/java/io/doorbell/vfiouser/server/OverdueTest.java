package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;

import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.posix.UnixListener;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.MessageReader;
import io.doorbell.vfiouser.protocol.Reply;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Replies that do not come in time. */
@Timeout(60)
class OverdueTest {
    private static final int REGION_READ = 9;
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir private Path folder = Path.of("");
    private final ActorSystem<Void> system =
            ActorSystem.create(Behaviors.empty(), "test", ConfigFactory.load());
    private UnixListener listener;
    private UnixSocket client;
    private UnixSocket server;
    private ReplyQueue replies;
    private MessageReader reader;

    @BeforeEach
    void connect() throws Exception {
        listener = UnixListener.listen(folder.resolve("s"));
        client = UnixSocket.connect(folder.resolve("s"));
        server = Objects.requireNonNull(listener.accept());
        replies = new ReplyQueue(server);
        reader = new MessageReader(client::receive, 1024);
    }

    @AfterEach
    void disconnect() throws Exception {
        replies.close();
        reader.close();
        client.close();
        server.close();
        listener.close();
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private ReplyQueue.Place request(int id) throws InterruptedException {
        return replies.open(new Header(id, REGION_READ, 32, 0, 0));
    }

    /** So many of the replies that the client gets. */
    private List<Header> received(int count) throws Exception {
        List<Header> headers = new ArrayList<>();
        while (headers.size() < count) {
            assertThat(reader.receive((header, _, _) -> headers.add(header))).isTrue();
        }
        return headers;
    }

    @Test
    void requestsThatAreNotAnswered_areRefusedInTheirOrder() throws Exception {
        ReplyQueue.Place late = request(1);
        ReplyQueue.Place known = request(2);
        var _ = request(3);
        replies.fill(known, new Reply.RegionWritten(0, 0, 4));

        try (Overdue _ = new Overdue(replies, system, SOON, SOON)) {
            List<Header> headers = received(3);

            assertThat(headers).extracting(Header::id).containsExactly(1, 2, 3);
            assertThat(headers).extracting(Header::isRefusal).containsExactly(true, false, true);
            assertThat(headers.getFirst().errno()).isEqualTo(Errno.EIO);
        }
        replies.fill(late, new Reply.Done()); // too late, and never sent
        replies.refuse(request(4), Errno.EINVAL);
        assertThat(received(1)).extracting(Header::id).containsExactly(4);
    }

    @Test
    void requestsInTime_areLeftAlone() throws Exception {
        ReplyQueue.Place place = request(1);
        try (Overdue _ = new Overdue(replies, system, NEVER, Duration.ofMillis(1));
                Overdue _ = new Overdue(replies, system, NEVER, Duration.ofMillis(1))) {
            assertThat(replies.overdue(NEVER.toNanos())).isNull();
            assertThat(replies.overdue(0)).isSameAs(place);
        }
        replies.fill(place, new Reply.RegionWritten(0, 0, 4));
        assertThat(received(1)).extracting(Header::isRefusal).containsExactly(false);
    }
}
