package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;
import io.doorbell.simulation.observe.CommandTable.DataWay;
import io.doorbell.simulation.observe.CompletionQueueState;
import io.doorbell.simulation.observe.InterruptState;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.spec.CompletionEntry;

import java.util.ArrayList;
import java.util.List;

/** I08: data, then its completion, then the interrupt. */
final class VisibilityOrder extends Oracle {
    private static final int NO_QUEUE = -1; // data, not a completion
    private static final int PHASE_BYTE = 14;

    private final List<Store> pending = new ArrayList<>(); // made, and not visible

    VisibilityOrder(Oracle.Post post) {
        super(
                post,
                "I08",
                "The data of a command is there before its completion, and the completion before the interrupt that tells of it.",
                "Base 2.0 §3.3.3.2, PCIe 1.0 §3.5");
    }

    private record Store(long address, long sizeBytes, long owner, int queueId, long rank) {}

    @Override
    public void epochBegan() {
        pending.clear();
    }

    @Override
    public void dataMoved(int command, long address, long sizeBytes, boolean toHost) {
        if (toHost && model().facts().tellsVisibility()) {
            pending.add(new Store(address, sizeBytes, owner(command), NO_QUEUE, 0));
        }
    }

    private long owner(int command) {
        CommandTable commands = model().commands();
        return (long) commands.queueId(command) << 48 | commands.ordinal(command);
    }

    @Override
    public void posting(Posting posting) {
        int command = posting.command();
        if (command == CommandTable.NONE
                || model().isExcused(posting.sqId(), posting.commandId())) {
            return;
        }
        CommandTable commands = model().commands();
        if (posting.isSuccess()
                && commands.isExact(command)
                && commands.way(command) == DataWay.TO_HOST
                && commands.touchedBytes(command) < commands.describedBytes(command)) {
            broken(
                    "%d bytes stored before the completion"
                            .formatted(commands.describedBytes(command)),
                    "%d, then %s".formatted(commands.touchedBytes(command), posting.describe()));
        }
        if (model().facts().tellsVisibility()) {
            CompletionQueueState queue = posting.queue();
            pending.add(
                    new Store(
                            posting.address(),
                            CompletionEntry.SIZE_BYTES,
                            owner(command),
                            queue.id(),
                            model().posts() + 1));
        }
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        for (int at = 0; at < pending.size(); at++) {
            Store store = pending.get(at);
            if (store.queueId() == NO_QUEUE
                    ? store.address() >= address
                            && store.address() + store.sizeBytes() <= address + sizeBytes
                    : store.address() + PHASE_BYTE >= address
                            && store.address() + PHASE_BYTE < address + sizeBytes) {
                visible(store, at);
                return;
            }
        }
    }

    private void visible(Store store, int at) {
        for (int earlier = 0; earlier < at && store.queueId() != NO_QUEUE; earlier++) {
            Store data = pending.get(earlier);
            if (data.owner() == store.owner()) {
                broken(
                        "%d bytes at %Xh visible before the completion of their command"
                                .formatted(data.sizeBytes(), data.address()),
                        "the completion visible at %Xh".formatted(store.address()));
                return;
            }
        }
        pending.remove(at);
    }

    @Override
    public void interruptDelivered(int vector) {
        if (vector == InterruptState.NONE || model().interrupts().isExcused(vector)) {
            return;
        }
        long told = model().interrupts().sentThrough(vector);
        for (Store store : pending) {
            CompletionQueueState queue =
                    store.queueId() == NO_QUEUE ? null : model().completionQueue(store.queueId());
            if (queue != null
                    && queue.signals()
                    && queue.vector() == vector
                    && store.rank() <= told
                    && model().interrupts().inFlight(vector) == 1) {
                broken(
                        "the completion at %Xh visible before its interrupt"
                                .formatted(store.address()),
                        "an interrupt of vector " + vector);
                return;
            }
        }
    }
}
