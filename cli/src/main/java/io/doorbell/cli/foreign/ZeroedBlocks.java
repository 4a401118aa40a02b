package io.doorbell.cli.foreign;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

import java.util.function.LongConsumer;

/**
 * Makes all blocks of a namespace read as zeros: by Write Zeroes (NVM §3.2.8), or by Write where
 * there is no such command.
 *
 * @param transferBytesMax what MDTS allows, at least a page
 * @param queueEntriesMax CAP.MQES + 1
 * @param byWriteZeroes ONCS bit 3
 */
record ZeroedBlocks(
        int namespaceId,
        long blockCount,
        int blockBytes,
        long transferBytesMax,
        int queueEntriesMax,
        boolean byWriteZeroes) {
    private static final int QUEUE_ENTRIES = 64;
    private static final long COMMAND_BLOCKS_MAX = 1 << 16; // NLB
    private static final long WRITE_BYTES = 2 * Memory.PAGE_BYTES; // needs no list

    /**
     * Starts the controller and does it.
     *
     * @param host of a controller that was not started
     * @param done told how many blocks are zeros by now
     * @throws AssertionError if a command fails, or does not end
     */
    void make(Host host, LongConsumer done) {
        HostQueue queue = host.start().createPair(1, Math.min(QUEUE_ENTRIES, queueEntriesMax));
        Command command = command(host);
        long commandBytes =
                byWriteZeroes ? transferBytesMax : Math.min(WRITE_BYTES, transferBytesMax);
        long commandBlocks = Math.min(commandBytes / blockBytes, COMMAND_BLOCKS_MAX);
        int outstanding = 0;
        for (long lba = 0; lba < blockCount; ) {
            int blocks = (int) Math.min(commandBlocks, blockCount - lba);
            queue.put(command.qword(10, lba).cdw(12, blocks - 1));
            outstanding++;
            lba += blocks;
            if (outstanding == queue.entries() - 1 || lba == blockCount) {
                finish(queue, outstanding);
                outstanding = 0;
                done.accept(lba);
            }
        }
    }

    private Command command(Host host) {
        if (byWriteZeroes) {
            return Command.of(NvmOpcode.WRITE_ZEROES).nsid(namespaceId);
        }
        long zeros = host.memory().pages(2);
        Command command = Command.of(NvmOpcode.WRITE).nsid(namespaceId).prp1(zeros);
        return transferBytesMax > Memory.PAGE_BYTES
                ? command.prp2(zeros + Memory.PAGE_BYTES)
                : command;
    }

    private static void finish(HostQueue queue, int outstanding) {
        queue.ring();
        for (int i = 0; i < outstanding; i++) {
            Expect.success(queue.expectCompletion());
        }
        queue.ringHead();
    }
}
