package io.doorbell.simulation.observe;

import io.doorbell.simulation.observe.CommandTable.DataWay;
import io.doorbell.spec.PhysicalRegionPages;
import io.doorbell.spec.SglDescriptor;
import io.doorbell.spec.SubmissionEntry;

/**
 * The reference for data pointers: which bytes PRP entries (Base 2.0 §4.1.1) or an SGL (Base 2.0
 * §4.1.2) describe, and which lists a device must read to know.
 */
final class PointerWalk {
    /** A chain longer than this leads in a circle, or might as well. */
    private static final int SEGMENTS_MAX = 4096;

    private static final int TYPE_SHIFT = 4;
    private static final int SUB_TYPE_MASK = 0xF;

    private final WorldMemory memory;
    private final DataMap map;
    private final CommandTable commands;
    private long rest; // bytes of the transfer that have no place yet
    private int clash;
    private int nextType; // of the SGL segment to go on with, or -1
    private long nextAddress;
    private long nextBytes;

    PointerWalk(WorldMemory memory, DataMap map, CommandTable commands) {
        this.memory = memory;
        this.map = map;
        this.commands = commands;
    }

    /**
     * Notes what a command describes; a pointer that leads nowhere marks the command.
     *
     * @return a command whose buffer it overlaps, see {@link DataMap#add}
     */
    int walk(int command, long bytes, int pageBytes) {
        rest = bytes;
        clash = CommandTable.NONE;
        SubmissionEntry entry = commands.entry(command);
        long first = entry.prp1();
        long second = entry.prp2();
        boolean whole =
                entry.dataPointerKind() == SubmissionEntry.DATA_POINTER_PRP
                        ? pages(command, first, second, pageBytes)
                        : segments(command, first, second);
        if (!whole) {
            commands.set(command, CommandTable.MALFORMED);
        }
        return clash;
    }

    /** Notes the PRP list of a queue that is not contiguous, for the device to read. */
    void queueList(int command, long list, long pageCount, int pageBytes) {
        long left = pageCount;
        long at = list;
        int slots = PhysicalRegionPages.entriesPerListPage(pageBytes);
        while (left > 0) {
            boolean chained = left > slots;
            long used = chained ? slots : left;
            map.add(command, at, used * Long.BYTES, true);
            if (!isReadable(at, used * Long.BYTES)) {
                return;
            }
            left -= chained ? slots - 1 : used;
            at = memory.getLong(at + (used - 1) * Long.BYTES);
        }
    }

    // ---- PRP ---------------------------------------------------------------------------------

    private boolean pages(int command, long first, long second, int pageBytes) {
        if ((first & 3) != 0) {
            return false;
        }
        place(command, first, PhysicalRegionPages.firstLengthBytes(first, rest, pageBytes));
        if (rest == 0) {
            return true;
        }
        return rest <= pageBytes
                ? page(command, second, pageBytes)
                : list(command, second, pageBytes);
    }

    private boolean list(int command, long start, int pageBytes) {
        long at = start;
        while ((at & (Long.BYTES - 1)) == 0) {
            long needed = (rest + pageBytes - 1) / pageBytes;
            int slots = PhysicalRegionPages.entriesInListPage(at, pageBytes);
            boolean chained = needed > slots;
            long read = chained ? slots : needed;
            map.add(command, at, read * Long.BYTES, true);
            if (!isReadable(at, read * Long.BYTES)) {
                return false;
            }
            long data = chained ? slots - 1 : needed;
            for (long slot = 0; slot < data; slot++) {
                if (!page(command, memory.getLong(at + slot * Long.BYTES), pageBytes)) {
                    return false;
                }
            }
            if (!chained) {
                return true;
            }
            at = memory.getLong(at + data * Long.BYTES);
            if (!PhysicalRegionPages.isPageAligned(at, pageBytes)) {
                return false;
            }
        }
        return false;
    }

    private boolean page(int command, long address, int pageBytes) {
        if (!PhysicalRegionPages.isPageAligned(address, pageBytes)) {
            return false;
        }
        place(command, address, pageBytes);
        return true;
    }

    // ---- SGL ---------------------------------------------------------------------------------

    private boolean segments(int command, long first, long second) {
        nextType = -1;
        if (!descriptor(command, first, second, true)) {
            return false;
        }
        for (int segment = 0; rest > 0 && nextType >= 0; segment++) {
            if (segment == SEGMENTS_MAX || !segment(command)) {
                return false;
            }
        }
        return rest == 0;
    }

    private boolean segment(int command) {
        boolean last = nextType == SglDescriptor.TYPE_LAST_SEGMENT;
        long start = nextAddress;
        long bytes = nextBytes;
        nextType = -1;
        if (bytes == 0 || bytes % SglDescriptor.SIZE_BYTES != 0) {
            return false;
        }
        map.add(command, start, bytes, true);
        if (!isReadable(start, bytes)) {
            return false;
        }
        for (long at = start; at < start + bytes && rest > 0; at += SglDescriptor.SIZE_BYTES) {
            boolean mayLead = !last && at + SglDescriptor.SIZE_BYTES == start + bytes;
            if (!descriptor(command, qword(at), qword(at + Long.BYTES), mayLead)) {
                return false;
            }
        }
        return true;
    }

    private boolean descriptor(int command, long low, long high, boolean mayLead) {
        int identifier = (int) (high >>> 56);
        long bytes = high & 0xFFFF_FFFFL;
        int type = identifier >>> TYPE_SHIFT;
        if ((identifier & SUB_TYPE_MASK) != SglDescriptor.SUB_TYPE_ADDRESS) {
            return false;
        }
        switch (type) {
            case SglDescriptor.TYPE_DATA_BLOCK -> {
                if (bytes > 0 && Long.compareUnsigned(low + bytes, low) < 0) {
                    return false;
                }
                place(command, low, bytes);
            }
            case SglDescriptor.TYPE_BIT_BUCKET -> {
                if (commands.way(command) == DataWay.TO_HOST) {
                    rest -= Math.min(rest, bytes);
                }
            }
            case SglDescriptor.TYPE_SEGMENT, SglDescriptor.TYPE_LAST_SEGMENT -> {
                if (!mayLead) {
                    return false;
                }
                nextType = type;
                nextAddress = low;
                nextBytes = bytes;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    // ---- both --------------------------------------------------------------------------------

    private void place(int command, long address, long bytesMax) {
        long bytes = Math.min(rest, bytesMax);
        if (bytes == 0) {
            return;
        }
        int with = map.add(command, address, bytes, false);
        clash = with == DataMap.NONE ? clash : with;
        commands.describes(command, bytes);
        rest -= bytes;
    }

    private boolean isReadable(long address, long bytes) {
        return address >= 0 && bytes <= memory.sizeBytes() - address;
    }

    private long qword(long address) {
        long at = address & -Long.BYTES;
        int shift = (int) (address & (Long.BYTES - 1)) * Byte.SIZE;
        return shift == 0
                ? memory.getLong(at)
                : memory.getLong(at) >>> shift
                        | memory.getLong(at + Long.BYTES) << (Long.SIZE - shift);
    }
}
