package io.doorbell.controller;

import io.doorbell.controller.admin.ControllerIdentity;

/**
 * What kind of controller to build.
 *
 * @param identity what Identify says
 * @param queuePairsMax I/O queue pairs a host can be granted, 1 to 65,535
 * @param queueEntriesMax CAP.MQES + 1: 2 to 65,536
 * @param doorbellStride CAP.DSTRD: 0 to 15
 * @param vectorCount MSI-X vectors, 1 to 2,048
 * @param transferSizeLog2Pages MDTS: 1 to 15, in pages of 4 KiB
 * @param burst most commands one submission queue fetches in a turn, 1 to 64
 * @param readyTimeoutHalfSeconds CAP.TO: 1 to 255
 * @param options what it may offer or leave out
 */
public record ControllerSettings(
        ControllerIdentity identity,
        int queuePairsMax,
        int queueEntriesMax,
        int doorbellStride,
        int vectorCount,
        int transferSizeLog2Pages,
        int burst,
        int readyTimeoutHalfSeconds,
        ControllerOptions options) {

    public ControllerSettings {
        check("I/O queue pairs", queuePairsMax, 1, 65_535);
        check("queue entries", queueEntriesMax, 2, 65_536);
        check("doorbell stride (CAP.DSTRD)", doorbellStride, 0, 15);
        check("MSI-X vectors", vectorCount, 1, 2_048);
        check("transfer size (MDTS)", transferSizeLog2Pages, 1, 15);
        check("fetch burst", burst, 1, 64);
        check("ready timeout (CAP.TO)", readyTimeoutHalfSeconds, 1, 255);
    }

    /** A controller that offers everything. */
    public ControllerSettings(
            ControllerIdentity identity,
            int queuePairsMax,
            int queueEntriesMax,
            int doorbellStride,
            int vectorCount,
            int transferSizeLog2Pages,
            int burst,
            int readyTimeoutHalfSeconds) {
        this(
                identity,
                queuePairsMax,
                queueEntriesMax,
                doorbellStride,
                vectorCount,
                transferSizeLog2Pages,
                burst,
                readyTimeoutHalfSeconds,
                ControllerOptions.EVERYTHING);
    }

    private static void check(String what, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s: %,d is not in %,d to %,d.".formatted(what, value, min, max));
        }
    }
}
