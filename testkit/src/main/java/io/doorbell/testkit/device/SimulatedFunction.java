package io.doorbell.testkit.device;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.memory.MemoryRegion;
import io.doorbell.bus.memory.SparseMapping;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.bus.pci.PciFunction;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.simulation.world.World;
import io.doorbell.testkit.host.ObservableStores;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A function made of actors, in a world of virtual time: each call runs the world until its answer
 * is there.
 */
public final class SimulatedFunction implements PciFunction, ObservableStores {
    /** Memory of the host, from address 0; costs what is touched. */
    public static final long MEMORY_BYTES = 4L << 30;

    private static final long ANSWER_NANOS_MAX = 1_000_000_000L;

    private final World world;
    private final Arena arena = Arena.ofShared();
    private final MappedMemory memory =
            MappedMemory.of(new MemoryRegion(0, SparseMapping.allocate(MEMORY_BYTES, arena), true));
    private final ObservedMemory deviceMemory = new ObservedMemory(memory);
    private final InterruptRoutes routes = new InterruptRoutes();
    private final Map<MsixMessage, AtomicLong> received = new HashMap<>();
    private final ActorRef<Object> mailbox;
    private final Consumer<HostMessage> interrupts;
    private @Nullable PciPort port;
    private @Nullable ReadCompletion answer;
    private Runnable switchOff = () -> {};
    private long nextTag;
    private boolean pinAsserted;
    private long pinAssertions;

    /**
     * @param interrupts told of each message and each change of the pin
     */
    SimulatedFunction(World world, String name, Consumer<HostMessage> interrupts) {
        this.world = world;
        this.interrupts = interrupts;
        this.mailbox =
                world.spawn(
                        Behaviors.receiveMessage(
                                message -> {
                                    receive(message);
                                    return Behaviors.same();
                                }),
                        "host-" + name);
        routes.connectPin(mailbox.unsafeUpcast());
    }

    private void receive(Object message) {
        switch (message) {
            case ReadCompletion completion -> answer = completion;
            case PciPort opened -> port = opened;
            case PinChanged(boolean asserted) -> {
                interrupts.accept(new PinChanged(asserted));
                pinAsserted = asserted;
                pinAssertions += asserted ? 1 : 0;
            }
            case MsixMessage interrupt -> {
                interrupts.accept(interrupt);
                AtomicLong count = received.get(interrupt);
                if (count != null) {
                    count.incrementAndGet();
                }
            }
            default -> throw new IllegalStateException("The host has no use for " + message);
        }
    }

    /** What the device needs of this machine. */
    GuestMemory deviceMemory() {
        return deviceMemory;
    }

    InterruptRoutes routes() {
        return routes;
    }

    /** Who is to be told the port. */
    ActorRef<PciPort> portReceiver() {
        return mailbox.unsafeUpcast();
    }

    /**
     * @param device ends the device when the machine is switched off
     */
    void connected(Runnable device) {
        switchOff = device;
        world.runUntil(() -> port != null, ANSWER_NANOS_MAX);
    }

    private ActorRef<PciAccess> lane() {
        PciPort opened = port;
        if (opened == null) {
            throw new IllegalStateException("The device has told no port.");
        }
        return opened.lane(0);
    }

    @Override
    public long readConfig(int offsetBytes, int widthBytes) {
        return ask(tag -> new PciAccess.ConfigRead(offsetBytes, widthBytes, tag, answerTo()));
    }

    @Override
    public void writeConfig(int offsetBytes, int widthBytes, int value) {
        ask(tag -> new PciAccess.ConfigWrite(offsetBytes, widthBytes, value, tag, answerTo()));
    }

    @Override
    public long readBar(int bar, long offsetBytes, int widthBytes) {
        return ask(tag -> new PciAccess.BarRead(bar, offsetBytes, widthBytes, tag, answerTo()));
    }

    @Override
    public void writeBar(int bar, long offsetBytes, int widthBytes, long value) {
        lane().tell(new PciAccess.BarWrite(bar, offsetBytes, widthBytes, value));
    }

    private ActorRef<ReadCompletion> answerTo() {
        return mailbox.unsafeUpcast();
    }

    private long ask(java.util.function.LongFunction<PciAccess> access) {
        long tag = nextTag++;
        answer = null;
        PciAccess sent = access.apply(tag);
        lane().tell(sent);
        world.runUntil(() -> answer != null, ANSWER_NANOS_MAX);
        ReadCompletion completion = answer;
        if (completion == null || completion.tag() != tag) {
            throw new AssertionError("The function did not answer " + sent);
        }
        return completion.value();
    }

    @Override
    public void reset() {
        ask(tag -> new PciAccess.FunctionReset(tag, answerTo()));
    }

    @Override
    public GuestMemory memory() {
        return memory;
    }

    @Override
    public long memoryBytes() {
        return MEMORY_BYTES;
    }

    @Override
    public void addListener(Listener listener) {
        deviceMemory.addListener(listener);
    }

    @Override
    public void removeListener(Listener listener) {
        deviceMemory.removeListener(listener);
    }

    @Override
    public MsixMessage reserveMessage() {
        MsixMessage message = routes.reserve(mailbox.unsafeUpcast());
        received.put(message, new AtomicLong());
        return message;
    }

    @Override
    public long received(MsixMessage message) {
        AtomicLong count = received.get(message);
        return count == null ? 0 : count.get();
    }

    @Override
    public boolean isPinAsserted() {
        return pinAsserted;
    }

    @Override
    public long pinAssertions() {
        return pinAssertions;
    }

    @Override
    public boolean runUntil(BooleanSupplier condition, long timeoutNanos) {
        return world.runUntil(condition, timeoutNanos);
    }

    @Override
    public long nanoTime() {
        return world.nanoTime();
    }

    @Override
    public boolean isTimeVirtual() {
        return true;
    }

    @Override
    public void close() {
        switchOff.run();
        world.stop(mailbox);
        arena.close();
    }
}
