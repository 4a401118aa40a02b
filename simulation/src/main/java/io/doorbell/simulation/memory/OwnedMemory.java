package io.doorbell.simulation.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.simulation.choice.Site;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;

/** The memory of a simulated machine as one side sees it. */
public final class OwnedMemory extends GuestMemory {
    private static final long ALIGNMENT_MASK = Long.BYTES - 1;

    private final SimulatedMemory memory;
    private final MemorySegment bytes;
    private final MemoryModel model;
    private final boolean isHost;
    private final Site site;
    private final double lateness;
    private final StoreBuffer buffer;
    private final RecentStores seen = new RecentStores(); // of the other side, for stale loads
    private @Nullable OwnedMemory other;
    private @Nullable FilteredAccess filtered; // null: nothing goes wrong

    OwnedMemory(
            SimulatedMemory memory, MemoryModel model, boolean isHost, Site site, double lateness) {
        this.memory = memory;
        this.bytes = memory.bytes();
        this.model = model;
        this.isHost = isHost;
        this.site = site;
        this.lateness = lateness;
        this.buffer = new StoreBuffer(model == MemoryModel.TOTAL_STORE_ORDER, this::becomeSeen);
    }

    void meet(OwnedMemory side) {
        other = side;
    }

    void filter(DmaFilter filter) {
        filtered = new FilteredAccess(this, filter);
    }

    // ---- order

    @Override
    public void fullFence() {
        drain();
        seen.forget();
    }

    @Override
    public void storeFence() {
        buffer.fence();
    }

    /** Puts what this side has stored, and the other does not see, over what was copied out. */
    void overlay(long address, byte[] target, int offset, int sizeBytes) {
        buffer.overlay(address, target, offset, sizeBytes);
    }

    boolean isBuffering() {
        return !buffer.isEmpty();
    }

    /** Lets the other side see every store of this one. */
    public void drain() {
        buffer.drain();
    }

    /** The answer to a register load comes back: it pushes even late stores of the device. */
    public void drainBeforeAnswer() {
        if (filtered != null) {
            filtered.arriveAll();
        }
        buffer.drain();
    }

    /** A register store of the host goes out: what is ordered before it is seen before it. */
    public void drainBeforeRegisterStore() {
        if (model == MemoryModel.WEAK) {
            buffer.drainFenced();
        } else {
            buffer.drain();
        }
    }

    /** A message has come: what was stored before it was sent can be seen. */
    public void acquire() {
        seen.forget();
    }

