package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.posix.UnixSocket;
import io.doorbell.vfiouser.protocol.Request;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Sends random and mutated messages to a served controller: whatever comes, the server goes on, and
 * no descriptor is left behind.
 */
final class Fuzzer {
    private static final int DATA_BYTES_MAX = 600;
    private static final long RAM_BYTES = 1 << 20;
    private static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        4,
        7,
        8,
        12,
        16,
        0x14,
        0x1C,
        0x20,
        0x24,
        0x28,
        0x30,
        0x50,
        0x80,
        255,
        256,
        4095,
        4096,
        0x1000,
        0x1008,
        0x2000,
        0x3FFC,
        0x4000,
        0x10000,
        0xFFFFF,
        0x100000,
        0x7FFFFFFF,
        0x80000000L,
        0xFFFFFFFFL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -8,
        -4096
    };

    private final Random random;
    private final Path path;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(4096, 8);
    private final Descriptor ram;
    private final Descriptor event;
    private UnixSocket socket;
    private Thread drain;
    private long connections;

    Fuzzer(Path path, long seed) throws IOException {
        this.path = path;
        this.random = new Random(seed);
        this.ram = Descriptor.memoryFile("fuzz", RAM_BYTES);
        this.event = Descriptor.event();
        this.socket = UnixSocket.connect(path);
        this.drain = drain(socket);
        greet();
    }

    /** Sends so many messages, over as many connections as they end. */
    void run(long messages) throws IOException, InterruptedException {
        for (long i = 0; i < messages; i++) {
            if (!send()) {
                reconnect();
            }
        }
    }

    long connections() {
        return connections;
    }

    private void reconnect() throws PosixException, InterruptedException {
        socket.stop();
        drain.join();
        connections++;
        socket = UnixSocket.connect(path);
        drain = drain(socket);
        greet();
    }

    private void greet() {
        boolean _ = socket.send(new Request.Version(0, 0, "{}").write(buffer, 0, false), List.of());
    }

    /** Takes what the server sends, so that it never waits for us; the receiver closes. */
    private static Thread drain(UnixSocket socket) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            try (socket;
                                    Arena own = Arena.ofConfined()) {
                                MemorySegment sink = own.allocate(65_536);
                                List<Descriptor> descriptors = new ArrayList<>();
                                while (socket.receive(sink, descriptors) > 0) {}
                            } catch (PosixException reset) {
                                return; // how a connection ends that the server breaks
                            }
                        });
    }

    private boolean send() {
        MemorySegment message = request().write(buffer, random.nextInt(0x10000), chance(3));
        if (chance(4)) {
            mutate(message);
        }
        if (chance(200)) { // a size that is no longer true: most often the end of the connection
            message.set(ValueLayout.JAVA_INT_UNALIGNED, 4, (int) number());
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (int i = chance(4) ? 1 + random.nextInt(3) : 0; i > 0; i--) {
            descriptors.add(random.nextBoolean() ? ram : event);
        }
        return socket.send(message, descriptors);
    }

    private void mutate(MemorySegment message) {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            long at = random.nextInt((int) message.byteSize());
            if (at < 4 || at >= 8) { // the size has its own chance
                message.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
            }
        }
    }

    private Request request() {
        return switch (random.nextInt(14)) {
            case 0 -> new Request.DmaMap(random.nextInt(4), page(), page(), page());
            case 1 -> new Request.DmaMap(3, 0, random.nextInt(4) * RAM_BYTES, RAM_BYTES);
            case 2 -> new Request.DmaUnmap(chance(4) ? 2 : 0, page(), page());
            case 3 -> new Request.GetRegionInfo((int) number(), small());
            case 4 -> new Request.GetIrqInfo(small());
            case 5 -> new Request.SetIrqs(random.nextInt(64), small(), small(), small());
            case 6 -> new Request.RegionRead(number(), small(), chance(2) ? 4 : small());
            case 7 -> new Request.RegionRead(0, 7, 1 + random.nextInt(256));
            case 8 -> new Request.RegionWrite(number(), small(), data());
            case 9 -> new Request.RegionWrite(4L * random.nextInt(64), 7, dword());
            case 10 -> new Request.RegionWrite(4L * random.nextInt(32), 0, dword());
            case 11 -> new Request.RegionWrite(0x1000 + 4L * random.nextInt(40), 0, dword());
            case 12 -> chance(40) ? new Request.DeviceReset() : new Request.GetDeviceInfo();
            default -> new Request.Unknown(random.nextInt(20));
        };
    }

    private MemorySegment data() {
        MemorySegment data = arenaless(random.nextInt(DATA_BYTES_MAX));
        data.asByteBuffer().putInt(0, random.nextInt());
        return data;
    }

    private MemorySegment dword() {
        MemorySegment data = arenaless(4);
        data.set(
                ValueLayout.JAVA_INT_UNALIGNED,
                0,
                chance(8) ? 0x0046_0001 : chance(2) ? 7 : (int) number());
        return data;
    }

    private static MemorySegment arenaless(int bytes) {
        return MemorySegment.ofArray(new byte[Math.max(bytes, 4)]);
    }

    private long number() {
        return chance(3) ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private long page() {
        return chance(8) ? number() : 4096L * random.nextInt(300);
    }

    private int small() {
        return chance(20) ? (int) number() : random.nextInt(10);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    void close() throws InterruptedException {
        socket.stop();
        drain.join();
        ram.close();
        event.close();
        arena.close();
    }

    static long openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /**
     * By hand: {@code Fuzzer [messages [seed]]}, ten million unless said otherwise. Prints how many
     * descriptors and how much heap are in use as it goes.
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
                long step = Math.max(1, messages / 20);
                for (long done = 0; done < messages; done += step) {
                    fuzzer.run(step);
                    System.gc();
                    long heap =
                            Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
                    System.out.printf(
                            "%,d messages, %,d connections, %d descriptors, %,d KiB of heap%n",
                            done + step, fuzzer.connections(), openDescriptors(), heap >> 10);
                }
            } finally {
                fuzzer.close();
            }
            server.stop();
            serving.join();
        }
    }
}
