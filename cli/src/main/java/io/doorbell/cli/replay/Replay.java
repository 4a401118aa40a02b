package io.doorbell.cli.replay;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.cli.replay.EventStream.Recorded;
import io.doorbell.cli.trace.TraceEvent;
import io.doorbell.cli.trace.TraceEvent.BarRead;
import io.doorbell.cli.trace.TraceEvent.BarWrite;
import io.doorbell.cli.trace.TraceEvent.ConfigRead;
import io.doorbell.cli.trace.TraceEvent.ConfigWrite;
import io.doorbell.cli.trace.TraceException;
import io.doorbell.cli.trace.TraceReader;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Goes through a trace, event by event. What the machine did is done to the device; what the
 * recorded device did next, the replayed one is given the time to do. So both are at the same place
 * of their work at each access of the machine, as far as can be seen from outside; where the
 * replayed one is ahead or behind, its accesses wait for their match.
 */
final class Replay {
    /** Time that the device may be later than the recorded one. */
    private static final long GRACE_NANOS = 1_000_000;

    /** After so long without an event, the recorded device had nothing to do. */
    private static final long IDLE_NANOS = 1_000_000;

    private static final long ZEROS_MAX = 1 << 26; // eight times the largest transfer
    private static final byte[] NOTHING = {};

    /** Makes functions. */
    @FunctionalInterface
    interface PowerSupply {
        /**
         * Makes a function and powers it on.
         *
         * @throws IllegalArgumentException if there can be no such function
         */
        ReplayedFunction powerOn(TraceEvent.PowerOn settings, ReplayedMemory memory);
    }

    private final EventStream events;
    private final PowerSupply supply;
    private final Findings findings = new Findings();
    private final DeviceTraffic traffic;
    private final Questions questions;
    private final DataComparison comparison;
    private final MemoryMap map = new MemoryMap();
    private @Nullable ReplayedFunction function;
    private int machines;
    private long quietSinceNanos;

    /**
     * @param knowsBlocks whether the blocks are as they were when the trace began
     */
    Replay(TraceReader reader, PowerSupply supply, boolean knowsBlocks) {
        this.events = new EventStream(reader);
        this.supply = supply;
        this.traffic = new DeviceTraffic(events, findings);
        this.questions = new Questions(events, findings);
        this.comparison = new DataComparison(findings, traffic.places(), knowsBlocks);
        events.listen(traffic::seen);
    }

    /**
     * Replays all of it.
     *
     * @param lines told how far it has come
     * @throws TraceException if there is a line that cannot be used
     */
    Replayed run(LongConsumer lines) throws IOException, TraceException {
        try {
            for (Recorded next = events.next(); next != null; next = events.next()) {
                lines.accept(next.line());
                findings.at(next.line(), next.nanos());
                if (next.event() instanceof TraceEvent.Lost) {
                    return findings.result(machines, Replayed.Ending.LOST);
                }
                step(next);
                if (findings.isFull()) {
                    return findings.result(machines, Replayed.Ending.GIVEN_UP);
                }
                quietSinceNanos = next.nanos();
            }
            traffic.end();
            return findings.result(
                    machines, events.isTorn() ? Replayed.Ending.TORN : Replayed.Ending.WHOLE);
        } finally {
            if (function != null) {
                function.close();
            }
        }
    }

    /** An actor of the function has failed. */
    void failed(String path, Throwable cause) {
        findings.differs("nothing", path + " fails: " + cause);
    }

