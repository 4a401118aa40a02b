package io.doorbell.vfiouser.memory;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.PosixException;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The memory of one client, as its device sees it.
 *
 * <p>Regions come and go on one thread while others use the memory: each access sees the regions
 * before or after a change. A window keeps what it was made of; only what firmware and hot plug do
 * to memory that stays where it is can happen under a queue.
 *
 * <p>A client that takes memory away under us (its file becomes shorter) ends accesses as {@link
 * DmaStatus#ABORTED}.
 */
public final class ClientMemory extends GuestMemory implements AutoCloseable {
    /** Regions start and end at multiples of this. */
    public static final int PAGE_BYTES = 4096;

    /** Most regions at a time; what QEMU takes as well if nobody names a number. */
    public static final int REGIONS_MAX = 65_535;

    private final FileMappings mappings = new FileMappings();
    private final MessageDma messages;
    private final Consumer<Boolean> busMaster;
    private volatile RegionTable table = RegionTable.EMPTY;
    private RegionListener listener = RegionListener.NONE;

    /**
     * @param messages reaches regions without a file
     * @param busMaster told of each {@link #setBusMaster}
     */
    public ClientMemory(MessageDma messages, Consumer<Boolean> busMaster) {
        this.messages = messages;
        this.busMaster = busMaster;
    }

    // ---- regions, changed by one thread ------------------------------------------------------

    /**
     * Adds a region.
     *
     * @param file where it lies, or null if it is to be reached by messages; not needed afterwards
     * @throws BadRegionException if it overlaps another, or numbers are impossible
     * @throws PosixException if the file cannot be mapped
     */
    public void map(
            long address,
            long sizeBytes,
            boolean readable,
            boolean writable,
            @Nullable Descriptor file,
            long fileOffset)
            throws BadRegionException, PosixException {
        checkRange(address, sizeBytes, fileOffset);
        RegionTable old = table;
        int index = old.firstEndingAfter(address);
        if (index < old.count() && old.at(index).startAddress() < address + sizeBytes) {
            throw new BadRegionException(
                    "%Xh, %,d bytes, overlaps the region at %Xh."
                            .formatted(address, sizeBytes, old.at(index).startAddress()));
        }
        if (old.count() == REGIONS_MAX) {
            throw new BadRegionException("There are %,d regions already.".formatted(REGIONS_MAX));
        }
        FileMapping mapping = file == null ? null : mapping(file, writable, fileOffset + sizeBytes);
        MemorySegment memory =
                mapping == null ? null : mapping.part(fileOffset, sizeBytes, writable);
        if (mapping != null) {
            mapping.regionAdded();
        }
        table =
                old.with(
                        index,
                        new Region(
                                address,
                                sizeBytes,
                                readable,
                                writable,
                                memory,
                                mapping,
                                fileOffset));
        listener.mapped(address, sizeBytes, readable, writable);
    }

    private static void checkRange(long address, long sizeBytes, long fileOffset)
            throws BadRegionException {
        boolean aligned = ((address | sizeBytes | fileOffset) & (PAGE_BYTES - 1)) == 0;
        boolean possible =
                address >= 0
                        && sizeBytes > 0
                        && address + sizeBytes > 0
                        && fileOffset >= 0
                        && fileOffset + sizeBytes > 0;
        if (!aligned || !possible) {
            throw new BadRegionException(
                    "%Xh, %Xh bytes at %Xh of its file: these must be multiples of %d below 2^63."
                            .formatted(address, sizeBytes, fileOffset, PAGE_BYTES));
        }
    }

    private FileMapping mapping(Descriptor file, boolean writable, long endOffset)
            throws BadRegionException, PosixException {
        FileMapping mapping = mappings.of(file, writable, endOffset);
        if (endOffset > mapping.sizeBytes()) {
            throw new BadRegionException(
                    "The region ends at byte %,d of a file of %,d."
                            .formatted(endOffset, mapping.sizeBytes()));
        }
        return mapping;
    }

    /**
     * Removes all regions inside a range.
     *
     * @return whether there were any
     * @throws BadRegionException if the range cuts a region; nothing is removed then
     */
    public boolean unmap(long address, long sizeBytes) throws BadRegionException {
        if (address < 0 || sizeBytes <= 0 || address + sizeBytes < 0) {
            throw new BadRegionException(
                    "%Xh, %Xh bytes is no range.".formatted(address, sizeBytes));
        }
        RegionTable old = table;
        int first = old.firstEndingAfter(address);
        int end = first;
        while (end < old.count() && old.at(end).startAddress() < address + sizeBytes) {
            Region region = old.at(end);
            if (region.startAddress() < address || region.endAddress() > address + sizeBytes) {
                throw new BadRegionException(
                        "%Xh, %,d bytes, cuts the region at %Xh, %,d bytes."
                                .formatted(
                                        address,
                                        sizeBytes,
                                        region.startAddress(),
                                        region.sizeBytes()));
            }
            end++;
        }
        table = old.without(first, end);
        removed(old.between(first, end));
        return end > first;
    }

    /** Removes every region. */
    public void unmapAll() {
        RegionTable old = table;
        table = RegionTable.EMPTY;
        removed(old.between(0, old.count()));
    }

    private void removed(Collection<Region> regions) {
        for (Region region : regions) {
            FileMapping file = region.file();
            if (file != null) {
                mappings.removed(file);
            }
            listener.unmapped(region.startAddress(), region.sizeBytes());
        }
    }

    /** Whether there is memory to write to, and no message is needed to reach any of it. */
    public boolean isReachedDirectly() {
        Collection<Region> regions = table.between(0, table.count());
        return regions.stream().anyMatch(Region::writable)
                && regions.stream().allMatch(region -> !region.writable() || region.file() != null);
    }

    /** From now on this is told of each change. */
    public void listen(RegionListener next) {
        listener = next;
    }

    /** How many regions there are. */
    public int regionCount() {
        return table.count();
    }

    /** How many files are mapped, those without a region included. */
    int fileCount() {
        return mappings.count();
    }

    /** Gives the mappings back; to be called when nobody uses this memory any more. */
    @Override
    public void close() {
        table = RegionTable.EMPTY;
        mappings.close();
    }

    // ---- accesses, from any thread -----------------------------------------------------------

    @Override
    public @Nullable MemoryWindow window(long address, long sizeBytes) {
        if ((address & (Long.BYTES - 1)) != 0 || sizeBytes < 0 || address + sizeBytes < 0) {
            return null;
        }
        RegionTable now = table;
        List<PiecewiseWindow.Piece> pieces = new ArrayList<>();
        int index = now.find(address);
        for (long done = 0; done < sizeBytes || pieces.isEmpty(); ) {
            if (index < 0 || index == now.count() || !now.at(index).contains(address + done)) {
                return null;
            }
            Region first = now.at(index++);
            long end = first.endAddress();
            while (end < address + sizeBytes
                    && index < now.count()
                    && now.at(index - 1).isContinuedBy(now.at(index))) {
                end = now.at(index++).endAddress();
            }
            long piece = Math.min(sizeBytes - done, end - address - done);
            pieces.add(new PiecewiseWindow.Piece(done, window(first, address + done, piece)));
            done += piece;
        }
        return pieces.size() == 1
                ? pieces.getFirst().window()
                : new PiecewiseWindow(pieces, sizeBytes);
    }

    private MemoryWindow window(Region region, long address, long sizeBytes) {
        FileMapping file = region.file();
        if (file == null) {
            return new MessageWindow(messages, address, sizeBytes, region.writable());
        }
        long offset = region.fileOffset() + address - region.startAddress();
        return MemoryWindow.on(file.part(offset, sizeBytes, region.writable()), region.writable());
    }

    @Override
    public DmaStatus read(
            long address, MemorySegment target, long targetOffsetBytes, long sizeBytes) {
        RegionTable now = table;
        int index = now.find(address);
        if (index >= 0 && now.at(index).isMappedUpTo(address + sizeBytes, false)) {
            Region region = now.at(index); // nearly always, and without an allocation
            return copy(
                    region.mapped(),
                    address - region.startAddress(),
                    target,
                    targetOffsetBytes,
                    sizeBytes);
        }
        return forEachPiece(
                address,
                sizeBytes,
                false,
                (region, offset, done, piece) -> {
                    MemorySegment memory = region.memory();
                    if (memory == null) {
                        return messages.read(
                                address + done, target, targetOffsetBytes + done, piece);
                    }
                    return copy(memory, offset, target, targetOffsetBytes + done, piece);
                });
    }

    @Override
    public DmaStatus write(
            long address, MemorySegment source, long sourceOffsetBytes, long sizeBytes) {
        RegionTable now = table;
        int index = now.find(address);
        if (index >= 0 && now.at(index).isMappedUpTo(address + sizeBytes, true)) {
            Region region = now.at(index);
            return copy(
                    source,
                    sourceOffsetBytes,
                    region.mapped(),
                    address - region.startAddress(),
                    sizeBytes);
        }
        return forEachPiece(
                address,
                sizeBytes,
                true,
                (region, offset, done, piece) -> {
                    MemorySegment memory = region.memory();
                    if (memory == null) {
                        return messages.write(
                                address + done, source, sourceOffsetBytes + done, piece);
                    }
                    return copy(source, sourceOffsetBytes + done, memory, offset, piece);
                });
    }

    @Override
    public DmaStatus zero(long address, long sizeBytes) {
        return forEachPiece(
                address,
                sizeBytes,
                true,
                (region, offset, done, piece) -> {
                    MemorySegment memory = region.memory();
                    if (memory == null) {
                        return Zeros.write(messages, address + done, piece);
                    }
                    return fill(memory.asSlice(offset, piece));
                });
    }

    @Override
    public DmaStatus check(long address, long sizeBytes, boolean forStore) {
        return forEachPiece(address, sizeBytes, forStore, (_, _, _, _) -> DmaStatus.OK);
    }

    /** What is done to a part of an access that lies in one region. */
    @FunctionalInterface
    private interface PieceAction {
        DmaStatus apply(Region region, long regionOffset, long done, long pieceBytes);
    }

    private DmaStatus forEachPiece(
            long address, long sizeBytes, boolean forStore, PieceAction action) {
        RegionTable now = table;
        DmaStatus status = sizeBytes < 0 ? DmaStatus.UNMAPPED : DmaStatus.OK;
        for (long done = 0; done < sizeBytes && status.isOk(); ) {
            int index = now.find(address + done);
            if (index < 0) {
                return DmaStatus.UNMAPPED;
            }
            Region region = now.at(index);
            if (forStore ? !region.writable() : !region.readable()) {
                return forStore ? DmaStatus.READ_ONLY : DmaStatus.UNMAPPED;
            }
            long offset = address + done - region.startAddress();
            long piece = Math.min(sizeBytes - done, region.sizeBytes() - offset);
            status = action.apply(region, offset, done, piece);
            done += piece;
        }
        return status;
    }

    private static DmaStatus copy(
            MemorySegment source,
            long sourceOffsetBytes,
            MemorySegment target,
            long targetOffsetBytes,
            long sizeBytes) {
        try {
            MemorySegment.copy(source, sourceOffsetBytes, target, targetOffsetBytes, sizeBytes);
            return DmaStatus.OK;
        } catch (IllegalStateException | InternalError gone) {
            return DmaStatus.ABORTED; // the mapping was closed, or the file became shorter
        }
    }

    private static DmaStatus fill(MemorySegment memory) {
        try {
            memory.fill((byte) 0);
            return DmaStatus.OK;
        } catch (IllegalStateException | InternalError gone) {
            return DmaStatus.ABORTED;
        }
    }

    @Override
    public void setBusMaster(boolean allowed) {
        busMaster.accept(allowed);
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
}
