package io.doorbell.simulation.lab;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.lab.Outcome.Breach;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.observe.WorldMemory;
import io.doorbell.simulation.oracle.OracleSettings;
import io.doorbell.simulation.oracle.Oracles;
import io.doorbell.simulation.oracle.Violation;
import io.doorbell.simulation.situation.Sightings;
import io.doorbell.simulation.situation.Situations;
import io.doorbell.simulation.world.ActorPath;

import org.jspecify.annotations.Nullable;

import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** Watches one run with every law, and notes what it comes across. */
public final class Judge implements Spectator {
    private final FunctionFacts facts;
    private final OracleSettings settings;
    private final @Nullable LongFunction<BlockStamp> stamps;
    private @Nullable Oracles oracles;
    private @Nullable Situations situations;
    private long step;

    /** A judge of a device of which this is known; see {@link Machine.Builder#facts}. */
    public Judge(FunctionFacts facts, OracleSettings settings) {
        this(facts, settings, null);
    }

    /**
     * As above.
     *
     * @param stamps what the host's blocks look like, by LBA; null if they carry no stamps
     */
    public Judge(
            FunctionFacts facts,
            OracleSettings settings,
            @Nullable LongFunction<BlockStamp> stamps) {
        this.facts = facts;
        this.settings = settings;
        this.stamps = stamps;
    }

    @Override
    public void enter(WorldMemory memory, LongSupplier nanoTime, Choices choices) {
        Oracles all = new Oracles(facts, memory, nanoTime, () -> step, settings, stamps);
        situations = new Situations(all.model()); // hears of an event before the model changes
        oracles = all;
    }

    /** The laws and the model of the run. */
    public Oracles judges() {
        if (oracles == null) {
            throw new IllegalStateException("The run has not begun.");
        }
        return oracles;
    }

    private Situations situations() {
        if (situations == null) {
            throw new IllegalStateException("The run has not begun.");
        }
        return situations;
    }

    /** What the run came across so far. */
    public Sightings sightings() {
        return situations().sightings();
    }

    /** What was broken first, with what led to it; or null. */
    @Nullable Breach breach() {
        Violation violation = violation();
        return violation == null ? null : new Breach(violation, judges().lastEvents());
    }

    /** What was broken first, or null. */
    public @Nullable Violation violation() {
        return judges().violation();
    }

    @Override
    public void step(long number, long nanos, ActorPath actor) {
        step = number;
    }

    @Override
    public void registerWriteIssued(int bar, long offsetBytes, int widthBytes, long value) {
        judges().registerWriteIssued(bar, offsetBytes, widthBytes, value);
    }

    @Override
    public void registerWritten(int bar, long offsetBytes, int widthBytes, long value) {
        judges().registerWritten(bar, offsetBytes, widthBytes, value);
    }

    @Override
    public void registerRead(int bar, long offsetBytes, int widthBytes, long value) {
        judges().registerRead(bar, offsetBytes, widthBytes, value);
    }

    @Override
    public void configWriteIssued(int offsetBytes, int widthBytes, int value) {
        judges().configWriteIssued(offsetBytes, widthBytes, value);
    }

    @Override
    public void configWritten(int offsetBytes, int widthBytes, int value) {
        judges().configWritten(offsetBytes, widthBytes, value);
    }

    @Override
    public void functionReset() {
        situations().functionReset();
        judges().functionReset();
    }

    @Override
    public void deviceRead(long address, long sizeBytes, DmaStatus status) {
        situations().deviceRead(address, sizeBytes, status);
        judges().deviceRead(address, sizeBytes, status);
    }

    @Override
    public void deviceWrote(long address, long sizeBytes, DmaStatus status) {
        situations().deviceWrote(address, sizeBytes, status);
        judges().deviceWrote(address, sizeBytes, status);
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        situations().deviceWriteVisible(address, sizeBytes);
        judges().deviceWriteVisible(address, sizeBytes);
    }

    @Override
    public void hostWrote(long address, long sizeBytes) {
        judges().hostWrote(address, sizeBytes);
    }

    @Override
    public void interruptSent(MsixMessage message) {
        judges().interruptSent(message);
    }

    @Override
    public void interruptDelivered(MsixMessage message) {
        judges().interruptDelivered(message);
    }

    @Override
    public void pinChanged(boolean asserted) {
        judges().pinChanged(asserted);
    }

    @Override
    public void actorFailed(String path, Throwable cause) {
        situations().actorFailed(path, cause);
        judges().actorFailed(path, cause);
    }

    @Override
    public void faultStruck(Strike strike) {
        situations().faultStruck(strike);
        judges().faultStruck(strike);
    }

    @Override
    public void spoiltArrives() {
        judges().spoiltArrives();
    }

    @Override
    public void submitted(int queueId, int commandId, int opcode, long slba, int blocks) {
        judges().submitted(queueId, commandId, opcode, slba, blocks);
    }

    @Override
    public void completed(int queueId, int commandId, int status) {
        judges().completed(queueId, commandId, status);
    }

    @Override
    public void cancelled(int queueId, int commandId) {
        situations().cancelled(queueId, commandId);
        judges().cancelled(queueId, commandId);
    }

    @Override
    public void quiet(long untilNanos) {
        judges().quiet(untilNanos);
    }

    @Override
    public void timedOut(int queueId, int commandId) {
        situations().timedOut(queueId, commandId);
    }

    @Override
    public void queueMissing(boolean isSubmissionQueue, int queueId) {
        judges().queueMissing(isSubmissionQueue, queueId);
    }

    @Override
    public void abortMeant(int queueId, int commandId) {
        judges().abortMeant(queueId, commandId);
    }

    @Override
    public void foundCompleted(int queueId, int commandId) {
        situations().foundCompleted(queueId, commandId);
    }

    @Override
    public void unknownCompletion(int queueId, int commandId) {
        situations().unknownCompletion(queueId, commandId);
        judges().unknownCompletion(queueId, commandId);
    }

    @Override
    public void resetBegun() {
        judges().resetBegun();
    }

    @Override
    public void resetEnded() {
        judges().resetEnded();
    }

    @Override
    public void sentAgain(int queueId, int commandId) {
        situations().sentAgain(queueId, commandId);
    }

    @Override
    public void gaveUp(int queueId, int commandId) {
        situations().gaveUp(queueId, commandId);
    }
}
