package io.doorbell.guest.workload;

import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.guest.workload.WorkloadResult.Failure;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Compares a whole namespace, read from outside (its backing file, say), with what the workloads
 * were promised. Independent of the controller: a device that lies to reads too is found out.
 *
 * <p>Run it when every source has ended and nothing is outstanding.
 */
public final class ImageCheck {
    private static final int STEP_BYTES = 1 << 17;

    /** Reads blocks past the controller. */
    @FunctionalInterface
    public interface BlockReader {
        /** Fills the first {@code blockCount} blocks of {@code into}; holes in a file are zeros. */
        void read(long startLba, int blockCount, MemorySegment into) throws IOException;
    }

    /**
     * What was found.
     *
     * @param comparedBlocks all blocks of the namespace
     * @param wrongBlocks how many of them were not as promised
     * @param firstFailures at most {@link WorkloadResult#FAILURES_MAX} of them
     */
    public record Report(long comparedBlocks, long wrongBlocks, List<Failure> firstFailures) {
        public Report {
            firstFailures = List.copyOf(firstFailures);
        }

        /** True when every block was as promised. */
        public boolean isClean() {
            return wrongBlocks == 0;
        }
    }

    private final NamespaceGeometry geometry;
    private final BlockStamp anyStamp;
    private final List<DataVerifier> verifiers;
    private final List<Failure> failures = new ArrayList<>();
    private long wrongBlocks;
    private int owner; // the first verifier whose blocks do not all lie behind us

    private ImageCheck(NamespaceGeometry geometry, List<DataVerifier> verifiers) {
        this.geometry = geometry;
        this.anyStamp = new BlockStamp(0, geometry.blockBytes());
        this.verifiers = verifiers;
    }

    /**
     * Compares every block. Blocks of no verifier must be zeros.
     *
     * @throws IllegalArgumentException when two verifiers know the same block, as then neither does
     * @throws IOException from the reader
     */
    public static Report check(
            NamespaceGeometry geometry, List<DataVerifier> verifiers, BlockReader reader)
            throws IOException {
        List<DataVerifier> ordered =
                verifiers.stream()
                        .sorted(Comparator.comparingLong(DataVerifier::firstLba))
                        .toList();
        requireDisjoint(ordered);
        return new ImageCheck(geometry, ordered).run(reader);
    }

    private Report run(BlockReader reader) throws IOException {
        int stepBlocks = STEP_BYTES / geometry.blockBytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(STEP_BYTES, geometry.blockBytes());
            for (long lba = 0; lba < geometry.blockCount(); lba += stepBlocks) {
                int count = (int) Math.min(stepBlocks, geometry.blockCount() - lba);
                reader.read(lba, count, data);
                compare(lba, count, data);
            }
        }
        return new Report(geometry.blockCount(), wrongBlocks, failures);
    }

    private void compare(long startLba, int count, MemorySegment data) {
        for (int i = 0; i < count; i++) {
            long lba = startLba + i;
            long offsetBytes = (long) i * geometry.blockBytes();
            skipVerifiersBefore(lba);
            boolean isOwned = owner < verifiers.size() && verifiers.get(owner).firstLba() <= lba;
            boolean isRight =
                    isOwned
                            ? verifiers.get(owner).isRight(lba, data, offsetBytes)
                            : anyStamp.isZero(data, offsetBytes);
            if (!isRight) {
                wrong(lba, isOwned, data, offsetBytes);
            }
        }
    }

    private void skipVerifiersBefore(long lba) {
        while (owner < verifiers.size() && endLba(verifiers.get(owner)) <= lba) {
            owner++;
        }
    }

    private void wrong(long lba, boolean isOwned, MemorySegment data, long offsetBytes) {
        wrongBlocks++;
        if (failures.size() < WorkloadResult.FAILURES_MAX) {
            String detail =
                    isOwned
                            ? verifiers.get(owner).describe(lba, data, offsetBytes)
                            : WrongBlock.describeForeign(lba, anyStamp.identify(data, offsetBytes));
            failures.add(new Failure(Operation.READ, lba, "image: " + detail));
        }
    }

    private static void requireDisjoint(List<DataVerifier> ordered) {
        for (int i = 1; i < ordered.size(); i++) {
            if (endLba(ordered.get(i - 1)) > ordered.get(i).firstLba()) {
                throw new IllegalArgumentException(
                        "Two workloads know LBA "
                                + ordered.get(i).firstLba()
                                + ": give each its own slice (FioJobs.split)");
            }
        }
    }

    private static long endLba(DataVerifier verifier) {
        return verifier.firstLba() + verifier.blockCount();
    }
}
