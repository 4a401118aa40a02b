package io.doorbell.simulation.timeline;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.lab.Spectator;
import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.observe.ModelEvents;
import io.doorbell.simulation.observe.Posting;
import io.doorbell.simulation.observe.SubmissionQueueState;
import io.doorbell.simulation.observe.WorldMemory;
import io.doorbell.simulation.wire.RegisterNames;
import io.doorbell.simulation.world.ActorPath;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.pci.MsixTableEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Writes down what happens in a run: the last events, or all of them. What the bytes on the bus
 * mean it knows from a {@link BusModel} of its own.
 */
public final class Timeline implements Spectator {
    private static final long NOT_BEGUN = -1;
    private static final List<String> TABLE_DWORDS =
            List.of("address", "address-high", "data", "control");

    private final FunctionFacts facts;
    private final int eventsKept;
    private final long stepsMax;
    private final RegisterNames names;
    private final ArrayDeque<TimelineEvent> events = new ArrayDeque<>();
    private final Map<Integer, Integer> rung = new HashMap<>(); // looked up, never iterated
    private final TreeMap<Long, Happening.Seen> unseen = new TreeMap<>(); // by address of phase
    private @Nullable BusModel model;
    private LongSupplier nanoTime = () -> 0;
    private long step = NOT_BEGUN;
    private long dropped;

    /**
     * @param facts of the device that is watched
     * @param eventsKept earlier ones are dropped
     * @param stepsMax nothing from this step on is written down
     */
    public Timeline(FunctionFacts facts, int eventsKept, long stepsMax) {
        this.facts = facts;
        this.eventsKept = eventsKept;
        this.stepsMax = stepsMax;
        this.names = new RegisterNames(facts.doorbellStride());
    }

    /** What was kept, the oldest first. */
    public List<TimelineEvent> events() {
        return new ArrayList<>(events);
    }

    /** Events that were not kept. */
    public long dropped() {
        return dropped;
    }

    private void add(Happening what) {
        if (step >= stepsMax) {
            return;
        }
        if (events.size() == eventsKept) {
            events.removeFirst();
            dropped++;
        }
        events.add(new TimelineEvent(Math.max(0, step), nanoTime.getAsLong(), what));
    }

    // ---- the run

    @Override
    public void enter(WorldMemory memory, LongSupplier clock, Choices choices) {
        nanoTime = clock;
        BusModel fresh = new BusModel(facts, memory, clock);
        fresh.watch(new Meaning(fresh));
        model = fresh;
        choices.listen(
                choice ->
                        add(
                                new Happening.Chose(
                                        choice.site(), choice.occurrence(), choice.value())));
    }

    private BusModel model() {
        if (model == null) {
            throw new IllegalStateException("No run has begun.");
        }
        return model;
    }

    @Override
    public void step(long number, long nanos, ActorPath actor) {
        step = number;
    }

    // ---- the bus

    @Override
    public void registerWriteIssued(int bar, long offsetBytes, int widthBytes, long value) {
        int doorbell = doorbell(bar, offsetBytes);
        if (bar == 0 && offsetBytes == Registers.CC && (value & 1) == 0) {
            rung.clear();
        }
        if (doorbell < 0) {
            add(new Happening.Stored(name(bar, offsetBytes), value));
        } else {
            ring(doorbell, (int) value & Doorbells.VALUE_MASK);
        }
        model().registerWriteIssued(bar, offsetBytes, widthBytes, value);
    }

    /** The doorbell at this place of a BAR, or -1. */
    private int doorbell(int bar, long offsetBytes) {
        return bar == 0 && offsetBytes < facts.doorbellsEnd()
                ? Doorbells.index(offsetBytes, facts.doorbellStride())
                : -1;
    }

    /** A register as faults call it, or a dword of an entry of the MSI-X table. */
    private String name(int bar, long offsetBytes) {
        FunctionFacts.Places places = facts.places();
        long inTable = offsetBytes - places.tableOffsetBytes();
        long tableBytes = (long) facts.vectors() * MsixTableEntry.SIZE_BYTES;
        return bar == places.tableBar() && inTable >= 0 && inTable < tableBytes
                ? "msix-%d-%s"
                        .formatted(
                                inTable / MsixTableEntry.SIZE_BYTES,
                                TABLE_DWORDS.get(
                                        (int) (inTable % MsixTableEntry.SIZE_BYTES)
                                                / Integer.BYTES))
                : names.name(bar, offsetBytes);
    }

    private void ring(int doorbell, int value) {
        int queue = Doorbells.queueId(doorbell);
        Integer last = rung.put(doorbell, value);
        int before = last == null ? 0 : last;
        int moved = moved(doorbell, before, value);
        add(
                Doorbells.isCompletionHead(doorbell)
                        ? new Happening.HeadRung(queue, value, before, moved)
                        : new Happening.TailRung(queue, value, before, moved));
    }

    private int moved(int doorbell, int before, int value) {
        int queue = Doorbells.queueId(doorbell);
        int entries;
        if (Doorbells.isCompletionHead(doorbell)) {
            var completion = model().completionQueue(queue);
            entries = completion == null ? 0 : completion.entryCount();
        } else {
            var submission = model().submissionQueue(queue);
            entries = submission == null ? 0 : submission.entryCount();
        }
        return value < entries && before < entries ? Doorbells.distance(before, value, entries) : 0;
    }

