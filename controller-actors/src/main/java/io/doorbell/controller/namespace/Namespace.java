package io.doorbell.controller.namespace;

import java.util.UUID;

/**
 * An active namespace: its geometry and where its bytes are.
 *
 * @param id 1 to the controller's NN
 * @param blockCount NSZE
 * @param blockSizeLog2 LBADS: 9 or 12
 * @param uuid identifies the namespace for ever (Namespace Identification Descriptor type 3)
 */
public record Namespace(int id, long blockCount, int blockSizeLog2, UUID uuid, BlockStore store) {

    public int blockSizeBytes() {
        return 1 << blockSizeLog2;
    }

    /** Whether these blocks exist; safe against overflow. */
    boolean contains(long startLba, long count) {
        return Long.compareUnsigned(startLba, blockCount) <= 0 && count <= blockCount - startLba;
    }
}
