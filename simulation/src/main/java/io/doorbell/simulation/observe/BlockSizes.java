package io.doorbell.simulation.observe;

import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.FormatNvm;

import java.util.Arrays;
import java.util.List;

/** The block size of each namespace, as Format NVM and Namespace Management leave it. */
final class BlockSizes {
    private final List<Integer> formats;
    private int[] log2; // by namespace id; 0: unknown
    private int formatting; // Format NVM commands that are being executed

    BlockSizes(List<Integer> namespaces, List<Integer> formats) {
        this.formats = formats;
        this.log2 = new int[namespaces.size() + 1];
        for (int id = 1; id < log2.length; id++) {
            log2[id] = namespaces.get(id - 1);
        }
    }

    /** log2 of the block size: the largest it can be if that is not certain, 0 if unknown. */
    int log2(int namespaceId) {
        int known = namespaceId > 0 && namespaceId < log2.length ? log2[namespaceId] : 0;
        if (formatting > 0 && known > 0) {
            for (int format : formats) {
                known = Math.max(known, format);
            }
        }
        return known;
    }

    boolean isCertain() {
        return formatting == 0;
    }

    void formatBegun() {
        formatting++;
    }

    void formatEnded(SubmissionEntry entry, boolean success) {
        formatting--;
        int index = FormatNvm.formatIndex(entry);
        if (!success || index >= formats.size()) {
            return;
        }
        if (entry.namespaceId() == NamespaceId.BROADCAST) {
            for (int id = 1; id < log2.length; id++) {
                set(id, index);
            }
        } else {
            set(entry.namespaceId(), index);
        }
    }

    /** Every command is over. */
    void reset() {
        formatting = 0;
    }

    void set(int namespaceId, int formatIndex) {
        if (namespaceId <= 0 || namespaceId > 0xFFFF || formatIndex >= formats.size()) {
            return;
        }
        if (namespaceId >= log2.length) {
            log2 = Arrays.copyOf(log2, 2 * namespaceId);
        }
        log2[namespaceId] = formats.get(formatIndex);
    }
}
