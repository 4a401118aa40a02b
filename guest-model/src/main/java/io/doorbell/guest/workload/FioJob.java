package io.doorbell.guest.workload;

/**
 * A job in fio's words. Sizes in bytes. One job works on one slice of the namespace, {@code offset}
 * to {@code offset + size}; jobs that run together get disjoint slices from {@link FioJobs#split}.
 *
 * <p>As in fio: a job ends when it has covered its slice once ({@code loops} times), or after
 * {@code number_ios}, which only shortens; reads and writes of a mix are drawn for each I/O;
 * sequential mixes keep one position for reads and one for writes; random order hits each unit once
 * for each pass unless {@code norandommap}; while a Flush of {@code fsync} runs, nothing new
 * starts; Flushes are not counted in {@code number_ios}; a verifying job reads back what it
 * changed.
 *
 * <p>Not as in fio: nothing here is clocked, so {@code timeBased} means until {@link
 * IoSource#finish}; {@code size} must be a whole number of {@code bs}; {@code verify} also checks
 * the reads of the main phase and deallocated blocks, expects zeros where nothing was written, and
 * keeps overlapping requests apart ({@code serialize_overlap}); with the same {@code randseed} the
 * addresses differ from fio's.
 */
public final class FioJob {
    public static final int IODEPTH_MAX = 65_535;
    static final long RATE_IOPS_MAX = 1_000_000_000;

    private final Builder settings;

    private FioJob(Builder settings) {
        this.settings = settings;
    }

    /** A job with fio's defaults: sequential reads of 4 KiB at depth 1 over the whole namespace. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** The same settings, to be changed. */
    public Builder toBuilder() {
        return settings.copy();
    }

    /** What failures call this job. */
    public String name() {
        return settings.name;
    }

    /** Which operations in which order. */
    public ReadWrite rw() {
        return settings.rw;
    }

    /** Bytes of each request. */
    public long bsBytes() {
        return settings.bsBytes;
    }

    /** Requests outstanding at most. */
    public int iodepth() {
        return settings.iodepth;
    }

    /** Where the slice starts. */
    public long offsetBytes() {
        return settings.offsetBytes;
    }

    /** Size of the slice, or 0: up to the end of the namespace. */
    public long sizeBytes() {
        return settings.sizeBytes;
    }

    /** Stop after so many requests; {@code Long.MAX_VALUE} for no such limit. */
    public long numberIos() {
        return settings.numberIos;
    }

    /** Share of reads in a mix, percent. */
    public int rwmixread() {
        return settings.rwmixread;
    }

    /** Seed of everything random, and of the stamps. */
    public long randseed() {
        return settings.randseed;
    }

    /** Whether data is stamped and checked. */
    public boolean verify() {
        return settings.verify;
    }

    /** Requests per second at most, or 0: as fast as possible. */
    public long rateIops() {
        return settings.rateIops;
    }

    /** A Flush after so many writes, or 0: none. */
    public int fsync() {
        return settings.fsync;
    }

    /** Whether random units are drawn afresh each time, so that some repeat and some are missed. */
    public boolean norandommap() {
        return settings.norandommap;
    }

    /** How many times the slice is covered. */
    public long loops() {
        return settings.loops;
    }

    /**
     * Whether the job goes on until {@link IoSource#finish}, covering its slice again and again.
     */
    public boolean timeBased() {
        return settings.timeBased;
    }

    /**
     * A run of this job.
     *
     * @throws IllegalArgumentException when it does not fit the namespace, saying what would
     */
    public IoSource source(NamespaceGeometry geometry) {
        return new FioSource(this, FioSlice.of(this, geometry));
    }

    /** Settings of a job; see {@link FioJob} and fio's manual for what they mean. */
    public static final class Builder implements Cloneable {
        private String name;
        private ReadWrite rw = ReadWrite.READ;
        private long bsBytes = 4096;
        private int iodepth = 1;
        private long offsetBytes;
        private long sizeBytes;
        private long numberIos = Long.MAX_VALUE;
        private int rwmixread = 50;
        private long randseed = 1;
        private boolean verify;
        private long rateIops;
        private int fsync;
        private boolean norandommap;
        private long loops = 1;
        private boolean timeBased;

        private Builder(String name) {
            this.name = name;
        }

        /** What failures call the job. */
        public Builder name(String newName) {
            name = newName;
            return this;
        }

        /** Which operations in which order; default sequential reads. */
        public Builder rw(ReadWrite newRw) {
            rw = newRw;
            return this;
        }

        /** Bytes of each request, a multiple of the block size; default 4 KiB. */
        public Builder bsBytes(long bytes) {
            bsBytes = bytes;
            return this;
        }

        /** Requests outstanding at most, 1 to 65,535; default 1. */
        public Builder iodepth(int requests) {
            iodepth = requests;
            return this;
        }

        /** Where the slice starts, a multiple of the block size; default 0. */
        public Builder offsetBytes(long bytes) {
            offsetBytes = bytes;
            return this;
        }

        /** Size of the slice, a multiple of {@code bs}; default 0: to the end of the namespace. */
        public Builder sizeBytes(long bytes) {
            sizeBytes = bytes;
            return this;
        }

        /** Stop after so many requests, at least 1; default no limit. */
        public Builder numberIos(long requests) {
            numberIos = requests;
            return this;
        }

        /** Share of reads in a mix, 0 to 100 percent; default 50. */
        public Builder rwmixread(int percent) {
            rwmixread = percent;
            return this;
        }

        /** Seed of everything random; default 1. */
        public Builder randseed(long seed) {
            randseed = seed;
            return this;
        }

        /** Whether to stamp and check data; default no. */
        public Builder verify(boolean on) {
            verify = on;
            return this;
        }

        /** Requests per second at most, up to 10^9; default 0: as fast as possible. */
        public Builder rateIops(long requestsPerSecond) {
            rateIops = requestsPerSecond;
            return this;
        }

        /** A Flush after so many writes; default 0: none. */
        public Builder fsync(int writes) {
            fsync = writes;
            return this;
        }

        /** Draw random units afresh each time; default no. */
        public Builder norandommap(boolean on) {
            norandommap = on;
            return this;
        }

        /** How many times to cover the slice, at least 1; default 1. */
        public Builder loops(long times) {
            loops = times;
            return this;
        }

        /** Go on until {@link IoSource#finish}; default no. */
        public Builder timeBased(boolean on) {
            timeBased = on;
            return this;
        }

        /**
         * The job.
         *
         * @throws IllegalArgumentException naming the setting, its value and the valid range
         */
        public FioJob build() {
            requireRange("bs", bsBytes, 512, Long.MAX_VALUE);
            requireRange("iodepth", iodepth, 1, IODEPTH_MAX);
            requireRange("offset", offsetBytes, 0, Long.MAX_VALUE);
            requireRange("size", sizeBytes, 0, Long.MAX_VALUE);
            requireRange("number_ios", numberIos, 1, Long.MAX_VALUE);
            requireRange("rwmixread", rwmixread, 0, 100);
            requireRange("rate_iops", rateIops, 0, RATE_IOPS_MAX);
            requireRange("fsync", fsync, 0, Integer.MAX_VALUE);
            requireRange("loops", loops, 1, Long.MAX_VALUE);
            return new FioJob(copy());
        }

        private void requireRange(String word, long value, long min, long max) {
            if (value < min || value > max) {
                String upTo = max == Long.MAX_VALUE ? " or more" : " to " + max;
                throw new IllegalArgumentException(
                        "Job '" + name + "': " + word + " is " + value + "; use " + min + upTo);
            }
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
