package io.doorbell.cli.replay;

import io.doorbell.cli.replay.EventStream.Recorded;
import io.doorbell.cli.trace.TraceEvent;
import io.doorbell.spec.LittleEndian;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;

/** What both devices do with the machine's memory, each access waiting for its match. */
final class DeviceTraffic implements ReplayedMemory.Bytes {
    /** What the recorded device has not done in so long, it did not do. */
    private static final long PATIENCE_NANOS = 100_000_000;

    private final EventStream events;
    private final Findings findings;
    private final PassedBytes reads = new PassedBytes(); // of the recorded device
    private final PassedBytes writes = new PassedBytes(); // of the replayed one
    private final QueuePlaces places = new QueuePlaces();
    private final ShadowPolls polls;
    private final Set<Integer> owed = new HashSet<>(); // vectors with completions to tell of

    DeviceTraffic(EventStream events, Findings findings) {
        this.events = events;
        this.findings = findings;
        this.polls = new ShadowPolls(events, reads);
    }

    QueuePlaces places() {
        return places;
    }

    ShadowPolls polls() {
        return polls;
    }

    /** An event is looked at for the first time. */
    void seen(Recorded recorded) {
        Transfer read = recorded.read();
        if (read != null && recorded.event() instanceof TraceEvent.DmaRead event) {
            reads.add(event.address(), read);
        }
    }

    /** Whether this is a look at one shadow doorbell. */
    boolean isPoll(TraceEvent.DmaRead read) {
        return read.bytes() == Integer.BYTES && places.isShadow(read.address());
    }

    /** The replayed device does not read this any more. */
    void forget(TraceEvent.DmaRead event, Transfer read) {
        reads.forget(event.address(), read);
    }

    @Override
    public byte[] read(long address, int bytes) {
        byte[] data = new byte[bytes];
        if (bytes == Integer.BYTES && places.isShadow(address)) {
            LittleEndian.u32(MemorySegment.ofArray(data), 0, polls.look(address, this::isToBeDone));
            return data;
        }
        int found = reads.take(address, data, 0);
        while (found < bytes && events.lookFurther()) {
            found += reads.take(address + found, data, found);
        }
        if (found < bytes) {
            findings.differs(
                    "nothing", "%,d bytes read at %Xh".formatted(bytes - found, address + found));
        }
        findings.read(found);
        places.fetched(address, data);
        return data;
    }

    @Override
    public void written(long address, byte[] data) {
        if (places.isShadow(address)) {
            if (data.length == Integer.BYTES) {
                polls.stored(address, LittleEndian.u32(MemorySegment.ofArray(data), 0));
            }
            return;
        }
        if (places.isEventIndex(address)) {
            return;
        }
        CompletionRing ring = places.ring(address, data.length);
        if (ring == null) {
            writes.add(address, new Transfer(findings.line(), findings.nanos(), data));
        } else if (ring.replayed(address, data, findings) && ring.vector() >= 0) {
            owed.add(ring.vector());
        }
    }

    @Override
    public boolean replaced(long address, int expected, byte[] data) {
        boolean replaced = !places.isShadow(address) || polls.isStill(address, expected);
        if (replaced) {
            written(address, data);
        }
        return replaced;
    }

    /** Whether the recorded device has done something that the replayed one has still to do. */
    private boolean isToBeDone(TraceEvent event) {
        return switch (event) {
            case TraceEvent.DmaWrite(long address, long bytes, _, byte[] data) ->
                    data.length > 0 && isToBeWritten(address, bytes);
            case TraceEvent.DmaZero(long address, long bytes, _) -> isToBeWritten(address, bytes);
            default -> false;
        };
    }

    private boolean isToBeWritten(long address, long bytes) {
        CompletionRing ring = places.ring(address, bytes);
        return isCompared(address)
                && (ring == null ? !writes.has(address, bytes) : !ring.isReplayed(address));
    }

    /** Whether what is written there does not depend on time alone. */
    boolean isCompared(long address) {
        return !places.isShadow(address) && !places.isEventIndex(address);
    }

    /** Whether the replayed device has written all of this. */
    boolean hasWritten(long address, long bytes) {
        return writes.has(address, bytes);
    }

    /** What the replayed device wrote there; null if it has not written all of it. */
    byte @Nullable [] takeWritten(long address, int bytes) {
        if (!writes.has(address, bytes)) {
            return null;
        }
        byte[] data = new byte[bytes];
        writes.take(address, data, 0);
        return data;
    }

    /** Whether a vector has completions to tell of. */
    boolean owes(int vector) {
        return owed.contains(vector);
    }

    void told(int vector) {
        owed.remove(vector);
    }

    /** Whether there are completions to tell of at all. */
    boolean owesAny() {
        return !owed.isEmpty();
    }

    void toldAll() {
        owed.clear();
    }

    /** Nothing that was begun goes on: says what only the replayed device has done. */
    void end() {
        long limit = findings.nanos() - PATIENCE_NANOS;
        writes.forEach(
                (transfer, address) -> {
                    if (transfer.nanos() < limit) {
                        findings.differs(
                                transfer.line(),
                                transfer.nanos(),
                                "nothing",
                                "bytes written to %Xh".formatted(address));
                    }
                });
        for (CompletionRing ring : places.rings()) {
            for (CompletionRing.Entry each : ring.unmatched()) {
                if (each.nanos() < limit) {
                    findings.differs(
                            each.line(),
                            each.nanos(),
                            each.commandText() + " not completed",
                            each.text());
                }
            }
        }
        writes.clear();
        polls.reset();
        owed.clear();
    }
}
