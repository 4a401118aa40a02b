package io.doorbell.simulation.wire;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.BarRead;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.bus.pci.PciAccess.BarWritePair;
import io.doorbell.bus.pci.PciAccess.ConfigRead;
import io.doorbell.bus.pci.PciAccess.ConfigWrite;
import io.doorbell.bus.pci.PciAccess.FunctionReset;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.simulation.choice.Site;
import io.doorbell.simulation.fault.Fault;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;

/**
 * The way of one initiator's register accesses to the device and back.
 *
 * <p>Accesses arrive in the order in which they left, each after its time. A store carries the
 * host's earlier stores to memory with it, as far as the host's memory model says; the answer to a
 * load carries the device's.
 */
public final class RegisterWire extends AbstractMatchingBehavior<PciAccess> {
    /** What a load that is under way will do with its answer. */
    private record Pending(
            String site,
            int widthBytes,
            long tag,
            ActorRef<ReadCompletion> replyTo,
            LongConsumer told) {
        /** What it gets if nobody is there. */
        long allOnes() {
            return -1L >>> (Long.SIZE - widthBytes * Byte.SIZE);
        }
    }

    /**
     * A store on its way.
     *
     * @param rank among all that this wire took
     * @param changed whether it is still what was sent
     */
    private record Sent(BarWrite write, String site, long rank, boolean changed) {}

    /** A wire in front of one lane of a device. */
    public static Behavior<PciAccess> create(
            WireParts parts, ActorRef<PciAccess> device, int doorbellStride, String name) {
        return Behaviors.setup(
                context -> new RegisterWire(context, parts, device, doorbellStride, name));
    }

    /** Behind these stores a doorbell may be that of another queue. */
    private static final List<String> RENEWERS = List.of("write/sq-0-tail", "write/cc");

    private final WireParts parts;
    private final ActorRef<PciAccess> device;
    private final ActorRef<ReadCompletion> answers;
    private final RegisterNames names;
    private final Site storeSite;
    private final Site loadSite;
    private final boolean storesFaulty;
    private final boolean loadsFaulty;
    private final Map<Long, Pending> pending = new HashMap<>(); // looked up, never iterated
    private final Map<String, Long> lastValues = new HashMap<>(); // looked up, never iterated
    private long nextTag;
    private final Map<String, Long> lastArrived = new HashMap<>(); // looked up, never iterated
    private long lastArrivalNanos;
    private long storesSent;
    private @Nullable Sent heldBack;

    private RegisterWire(
            ActorContext<PciAccess> context,
            WireParts parts,
            ActorRef<PciAccess> device,
            int doorbellStride,
            String name) {
        super(context);
        this.parts = parts;
        this.device = device;
        this.names = new RegisterNames(doorbellStride);
        this.storeSite = parts.choices().site(name + "/store");
        this.loadSite = parts.choices().site(name + "/load");
        this.storesFaulty = parts.faults().concern("write/");
        this.loadsFaulty = parts.faults().concern("read/");
        this.answers =
                context.spawn(
                        Behaviors.receiveMessage(
                                answer -> {
                                    onAnswer(answer);
                                    return Behaviors.same();
                                }),
                        "answers");
    }

    @Override
    public Behavior<PciAccess> onMessage(PciAccess access) {
        switch (access) {
            case BarWrite write -> store(write);
            case BarWritePair(BarWrite first, BarWrite second) -> {
                store(first);
                store(second);
            }
            case BarRead read -> load(read);
            case ConfigWrite write -> {
                parts.observer()
                        .configWriteIssued(write.offsetBytes(), write.widthBytes(), write.value());
                send(
                        expect(
                                new Pending(
                                        "config",
                                        write.widthBytes(),
                                        write.tag(),
                                        write.replyTo(),
                                        _ ->
                                                parts.observer()
                                                        .configWritten(
                                                                write.offsetBytes(),
                                                                write.widthBytes(),
                                                                write.value()))),
                        tag ->
                                new ConfigWrite(
                                        write.offsetBytes(),
                                        write.widthBytes(),
                                        write.value(),
                                        tag,
                                        answers));
            }
            case ConfigRead read ->
                    send(
                            expect(
                                    new Pending(
                                            "config",
                                            read.widthBytes(),
                                            read.tag(),
                                            read.replyTo(),
                                            _ -> {})),
                            tag ->
                                    new ConfigRead(
                                            read.offsetBytes(), read.widthBytes(), tag, answers));
            case FunctionReset reset ->
                    send(
                            expect(
                                    new Pending(
                                            "config",
                                            Integer.BYTES,
                                            reset.tag(),
                                            reset.replyTo(),
                                            _ -> parts.observer().functionReset())),
                            tag -> new FunctionReset(tag, answers));
        }
        return this;
    }

    private void load(BarRead read) {
        LongConsumer told =
                value ->
                        parts.observer()
                                .registerRead(
                                        read.bar(), read.offsetBytes(), read.widthBytes(), value);
        send(
                expect(
                        new Pending(
                                loadsFaulty ? names.load(read) : "",
                                read.widthBytes(),
                                read.tag(),
                                read.replyTo(),
                                told)),
                tag ->
                        new BarRead(
                                read.bar(), read.offsetBytes(), read.widthBytes(), tag, answers));
    }

