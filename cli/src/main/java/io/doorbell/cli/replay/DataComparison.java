package io.doorbell.cli.replay;

import io.doorbell.spec.identify.IdentifyNamespace;

import java.util.Arrays;

/** Compares what both devices wrote into the machine's memory. */
final class DataComparison {
    private final Findings findings;
    private final QueuePlaces places;
    private final boolean knowsBlocks;
    private boolean inFile;

    /**
     * @param knowsBlocks whether the blocks are as they were when the trace began
     */
    DataComparison(Findings findings, QueuePlaces places, boolean knowsBlocks) {
        this.findings = findings;
        this.places = places;
        this.knowsBlocks = knowsBlocks;
    }

    /** Whether the recorded device kept its blocks in a file. */
    void blocksInFile(boolean file) {
        inFile = file;
    }

    void compare(long address, byte[] recorded, byte[] written) {
        int unknown = 0;
        int at = Arrays.mismatch(recorded, written);
        for (int i = Math.max(0, at); at >= 0 && i < recorded.length; i++) {
            if (recorded[i] == written[i] || isUsage(address, i)) {
                continue;
            }
            if (!inFile || knowsBlocks || written[i] != StartingBlocks.UNKNOWN) {
                findings.differs(
                        "%,d bytes written to %Xh, of which byte %,d is %02Xh"
                                .formatted(recorded.length, address, i, recorded[i]),
                        "it is %02Xh".formatted(written[i]));
                return;
            }
            unknown++;
        }
        findings.written(recorded.length, unknown);
    }

    /** How much of a file is in use depends on where it lies: a copy may have other holes. */
    private boolean isUsage(long address, int index) {
        return inFile
                && index >= IdentifyNamespace.NUSE_OFFSET_BYTES
                && index < IdentifyNamespace.NUSE_OFFSET_BYTES + Long.BYTES
                && places.isIdentifyNamespace(address);
    }
}
