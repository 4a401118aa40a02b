package io.doorbell.cli.served;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Lines of text through a control socket, in UTF-8; whoever is silent for too long has gone. */
final class ControlLines implements AutoCloseable {
    /** What a control socket says first. */
    static final String GREETING = "doorbell control 1";

    private static final int LINE_BYTES_MAX = 4096;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer received = ByteBuffer.allocate(LINE_BYTES_MAX).flip();

    /** Takes the channel over. */
    ControlLines(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /**
     * The next line.
     *
     * @throws IOException if none comes in time, or one that is too long
     */
    String read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LINE_BYTES_MAX) {
            if (!received.hasRemaining()) {
                fill();
            }
            byte next = received.get();
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(next);
        }
        throw new IOException("a line of more than %,d bytes".formatted(LINE_BYTES_MAX));
    }

    private void fill() throws IOException {
        received.clear();
        int count = channel.read(received);
        if (count == 0) {
            awaitOrFail(SelectionKey.OP_READ);
            count = channel.read(received);
        }
        received.flip();
        if (count < 0) {
            throw new IOException("the other side has closed");
        }
        if (count == 0) {
            fill();
        }
    }

    /** Sends lines. */
    void write(String... lines) throws IOException {
        String text = String.join("\n", lines) + "\n";
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                awaitOrFail(SelectionKey.OP_WRITE);
            }
        }
    }

    private void awaitOrFail(int operation) throws IOException {
        channel.keyFor(selector).interestOps(operation);
        if (selector.select(LIMIT.toMillis()) == 0) {
            throw new IOException("nothing within %,d s".formatted(LIMIT.toSeconds()));
        }
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
