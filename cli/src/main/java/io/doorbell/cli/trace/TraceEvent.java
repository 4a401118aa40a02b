package io.doorbell.cli.trace;

import io.doorbell.cli.settings.ControllerSettings;

/**
 * One thing that passed between a served device and its machine. Addresses are the guest's, offsets
 * those in a BAR or in configuration space.
 */
@SuppressWarnings("ArrayRecordComponent") // data is written once and compared by nobody
public sealed interface TraceEvent {
    /**
     * A machine has connected, and finds the function freshly powered on.
     *
     * @param blocks where they are kept: memory, file, null or pattern. Those of a file may be of
     *     an earlier time
     * @param memoryWaits whether accesses to memory are messages to the machine
     */
    record PowerOn(
            ControllerSettings controller,
            String blocks,
            long sizeBytes,
            int blockBytes,
            boolean memoryWaits)
            implements TraceEvent {}

    /** The machine has gone. */
    record PowerOff() implements TraceEvent {}

    /** The machine gives the function a range of its memory. */
    record Map(long address, long bytes, boolean readable, boolean writable)
            implements TraceEvent {}

    /** It takes all memory in a range back. */
    record Unmap(long address, long bytes) implements TraceEvent {}

    /** A load from a BAR leaves; its {@link Answer} has the same tag. */
    record BarRead(int bar, long offset, int bytes, long tag) implements TraceEvent {}

    /** A posted store into a BAR; those into the MSI-X table are of the bridge. */
    record BarWrite(int bar, long offset, int bytes, long value) implements TraceEvent {}

    /** A load from configuration space leaves; its {@link Answer} has the same tag. */
    record ConfigRead(int offset, int bytes, long tag) implements TraceEvent {}

    /** A store into configuration space leaves; its {@link Answer} says when it was done. */
    record ConfigWrite(int offset, int bytes, int value, long tag) implements TraceEvent {}

    /** A reset of the function begins; its {@link Answer} says when it was over. */
    record Reset(long tag) implements TraceEvent {}

    /** What a load read; of a store or a reset 0. */
    record Answer(long tag, long value) implements TraceEvent {}

    /** An interrupt message has arrived. */
    record Interrupt(int vector) implements TraceEvent {}

    /** The interrupt pin has changed. */
    record Pin(boolean asserted) implements TraceEvent {}

    /**
     * The function has read memory.
     *
     * @param status OK, or why it could not
     * @param data what it got, empty if it could not
     */
    record DmaRead(long address, long bytes, String status, byte[] data) implements TraceEvent {}

    /** The function has written memory; as with {@link DmaRead}. */
    record DmaWrite(long address, long bytes, String status, byte[] data) implements TraceEvent {}

    /** The function has filled memory with zeros. */
    record DmaZero(long address, long bytes, String status) implements TraceEvent {}

    /** A fault has struck, somewhere before the next event that shows it. */
    record Struck(String fault) implements TraceEvent {}

    /** So many events were not written here, for they came faster than they could be. */
    record Lost(long events) implements TraceEvent {}

    /** How much memory it takes while it waits to be written, about. */
    default long footprintBytes() {
        return 100L
                + switch (this) {
                    case DmaRead read -> read.data().length;
                    case DmaWrite write -> write.data().length;
                    default -> 0;
                };
    }
}
