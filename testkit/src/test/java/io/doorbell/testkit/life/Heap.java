package io.doorbell.testkit.life;

/** How much of the heap is in use by what can be reached. */
final class Heap {
    private static final int COLLECTIONS = 3; // one leaves what only finalization frees

    private Heap() {}

    static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