    // ---- accesses

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        if ((address & ALIGNMENT_MASK) != 0 || !isInside(address, sizeBytes)) {
            return null;
        }
        return new OwnedWindow(this, address, sizeBytes);
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        return filtered == null
                ? readNow(address, target, targetOffsetBytes, sizeBytes)
                : filtered.read(address, target, targetOffsetBytes, sizeBytes);
    }

    DmaStatus readNow(long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        DmaStatus status = check(address, sizeBytes, false);
        if (status == DmaStatus.OK) {
            beforeLoad(address, sizeBytes);
            MemorySegment.copy(bytes, address, target, targetOffsetBytes, sizeBytes);
            if (!seen.isEmpty()) {
                seen.choose(address, target.asSlice(targetOffsetBytes, sizeBytes), site, lateness);
            }
        }
        if (!isHost) {
            memory.observer().deviceRead(address, sizeBytes, status);
        }
        return status;
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        return filtered == null
                ? writeNow(address, source, sourceOffsetBytes, sizeBytes)
                : filtered.write(address, source, sourceOffsetBytes, sizeBytes);
    }

    DmaStatus writeNow(long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        DmaStatus status = check(address, sizeBytes, false);
        if (status == DmaStatus.OK && sizeBytes > 0) {
            long due = dueTick();
            if (due == 0) {
                noteOlder(address, sizeBytes);
                MemorySegment.copy(source, sourceOffsetBytes, bytes, address, sizeBytes);
                stored(address, sizeBytes, status);
                told(address, sizeBytes);
                return status;
            }
            byte[] content = new byte[Math.toIntExact(sizeBytes)];
            MemorySegment.copy(source, JAVA_BYTE, sourceOffsetBytes, content, 0, content.length);
            buffer.add(address, content, due);
        }
        stored(address, sizeBytes, status);
        return status;
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        if (!isInside(address, sizeBytes)) {
            return DmaStatus.UNMAPPED;
        }
        long due = sizeBytes == 0 ? 0 : dueTick();
        if (due == 0) {
            bytes.asSlice(address, sizeBytes).fill((byte) 0);
            stored(address, sizeBytes, DmaStatus.OK);
            told(address, sizeBytes);
        } else {
            buffer.add(address, new byte[Math.toIntExact(sizeBytes)], due);
            stored(address, sizeBytes, DmaStatus.OK);
        }
        return DmaStatus.OK;
    }

    @Override
    public DmaStatus check(long address, long sizeBytes, boolean forStore) {
        return isInside(address, sizeBytes) ? DmaStatus.OK : DmaStatus.UNMAPPED;
    }

    private boolean isInside(long address, long sizeBytes) {
        return address >= 0 && sizeBytes >= 0 && sizeBytes <= bytes.byteSize() - address;
    }

    /** An access has failed on its way. */
    void failed(long address, long sizeBytes, boolean store) {
        if (store) {
            stored(address, sizeBytes, DmaStatus.ABORTED);
        } else if (!isHost) {
            memory.observer().deviceRead(address, sizeBytes, DmaStatus.ABORTED);
        }
    }

    /** A load of at most 8 bytes through a window. */
    long load(long address, int sizeBytes, boolean acquire) {
        return filtered == null
                ? loadNow(address, sizeBytes, acquire)
                : filtered.load(address, sizeBytes, acquire);
    }

    long loadNow(long address, int sizeBytes, boolean acquire) {
        beforeLoad(address, sizeBytes);
        long value =
                sizeBytes == Long.BYTES
                        ? bytes.get(SimulatedMemory.LONG, address)
                        : bytes.get(SimulatedMemory.INT, address);
        if (acquire) {
            seen.forget();
        } else if (!seen.isEmpty()) {
            value = maybeOlder(address, sizeBytes, value);
        }
        if (!isHost) {
            memory.observer().deviceRead(address, sizeBytes, DmaStatus.OK);
        }
        return value;
    }

    private long maybeOlder(long address, int sizeBytes, long value) {
        long qword = address & -Long.BYTES;
        long current = bytes.get(SimulatedMemory.LONG, qword);
        long got = seen.choose(qword, current, site, lateness);
        if (got == current || sizeBytes == Long.BYTES) {
            return got == current ? value : got;
        }
        return address == qword ? (int) got : (int) (got >>> Integer.SIZE);
    }

    /** A store of at most 8 bytes through a window. */
    void store(long address, int sizeBytes, long value, boolean release) {
        if (filtered == null) {
            storeNow(address, sizeBytes, value, release);
        } else {
            filtered.store(address, sizeBytes, value, release);
        }
    }

    void storeNow(long address, int sizeBytes, long value, boolean release) {
        if (release) {
            buffer.fence();
        }
        long due = dueTick();
        if (due == 0) {
            put(address, sizeBytes, value);
            stored(address, sizeBytes, DmaStatus.OK);
            told(address, sizeBytes);
        } else {
            buffer.add(address, sizeBytes, value, due);
            stored(address, sizeBytes, DmaStatus.OK);
        }
    }

    /** An atomic store: seen at once, as everything that is ordered before it. */
    boolean compareAndSet(long address, int expected, int value) {
        if (other != null) {
            other.buffer.drainOverlapping(address, Integer.BYTES);
        }
        buffer.drain();
        if ((int) loadNow(address, Integer.BYTES, true) != expected) {
            return false;
        }
        put(address, Integer.BYTES, value);
        stored(address, Integer.BYTES, DmaStatus.OK);
        told(address, Integer.BYTES);
        return true;
    }

    private void put(long address, int sizeBytes, long value) {
        if (other != null && other.model == MemoryModel.WEAK) {
            long qword = address & -Long.BYTES;
            other.seen.note(qword, bytes.get(SimulatedMemory.LONG, qword));
        }
        if (sizeBytes == Long.BYTES) {
            bytes.set(SimulatedMemory.LONG, address, value);
        } else {
            bytes.set(SimulatedMemory.INT, address, (int) value);
        }
    }

    private void becomeSeen(PendingStore store) {
        byte[] content = store.content();
        if (content == null) {
            put(store.address(), store.sizeBytes(), store.value());
        } else {
            noteOlder(store.address(), content.length);
            MemorySegment.copy(content, 0, bytes, JAVA_BYTE, store.address(), content.length);
        }
        told(store.address(), store.sizeBytes());
    }

    private void noteOlder(long address, long sizeBytes) {
        if (other != null && other.model == MemoryModel.WEAK) {
            byte[] older = new byte[Math.toIntExact(sizeBytes)];
            MemorySegment.copy(bytes, JAVA_BYTE, address, older, 0, older.length);
            other.seen.note(address, older);
        }
    }

    private void beforeLoad(long address, long sizeBytes) {
        long tick = memory.nextTick();
        if (other != null && !other.buffer.isEmpty()) {
            other.buffer.drainDue(tick);
        }
        if (!buffer.isEmpty()) {
            if (isHost) {
                buffer.drainOverlapping(address, sizeBytes); // a CPU sees its own stores
            } else {
                buffer.drain(); // the answer to a load pushes posted stores before it
            }
        }
    }

    /** 0: at once, which nothing may be that comes behind stores still under way. */
    private long dueTick() {
        long tick = memory.nextTick();
        if (model == MemoryModel.STRONG) {
            return 0;
        }
        long due = memory.dueTick(site, lateness);
        return due == 0 && !buffer.isEmpty() ? tick : due;
    }

    private void stored(long address, long sizeBytes, DmaStatus status) {
        if (isHost) {
            memory.observer().hostWrote(address, sizeBytes);
        } else {
            memory.observer().deviceWrote(address, sizeBytes, status);
        }
    }

    private void told(long address, long sizeBytes) {
        if (!isHost) {
            memory.observer().deviceWriteVisible(address, sizeBytes);
        }
    }
}
