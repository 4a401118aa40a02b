package io.doorbell.guest.workload;

import java.util.ArrayList;
import java.util.List;

/** What {@code numjobs} does: several jobs of one description. */
public final class FioJobs {
    private FioJobs() {}

    /**
     * Jobs on disjoint slices, as with fio's {@code numjobs} and {@code offset_increment} equal to
     * {@code size}: job i starts at {@code offset + i * size}, is called {@code name.i} and draws
     * from {@code randseed + i}. With size 0 the rest of the namespace is shared out evenly, in
     * whole {@code bs}.
     *
     * @param numjobs 1 or more
     * @throws IllegalArgumentException when they do not fit the namespace together
     */
    public static List<FioJob> split(FioJob job, int numjobs, NamespaceGeometry geometry) {
        if (numjobs < 1) {
            throw new IllegalArgumentException(
                    "Job '" + job.name() + "': numjobs is " + numjobs + "; use 1 or more");
        }
        long roomBytes = Math.max(0, geometry.sizeBytes() - job.offsetBytes());
        long shareBytes = roomBytes / numjobs - roomBytes / numjobs % job.bsBytes();
        long sizeBytes = job.sizeBytes() == 0 ? shareBytes : job.sizeBytes();
        if (sizeBytes > shareBytes || sizeBytes < job.bsBytes()) {
            throw new IllegalArgumentException(
                    "Job '%s': %d jobs of %d bytes do not fit the %d bytes from offset %d on; %s"
                            .formatted(
                                    job.name(),
                                    numjobs,
                                    Math.max(sizeBytes, job.bsBytes()),
                                    roomBytes,
                                    job.offsetBytes(),
                                    "use fewer jobs, a smaller size or a larger namespace"));
        }
        List<FioJob> jobs = new ArrayList<>(numjobs);
        for (int i = 0; i < numjobs; i++) {
            jobs.add(
                    job.toBuilder()
                            .name(job.name() + "." + i)
                            .offsetBytes(job.offsetBytes() + i * sizeBytes)
                            .sizeBytes(sizeBytes)
                            .randseed(job.randseed() + i)
                            .build());
        }
        return jobs;
    }
}
