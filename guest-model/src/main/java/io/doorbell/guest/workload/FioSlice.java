package io.doorbell.guest.workload;

/**
 * The part of a namespace that one job works on, in units of its {@code bs}.
 *
 * @param startLba first block
 * @param unitBlocks blocks of each request
 * @param unitCount units in the slice
 */
record FioSlice(NamespaceGeometry geometry, long startLba, long unitBlocks, long unitCount) {
    static FioSlice of(FioJob job, NamespaceGeometry geometry) {
        int blockBytes = geometry.blockBytes();
        requireMultiple(job, "bs", job.bsBytes(), blockBytes, "the block size");
        requireMultiple(job, "offset", job.offsetBytes(), blockBytes, "the block size");
        requireMultiple(job, "size", job.sizeBytes(), job.bsBytes(), "bs");
        requireTransferable(job, geometry);
        long roomBytes = geometry.sizeBytes() - job.offsetBytes();
        long sizeBytes =
                job.sizeBytes() == 0 ? roomBytes - roomBytes % job.bsBytes() : job.sizeBytes();
        if (sizeBytes > roomBytes || sizeBytes < job.bsBytes()) {
            throw invalid(
                    job,
                    "offset "
                            + job.offsetBytes()
                            + " and size "
                            + job.sizeBytes()
                            + " do not fit the namespace of "
                            + geometry.sizeBytes()
                            + " bytes; use offset + size within it, and room for one bs of "
                            + job.bsBytes());
        }
        return new FioSlice(
                geometry,
                job.offsetBytes() / blockBytes,
                job.bsBytes() / blockBytes,
                sizeBytes / job.bsBytes());
    }

    long blockCount() {
        return unitBlocks * unitCount;
    }

    private static void requireTransferable(FioJob job, NamespaceGeometry geometry) {
        boolean transfersData =
                job.rw().firstOperation() != Operation.DEALLOCATE || job.rw().isTrimThenWrite();
        Operation widest = transfersData ? Operation.READ : Operation.DEALLOCATE;
        long maxBytes = geometry.requestBlocksMax(widest) * geometry.blockBytes();
        if (job.bsBytes() > maxBytes) {
            throw invalid(
                    job,
                    "bs is "
                            + job.bsBytes()
                            + " bytes, more than one command may carry; use up to "
                            + maxBytes);
        }
    }

    private static void requireMultiple(
            FioJob job, String word, long value, long divisor, String divisorName) {
        if (value % divisor != 0) {
            throw invalid(
                    job,
                    word
                            + " is "
                            + value
                            + ", not a multiple of "
                            + divisorName
                            + "; use "
                            + (value - value % divisor)
                            + " or "
                            + (value - value % divisor + divisor)
                            + " bytes");
        }
    }

    private static IllegalArgumentException invalid(FioJob job, String what) {
        return new IllegalArgumentException("Job '" + job.name() + "': " + what);
    }
}
