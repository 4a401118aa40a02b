package io.doorbell.simulation.oracle;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.observe.BusModel;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.observe.WorldMemory;
import io.doorbell.simulation.oracle.EventHistory.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/**
 * All laws over one function. Every event goes to the model and from there to each oracle, in one
 * order; the first violation ends it: what comes after is not looked at.
 */
public final class Oracles implements BusObserver {
    private final OracleSettings settings;
    private final LongSupplier steps;
    private final BusModel model;
    private final EventHistory history;
    private final List<Oracle> all;
    private final Conservation conservation;
    private final ExecutedAsWritten executedAsWritten;
    private final HostAborts hostAborts;
    private final HostRings hostRings;
    private final HostLooks hostLooks;
    private final HostQueues hostQueues;
    private final HostCancels hostCancels;
    private final @Nullable DataOracle data;
    private final Set<String> forgiven = new HashSet<>();
    private @Nullable Violation violation;
    private long events;

    /**
     * @param facts of the function
     * @param memory all stores of the world
     * @param nanos virtual time
     * @param steps of the world
     * @param stamps what the host's blocks look like, by LBA, or null if they carry no stamps
     */
    public Oracles(
            FunctionFacts facts,
            WorldMemory memory,
            LongSupplier nanos,
            LongSupplier steps,
            OracleSettings settings,
            @Nullable LongFunction<BlockStamp> stamps) {
        this.settings = settings;
        this.steps = steps;
        this.model = new BusModel(facts, memory, nanos);
        this.history = new EventHistory(settings.eventsKept(), facts.doorbellStride());
        Oracle.Post post = new Oracle.Post(model, new Bench());
        this.conservation = new Conservation(post);
        this.executedAsWritten = new ExecutedAsWritten(post);
        this.hostAborts = new HostAborts(post);
        this.hostRings = new HostRings(post);
        this.hostLooks = new HostLooks(post);
        this.hostQueues = new HostQueues(post);
        this.hostCancels = new HostCancels(post);
        this.data = stamps == null ? null : new DataOracle(post, stamps);
        this.all = oracles(post);
        for (Oracle oracle : all) {
            if (settings.judgeHost() || !oracle.judgesHost()) {
                model.watch(oracle);
            }
        }
    }

    /** The order matters: a broken law often breaks others, and the first to speak is heard. */
    private List<Oracle> oracles(Oracle.Post post) {
        List<Oracle> list =
                new ArrayList<>(
                        List.of(
                                new NoFailure(post),
                                new HostDoorbells(post),
                                new UniqueCommandIds(post),
                                new BufferReuse(post),
                                hostAborts,
                                new ReservedPointers(post),
                                hostQueues,
                                hostCancels,
                                new AllOnesRead(post),
                                new RegisterStates(post),
                                new BoundedTransitions(post),
                                new EpochIsolation(post),
                                new BusMastering(post),
                                new DmaConfinement(post),
                                new DoorbellValidity(post),
                                new FetchOrder(post),
                                executedAsWritten,
                                new NoOverwrite(post),
                                new PhaseTag(post),
                                new QueueLifeCycle(post),
                                new ExactlyOnce(post),
                                new WellFormedCompletion(post),
                                new AbortConsistency(post),
                                new AsyncEventRequests(post),
                                new Limits(post),
                                new DataPointers(post),
                                new VisibilityOrder(post),
                                hostRings,
                                hostLooks,
                                new NoLostWakeUp(post),
                                new BackPressure(post),
                                new EventIndexes(post),
                                new CoalescingBound(post),
                                new InterruptLiveness(post),
                                new PinLevel(post),
                                new SpuriousInterrupts(post),
                                new Fairness(post),
                                conservation));
        if (data != null) {
            list.add(data);
        }
        return List.copyOf(list);
    }

    /** Takes what the oracles say. */
    private final class Bench implements Oracle.Court {
        @Override
        public void accuse(Oracle oracle, String expected, String seen) {
            boolean watched = settings.judgeHost() || !oracle.judgesHost();
            if (violation == null && watched && !forgiven.contains(oracle.id())) {
                violation =
                        new Violation(
                                oracle.id(),
                                oracle.law(),
                                oracle.clause(),
                                steps.getAsLong(),
                                model.nanos(),
                                expected,
                                seen);
            }
        }

        @Override
        public OracleSettings settings() {
            return settings;
        }
    }

    /** The reference model: ask it, and tell it what faults it has to forgive. */
    public BusModel model() {
        return model;
    }

    /** Every law that is watched, in the order in which they are heard. */
    public List<Oracle> laws() {
        return all.stream().filter(law -> settings.judgeHost() || !law.judgesHost()).toList();
    }

    /** What was broken first, or null. */
    public @Nullable Violation violation() {
        return violation;
    }

    /** The last events up to the violation, one line each, the oldest first. */
    public List<String> lastEvents() {
        return history.lines();
    }

    /** Events seen so far. */
    public long events() {
        return events;
    }

    /** A law that is broken on purpose in this run, and is not watched: I09 for a wild host. */
    public void forgiveLaw(String id) {
        forgiven.add(id);
    }

    /** A counter of things in use, which must be 0 whenever nothing is going on (I14). */
    public void addGauge(String name, LongSupplier inUse) {
        conservation.add(name, inUse);
    }

    private boolean isOver() {
        if (violation != null) {
            return true;
        }
        events++;
        return false;
    }

    private void note(Kind kind, long first, long second, long third, @Nullable Object detail) {
        history.add(kind, steps.getAsLong(), model.nanos(), first, second, third, detail);
    }

