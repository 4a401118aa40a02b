package io.doorbell.simulation.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.doorbell.bus.memory.SparseMapping;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.choice.Site;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.observe.WorldMemory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The memory of a simulated machine, and the two who use it.
 *
 * <p>A store is first its owner's alone. When the other side sees it, the choices of the run say:
 * at once, or some ticks later, where each access and each step is a tick. What must not be late:
 *
 * <pre>
 *  host, STRONG             nothing is late
 *  host, TOTAL_STORE_ORDER  behind earlier stores; before a full fence, before a register store
 *  host, WEAK               behind a fence's earlier stores; before a full fence; those before a
 *                           fence, before a register store
 *  device                   posted: behind earlier ones; before an interrupt message, before the
 *                           answer to a register load, before a load of the device
 * </pre>
 */
public final class SimulatedMemory implements WorldMemory, AutoCloseable {
    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** How late a store may be, in ticks: steps of 1, 2, 4, ... 512. */
    private static final int DELAY_CLASSES = 10;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;
    private final OwnedMemory host;
    private final OwnedMemory device;
    private BusObserver observer = new BusObserver() {};
    private final byte[] qword = new byte[Long.BYTES];
    private long ticks;

    /**
     * @param lateness how likely a store is to be seen later than at once
     */
    public SimulatedMemory(long sizeBytes, MemoryModel model, Choices choices, double lateness) {
        this.bytes = SparseMapping.allocate(sizeBytes, arena);
        this.host = new OwnedMemory(this, model, true, choices.site("memory/host"), lateness);
        this.device =
                new OwnedMemory(
                        this,
                        model == MemoryModel.STRONG
                                ? MemoryModel.STRONG
                                : MemoryModel.TOTAL_STORE_ORDER,
                        false,
                        choices.site("memory/device"),
                        lateness);
        host.meet(device);
        device.meet(host);
    }

    public void observe(BusObserver next) {
        observer = next;
    }

    /** From now on the device's accesses are as this says. */
    public void filter(DmaFilter filter) {
        device.filter(filter);
    }

    /** As the processors of the host see it. */
    public OwnedMemory host() {
        return host;
    }

    /** As the device sees it. */
    public OwnedMemory device() {
        return device;
    }

    /** Time passes for stores under way: called once for each step of the world. */
    public void tick() {
        ticks++;
    }

    /** Nothing happens for long: every store is seen. */
    public void settle() {
        host.drain();
        device.drain();
    }

    @Override
    public long sizeBytes() {
        return bytes.byteSize();
    }

    @Override
    public long getLong(long address) {
        if (!device.isBuffering()) {
            return bytes.get(LONG, address);
        }
        copy(address, qword, 0, Long.BYTES);
        return MemorySegment.ofArray(qword).get(LONG, 0);
    }

    @Override
    public void copy(long address, byte[] target, int offset, int sizeBytes) {
        MemorySegment.copy(bytes, JAVA_BYTE, address, target, offset, sizeBytes);
        if (device.isBuffering()) {
            device.overlay(address, target, offset, sizeBytes);
        }
    }

    BusObserver observer() {
        return observer;
    }

    MemorySegment bytes() {
        return bytes;
    }

    long nextTick() {
        return ++ticks;
    }

    /** When a store that is made now is seen at the latest; 0 for at once. */
    long dueTick(Site site, double lateness) {
        int chosen = site.choose(DELAY_CLASSES + 1, lateness);
        return chosen == 0 ? 0 : ticks + (1L << (chosen - 1));
    }

    @Override
    public void close() {
        arena.close();
    }
}
