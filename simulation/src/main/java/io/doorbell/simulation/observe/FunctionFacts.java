package io.doorbell.simulation.observe;

import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.Doorbells;

import java.util.List;

/**
 * What a watcher has to know of a function before it is switched on: what a host reads from
 * configuration space, CAP and Identify, and some habits of its wires.
 *
 * @param capabilities CAP
 * @param queuePairs highest I/O queue id
 * @param vectors entries of the MSI-X table
 * @param places where PCI structures are
 * @param transferSizeLog2Pages MDTS, 0 for no limit
 * @param asyncRequestsMax AERL + 1
 * @param scatterGatherLists whether I/O commands may have SGLs
 * @param namespaceBlockLog2 log2 of the block size of namespace 1, 2, ..., as powered on
 * @param formatBlockLog2 log2 of the block size of each LBA format
 * @param movesData false for a device that executes reads and writes without touching the data
 * @param tellsVisibility whether {@link BusObserver#deviceWriteVisible} is told for each store
 */
public record FunctionFacts(
        long capabilities,
        int queuePairs,
        int vectors,
        Places places,
        int transferSizeLog2Pages,
        int asyncRequestsMax,
        boolean scatterGatherLists,
        List<Integer> namespaceBlockLog2,
        List<Integer> formatBlockLog2,
        boolean movesData,
        boolean tellsVisibility) {

    /**
     * Where PCI structures are: capabilities by their offset in configuration space (0: none), the
     * MSI-X table by BAR and offset.
     */
    public record Places(
            int powerCapability,
            int msixCapability,
            int expressCapability,
            int tableBar,
            long tableOffsetBytes) {}

    public FunctionFacts {
        namespaceBlockLog2 = List.copyOf(namespaceBlockLog2);
        formatBlockLog2 = List.copyOf(formatBlockLog2);
    }

    /** CAP.DSTRD. */
    public int doorbellStride() {
        return ControllerCapabilities.doorbellStride(capabilities);
    }

    /** CAP.MQES + 1. */
    public int queueEntriesMax() {
        return ControllerCapabilities.maximumQueueEntries(capabilities);
    }

    /** Most bytes a command may move. */
    public long transferBytesMax() {
        return transferSizeLog2Pages == 0
                ? Long.MAX_VALUE
                : (long) ControllerCapabilities.minimumPageSizeBytes(capabilities)
                        << transferSizeLog2Pages;
    }

    /** Where the doorbells of BAR0 end. */
    public long doorbellsEnd() {
        return Doorbells.bytesNeeded(queuePairs, doorbellStride());
    }

    /** The same function with wires that tell when a store becomes visible. */
    public FunctionFacts tellingVisibility() {
        return new FunctionFacts(
                capabilities,
                queuePairs,
                vectors,
                places,
                transferSizeLog2Pages,
                asyncRequestsMax,
                scatterGatherLists,
                namespaceBlockLog2,
                formatBlockLog2,
                movesData,
                true);
    }
}
