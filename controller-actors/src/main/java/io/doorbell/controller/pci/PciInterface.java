package io.doorbell.controller.pci;

import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.BarRead;
import io.doorbell.bus.pci.PciAccess.BarWrite;
import io.doorbell.bus.pci.PciAccess.BarWritePair;
import io.doorbell.bus.pci.PciAccess.ConfigRead;
import io.doorbell.bus.pci.PciAccess.ConfigWrite;
import io.doorbell.bus.pci.PciAccess.FunctionReset;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.bus.pci.PciMessage;
import io.doorbell.controller.Controller;
import io.doorbell.controller.queue.DoorbellDirectory;
import io.doorbell.controller.queue.DoorbellMemory;
import io.doorbell.spec.Doorbells;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.util.ArrayDeque;

/**
 * One lane of the PCI function: decodes a host's accesses and forwards each to its owner.
 *
 * <p>Doorbells go to their {@link DoorbellMemory}, registers to the {@link Controller}, the rest to
 * {@link PciConfiguration}. A read waits until every owner that this lane has written to since the
 * last read has said that the writes took effect. So does a ring that follows a register write: the
 * command it announces must not meet the registers as they were before.
 */
public final class PciInterface extends AbstractMatchingBehavior<PciMessage> {
    /** An owner has done what this lane wrote to it. */
    private record OwnerSynchronized() implements PciMessage {}

    private static final int REGISTERS_END = Doorbells.OFFSET_BYTES;
    private static final int DOORBELL_WIDTH_BYTES = 4;

    /** A lane, to be spawned on the dispatcher of the initiators that use it. */
    public static Behavior<PciMessage> create(
            Bar0Layout layout,
            FunctionGate gate,
            ActorRef<Controller.Command> controller,
            ActorRef<PciConfiguration.Command> configuration,
            DoorbellDirectory doorbells) {
        return Behaviors.setup(
                context ->
                        new PciInterface(
                                context, layout, gate, controller, configuration, doorbells));
    }

    private final Bar0Layout layout;
    private final long doorbellsEnd;
    private final FunctionGate gate;
    private final ActorRef<Controller.Command> controller;
    private final ActorRef<PciConfiguration.Command> configuration;
    private final DoorbellDirectory doorbells;
    private final ActorRef<DoorbellMemory.Synchronized> doorbellsSynchronized;
    private final ActorRef<PciConfiguration.Synchronized> configurationSynchronized;
    private final ActorRef<Controller.Synchronized> controllerSynchronized;
    private final boolean[] shardRung; // since the last read
    private final ArrayDeque<PciAccess> waiting = new ArrayDeque<>();
    private int waitingWrites; // how many of them are writes, which later writes may not pass
    private boolean controllerWritten;
    private boolean controllerAwaited; // it was asked, and has not answered yet
    private boolean configurationWritten;
    private int awaited; // owners that have not answered yet

    private PciInterface(
            ActorContext<PciMessage> context,
            Bar0Layout layout,
            FunctionGate gate,
            ActorRef<Controller.Command> controller,
            ActorRef<PciConfiguration.Command> configuration,
            DoorbellDirectory doorbells) {
        super(context);
        this.layout = layout;
        this.doorbellsEnd = layout.doorbellsEnd();
        this.gate = gate;
        this.controller = controller;
        this.configuration = configuration;
        this.doorbells = doorbells;
        this.shardRung = new boolean[doorbells.memories().size()];
        OwnerSynchronized answer = new OwnerSynchronized();
        doorbellsSynchronized =
                context.messageAdapter(DoorbellMemory.Synchronized.class, _ -> answer);
        configurationSynchronized =
                context.messageAdapter(PciConfiguration.Synchronized.class, _ -> answer);
        controllerSynchronized = context.messageAdapter(Controller.Synchronized.class, _ -> answer);
    }

    @Override
    public Behavior<PciMessage> onMessage(PciMessage message) {
        return switch (message) {
            case BarWrite write -> onBarWrite(write);
            case BarWritePair(BarWrite first, BarWrite second) -> onBarWritePair(first, second);
            case BarRead read -> waitForOwners(read);
            case ConfigRead read -> waitForOwners(read);
            case ConfigWrite write -> waitForOwners(write); // non-posted: in order with reads
            case FunctionReset reset -> waitForOwners(reset);
            case OwnerSynchronized _ -> onOwnerSynchronized();
            default -> Behaviors.unhandled();
        };
    }

    private Behavior<PciMessage> onBarWrite(BarWrite write) {
        if (waitingWrites > 0 || (isDoorbell(write) && (controllerWritten || controllerAwaited))) {
            waitingWrites++;
            return waitForOwners(write);
        }
        post(write);
        return this;
    }

    /** Two doorbells of one shard, the common case, are one message to their owner. */
    private Behavior<PciMessage> onBarWritePair(BarWrite first, BarWrite second) {
        int one = freeDoorbell(first);
        int other = freeDoorbell(second);
        if (one < 0 || other < 0 || doorbells.shard(one) != doorbells.shard(other)) {
            onBarWrite(first);
            return onBarWrite(second);
        }
        int shard = doorbells.shard(one);
        shardRung[shard] = true;
        doorbells
                .memories()
                .get(shard)
                .tell(new DoorbellMemory.RingPair(one, value(first), other, value(second)));
        return this;
    }

