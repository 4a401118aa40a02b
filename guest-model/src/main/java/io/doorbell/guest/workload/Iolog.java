package io.doorbell.guest.workload;

import java.util.List;

/**
 * A recorded workload, checked against the namespace it is to run on; from {@link IologReader}.
 *
 * @param name the file it came from, for messages
 * @param entries what was recorded, in order, in blocks; not split to the transfer limit
 */
public record Iolog(String name, List<Entry> entries) {
    /**
     * One recorded operation.
     *
     * @param startLba first block; 0 for a Flush
     * @param blockCount blocks; 0 for a Flush
     * @param atNanos when it was issued, from the beginning of the recording; never decreasing
     * @param line where it stands in the file, from 1
     */
    public record Entry(
            Operation operation, long startLba, long blockCount, long atNanos, int line) {}

    public Iolog {
        entries = List.copyOf(entries);
    }

    /** Where an entry stands, such as "linux.iolog:17". */
    String place(int index) {
        return name + ":" + entries.get(index).line();
    }
}