    // ---- stores

    private void store(BarWrite write) {
        parts.observer()
                .registerWriteIssued(
                        write.bar(), write.offsetBytes(), write.widthBytes(), write.value());
        if (!storesFaulty) {
            arrive(new Sent(write, "", 0, false), 0);
            return;
        }
        Sent sent = new Sent(write, names.store(write), storesSent++, false);
        Fault fault = parts.faults().at(sent.site());
        if (fault == null) {
            arrive(sent, 0);
            return;
        }
        switch (fault.kind()) {
            case LOSE -> {}
            case DOUBLE -> {
                arrive(sent, 0);
                arrive(sent, 0);
            }
            case DELAY ->
                    parts.world()
                            .after(
                                    parts.times().registerStore() + fault.amount(),
                                    () -> deliver(sent)); // what follows does not wait
            case SLOW -> arrive(sent, fault.amount());
            case REORDER -> heldBack = sent;
            case FLIP -> arrive(flipped(sent, fault.amount()), 0);
            default -> arrive(sent, 0);
        }
    }

    private static Sent flipped(Sent sent, long bits) {
        BarWrite write = sent.write();
        return new Sent(
                new BarWrite(
                        write.bar(), write.offsetBytes(), write.widthBytes(), write.value() ^ bits),
                sent.site(),
                sent.rank(),
                true);
    }

    /** Comes behind everything that left before it. */
    private void arrive(Sent sent, long extraNanos) {
        inOrder(
                parts.times().registerStore() + parts.extra(storeSite) + extraNanos,
                () -> deliver(sent));
        Sent late = heldBack;
        if (late != null) {
            heldBack = null;
            inOrder(parts.times().registerStore(), () -> deliver(late));
        }
    }

    private void deliver(Sent sent) {
        if (parts.slot().isEmpty()) {
            return;
        }
        parts.memory().host().drainBeforeRegisterStore();
        if (storesFaulty && isSpoilt(sent)) {
            parts.observer().spoiltArrives();
        }
        BarWrite write = sent.write();
        parts.observer()
                .registerWritten(
                        write.bar(), write.offsetBytes(), write.widthBytes(), write.value());
        device.tell(write);
    }

    private boolean isSpoilt(Sent sent) {
        boolean isOvertaken = isOvertaken(sent, sent.site());
        if (!isOvertaken) {
            lastArrived.put(sent.site(), sent.rank());
        }
        return sent.changed()
                || isOvertaken
                || RENEWERS.stream().anyMatch(renewer -> isOvertaken(sent, renewer));
    }

    private boolean isOvertaken(Sent sent, String site) {
        Long newest = lastArrived.get(site);
        return newest != null && newest > sent.rank();
    }

    // ---- loads

    private void send(long tag, LongFunction<PciAccess> access) {
        inOrder(
                parts.times().registerLoad() / 2 + parts.extra(loadSite),
                () -> {
                    parts.memory().host().drainBeforeRegisterStore();
                    if (parts.slot().isEmpty()) {
                        nobodyAnswers(tag);
                    } else {
                        device.tell(access.apply(tag));
                    }
                });
    }

    private void nobodyAnswers(long tag) {
        Pending load = pending.remove(tag);
        if (load != null) {
            parts.world()
                    .after(parts.times().registerLoad() / 2, () -> answer(load, load.allOnes()));
        }
    }

    private void inOrder(long nanos, Runnable arrival) {
        long now = parts.world().nanoTime();
        lastArrivalNanos = Math.max(lastArrivalNanos, now + nanos);
        if (lastArrivalNanos == now) {
            arrival.run();
        } else {
            parts.world().after(lastArrivalNanos - now, arrival);
        }
    }

    private long expect(Pending load) {
        pending.put(nextTag, load);
        return nextTag++;
    }

    private void onAnswer(ReadCompletion completion) {
        Pending load = pending.remove(completion.tag());
        if (load == null) {
            return; // a device that answers twice is not believed
        }
        long value = onTheWay(load, completion.value());
        boolean changed = value != completion.value();
        long before = parts.messages().soFar();
        parts.world()
                .after(
                        parts.times().registerLoad() / 2,
                        () -> parts.messages().after(before, () -> arrive(load, value, changed)));
    }

    private void arrive(Pending load, long value, boolean changed) {
        parts.memory().device().drainBeforeAnswer();
        if (changed) {
            parts.observer().spoiltArrives();
        }
        load.told().accept(value);
        answer(load, value);
    }

    private void answer(Pending load, long value) {
        load.replyTo().tell(new ReadCompletion(load.tag(), value));
    }

    private long onTheWay(Pending load, long value) {
        if (!loadsFaulty) {
            return value;
        }
        Fault fault = parts.faults().at(load.site());
        Long last = lastValues.get(load.site());
        long got = fault == null ? value : amiss(fault, load, value, last == null ? value : last);
        lastValues.put(load.site(), got);
        return got;
    }

    private static long amiss(Fault fault, Pending load, long value, long last) {
        return switch (fault.kind()) {
            case ALL_ONES -> load.allOnes();
            case STALE -> last;
            case FLIP -> value ^ fault.amount();
            default -> value;
        };
    }
}