    private void step(Recorded now) throws TraceException {
        traffic.polls().at(now);
        switch (now.event()) {
            case TraceEvent.PowerOn on -> powerOn(now, on);
            case TraceEvent.PowerOff _ -> powerOff(powered(now));
            case TraceEvent.Map(long address, long bytes, boolean readable, boolean writable) ->
                    map.map(address, bytes, readable, writable);
            case TraceEvent.Unmap(long address, long bytes) -> map.unmap(address, bytes);
            case BarWrite write -> store(now, write);
            case BarRead(int bar, long offset, int bytes, long tag) ->
                    ask(now, tag, (own, to) -> new PciAccess.BarRead(bar, offset, bytes, own, to));
            case ConfigRead(int offset, int bytes, long tag) ->
                    ask(now, tag, (own, to) -> new PciAccess.ConfigRead(offset, bytes, own, to));
            case ConfigWrite(int offset, int bytes, int value, long tag) ->
                    ask(
                            now,
                            tag,
                            (own, to) -> new PciAccess.ConfigWrite(offset, bytes, value, own, to));
            case TraceEvent.Reset(long tag) -> {
                traffic.end();
                traffic.places().reset();
                ask(now, tag, PciAccess.FunctionReset::new);
            }
            case TraceEvent.Answer answer -> answered(now, answer);
            case TraceEvent.Interrupt(int vector) -> interrupted(now, vector);
            case TraceEvent.Pin(boolean asserted) -> pinChanged(now, asserted);
            case TraceEvent.DmaRead read -> read(now, read);
            case TraceEvent.DmaWrite(long address, _, _, byte[] data) ->
                    written(now, address, data);
            case TraceEvent.DmaZero(long address, long bytes, String status) ->
                    written(now, address, status.equals("OK") ? zeros(now, bytes) : NOTHING);
            case TraceEvent.Struck _ -> findings.struck();
            case TraceEvent.Lost _ -> {} // the end
        }
    }

    private static byte[] zeros(Recorded now, long bytes) throws TraceException {
        if (bytes > ZEROS_MAX) {
            throw new TraceException(now.line(), "No device fills so many bytes at once.");
        }
        return new byte[(int) bytes];
    }

    private void powerOn(Recorded now, TraceEvent.PowerOn on) throws TraceException {
        if (function != null) {
            throw new TraceException(now.line(), "A function is powered on that is so already.");
        }
        try {
            function = supply.powerOn(on, new ReplayedMemory(map, traffic));
        } catch (IllegalArgumentException impossible) {
            throw new TraceException(
                    now.line(), "There can be no such function: " + impossible.getMessage());
        }
        comparison.blocksInFile(on.blocks().equals("file"));
        machines++;
    }

    private void powerOff(ReplayedFunction powered) {
        powered.close();
        function = null;
        traffic.end();
        traffic.places().reset();
        questions.clear();
        map.clear();
    }

    private ReplayedFunction powered(Recorded now) throws TraceException {
        ReplayedFunction powered = function;
        if (powered == null) {
            throw new TraceException(now.line(), "No function is powered on here.");
        }
        return powered;
    }

    /** Before an access of the machine: if nothing happened for long, nothing is under way. */
    private ReplayedFunction accessed(Recorded now) throws TraceException {
        ReplayedFunction powered = powered(now);
        if (now.nanos() - quietSinceNanos > IDLE_NANOS) {
            findings.at(now.line(), quietSinceNanos); // what it does now, it does since then
            powered.runUntil(() -> false, timeTo(now, powered));
            findings.at(now.line(), now.nanos());
        }
        findings.accessed();
        return powered;
    }

    private static long timeTo(Recorded now, ReplayedFunction powered) {
        return Math.max(0, now.nanos() - powered.nanoTime());
    }

    /** Whether the device gets there. */
    private boolean await(Recorded now, BooleanSupplier condition) throws TraceException {
        ReplayedFunction powered = powered(now);
        return powered.runUntil(condition, timeTo(now, powered) + GRACE_NANOS);
    }

    private void store(Recorded now, BarWrite write) throws TraceException {
        ReplayedFunction powered = accessed(now);
        if (traffic.places().enables(write)) {
            traffic.end();
        }
        traffic.places().stored(write);
        powered.tell(
                new PciAccess.BarWrite(write.bar(), write.offset(), write.bytes(), write.value()));
    }

    private void ask(
            Recorded now, long tag, BiFunction<Long, ActorRef<ReadCompletion>, PciAccess> access)
            throws TraceException {
        ReplayedFunction powered = accessed(now);
        powered.runUntil(() -> false, 0); // of what was stored before, the answer may tell
        questions.asked(tag, powered.ask(access), now.event());
    }

