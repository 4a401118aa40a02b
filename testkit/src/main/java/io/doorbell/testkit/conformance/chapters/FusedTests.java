package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.HostQueue;

import java.util.Arrays;

/** Compare and Write as one operation (Base §3.4.2, NVM §3.2.1). */
@Chapter("Fused operations")
final class FusedTests {
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private static Disk disk(Bench bench) {
        Disk disk = Disk.of(bench);
        NotApplicable.unless(
                (disk.controller().fusedOperations() & IdentifyController.FUSES_COMPARE_AND_WRITE)
                        != 0,
                "FUSES: Compare and Write is not offered");
        return disk;
    }

    private static Command compare(Disk disk, long lba, byte[] expected) {
        long buffer = disk.buffer(1);
        disk.memory().put(buffer, expected);
        return disk.data(NvmOpcode.COMPARE, lba, expected.length / disk.blockBytes(), buffer)
                .fuse(FIRST);
    }

    private static Command write(Disk disk, long lba, byte[] content) {
        long buffer = disk.buffer(content.length / disk.blockBytes());
        disk.memory().put(buffer, content);
        return disk.data(NvmOpcode.WRITE, lba, content.length / disk.blockBytes(), buffer)
                .fuse(SECOND);
    }

    private static byte[] block(Disk disk, int value) {
        byte[] block = new byte[disk.blockBytes()];
        Arrays.fill(block, (byte) value);
        return block;
    }

    @Clause(
            value = "NVM §3.2.1",
            otherwise = "A cluster that takes its locks by compare and write never gets one.",
            values = {0, 100, 32767})
    void equalData_areReplaced(Bench bench, long lba) {
        Disk disk = disk(bench);
        byte[] old = disk.store(lba, 1, 1);
        Completion[] pair = disk.runPair(compare(disk, lba, old), write(disk, lba, block(disk, 9)));
        Expect.success(pair[0]);
        Expect.success(pair[1]);
        disk.expectContent("the block", lba, block(disk, 9));
    }

    @Clause(
            value = "Base §3.4.2",
            otherwise = "Two hosts hold the same lock: the loser's write took place.")
    void differentData_stayAndTheWriteIsAborted(Bench bench) {
        Disk disk = disk(bench);
        byte[] old = disk.store(5, 1, 1);
        Completion[] pair =
                disk.runPair(compare(disk, 5, block(disk, 1)), write(disk, 5, block(disk, 9)));
        Expect.status(pair[0], Status.COMPARE_FAILURE);
        Expect.status(pair[1], Status.COMMAND_ABORTED_DUE_TO_FAILED_FUSED_COMMAND);
        disk.expectContent("the block", 5, old);
    }

    @Clause(
            value = "Base §3.4.2",
            otherwise = "A Compare without its Write waits for ever, or a later command joins it.",
            values = {0, 1})
    void firstWithoutSecond_isAbortedForWantOfIt(Bench bench, long followed) {
        Disk disk = disk(bench);
        byte[] old = disk.store(5, 1, 1);
        Command alone = compare(disk, 5, old);
        if (followed == 0) {
            Expect.status(disk.run(alone), Status.COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND);
        } else {
            Completion[] pair = disk.runPair(alone, disk.read(5, 1, disk.buffer(1)));
            Expect.status(pair[0], Status.COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND);
            Expect.success(pair[1]);
        }
        disk.expectAlive();
    }

    @Clause(
            value = "Base §3.4.2",
            otherwise = "A Write whose Compare is missing overwrites without asking.")
    void secondWithoutFirst_isAbortedAndWritesNothing(Bench bench) {
        Disk disk = disk(bench);
        byte[] old = disk.store(5, 1, 1);
        Expect.status(
                disk.run(write(disk, 5, block(disk, 9))),
                Status.COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND);
        disk.expectContent("the block", 5, old);
    }

    @Clause(
            value = "Base §3.4.2",
            otherwise = "Of two first halves both are lost, or the second takes the wrong partner.")
    void firstBehindFirst_pairsTheLatter(Bench bench) {
        Disk disk = disk(bench);
        byte[] old = disk.store(5, 1, 1);
        HostQueue queue = disk.queue();
        int lone = queue.put(compare(disk, 5, old));
        int first = queue.put(compare(disk, 5, old));
        int second = queue.put(write(disk, 5, block(disk, 9)));
        queue.ring();
        for (int i = 0; i < 3; i++) {
            Completion completion = queue.expectCompletion();
            Expect.that(
                    completion + " was submitted",
                    completion.commandId() == lone
                            || completion.commandId() == first
                            || completion.commandId() == second);
            Expect.status(
                    completion,
                    completion.commandId() == lone
                            ? Status.COMMAND_ABORTED_DUE_TO_MISSING_FUSED_COMMAND
                            : Status.SUCCESS);
        }
        queue.ringHead();
        disk.expectContent("the block", 5, block(disk, 9));
    }

