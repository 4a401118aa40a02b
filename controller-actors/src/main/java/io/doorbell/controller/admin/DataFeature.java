package io.doorbell.controller.admin;

import java.lang.foreign.MemorySegment;

/** A feature whose value is data in memory, not a dword (Base §5.27.1). None is saveable. */
interface DataFeature {
    /** Bytes that Get Features returns. */
    int sizeBytes();

    /** Bytes that Set Features brings, as CDW11 says. */
    default int sizeBytes(int cdw11) {
        return sizeBytes();
    }

    /** DW0 of Get Features. */
    default int result() {
        return 0;
    }

    /** Writes the current value to a page that is all zero; an all-zero page is the default. */
    void get(MemorySegment page);

    /** Takes a value; false if it is not allowed. */
    boolean set(int cdw11, MemorySegment page);
}