    // ---- the host ----------------------------------------------------------------------------

    @Override
    public void submitted(int queueId, int commandId, int opcode, long slba, int blocks) {
        if (!isOver()) {
            hostRings.submitted(queueId);
            executedAsWritten.submitted(queueId, commandId, opcode, slba, blocks);
            if (data != null) {
                data.submitted(queueId, commandId, opcode, slba, blocks);
            }
        }
    }

    @Override
    public void completed(int queueId, int commandId, int status) {
        if (!isOver()) {
            hostLooks.read(queueId);
            hostCancels.consumed(queueId, commandId);
            if (data != null) {
                data.completed(queueId, commandId, status);
            }
        }
    }

    @Override
    public void unknownCompletion(int queueId, int commandId) {
        if (!isOver()) {
            hostLooks.read(queueId);
        }
    }

    @Override
    public void resetBegun() {
        hostLooks.resetting(true);
    }

    @Override
    public void resetEnded() {
        hostLooks.resetting(false);
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        if (!isOver()) {
            hostCancels.cancelled(queueId, commandId);
            executedAsWritten.cancelled(queueId, commandId);
            if (data != null) {
                data.cancelled(queueId, commandId);
            }
        }
    }

    @Override
    public void queueMissing(boolean isSubmissionQueue, int queueId) {
        if (!isOver()) {
            hostQueues.missing(isSubmissionQueue, queueId);
        }
    }

    @Override
    public void abortMeant(int queueId, int commandId) {
        if (!isOver()) {
            hostAborts.abortMeant(queueId, commandId);
        }
    }

    // ---- the bus -----------------------------------------------------------------------------

    @Override
    public void registerWriteIssued(int bar, long offsetBytes, int widthBytes, long value) {
        if (!isOver()) {
            note(Kind.WRITE_ISSUED, bar, offsetBytes, value, null);
            model.registerWriteIssued(bar, offsetBytes, widthBytes, value);
        }
    }

    @Override
    public void registerWritten(int bar, long offsetBytes, int widthBytes, long value) {
        if (!isOver()) {
            note(Kind.WRITTEN, bar, offsetBytes, value, null);
            model.registerWritten(bar, offsetBytes, widthBytes, value);
        }
    }

    @Override
    public void registerRead(int bar, long offsetBytes, int widthBytes, long value) {
        if (!isOver()) {
            note(Kind.READ, bar, offsetBytes, value, null);
            model.registerRead(bar, offsetBytes, widthBytes, value);
        }
    }

    @Override
    public void configWriteIssued(int offsetBytes, int widthBytes, int value) {
        if (!isOver()) {
            model.configWriteIssued(offsetBytes, widthBytes, value);
        }
    }

    @Override
    public void configWritten(int offsetBytes, int widthBytes, int value) {
        if (!isOver()) {
            note(Kind.CONFIG, offsetBytes, widthBytes, value, null);
            model.configWritten(offsetBytes, widthBytes, value);
        }
    }

    @Override
    public void functionReset() {
        if (!isOver()) {
            note(Kind.FUNCTION_RESET, 0, 0, 0, null);
            model.functionReset();
        }
    }

    @Override
    public void deviceRead(long address, long sizeBytes, DmaStatus status) {
        if (!isOver()) {
            note(Kind.DEVICE_READ, address, sizeBytes, 0, status.isOk() ? null : status);
            model.deviceRead(address, sizeBytes, status);
        }
    }

    @Override
    public void deviceWrote(long address, long sizeBytes, DmaStatus status) {
        if (!isOver()) {
            note(Kind.DEVICE_WROTE, address, sizeBytes, 0, status.isOk() ? null : status);
            model.deviceWrote(address, sizeBytes, status);
        }
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        if (!isOver()) {
            note(Kind.VISIBLE, address, sizeBytes, 0, null);
            model.deviceWriteVisible(address, sizeBytes);
        }
    }

    @Override
    public void hostWrote(long address, long sizeBytes) {
        if (!isOver()) {
            note(Kind.HOST_WROTE, address, sizeBytes, 0, null);
            model.hostWrote(address, sizeBytes);
        }
    }

    @Override
    public void interruptSent(MsixMessage message) {
        if (!isOver()) {
            note(Kind.INTERRUPT_SENT, message.address(), message.data(), 0, null);
            model.interruptSent(message);
        }
    }

    @Override
    public void interruptDelivered(MsixMessage message) {
        if (!isOver()) {
            note(Kind.INTERRUPT_DELIVERED, message.address(), message.data(), 0, null);
            model.interruptDelivered(message);
        }
    }

    @Override
    public void pinChanged(boolean asserted) {
        if (!isOver()) {
            note(Kind.PIN, asserted ? 1 : 0, 0, 0, null);
            model.pinChanged(asserted);
        }
    }

    @Override
    public void actorFailed(String path, Throwable cause) {
        if (!isOver()) {
            note(Kind.FAILED, 0, 0, 0, path + ": " + cause);
            model.actorFailed(path, cause);
        }
    }

    @Override
    public void faultStruck(Strike strike) {
        if (!isOver()) {
            note(Kind.FAULT, 0, 0, 0, strike);
            model.faultStruck(strike);
        }
    }

    @Override
    public void spoiltArrives() {
        if (!isOver()) {
            model.spoiltArrives();
        }
    }

    @Override
    public void quiet(long untilNanos) {
        if (!isOver()) {
            note(Kind.QUIET, untilNanos, 0, 0, null);
            model.quiet(untilNanos);
        }
    }
}