    @Clause(
            value = "Base §3.4.2",
            otherwise = "A fused pair that no specification defines is executed somehow.",
            values = {NvmOpcode.WRITE, NvmOpcode.READ, NvmOpcode.FLUSH})
    void otherPairs_areRefused(Bench bench, long firstOpcode) {
        Disk disk = disk(bench);
        byte[] old = disk.store(5, 1, 1);
        Command first = disk.data((int) firstOpcode, 5, 1, disk.buffer(1)).fuse(FIRST);
        Completion[] pair = disk.runPair(first, write(disk, 5, block(disk, 9)));
        Expect.status(pair[0], Status.INVALID_FIELD_IN_COMMAND);
        Expect.that("the second half fails too", pair[1].status() != Status.SUCCESS);
        disk.expectContent("the block", 5, old);
    }

    @Clause(
            value = "NVM §3.2.1",
            otherwise = "Another block is overwritten than the one that was compared.")
    void halvesOfDifferentBlocks_areRefused(Bench bench) {
        Disk disk = disk(bench);
        byte[] old = disk.store(5, 2, 1);
        byte[] first = Arrays.copyOf(old, disk.blockBytes());
        Completion[] pair = disk.runPair(compare(disk, 5, first), write(disk, 6, block(disk, 9)));
        Expect.that("the Compare fails", pair[0].status() != Status.SUCCESS);
        Expect.that("the Write fails", pair[1].status() != Status.SUCCESS);
        disk.expectContent("the blocks", 5, old);
    }

    @Clause(
            value = "NVM §2.1.4",
            otherwise = "A pair that is too large to be atomic is executed in parts.")
    void moreThanTheAtomicUnit_isRefused(Bench bench) {
        Disk disk = disk(bench);
        int blocks =
                2
                        + Math.max(
                                disk.controller().atomicCompareWriteUnitZeroBased(),
                                disk.namespace().atomicCompareWriteUnitZeroBased());
        byte[] old = disk.store(5, blocks, 1);
        Completion[] pair =
                disk.runPair(
                        compare(disk, 5, old),
                        write(disk, 5, new byte[blocks * disk.blockBytes()]));
        Expect.refused(pair[0], Status.ATOMIC_WRITE_UNIT_EXCEEDED);
        Expect.that("the Write fails", pair[1].status() != Status.SUCCESS);
        disk.expectContent("the blocks", 5, old);
    }

    @Clause(
            value = "Base §3.4.2",
            otherwise = "A Compare succeeds though the pair it belongs to was not executed.")
    void secondThatCannotBeFetched_failsBoth(Bench bench) {
        Disk disk = disk(bench);
        byte[] old = disk.store(5, 1, 1);
        Completion[] pair =
                disk.runPair(
                        compare(disk, 5, old),
                        write(disk, 5, block(disk, 9)).prp1(disk.memory().nowhere()));
        Expect.status(pair[0], Status.COMMAND_ABORTED_DUE_TO_FAILED_FUSED_COMMAND);
        Expect.status(pair[1], Status.DATA_TRANSFER_ERROR);
        disk.expectContent("the block", 5, old);
    }

    @Clause(
            value = "Base §3.3.3.1",
            otherwise = "A reserved value of FUSE is executed as a plain command.")
    void reservedFuse_isAnInvalidField(Bench bench) {
        Disk disk = disk(bench);
        Expect.refused(
                disk.run(disk.read(0, 1, disk.buffer(1)).fuse(3)), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §3.4.2",
            otherwise = "A pair is torn where the queue wraps, or where the device pauses.",
            values = {0, 15, 31, 32, 46, 47, 61, 62, 63})
    void pairAnywhereInTheQueue_isOneOperation(Bench bench, long slot) {
        Disk disk = disk(bench);
        byte[] old = disk.store(5, 1, 1);
        HostQueue queue = disk.queue();
        while (queue.tail() != 0) {
            disk.ok(Commands.flush(Disk.NSID));
        }
        // The pair begins at this slot, behind as many other commands as there is room for.
        long others = Math.min(slot, queue.entries() - 3);
        for (long i = slot - others; i > 0; i--) {
            disk.ok(Commands.flush(Disk.NSID));
        }
        for (long i = 0; i < others; i++) {
            queue.put(Commands.flush(Disk.NSID));
        }
        Command first = compare(disk, 5, old);
        Command second = write(disk, 5, block(disk, 9));
        queue.put(first);
        queue.put(second);
        queue.ring();
        for (long i = 0; i < others + 2; i++) {
            Expect.success(queue.expectCompletion());
        }
        queue.ringHead();
        disk.expectContent("the block", 5, block(disk, 9));
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver uses fused commands that the device takes for plain ones.")
    void fuse_isRefusedIfNotOffered(Bench bench) {
        Disk disk = Disk.of(bench);
        NotApplicable.unless(
                disk.controller().fusedOperations() == 0, "FUSES: fused operations are offered");
        Expect.refused(
                disk.run(disk.read(0, 1, disk.buffer(1)).fuse(FIRST)),
                Status.INVALID_FIELD_IN_COMMAND);
    }
}
