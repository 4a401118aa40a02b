package io.doorbell.guest.workload;

/** Lists the changed blocks of a ledger in order, in reads as long as the namespace allows. */
final class ReadBack {
    private final BlockLedger ledger;
    private final long readBlocksMax;
    private long nextLba;
    private long startLba;
    private long blockCount;

    ReadBack(BlockLedger ledger, NamespaceGeometry geometry) {
        this.ledger = ledger;
        this.readBlocksMax = geometry.requestBlocksMax(Operation.READ);
        this.nextLba = ledger.firstLba();
    }

    boolean hasStarted() {
        return nextLba > ledger.firstLba();
    }

    /** Moves to the next run of changed blocks; false when there is none. */
    boolean advance() {
        long endLba = ledger.firstLba() + ledger.blockCount();
        nextLba = ledger.nextTouched(nextLba);
        startLba = nextLba;
        long runEnd = Math.min(endLba, startLba + readBlocksMax);
        while (nextLba < runEnd && ledger.expected(nextLba) != BlockLedger.UNTOUCHED) {
            nextLba++;
        }
        blockCount = nextLba - startLba;
        return blockCount > 0;
    }

    long startLba() {
        return startLba;
    }

    long blockCount() {
        return blockCount;
    }
}
