package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.PosixException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Sends random and mutated messages to a served controller, by themselves and in the middle of what
 * drivers do: whatever comes, the server goes on, and nothing is left behind.
 */
final class Fuzzer {
    private static final int STEPS = 20;

    private final Random random;
    private final Path path;
    private final FuzzMessages messages;
    private final FuzzMemory memory;
    private FuzzConnection connection;
    private long connections;

    Fuzzer(Path path, long seed) throws IOException {
        this.path = path;
        this.random = new Random(seed);
        this.messages = new FuzzMessages(random);
        this.memory = new FuzzMemory(random);
        this.connection = new FuzzConnection(path, random);
    }

    /** Sends so many messages at least, over as many connections as they end. */
    void run(long count) throws IOException, InterruptedException {
        for (long sent = 0; sent < count; ) {
            boolean open;
            if (random.nextInt(40) == 0) {
                FuzzSession session = new FuzzSession(random, messages, connection, memory);
                sent += session.run();
                open = session.isOpen() && random.nextInt(10) != 0;
            } else {
                sent++;
                int descriptors = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
                open = connection.send(messages.next(), memory.some(descriptors), 4);
            }
            if (!open) {
                reconnect();
            }
        }
    }

    long connections() {
        return connections;
    }

    private void reconnect() throws PosixException, InterruptedException {
        connection.close();
        connections++;
        connection = new FuzzConnection(path, random);
    }

    void close() throws InterruptedException {
        connection.close();
        memory.close();
    }

    static long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static long lines(String file) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.count();
        }
    }

    private static String resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS")).findFirst().orElse("");
        }
    }

    /**
     * By hand: {@code Fuzzer [messages [seed]]}, ten million unless said otherwise. Prints what is
     * in use as it goes.
     */
    static void main(String[] args) throws Exception {
        long messages = args.length > 0 ? Long.parseLong(args[0]) : 10_000_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        Path path = Files.createTempDirectory("fuzz").resolve("s");
        try (RealController controller = new RealController();
                VfioUserServer server = new VfioUserServer(path, controller, controller.system())) {
            Thread serving = FuzzTest.serve(server);
            Fuzzer fuzzer = new Fuzzer(path, seed);
            try {
                long step = Math.max(1, messages / STEPS);
                for (long done = 0; done < messages; done += step) {
                    fuzzer.run(step);
                    print(done + step, fuzzer.connections());
                }
            } finally {
                fuzzer.close();
            }
            server.stop();
            serving.join();
        }
    }

    private static void print(long messages, long connections) throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%,d messages, %,d connections, %d descriptors, %d threads, %,d mappings,"
                        + " %,d KiB of heap, %s%n",
                messages,
                connections,
                openDescriptors(),
                Thread.activeCount(),
                lines("/proc/self/maps"),
                (runtime.totalMemory() - runtime.freeMemory()) >> 10,
                resident().replaceAll("\\s+", " "));
    }
}