    /** The index of a doorbell that can be rung at once, or -1. */
    private int freeDoorbell(BarWrite write) {
        boolean free =
                waitingWrites == 0
                        && !controllerWritten
                        && !controllerAwaited
                        && write.bar() == 0
                        && gate.memorySpaceEnabled()
                        && isDoorbell(write)
                        && write.widthBytes() == DOORBELL_WIDTH_BYTES;
        return free ? Doorbells.index(write.offsetBytes(), layout.doorbellStride()) : -1;
    }

    private static int value(BarWrite write) {
        return (int) write.value() & Doorbells.VALUE_MASK;
    }

    private boolean isDoorbell(BarWrite write) {
        return write.offsetBytes() >= REGISTERS_END && write.offsetBytes() < doorbellsEnd;
    }

    private void post(BarWrite write) {
        long offset = write.offsetBytes();
        if (write.bar() != 0 || !gate.memorySpaceEnabled()) {
            return; // nobody decodes it
        }
        if (isDoorbell(write)) {
            ring(write);
        } else if (offset < REGISTERS_END) {
            controllerWritten = true;
            controller.tell(
                    new Controller.WriteRegister(offset, write.widthBytes(), write.value()));
        } else if (offset >= layout.tableOffset() && offset < layout.tableEnd()) {
            configurationWritten = true;
            configuration.tell(
                    new PciConfiguration.WriteTable(
                            offset - layout.tableOffset(), write.widthBytes(), write.value()));
        }
    }

    /** The hot path. Writes of another width, or between two doorbells, are ignored. */
    private void ring(BarWrite write) {
        int doorbell = Doorbells.index(write.offsetBytes(), layout.doorbellStride());
        if (doorbell < 0 || write.widthBytes() != DOORBELL_WIDTH_BYTES) {
            return;
        }
        int shard = doorbells.shard(doorbell);
        shardRung[shard] = true;
        doorbells.memories().get(shard).tell(new DoorbellMemory.Ring(doorbell, value(write)));
    }

    private Behavior<PciMessage> waitForOwners(PciAccess access) {
        waiting.addLast(access);
        if (awaited == 0) {
            synchronizeOwners();
            goOnIfSynchronized();
        }
        return this;
    }

    private Behavior<PciMessage> onOwnerSynchronized() {
        awaited--;
        if (awaited == 0) {
            controllerAwaited = false;
        }
        goOnIfSynchronized();
        return this;
    }

    private void synchronizeOwners() {
        for (int shard = 0; shard < shardRung.length; shard++) {
            if (shardRung[shard]) {
                shardRung[shard] = false;
                awaited++;
                doorbells
                        .memories()
                        .get(shard)
                        .tell(new DoorbellMemory.Synchronize(doorbellsSynchronized));
            }
        }
        if (configurationWritten) {
            configuration.tell(new PciConfiguration.Synchronize(configurationSynchronized));
            awaited++;
        }
        if (controllerWritten) {
            controller.tell(new Controller.Synchronize(controllerSynchronized));
            awaited++;
        }
        controllerAwaited |= controllerWritten;
        configurationWritten = false;
        controllerWritten = false;
    }

    private void goOnIfSynchronized() {
        while (awaited == 0 && !waiting.isEmpty()) {
            forward(waiting.removeFirst());
            if (!waiting.isEmpty()) {
                synchronizeOwners();
            }
        }
    }

    private void forward(PciAccess access) {
        switch (access) {
            case BarRead read -> forward(read);
            case ConfigRead read -> configuration.tell(new PciConfiguration.AccessConfig(read));
            case ConfigWrite write -> {
                configurationWritten = true;
                configuration.tell(new PciConfiguration.ChangeConfig(write));
            }
            case BarWrite write -> {
                waitingWrites--;
                post(write);
            }
            case FunctionReset(long tag, var replyTo) -> {
                configurationWritten = true;
                configuration.tell(new PciConfiguration.ResetFunction(tag, replyTo));
            }
            case BarWritePair _ ->
                    throw new IllegalStateException("A pair waits as its two writes.");
        }
    }

    private void forward(BarRead read) {
        long offset = read.offsetBytes();
        int width = read.widthBytes();
        if (read.bar() != 0 || !gate.memorySpaceEnabled()) {
            read.replyTo().tell(new ReadCompletion(read.tag(), -1L >>> (64 - 8 * width)));
        } else if (offset < REGISTERS_END) {
            controller.tell(new Controller.ReadRegister(offset, width, read.tag(), read.replyTo()));
        } else if (offset >= layout.tableOffset() && offset < layout.tableEnd()) {
            configuration.tell(
                    new PciConfiguration.ReadTable(
                            offset - layout.tableOffset(), width, read.tag(), read.replyTo()));
        } else if (offset >= layout.pendingOffset() && offset < layout.pendingEnd()) {
            configuration.tell(
                    new PciConfiguration.ReadPending(
                            offset - layout.pendingOffset(), width, read.tag(), read.replyTo()));
        } else {
            read.replyTo().tell(new ReadCompletion(read.tag(), 0)); // doorbells read 0 here
        }
    }
}
