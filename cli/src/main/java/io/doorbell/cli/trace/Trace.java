package io.doorbell.cli.trace;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A trace that is being written, by a thread of its own. Events that come faster than they can be
 * written wait in {@link #WAITING_BYTES_MAX} of memory; when that is full, whoever brings the next
 * one waits, for a device that is slow for a while is better than a trace with a gap. It does not
 * wait for long, for the machine would give the device up: then events are counted and left out
 * until there is room, and the trace says so where they are missing.
 *
 * <p>Of a file whose name ends in {@code .gz} each second so far can be read, whenever the process
 * ends.
 *
 * <p>Threads: any.
 */
public final class Trace implements AutoCloseable {
    /** Most memory that events take while they wait to be written, about. */
    public static final int WAITING_BYTES_MAX = 128 << 20;

    /** Longest wait of whoever brings an event. */
    public static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int BUFFER_BYTES = 1 << 16;
    private static final long FLUSH_MILLIS = 1_000;

    /** An event and when it was; without an event the end. */
    private record Waiting(long nanos, @Nullable TraceEvent event, long lostBefore) {}

    private final LongSupplier nanoTime;
    private final long startNanos;
    private final int waitingBytesMax;
    private final long patienceNanos;
    private final Semaphore room; // bytes that may still come to wait
    private final OutputStream file;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private long lost; // guarded by this
    private volatile @Nullable IOException failure;

    /** Compression that keeps up with a machine. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES, true);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Begins a trace in a file, which is replaced. */
    public static Trace into(Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
        boolean compressed = file.toString().endsWith(".gz");
        return new Trace(
                compressed ? new FastGzip(out) : out,
                System::nanoTime,
                WAITING_BYTES_MAX,
                PATIENCE.toNanos());
    }

    /** Begins a trace; closes {@code file} at its end. */
    Trace(OutputStream file, LongSupplier nanoTime, int waitingBytesMax, long patienceNanos) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.waitingBytesMax = waitingBytesMax;
        this.patienceNanos = patienceNanos;
        this.room = new Semaphore(waitingBytesMax);
        this.writer = Thread.ofPlatform().name("trace").daemon().start(this::write);
    }

    /** Something has happened just now. */
    synchronized void add(TraceEvent event) {
        long nanos = nanoTime.getAsLong() - startNanos;
        if (failure != null || !hasRoom(bytes(event))) {
            lost++;
            return;
        }
        queue.add(new Waiting(nanos, event, lost));
        lost = 0;
    }

    /** Waits once; then nobody waits until there is room again. */
    private boolean hasRoom(int bytes) {
        if (room.tryAcquire(bytes)) {
            return true;
        }
        try {
            return lost == 0 && room.tryAcquire(bytes, patienceNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private int bytes(TraceEvent event) {
        return (int) Math.min(event.footprintBytes(), waitingBytesMax);
    }

    private void write() {
        try (file) {
            line(TraceLine.FIRST + "\n");
            StringBuilder line = new StringBuilder();
            while (true) {
                Waiting next = queue.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
                if (next == null) {
                    file.flush();
                    continue;
                }
                line.setLength(0);
                if (next.lostBefore > 0) {
                    TraceLine.write(next.nanos, new TraceEvent.Lost(next.lostBefore), line);
                }
                TraceEvent event = next.event;
                if (event == null) {
                    line(line);
                    return;
                }
                TraceLine.write(next.nanos, event, line);
                line(line);
                room.release(bytes(event));
            }
        } catch (IOException broken) {
            failure = broken;
            queue.clear();
            room.release(waitingBytesMax); // nobody shall wait for it
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void line(CharSequence line) throws IOException {
        file.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Writes what waits.
     *
     * @throws IOException if not all could be written, now or before
     */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            queue.add(new Waiting(nanoTime.getAsLong() - startNanos, null, lost));
            lost = 0;
        }
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
    }
}