    private void answered(Recorded now, TraceEvent.Answer answer) throws TraceException {
        ReplayedFunction powered = powered(now);
        Questions.Asked question = questions.take(answer.tag());
        if (question == null) {
            throw new TraceException(now.line(), "This answers nothing that was asked.");
        }
        boolean came = await(now, () -> powered.hasAnswered(question.tag()));
        questions.compare(question, answer, came ? powered.answer(question.tag()) : null);
    }

    private void interrupted(Recorded now, int vector) throws TraceException {
        ReplayedFunction powered = powered(now);
        findings.interrupted();
        if (!powered.hasInterrupted(vector)
                && traffic.owes(vector)
                && !await(now, () -> powered.hasInterrupted(vector))) {
            findings.differs("an interrupt of vector " + vector, "none");
        }
        powered.handled(vector);
        traffic.told(vector);
    }

    /**
     * With more to tell since it was asserted, the pin may stay so; with nothing, it need not be.
     */
    private void pinChanged(Recorded now, boolean asserted) throws TraceException {
        ReplayedFunction powered = powered(now);
        findings.interrupted();
        boolean isDue = asserted == traffic.owesAny();
        if (!powered.wasPin(asserted) && isDue && !await(now, () -> powered.wasPin(asserted))) {
            findings.differs(
                    "the pin " + (asserted ? "asserted" : "deasserted"), "it stays as it is");
        }
        powered.tookPin(asserted);
        if (asserted) {
            traffic.toldAll();
        }
    }

    private void read(Recorded now, TraceEvent.DmaRead event) throws TraceException {
        Transfer read = now.read();
        if (read == null) {
            return; // it was refused, as it will be now
        }
        if (traffic.isPoll(event)) {
            polled(now, event, read);
        } else if (!await(now, read::isMatched)) {
            findings.differs(
                    "%,d bytes read at %Xh".formatted(event.bytes(), event.address()),
                    "not or not all of them");
            traffic.forget(event, read);
        }
    }

    /** A device that looks less often sleeps, and nobody will ring: the recorded one was awake. */
    private void polled(Recorded now, TraceEvent.DmaRead event, Transfer read)
            throws TraceException {
        ReplayedFunction powered = powered(now);
        if (powered.runUntil(read::isMatched, timeTo(now, powered))) {
            return;
        }
        traffic.forget(event, read);
        int value = ShadowPolls.value(read.data());
        if (traffic.polls().isNews(event.address(), value)) {
            findings.rang();
            powered.tell(
                    new PciAccess.BarWrite(
                            0,
                            traffic.places().doorbellOffset(event.address()),
                            Integer.BYTES,
                            Integer.toUnsignedLong(value)));
        }
    }

    private void written(Recorded now, long address, byte[] data) throws TraceException {
        if (data.length == 0 || !traffic.isCompared(address)) {
            return;
        }
        CompletionRing ring = traffic.places().ring(address, data.length);
        if (ring != null) {
            for (var entry : ring.recorded(address, data, now.line(), now.nanos())) {
                completed(now, ring, entry);
            }
            return;
        }
        await(now, () -> traffic.hasWritten(address, data.length));
        byte[] written = traffic.takeWritten(address, data.length);
        if (written == null) {
            findings.differs(
                    "%,d bytes written to %Xh".formatted(data.length, address),
                    "not or not all of them");
        } else {
            comparison.compare(address, data, written);
        }
    }

    private void completed(Recorded now, CompletionRing ring, CompletionRing.Entry entry)
            throws TraceException {
        findings.completed();
        await(now, () -> ring.hasReplayed(entry));
        CompletionRing.Entry replayed = ring.match(entry);
        if (replayed == null) {
            findings.differs(entry.commandText() + ": " + entry.text(), "it is not completed");
        } else if (!entry.hasResultOf(replayed)) {
            findings.differs(entry.commandText() + ": " + entry.text(), replayed.text());
        }
    }
}
