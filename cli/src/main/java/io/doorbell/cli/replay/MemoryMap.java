package io.doorbell.cli.replay;

import io.doorbell.bus.memory.DmaStatus;

import java.util.Map;
import java.util.TreeMap;

/** What of its memory a machine gives to the device. No memory lies beyond 2^63. */
final class MemoryMap {
    private record Range(long bytes, boolean readable, boolean writable) {}

    private final TreeMap<Long, Range> ranges = new TreeMap<>();

    void map(long address, long bytes, boolean readable, boolean writable) {
        ranges.put(address, new Range(bytes, readable, writable));
    }

    /** Takes all ranges that begin in this one back. */
    void unmap(long address, long bytes) {
        long end = address + bytes;
        boolean all = end <= address;
        ranges.tailMap(address, true).keySet().removeIf(start -> all || start < end);
    }

    void clear() {
        ranges.clear();
    }

    /** How an access would end. */
    DmaStatus check(long address, long bytes, boolean store) {
        if (address < 0 || bytes < 0 || address + bytes < 0) {
            return DmaStatus.UNMAPPED;
        }
        long done = 0;
        while (done < bytes) {
            Map.Entry<Long, Range> found = ranges.floorEntry(address + done);
            long end = found == null ? 0 : found.getKey() + found.getValue().bytes();
            if (found == null || end <= address + done || !found.getValue().readable()) {
                return DmaStatus.UNMAPPED;
            }
            if (store && !found.getValue().writable()) {
                return DmaStatus.READ_ONLY;
            }
            done = end - address;
        }
        return DmaStatus.OK;
    }
}
