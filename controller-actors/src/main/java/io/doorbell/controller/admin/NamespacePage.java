package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NvmLimits;
import io.doorbell.spec.identify.IdentifyNamespace;

import java.lang.foreign.MemorySegment;

/** What Identify says of one namespace (NVM §4.1.5.1). */
final class NamespacePage {
    private NamespacePage() {}

    /** Fills {@code page}, which is all zero. */
    static void fill(Namespace namespace, MemorySegment page) {
        IdentifyNamespace identify =
                formats(page)
                        .formatIndex(namespace.formatIndex())
                        .sizeBlocks(namespace.blockCount())
                        .capacityBlocks(namespace.blockCount())
                        .usedBlocks(namespace.usedBlocks())
                        .capacityBytes(namespace.blockCount() << namespace.blockSizeLog2());
        identify.nguid(
                namespace.uuid().getMostSignificantBits(),
                namespace.uuid().getLeastSignificantBits());
    }

    /** Fills in what all namespaces have in common, whatever their size. */
    static IdentifyNamespace formats(MemorySegment page) {
        IdentifyNamespace identify =
                new IdentifyNamespace()
                        .wrap(page, 0)
                        .features(IdentifyNamespace.NSFEAT_DULBE)
                        .formatCountZeroBased(Namespace.formatCount() - 1)
                        .deallocateFeatures(
                                IdentifyNamespace.DLFEAT_READS_ZEROS
                                        | IdentifyNamespace.DLFEAT_WRITE_ZEROES_DEALLOCATES)
                        .copyRangeLengthMaximum(NvmLimits.COPY_RANGE_BLOCKS_MAX)
                        .copyLengthMaximum(NvmLimits.COPY_BLOCKS_MAX)
                        .copyRangesMaximumZeroBased(NvmLimits.COPY_RANGES_MAX - 1);
        for (int index = 0; index < Namespace.formatCount(); index++) {
            identify.lbaFormat(index, Namespace.lbaFormat(index));
        }
        return identify;
    }
}
