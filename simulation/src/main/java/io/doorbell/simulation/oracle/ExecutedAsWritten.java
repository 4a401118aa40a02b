package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.HostEvents;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.ReadWrite;

import java.util.ArrayDeque;
import java.util.TreeMap;

/**
 * I07, I16: the device fetches the commands that the host submitted, in that order. Watches the
 * queues whose host tells of all its commands ({@link HostEvents}), until one is cancelled.
 */
final class ExecutedAsWritten extends Oracle implements HostEvents {
    private record Submitted(int commandId, int opcode, long slba, int blocks) {}

    private final TreeMap<Integer, ArrayDeque<Submitted>> queues = new TreeMap<>();

    ExecutedAsWritten(Oracle.Post post) {
        super(
                post,
                "I07",
                "The command that is executed is the one the host wrote before it rang.",
                "Base 2.0 §3.3.1.2");
    }

    @Override
    public void epochBegan() {
        queues.clear();
    }

    @Override
    public void submitted(int queueId, int commandId, int opcode, long slba, int blocks) {
        queues.computeIfAbsent(queueId, _ -> new ArrayDeque<>())
                .addLast(new Submitted(commandId, opcode, slba, blocks));
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        queues.remove(queueId);
    }

    /** A queue that was created has no past, whatever its predecessor of that number left. */
    @Override
    public void posting(Posting posting) {
        if (posting.sqId() != 0 || posting.command() == CommandTable.NONE) {
            return;
        }
        SubmissionEntry entry = model().commands().entry(posting.command());
        if (entry.opcode() == AdminOpcode.CREATE_IO_SUBMISSION_QUEUE && posting.isSuccess()) {
            queues.remove(CreateSubmissionQueue.queueId(entry));
        }
    }

    @Override
    public void fetched(SubmissionQueueState queue, int command) {
        ArrayDeque<Submitted> pending = queues.get(queue.id());
        if (pending == null || queue.isExcused()) {
            return;
        }
        Submitted meant = pending.pollFirst();
        if (meant == null) {
            broken(
                    "a command that the host submitted",
                    model().commands().describe(command) + ", which it did not");
            return;
        }
        SubmissionEntry entry = model().commands().entry(command);
        boolean same = entry.commandId() == meant.commandId() && entry.opcode() == meant.opcode();
        if (same && namesBlocks(meant)) {
            same =
                    ReadWrite.startingLba(entry) == meant.slba()
                            && ReadWrite.blockCount(entry) == meant.blocks();
        }
        if (!same) {
            broken(
                    "opcode %02Xh, CID %04Xh, blocks %d + %d"
                            .formatted(
                                    meant.opcode(),
                                    meant.commandId(),
                                    meant.slba(),
                                    meant.blocks()),
                    model().commands().describe(command));
        }
    }

    private static boolean namesBlocks(Submitted command) {
        return command.blocks() > 0
                && switch (command.opcode()) {
                    case NvmOpcode.READ,
                            NvmOpcode.WRITE,
                            NvmOpcode.COMPARE,
                            NvmOpcode.WRITE_ZEROES ->
                            true;
                    default -> false;
                };
    }
}
