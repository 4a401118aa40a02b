package io.doorbell.vfiouser.server;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.BarRead;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.bus.pci.PciAccess.ConfigRead;
import io.doorbell.bus.pci.PciAccess.ConfigWrite;
import io.doorbell.bus.pci.PciAccess.FunctionReset;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.spec.pci.ConfigurationHeader;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Accesses of any size and place, made of those that a PCI function knows: naturally aligned, up to
 * 4 bytes in configuration space and 8 in a BAR.
 *
 * <p>Posted stores are answered by nobody, so a host could send them faster than the function takes
 * them. Every so often one is followed by a load that tells how far the function has come, and who
 * is too far ahead waits.
 *
 * <p>Threads: one asks; completions arrive on any.
 */
final class FunctionAccess {
    /** Most bytes of one access. */
    static final int BYTES_MAX = 4096;

    private static final int BAR_WIDTH_MAX = 8;
    private static final int CONFIG_WIDTH_MAX = 4;
    private static final int STORES_PER_PERMIT = 256;
    private static final int PERMITS = 16; // 4,096 stores under way: two rings of every queue

    // Full messages of the widest stores, and the end of one from an earlier receive.
    private static final int RECEIVED_STORES_MAX =
            (SessionLoop.RECEIVE_BYTES_MAX + BYTES_MAX) / BAR_WIDTH_MAX;

    // Tags of our own questions are below 0; FunctionPower's is -2.
    private static final long FENCE_TAG = -1;
    private static final long OWN_TAG_FIRST = -3;

    /** What one request waits for. */
    private static final class Transfer {
        private final byte[] data;
        private final Consumer<byte[]> done;
        private int partsLeft = 1; // the first is that all parts were sent

        private Transfer(int bytes, Consumer<byte[]> done) {
            this.data = new byte[bytes];
            this.done = done;
        }
    }

    /** A part of a transfer: where in its data, how wide. */
    private record Part(Transfer transfer, int at, int width) {}

    private final ActorRef<? super PciAccess> lane;
    private final ActorRef<ReadCompletion> completions;
    private final Map<Long, Part> parts = new HashMap<>();
    private final Semaphore permits = new Semaphore(PERMITS);
    private long nextTag;
    private long nextOwnTag = OWN_TAG_FIRST;
    private int storesSinceFence;

    /**
     * @param completions whoever hands them to {@link #completed}
     */
    FunctionAccess(ActorRef<? super PciAccess> lane, ActorRef<ReadCompletion> completions) {
        this.lane = lane;
        this.completions = completions;
    }

    /** A load; {@code done} takes the bytes, on whatever thread brings the last of them. */
    void readBar(int bar, long offset, int count, Consumer<byte[]> done) {
        Transfer transfer = new Transfer(count, done);
        for (int at = 0, width; at < count; at += width) {
            width = width(offset + at, count - at, BAR_WIDTH_MAX);
            long tag = begin(transfer, at, width);
            lane.tell(new BarRead(bar, offset + at, width, tag, completions));
        }
        partDone(transfer);
    }

    /** A posted store; of a width that functions know it stays one, wherever it is. */
    void writeBar(int bar, long offset, byte[] data) throws InterruptedException {
        if (data.length <= BAR_WIDTH_MAX && Integer.bitCount(data.length) == 1) {
            writeBar(bar, offset, data.length, value(data, 0, data.length));
            return;
        }
        for (int at = 0, width; at < data.length; at += width) {
            width = width(offset + at, data.length - at, BAR_WIDTH_MAX);
            writeBar(bar, offset + at, width, value(data, at, width));
        }
    }

    /** A posted store of one aligned value; waits while the function is too far behind. */
    void writeBar(int bar, long offset, int width, long value) throws InterruptedException {
        lane.tell(new BarWrite(bar, offset, width, value));
        if (++storesSinceFence == STORES_PER_PERMIT) {
            storesSinceFence = 0;
            permits.acquire();
            lane.tell(new ConfigRead(0, 1, FENCE_TAG, completions));
        }
    }

    /** Whether {@link #writeBar} waits for none of the stores that one receive brings. */
    boolean hasRoom() {
        return permits.availablePermits() > RECEIVED_STORES_MAX / STORES_PER_PERMIT;
    }

    /** A load from configuration space, which ends at 4,096; what a function lacks of it is 0. */
    void readConfig(int offset, int count, Consumer<byte[]> done) {
        readConfig(offset, count, false, done);
    }

    /** As {@link #readConfig}, but nothing that the machine asks. */
    void readConfigOurselves(int offset, int count, Consumer<byte[]> done) {
        readConfig(offset, count, true, done);
    }

    private void readConfig(int offset, int count, boolean own, Consumer<byte[]> done) {
        Transfer transfer = new Transfer(count, done);
        int inside = Math.min(count, ConfigurationHeader.SPACE_SIZE_BYTES - offset);
        for (int at = 0, width; at < inside; at += width) {
            width = width(offset + at, inside - at, CONFIG_WIDTH_MAX);
            long tag = begin(transfer, at, width, own);
            lane.tell(new ConfigRead(offset + at, width, tag, completions));
        }
        partDone(transfer);
    }

    /** A store into configuration space; {@code done} when it has taken effect. */
    void writeConfig(int offset, byte[] data, Consumer<byte[]> done) {
        Transfer transfer = new Transfer(data.length, done);
        int inside = Math.min(data.length, ConfigurationHeader.SPACE_SIZE_BYTES - offset);
        for (int at = 0, width; at < inside; at += width) {
            width = width(offset + at, inside - at, CONFIG_WIDTH_MAX);
            long tag = begin(transfer, at, width);
            int value = (int) value(data, at, width);
            lane.tell(new ConfigWrite(offset + at, width, value, tag, completions));
        }
        partDone(transfer);
    }

    /** A conventional reset; {@code done} when it is over. */
    void reset(Consumer<byte[]> done) {
        Transfer transfer = new Transfer(Long.BYTES, done);
        lane.tell(new FunctionReset(begin(transfer, 0, Long.BYTES), completions));
        partDone(transfer);
    }

    /** The function has answered. */
    void completed(ReadCompletion completion) {
        if (completion.tag() == FENCE_TAG) {
            permits.release();
            return;
        }
        Part part = take(completion.tag());
        if (part != null) {
            for (int i = 0; i < part.width; i++) {
                part.transfer.data[part.at + i] = (byte) (completion.value() >>> (8 * i));
            }
            partDone(part.transfer);
        }
    }

    private long begin(Transfer transfer, int at, int width) {
        return begin(transfer, at, width, false);
    }

    private long begin(Transfer transfer, int at, int width, boolean own) {
        synchronized (parts) {
            transfer.partsLeft++;
            long tag = own ? nextOwnTag-- : nextTag++;
            parts.put(tag, new Part(transfer, at, width));
            return tag;
        }
    }

    private @Nullable Part take(long tag) {
        synchronized (parts) {
            return parts.remove(tag);
        }
    }

    private void partDone(Transfer transfer) {
        boolean last;
        synchronized (parts) {
            last = --transfer.partsLeft == 0;
        }
        if (last) {
            transfer.done.accept(transfer.data);
        }
    }

    private static int width(long offset, int left, int widthMax) {
        int width = widthMax;
        while (offset % width != 0 || width > left) {
            width /= 2;
        }
        return width;
    }

    private static long value(byte[] data, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (data[at + i] & 0xFFL) << (8 * i);
        }
        return value;
    }
}
