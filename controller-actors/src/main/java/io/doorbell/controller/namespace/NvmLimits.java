package io.doorbell.controller.namespace;

import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.OptionalNvmCommands;

/** What there is of I/O commands, and their limits, as the identify pages announce them. */
public final class NvmLimits {
    /** ONCS: the bits of commands. */
    public static final int OPTIONAL_COMMANDS =
            OptionalNvmCommands.COMPARE
                    | OptionalNvmCommands.WRITE_UNCORRECTABLE
                    | OptionalNvmCommands.DATASET_MANAGEMENT
                    | OptionalNvmCommands.WRITE_ZEROES
                    | OptionalNvmCommands.VERIFY
                    | OptionalNvmCommands.COPY;

    /** SGLS if SGLs are offered. */
    public static final int SGL_SUPPORT =
            IdentifyController.SGLS_BYTE_ALIGNED
                    | IdentifyController.SGLS_BIT_BUCKET
                    | IdentifyController.SGLS_LONGER_THAN_DATA;

    /** MSSRL: most blocks of one source range of Copy (NVM §4.1.5.1). */
    public static final int COPY_RANGE_BLOCKS_MAX = 128;

    /** So many blocks of the largest size. */
    static final long COPY_RANGE_BYTES_MAX = (long) COPY_RANGE_BLOCKS_MAX << 12;

    /** MCL: most blocks of one Copy. */
    public static final int COPY_BLOCKS_MAX = 1024;

    /** MSRC + 1: most source ranges of one Copy. */
    public static final int COPY_RANGES_MAX = 64;

    /** ACWU + 1: most blocks of a fused Compare and Write (NVM §2.1.4). */
    public static final int COMPARE_AND_WRITE_BLOCKS_MAX = 1;

    private NvmLimits() {}
}
