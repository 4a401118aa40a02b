package io.doorbell.bus.memory;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The machine's memory in the real runtime: regions of mapped memory, the same for every owner.
 *
 * <p>Regions may be added and removed at any time. Whoever looks memory up sees the regions before
 * or after a change, never a half-made one; a window keeps what it was made of.
 */
public final class MappedMemory extends GuestMemory {
    private volatile MemoryRegion[] regions = {};

    /** Memory made of these regions. */
    public static MappedMemory of(MemoryRegion... regions) {
        MappedMemory memory = new MappedMemory();
        for (MemoryRegion region : regions) {
            memory.add(region);
        }
        return memory;
    }

    /**
     * Adds a region.
     *
     * @throws IllegalArgumentException if it overlaps one that is there
     */
    public synchronized void add(MemoryRegion added) {
        for (MemoryRegion region : regions) {
            if (added.startAddress() < region.endAddress()
                    && region.startAddress() < added.endAddress()) {
                throw new IllegalArgumentException(
                        "Region %xh..%xh overlaps %xh..%xh."
                                .formatted(
                                        added.startAddress(),
                                        added.endAddress(),
                                        region.startAddress(),
                                        region.endAddress()));
            }
        }
        List<MemoryRegion> next = new ArrayList<>(List.of(regions));
        next.add(added);
        next.sort(Comparator.comparingLong(MemoryRegion::startAddress));
        regions = next.toArray(MemoryRegion[]::new);
    }

    /** Removes the region that starts here; false if none does. */
    public synchronized boolean remove(long startAddress) {
        List<MemoryRegion> next = new ArrayList<>(List.of(regions));
        boolean removed = next.removeIf(region -> region.startAddress() == startAddress);
        regions = next.toArray(MemoryRegion[]::new);
        return removed;
    }

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        MemoryRegion region = find(address);
        if (region == null
                || (address & MemoryWindow.ALIGNMENT_MASK) != 0
                || sizeBytes < 0
                || sizeBytes > region.endAddress() - address) {
            return null;
        }
        return MemoryWindow.on(
                region.memory().asSlice(address - region.startAddress(), sizeBytes),
                region.writable());
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        long done = 0;
        while (done < sizeBytes) {
            MemoryRegion region = find(address + done);
            if (region == null) {
                return DmaStatus.UNMAPPED;
            }
            long offset = address + done - region.startAddress();
            long piece = Math.min(sizeBytes - done, region.sizeBytes() - offset);
            MemorySegment.copy(region.memory(), offset, target, targetOffsetBytes + done, piece);
            done += piece;
        }
        return ended(sizeBytes);
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        long done = 0;
        while (done < sizeBytes) {
            MemoryRegion region = find(address + done);
            if (region == null) {
                return DmaStatus.UNMAPPED;
            }
            if (!region.writable()) {
                return DmaStatus.READ_ONLY;
            }
            long offset = address + done - region.startAddress();
            long piece = Math.min(sizeBytes - done, region.sizeBytes() - offset);
            MemorySegment.copy(source, sourceOffsetBytes + done, region.memory(), offset, piece);
            done += piece;
        }
        return ended(sizeBytes);
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        long done = 0;
        while (done < sizeBytes) {
            MemoryRegion region = find(address + done);
            if (region == null) {
                return DmaStatus.UNMAPPED;
            }
            if (!region.writable()) {
                return DmaStatus.READ_ONLY;
            }
            long offset = address + done - region.startAddress();
            long piece = Math.min(sizeBytes - done, region.sizeBytes() - offset);
            region.memory().asSlice(offset, piece).fill((byte) 0);
            done += piece;
        }
        return ended(sizeBytes);
    }

    @Override
    public DmaStatus check(long address, long sizeBytes, boolean forStore) {
        long done = 0;
        while (done < sizeBytes) {
            MemoryRegion region = find(address + done);
            if (region == null) {
                return DmaStatus.UNMAPPED;
            }
            if (forStore && !region.writable()) {
                return DmaStatus.READ_ONLY;
            }
            done += Math.min(sizeBytes - done, region.endAddress() - address - done);
        }
        return ended(sizeBytes);
    }

    /** A release fence, for loads as well: an entry is read before its slot is given back. */
    @Override
    public void storeFence() {
        VarHandle.releaseFence();
    }

    @Override
    public void fullFence() {
        VarHandle.fullFence();
    }

    /** No region reaches 2^63 bytes: a size that looks negative is one nobody has memory for. */
    private static DmaStatus ended(long sizeBytes) {
        return sizeBytes < 0 ? DmaStatus.UNMAPPED : DmaStatus.OK;
    }

    private @Nullable MemoryRegion find(long address) {
        for (MemoryRegion region : regions) {
            if (region.contains(address)) {
                return region;
            }
        }
        return null;
    }
}
