package io.doorbell.vfiouser.server;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.bus.pci.PinChanged;
import io.doorbell.reactor.Reactors;
import io.doorbell.spec.pci.BaseAddress;
import io.doorbell.spec.pci.ConfigurationHeader;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A function that does what a test says: 16 KiB of BAR0 that keep what is written, four MSI-X
 * vectors with their table at 2000h, a pin. Answers can be held back.
 */
final class FakeFunction implements FunctionFactory.Powered {
    static final int BAR_BYTES = 0x4000;
    static final int TABLE = 0x2000;
    static final int VECTORS = 4;
    static final int PENDING = 0x3000;
    static final int MSIX = 0x50;
    static final int HEAD = 0x100C; // a store there tells that an interrupt was handled

    private final GuestMemory memory;
    private final InterruptRoutes routes;
    private final PciPort port;
    private final OptionalInt reactor;
    private final ByteBuffer config =
            ByteBuffer.allocate(ConfigurationHeader.SPACE_SIZE_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer bar = ByteBuffer.allocate(BAR_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private boolean off;
    private int resets;

    FakeFunction(
            GuestMemory memory,
            InterruptRoutes routes,
            boolean memoryWaits,
            ActorSystem<SpawnProtocol.Command> system) {
        this.reactor = memoryWaits ? OptionalInt.empty() : OptionalInt.of(1);
        this.memory = memory;
        this.routes = routes;
        config.putInt(0, 0xDB00_1234);
        config.putInt(ConfigurationHeader.BASE_ADDRESS_OFFSET_BYTES, BaseAddress.MEMORY_64_BIT);
        config.put(ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES, (byte) MSIX);
        config.put(ConfigurationHeader.INTERRUPT_PIN_OFFSET_BYTES, (byte) 1);
        config.putInt(MSIX, 0x0003_0011).putInt(MSIX + 4, TABLE).putInt(MSIX + 8, PENDING);
        ActorRef<PciAccess> lane =
                AskPattern.<SpawnProtocol.Command, ActorRef<PciAccess>>ask(
                                system,
                                replyTo ->
                                        new SpawnProtocol.Spawn<>(
                                                Behaviors.receiveMessage(
                                                        access -> {
                                                            accessed(access);
                                                            return Behaviors.same();
                                                        }),
                                                "",
                                                Reactors.selector(1),
                                                replyTo),
                                Duration.ofSeconds(60),
                                system.scheduler())
                        .toCompletableFuture()
                        .join();
        port = new PciPort(List.of(lane));
    }

    private synchronized void accessed(PciAccess access) {
        switch (access) {
            case PciAccess.BarWrite(_, long offset, int width, long value) -> {
                for (int i = 0; i < width; i++) {
                    bar.put((int) offset + i, (byte) (value >>> (8 * i)));
                }
                notifyAll();
            }
            case PciAccess.BarRead(_, long offset, int width, long tag, var replyTo) ->
                    answer(replyTo, tag, value(bar, (int) offset, width));
            case PciAccess.ConfigRead(int offset, int width, long tag, var replyTo) ->
                    answer(replyTo, tag, value(config, offset, width));
            case PciAccess.ConfigWrite(int offset, int width, int value, long tag, var replyTo) -> {
                for (int i = 0; i < width; i++) {
                    config.put(offset + i, (byte) (value >>> (8 * i)));
                }
                fixBars();
                answer(replyTo, tag, 0);
            }
            case PciAccess.FunctionReset(long tag, var replyTo) -> {
                resets++;
                for (int i = 0; i < VECTORS * 16; i++) {
                    bar.put(TABLE + i, (byte) (i % 16 == 12 ? 1 : 0));
                }
                answer(replyTo, tag, 0);
            }
            case PciAccess.BarWritePair _ -> throw new AssertionError("never sent");
        }
    }

    private void fixBars() {
        int low = config.getInt(0x10) & -BAR_BYTES;
        config.putInt(0x10, low | BaseAddress.MEMORY_64_BIT);
        for (int offset = 0x18; offset < 0x28; offset += 4) {
            config.putInt(offset, 0);
        }
    }

    private static long value(ByteBuffer bytes, int offset, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes.get(offset + i) & 0xFFL) << (8 * i);
        }
        return value;
    }

    private void answer(ActorRef<ReadCompletion> replyTo, long tag, long value) {
        Runnable answer = () -> replyTo.tell(new ReadCompletion(tag, value));
        if (holding) {
            held.add(answer);
        } else {
            answer.run();
        }
    }

    /** Answers nothing from now on. */
    synchronized void hold() {
        holding = true;
    }

    /** Answers all, the last asked first. */
    synchronized void release() {
        holding = false;
        held.reversed().forEach(Runnable::run);
        held.clear();
    }

    /** Waits until a dword of the BAR is as it should be. */
    synchronized void awaitBar(int offset, int value) throws InterruptedException {
        while (bar.getInt(offset) != value) {
            wait();
        }
    }

    synchronized int resets() {
        return resets;
    }

    /** Sends what an entry of its table says, as a function does. */
    synchronized void interrupt(int vector) {
        int entry = TABLE + 16 * vector;
        MsixMessage message = new MsixMessage(bar.getLong(entry), bar.getInt(entry + 8));
        Objects.requireNonNull(routes.target(message)).tell(message);
    }

    /** Two bytes of its own configuration space. */
    synchronized int config(int offset) {
        return config.getShort(offset) & 0xFFFF;
    }

    synchronized int vectorControl(int vector) {
        return bar.getInt(TABLE + 16 * vector + 12);
    }

    /** Asserts the pin or not, as its status says from now on; who is told of it is told. */
    void setPin(boolean asserted) {
        setInterruptStatus(asserted);
        Objects.requireNonNull(routes.pinTarget()).tell(new PinChanged(asserted));
    }

    /** What a load of the status says of the pin; nobody is told. */
    synchronized void setInterruptStatus(boolean due) {
        config.put(
                ConfigurationHeader.STATUS_OFFSET_BYTES,
                (byte) (due ? ConfigurationHeader.STATUS_INTERRUPT : 0));
    }

    GuestMemory memory() {
        return memory;
    }

    @Override
    public PciPort port() {
        return port;
    }

    @Override
    public boolean handlesInterrupt(int bar, long offset) {
        return bar == 0 && offset == HEAD;
    }

    @Override
    public OptionalInt reactor() {
        return reactor;
    }

    synchronized boolean isOff() {
        return off;
    }

    @Override
    public synchronized void close() {
        off = true;
    }
}