    @Override
    public void registerWritten(int bar, long offsetBytes, int widthBytes, long value) {
        boolean doorbell = doorbell(bar, offsetBytes) >= 0;
        add(new Happening.Arrived(name(bar, offsetBytes), value, doorbell));
        model().registerWritten(bar, offsetBytes, widthBytes, value);
    }

    @Override
    public void registerRead(int bar, long offsetBytes, int widthBytes, long value) {
        add(new Happening.Loaded(name(bar, offsetBytes), value));
        model().registerRead(bar, offsetBytes, widthBytes, value);
    }

    @Override
    public void configWriteIssued(int offsetBytes, int widthBytes, int value) {
        model().configWriteIssued(offsetBytes, widthBytes, value);
    }

    @Override
    public void configWritten(int offsetBytes, int widthBytes, int value) {
        add(new Happening.ConfigWritten(offsetBytes, Integer.toUnsignedLong(value)));
        model().configWritten(offsetBytes, widthBytes, value);
    }

    @Override
    public void functionReset() {
        add(new Happening.FunctionReset());
        rung.clear();
        model().functionReset();
    }

    @Override
    public void deviceRead(long address, long sizeBytes, DmaStatus status) {
        model().deviceRead(address, sizeBytes, status);
    }

    @Override
    public void deviceWrote(long address, long sizeBytes, DmaStatus status) {
        model().deviceWrote(address, sizeBytes, status);
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        model().deviceWriteVisible(address, sizeBytes);
        Map.Entry<Long, Happening.Seen> entry = unseen.ceilingEntry(address);
        while (entry != null && entry.getKey() < address + sizeBytes) {
            add(entry.getValue());
            unseen.remove(entry.getKey());
            entry = unseen.ceilingEntry(address);
        }
    }

    @Override
    public void hostWrote(long address, long sizeBytes) {
        model().hostWrote(address, sizeBytes);
    }

    @Override
    public void interruptSent(MsixMessage message) {
        model().interruptSent(message);
    }

    @Override
    public void interruptDelivered(MsixMessage message) {
        model().interruptDelivered(message);
    }

    @Override
    public void pinChanged(boolean asserted) {
        add(new Happening.Pin(asserted));
        model().pinChanged(asserted);
    }

    @Override
    public void actorFailed(String path, Throwable cause) {
        add(new Happening.ActorFailed(path, cause.toString()));
    }

    @Override
    public void faultStruck(Strike strike) {
        add(new Happening.Fault(strike.toString()));
        model().faultStruck(strike);
    }

    @Override
    public void spoiltArrives() {
        model().spoiltArrives();
    }

    /** What the model makes of the bus. */
    private final class Meaning implements ModelEvents {
        private final BusModel model;

        Meaning(BusModel model) {
            this.model = model;
        }

        @Override
        public void fetched(SubmissionQueueState queue, int command) {
            SubmissionEntry entry = model.commands().entry(command);
            int slot = (queue.head() + queue.entryCount() - 1) % queue.entryCount();
            boolean admin = queue.id() == 0;
            add(
                    new Happening.Fetched(
                            queue.id(),
                            slot,
                            entry.commandId(),
                            admin
                                    ? AdminOpcode.name(entry.opcode())
                                    : NvmOpcode.name(entry.opcode()),
                            admin ? "" : blocks(entry)));
        }

        @Override
        public void dataMoved(int command, long address, long sizeBytes, boolean toHost) {
            add(
                    new Happening.DataMoved(
                            model.commands().queueId(command),
                            model.commands().commandId(command),
                            address,
                            sizeBytes,
                            toHost));
        }

        @Override
        public void posting(Posting posting) {
            int queue = posting.queue().id();
            add(
                    new Happening.Posted(
                            queue,
                            posting.slot(),
                            posting.phase() ? 1 : 0,
                            posting.sqId(),
                            posting.commandId(),
                            posting.status(),
                            posting.isSuccess() ? "success" : Status.describe(posting.status()),
                            posting.sqHead(),
                            posting.queue().signals() ? posting.queue().vector() : -1));
            unseen.put(
                    posting.address() + CompletionEntry.HIGH_QWORD_OFFSET_BYTES,
                    new Happening.Seen(queue, posting.slot()));
        }

        @Override
        public void interruptSent(int vector) {
            add(new Happening.InterruptSent(vector));
        }

        @Override
        public void interruptDelivered(int vector) {
            add(new Happening.InterruptDelivered(vector));
        }
    }

    private static String blocks(SubmissionEntry entry) {
        return switch (entry.opcode()) {
            case NvmOpcode.READ,
                    NvmOpcode.WRITE,
                    NvmOpcode.COMPARE,
                    NvmOpcode.VERIFY,
                    NvmOpcode.WRITE_UNCORRECTABLE,
                    NvmOpcode.WRITE_ZEROES -> {
                long first = Integer.toUnsignedLong(entry.cdw10()) | (long) entry.cdw11() << 32;
                yield " LBA %d, %d blocks".formatted(first, (entry.cdw12() & 0xFFFF) + 1);
            }
            default -> "";
        };
    }
}
