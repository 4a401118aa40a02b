package io.doorbell.controller.namespace;

import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.controller.queue.FetchedCommand;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;

/** What some commands moved, on its way to the counters of their shard (Base §5.16.1.3). */
final class IoTally {
    private static final int MEDIA_ERROR = 2; // status code type

    private long reads;
    private long writes;
    private long bytesRead;
    private long bytesWritten;
    private long mediaErrors;

    /** Counts commands that were executed and are still ours. */
    void count(CommandBatch batch, long mask) {
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            count(batch.command(Long.numberOfTrailingZeros(rest)));
        }
    }

    private void count(FetchedCommand command) {
        if (command.status() != Status.SUCCESS) {
            mediaErrors += Status.codeType(command.status()) == MEDIA_ERROR ? 1 : 0;
            return;
        }
        switch (command.opcode()) {
            case NvmOpcode.READ, NvmOpcode.COMPARE -> {
                reads++;
                bytesRead += command.data().lengthBytes();
            }
            case NvmOpcode.WRITE -> {
                writes++;
                bytesWritten += command.data().lengthBytes();
            }
            default -> {}
        }
    }

    /** Moves everything counted so far; called on the shard of these counters. */
    void moveTo(ShardCounters counters) {
        counters.hostReads += reads;
        counters.hostWrites += writes;
        counters.bytesRead += bytesRead;
        counters.bytesWritten += bytesWritten;
        counters.mediaErrors += mediaErrors;
        reads = 0;
        writes = 0;
        bytesRead = 0;
        bytesWritten = 0;
        mediaErrors = 0;
    }
}
