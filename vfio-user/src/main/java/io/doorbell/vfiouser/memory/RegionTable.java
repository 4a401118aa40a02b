package io.doorbell.vfiouser.memory;

import java.util.Arrays;
import java.util.List;

/** Regions by address; never changed, so whoever has one sees all of it. */
final class RegionTable {
    static final RegionTable EMPTY = new RegionTable(new Region[0]);

    private final Region[] regions;
    private final long[] starts;

    private RegionTable(Region[] regions) {
        this.regions = regions;
        this.starts = new long[regions.length];
        for (int i = 0; i < regions.length; i++) {
            starts[i] = regions[i].startAddress();
        }
    }

    int count() {
        return regions.length;
    }

    Region at(int index) {
        return regions[index];
    }

    /** The index of the region that holds an address, or -1. */
    int find(long address) {
        int index = lastStartingAtOrBefore(address);
        return index >= 0 && regions[index].contains(address) ? index : -1;
    }

    /** The index of the first region that does not lie before an address. */
    int firstEndingAfter(long address) {
        int index = lastStartingAtOrBefore(address);
        return index >= 0 && regions[index].contains(address) ? index : index + 1;
    }

    private int lastStartingAtOrBefore(long address) {
        int found = Arrays.binarySearch(starts, address);
        return found >= 0 ? found : -found - 2;
    }

    List<Region> between(int first, int end) {
        return Arrays.asList(regions).subList(first, end);
    }

    RegionTable with(int index, Region added) {
        Region[] next = new Region[regions.length + 1];
        System.arraycopy(regions, 0, next, 0, index);
        next[index] = added;
        System.arraycopy(regions, index, next, index + 1, regions.length - index);
        return new RegionTable(next);
    }

    RegionTable without(int first, int end) {
        Region[] next = new Region[regions.length - (end - first)];
        System.arraycopy(regions, 0, next, 0, first);
        System.arraycopy(regions, end, next, first, regions.length - end);
        return new RegionTable(next);
    }
}
