package io.doorbell.simulation.oracle;

import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.HostEvents;
import io.doorbell.simulation.observe.PageMap;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * I03: each block is linearizable. A read returns the last acknowledged write or one that overlaps
 * it in time, never half a block, another block, or a write that was cancelled before a newer one.
 *
 * <p>The host's commands carry stamps ({@link BlockStamp}) of one namespace. The versions are read
 * from memory when the device fetches and when it completes, as the device left them; when they
 * count is what the host says through {@link HostEvents}. What a command other than Read, Write and
 * Write Zeroes leaves in a block is not known, and so anything.
 */
final class DataOracle extends Oracle implements HostEvents {
    private static final long ZEROS = 0; // as a version; stamps have versions from 1
    private static final long NOT_A_STAMP = -2;

    private final LongFunction<BlockStamp> stamps;
    private final byte[] block;
    private final MemorySegment content;
    private final HostCommands commands = new HostCommands();
    private final PageMap blocks = new PageMap();
    private final List<BlockHistory> histories = new ArrayList<>();
    private long now = 1;
    private long allChanged; // when a command that may change any block ended last; 0: none did

    DataOracle(Oracle.Post post, LongFunction<BlockStamp> stamps) {
        super(
                post,
                "I03",
                "A read returns the last acknowledged write of each block, or one that overlaps it;"
                        + " a cancelled write has no effect after a newer one.",
                "Base 2.0 §3.4.1, NVM 1.0 §2.1.4");
        this.stamps = stamps;
        this.block = new byte[stamps.apply(0).blockBytes()];
        this.content = Arena.ofAuto().allocate(block.length);
    }

    // ---- the host ----------------------------------------------------------------------------

    @Override
    public void submitted(int queueId, int commandId, int opcode, long slba, int blockCount) {
        commands.add(queueId, commandId).begin(opcode, slba, blockCount, ++now);
        if (changesUnknownBlocks(opcode)) {
            allChanged = BlockHistory.NEVER;
        }
    }

    @Override
    public void completed(int queueId, int commandId, int status) {
        now++;
        HostCommand command = commands.remove(queueId, commandId);
        if (command == null) {
            return;
        }
        boolean success = Status.isSuccess(status);
        if (command.opcode == NvmOpcode.READ) {
            if (success && command.captured) {
                judge(queueId, commandId, command);
            }
        } else {
            ended(command, success);
        }
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        now++;
        HostCommand command = commands.remove(queueId, commandId);
        if (command != null && command.opcode != NvmOpcode.READ) {
            ended(command, false);
        }
    }

    private void ended(HostCommand command, boolean acknowledged) {
        if (changesUnknownBlocks(command.opcode)) {
            allChanged = now;
        }
        if (!command.fetched || !changesItsBlocks(command.opcode)) {
            return;
        }
        long oldest = -1;
        for (int at = 0; at < command.blocks; at++) {
            BlockHistory history = history(command.slba + at);
            history.end(command.submittedAt, now, acknowledged);
            if (history.isLong()) {
                oldest = oldest < 0 ? commands.oldest(now) : oldest;
                history.prune(oldest);
            }
        }
    }

    // ---- the device --------------------------------------------------------------------------

    @Override
    public void fetched(SubmissionQueueState queue, int number) {
        int commandId = model().commands().commandId(number);
        HostCommand command = commands.find(queue.id(), commandId);
        if (command == null || command.fetched || !changesItsBlocks(command.opcode)) {
            return;
        }
        command.fetched = true;
        for (int at = 0; at < command.blocks; at++) {
            command.versions[at] = versionWritten(command, number, at);
            history(command.slba + at).write(command.versions[at], command.submittedAt);
        }
    }

    @Override
    public void posting(Posting posting) {
        HostCommand command =
                posting.command() == CommandTable.NONE
                        ? null
                        : commands.find(posting.sqId(), posting.commandId());
        if (command == null
                || command.captured
                || model().isExcused(posting.sqId(), posting.commandId())) {
            return;
        }
        if (command.opcode == NvmOpcode.READ && posting.isSuccess()) {
            command.captured = true;
            for (int at = 0; at < command.blocks; at++) {
                command.versions[at] = version(posting.command(), at, command.slba + at);
            }
        } else if (command.opcode == NvmOpcode.WRITE && command.fetched) {
            command.captured = true;
            for (int at = 0; at < command.blocks; at++) {
                long version = versionWritten(command, posting.command(), at);
                if (version != command.versions[at]) {
                    history(command.slba + at).revise(command.submittedAt, version);
                }
            }
        }
    }

    private long versionWritten(HostCommand command, int number, int at) {
        return switch (command.opcode) {
            case NvmOpcode.WRITE -> {
                long version = version(number, at, command.slba + at);
                yield version == NOT_A_STAMP ? BlockHistory.ANY : version;
            }
            case NvmOpcode.WRITE_ZEROES -> ZEROS;
            default -> BlockHistory.ANY;
        };
    }

    /** What a command's buffer holds for one of its blocks. */
    private long version(int number, int at, long lba) {
        int copied = model().copyData(number, (long) at * block.length, block, block.length);
        if (copied < block.length) {
            return BlockHistory.ANY;
        }
        MemorySegment.copy(block, 0, content, ValueLayout.JAVA_BYTE, 0, block.length);
        BlockStamp stamp = stamps.apply(lba);
        long version = BlockStamp.versionOf(content, 0);
        if (version > 0 && stamp.matches(content, 0, lba, version)) {
            return version;
        }
        return stamp.isZero(content, 0) ? ZEROS : NOT_A_STAMP;
    }

    // ---- the law -----------------------------------------------------------------------------

    private void judge(int queueId, int commandId, HostCommand read) {
        for (int at = 0; at < read.blocks; at++) {
            long version = read.versions[at];
            long lba = read.slba + at;
            BlockHistory history = find(lba);
            if (history == null || version == BlockHistory.ANY) {
                continue;
            }
            boolean allowed =
                    (allChanged > 0 && history.mayShowOld(read.submittedAt, allChanged))
                            || history.mayShow(version, read.submittedAt, now);
            if (!allowed) {
                long newest = history.newest(read.submittedAt);
                broken(
                        "block %d as write %s left it, or newer".formatted(lba, text(newest)),
                        "%s, read by CID %04Xh of submission queue %d"
                                .formatted(text(version), commandId, queueId));
                return;
            }
        }
    }

    private static String text(long version) {
        if (version == ZEROS) {
            return "zeros";
        }
        return version == NOT_A_STAMP
                ? "no version of this block"
                : version == BlockHistory.ANY ? "unknown" : "version " + version;
    }

    private BlockHistory history(long lba) {
        long number = blocks.get(lba);
        if (number == PageMap.NONE) {
            number = histories.size();
            histories.add(new BlockHistory());
            blocks.put(lba, number);
        }
        return histories.get((int) number);
    }

    private @Nullable BlockHistory find(long lba) {
        long number = blocks.get(lba);
        return number == PageMap.NONE ? null : histories.get((int) number);
    }

    private static boolean changesItsBlocks(int opcode) {
        return opcode == NvmOpcode.WRITE
                || opcode == NvmOpcode.WRITE_ZEROES
                || opcode == NvmOpcode.WRITE_UNCORRECTABLE;
    }

    private static boolean changesUnknownBlocks(int opcode) {
        return opcode == NvmOpcode.COPY || opcode == NvmOpcode.DATASET_MANAGEMENT;
    }
}
