package io.doorbell.cli.settings;

import java.nio.file.Path;
import java.util.OptionalLong;

/** What the host does with the disk. */
public sealed interface WorkloadSettings {

    /** Whether every block read is compared with what was last acknowledged for it. */
    boolean verified();

    /**
     * Replay of a recording.
     *
     * @param file an iolog of version 2 or 3, absolute; exists
     */
    record Iolog(boolean verified, Path file, Pace pace) implements WorkloadSettings {}

    /**
     * A workload in fio's words.
     *
     * @param blockBytes of each operation, 512 B to 8 MiB, a multiple of the namespace's block
     * @param ioDepth operations that each job keeps in flight, 1 to 65535
     * @param jobCount jobs side by side, 1 to 65535
     * @param sizeBytes how much of the disk, from its start, each job works on: at least {@code
     *     blockBytes}, at most the namespace
     * @param operationCount operations of each job; empty: as many as it takes to cover the size
     *     once
     * @param readPercent reads of a mixed workload, 0 to 100
     * @param seed of every random choice
     * @param operationsPerSecondMax of each job; empty: as fast as it goes
     * @param writesPerFlush a Flush after so many writes; 0: never
     */
    record Fio(
            boolean verified,
            Access access,
            int blockBytes,
            int ioDepth,
            int jobCount,
            long sizeBytes,
            OptionalLong operationCount,
            int readPercent,
            long seed,
            OptionalLong operationsPerSecondMax,
            int writesPerFlush)
            implements WorkloadSettings {}

    /** Whether a replay waits as long as the recorded host did. */
    enum Pace {
        /** Each operation starts as soon as there is room for it. */
        FULL_SPEED,
        /** No operation starts before its time in the recording. */
        RECORDED
    }

    /** fio's {@code rw}: sequential or random, reads, writes or a mix. */
    enum Access {
        READ,
        WRITE,
        RW,
        RANDREAD,
        RANDWRITE,
        RANDRW
    }
}
