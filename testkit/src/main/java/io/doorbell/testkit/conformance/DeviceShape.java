package io.doorbell.testkit.conformance;

import java.util.List;

/**
 * What kind of device a test needs. A device that cannot be built to order is {@link #DEFAULT} to
 * the suite, whatever it is.
 *
 * @param doorbellStride CAP.DSTRD, 0 to 15
 * @param queuePairs I/O queue pairs, 1 to 65,535
 * @param queueEntries CAP.MQES + 1, 2 to 65,536
 * @param vectors MSI-X vectors, 1 to 2,048
 * @param transferSizeLog2Pages MDTS
 * @param contiguousQueuesRequired CAP.CQR
 * @param weightedRoundRobin CAP.AMS bit 0
 * @param subsystemReset CAP.NSSRS
 * @param shadowDoorbells OACS bit 8
 * @param scatterGatherLists SGLS not 0
 * @param keepAliveUnits KAS
 * @param namespaceManagement OACS bit 3: three more namespaces fit, of 16 MiB each
 * @param namespaces namespace 1, 2, ..., all active
 */
public record DeviceShape(
        int doorbellStride,
        int queuePairs,
        int queueEntries,
        int vectors,
        int transferSizeLog2Pages,
        boolean contiguousQueuesRequired,
        boolean weightedRoundRobin,
        boolean subsystemReset,
        boolean shadowDoorbells,
        boolean scatterGatherLists,
        int keepAliveUnits,
        boolean namespaceManagement,
        List<NamespaceShape> namespaces) {

    /**
     * A namespace to begin with.
     *
     * @param blocks NSZE
     * @param blockSizeLog2 9 or 12
     */
    public record NamespaceShape(long blocks, int blockSizeLog2) {}

    /** 16 queue pairs, 1,024 entries, one namespace of 16 MiB in blocks of 512 bytes. */
    public static final DeviceShape DEFAULT =
            new DeviceShape(
                    0,
                    16,
                    1024,
                    17,
                    5,
                    false,
                    true,
                    true,
                    true,
                    true,
                    10,
                    true,
                    List.of(new NamespaceShape(1 << 15, 9)));

    public DeviceShape {
        namespaces = List.copyOf(namespaces);
    }

    public DeviceShape withDoorbellStride(int stride) {
        return change(change -> change.doorbellStride = stride);
    }

    public DeviceShape withQueuePairs(int pairs) {
        return change(
                change -> {
                    change.queuePairs = pairs;
                    change.vectors = Math.min(2048, pairs + 1);
                });
    }

    public DeviceShape withQueueEntries(int entries) {
        return change(change -> change.queueEntries = entries);
    }

    public DeviceShape withVectors(int count) {
        return change(change -> change.vectors = count);
    }

    public DeviceShape withTransferSizeLog2Pages(int mdts) {
        return change(change -> change.transferSizeLog2Pages = mdts);
    }

    public DeviceShape withContiguousQueuesRequired(boolean required) {
        return change(change -> change.contiguousQueuesRequired = required);
    }

    public DeviceShape withWeightedRoundRobin(boolean offered) {
        return change(change -> change.weightedRoundRobin = offered);
    }

    public DeviceShape withSubsystemReset(boolean offered) {
        return change(change -> change.subsystemReset = offered);
    }

    public DeviceShape withShadowDoorbells(boolean offered) {
        return change(change -> change.shadowDoorbells = offered);
    }

    public DeviceShape withScatterGatherLists(boolean offered) {
        return change(change -> change.scatterGatherLists = offered);
    }

    public DeviceShape withKeepAliveUnits(int units) {
        return change(change -> change.keepAliveUnits = units);
    }

    public DeviceShape withNamespaceManagement(boolean offered) {
        return change(change -> change.namespaceManagement = offered);
    }

    public DeviceShape withNamespaces(NamespaceShape... all) {
        return change(change -> change.namespaces = List.of(all));
    }

    private DeviceShape change(java.util.function.Consumer<Change> edit) {
        Change change = new Change(this);
        edit.accept(change);
        return change.shape();
    }

    private static final class Change {
        private int doorbellStride;
        private int queuePairs;
        private int queueEntries;
        private int vectors;
        private int transferSizeLog2Pages;
        private boolean contiguousQueuesRequired;
        private boolean weightedRoundRobin;
        private boolean subsystemReset;
        private boolean shadowDoorbells;
        private boolean scatterGatherLists;
        private int keepAliveUnits;
        private boolean namespaceManagement;
        private List<NamespaceShape> namespaces;

        Change(DeviceShape from) {
            doorbellStride = from.doorbellStride;
            queuePairs = from.queuePairs;
            queueEntries = from.queueEntries;
            vectors = from.vectors;
            transferSizeLog2Pages = from.transferSizeLog2Pages;
            contiguousQueuesRequired = from.contiguousQueuesRequired;
            weightedRoundRobin = from.weightedRoundRobin;
            subsystemReset = from.subsystemReset;
            shadowDoorbells = from.shadowDoorbells;
            scatterGatherLists = from.scatterGatherLists;
            keepAliveUnits = from.keepAliveUnits;
            namespaceManagement = from.namespaceManagement;
            namespaces = from.namespaces;
        }

        DeviceShape shape() {
            return new DeviceShape(
                    doorbellStride,
                    queuePairs,
                    queueEntries,
                    vectors,
                    transferSizeLog2Pages,
                    contiguousQueuesRequired,
                    weightedRoundRobin,
                    subsystemReset,
                    shadowDoorbells,
                    scatterGatherLists,
                    keepAliveUnits,
                    namespaceManagement,
                    namespaces);
        }
    }
}
