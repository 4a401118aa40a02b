package io.doorbell.guest.workload;

/** What a request does to its blocks, named after the NVM commands that do it. */
public enum Operation {
    /** Data from the device. */
    READ,
    /** Data to the device. */
    WRITE,
    /** Makes every completed write durable. Has no blocks. */
    FLUSH,
    /** Blocks read as zeros afterwards. Carries no data. */
    WRITE_ZEROES,
    /**
     * Dataset Management with the Deallocate attribute; blocks read as zeros afterwards (DLFEAT).
     */
    DEALLOCATE;

    /** True when a data buffer goes with the request. */
    public boolean transfersData() {
        return this == READ || this == WRITE;
    }

    /** True when the device hands data to the host. */
    public boolean isToHost() {
        return this == READ;
    }

    /** True when the host hands data to the device. */
    public boolean isToDevice() {
        return this == WRITE;
    }

    /** True when the blocks may hold something else afterwards. */
    public boolean changesBlocks() {
        return this == WRITE || zeroesBlocks();
    }

    /** True when the blocks read as zeros after success. */
    public boolean zeroesBlocks() {
        return this == WRITE_ZEROES || this == DEALLOCATE;
    }
}
