package io.doorbell.vfiouser.client;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciFunction;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.vfiouser.posix.EventWait;
import io.doorbell.vfiouser.posix.PosixException;
import io.doorbell.vfiouser.protocol.ProtocolException;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A PCI function behind a vfio-user socket, driven as QEMU drives one: BARs are accessed by
 * messages, also those that could be mapped; what the protocol leaves to the client (base
 * addresses, MSI-X table and masks) is kept here.
 *
 * <p>Its time is the world's, and goes on by itself. A wait that is long for a function that works
 * in virtual time may be short for one in another process: waits below {@link #WAIT_NANOS_MIN} are
 * up to 100 times longer here.
 *
 * <p>A device that goes away, or does not answer, ends any call by {@link DeviceGoneException}.
 *
 * <p>Threads: one, but for {@link #wake}.
 */
public final class VfioUserFunction implements PciFunction {
    /** Memory of the host, from address 0; costs what is touched. */
    public static final long MEMORY_BYTES = 4L << 30;

    /** What a wait of a tenth of a millisecond becomes. */
    public static final long WAIT_NANOS_MIN = 10_000_000;

    private static final long WAIT_FACTOR = 100;
    private static final long POLL_NANOS = 20_000;
    private static final long MESSAGE_ADDRESS = 0xFEE0_0000L; // as on a PC

    private final VfioUserClient client;
    private final HostMemory memory;
    private final DeviceRegions regions;
    private final ConfigurationSpace configuration;
    private final EventWait wait = new EventWait();
    private final Consumer<MsixMessage> host;
    private final MsixVectors vectors;
    private final PinEvents pin;
    private final boolean resettable;
    private final boolean hasPin;
    private final Map<MsixMessage, Long> received = new HashMap<>();
    private int nextData = 1;

    /**
     * Connects to a device that somebody serves at a path, and resets it if it can be reset.
     *
     * @throws PosixException if nobody listens there
     * @throws RefusedException if the device does not want us, or does not speak vfio-user
     * @throws ProtocolException if it is no PCI device
     */
    public static VfioUserFunction powerOn(Path path, MemoryAccess access)
            throws PosixException, RefusedException, ProtocolException, InterruptedException {
        return powerOn(path, access, MEMORY_BYTES, _ -> {});
    }

    /**
     * As {@link #powerOn(Path, MemoryAccess)}.
     *
     * @param memoryBytes of the host, a multiple of 4,096
     * @param host takes the messages that arrive, as they are taken
     */
    public static VfioUserFunction powerOn(
            Path path, MemoryAccess access, long memoryBytes, Consumer<MsixMessage> host)
            throws PosixException, RefusedException, ProtocolException, InterruptedException {
        HostMemory memory = new HostMemory(memoryBytes);
        try {
            VfioUserClient client = VfioUserClient.connect(path, memory);
            try {
                return new VfioUserFunction(client, memory, access, host);
            } catch (PosixException
                    | RefusedException
                    | ProtocolException
                    | InterruptedException
                    | RuntimeException failed) {
                client.close();
                throw failed;
            }
        } catch (PosixException
                | RefusedException
                | ProtocolException
                | InterruptedException
                | RuntimeException failed) {
            memory.close();
            throw failed;
        }
    }

    private VfioUserFunction(
            VfioUserClient client,
            HostMemory memory,
            MemoryAccess access,
            Consumer<MsixMessage> host)
            throws PosixException, RefusedException, ProtocolException, InterruptedException {
        this.client = client;
        this.memory = memory;
        this.host = host;
        memory.offer(client, access);
        resettable = isResettable(client);
        regions = DeviceRegions.ask(client);
        int pins = interrupts(client, IrqRequests.PIN);
        int messages = interrupts(client, IrqRequests.MSIX);
        IrqRequests.Sender sender = (request, descriptors) -> regions.order(request, descriptors);
        pin = new PinEvents(new IrqRequests(sender, IrqRequests.PIN));
        configuration = new ConfigurationSpace(regions, this::functionReset, this::msixControl);
        vectors =
                new MsixVectors(
                        configuration.msixPlace(messages),
                        new IrqRequests(sender, IrqRequests.MSIX),
                        wait,
                        this::arrived);
        hasPin =
                pins > 0
                        && configuration.read(ConfigurationHeader.INTERRUPT_PIN_OFFSET_BYTES, 1)
                                != 0;
        if (resettable) {
            reset();
        } else {
            pin.connect(hasPin);
        }
        client.onGone(wait::wake);
    }

    private static boolean isResettable(VfioUserClient client)
            throws RefusedException, ProtocolException, InterruptedException {
        Reply.DeviceInfo info =
                (Reply.DeviceInfo) client.ask(new Request.GetDeviceInfo(), List.of());
        boolean isPci =
                (info.flags() & Reply.DeviceInfo.PCI) != 0
                        && info.regions() > DeviceRegions.CONFIGURATION
                        && info.irqs() > IrqRequests.MSIX;
        if (!isPci) {
            throw new ProtocolException(
                    "No PCI device: flags %Xh, %d regions, %d kinds of interrupt"
                            .formatted(info.flags(), info.regions(), info.irqs()));
        }
        return (info.flags() & Reply.DeviceInfo.RESETTABLE) != 0;
    }

    private static int interrupts(VfioUserClient client, int index)
            throws RefusedException, InterruptedException {
        Reply.IrqInfo info = (Reply.IrqInfo) client.ask(new Request.GetIrqInfo(index), List.of());
        return info.count();
    }

    // ---- accesses ----------------------------------------------------------------------------

    @Override
    public long readConfig(int offsetBytes, int widthBytes) {
        return configuration.read(offsetBytes, widthBytes);
    }

    @Override
    public void writeConfig(int offsetBytes, int widthBytes, int value) {
        configuration.write(offsetBytes, widthBytes, value);
    }

    @Override
    public long readBar(int bar, long offsetBytes, int widthBytes) {
        if (!configuration.isMemoryDecoded()) {
            return DeviceRegions.nothing(widthBytes);
        }
        return vectors.covers(bar, offsetBytes)
                ? vectors.read(bar, offsetBytes, widthBytes)
                : regions.read(bar, offsetBytes, widthBytes);
    }

    @Override
    public void writeBar(int bar, long offsetBytes, int widthBytes, long value) {
        if (!configuration.isMemoryDecoded()) {
            return;
        }
        if (vectors.covers(bar, offsetBytes)) {
            vectors.write(bar, offsetBytes, widthBytes, value);
        } else {
            regions.writePosted(bar, offsetBytes, widthBytes, value);
        }
    }

    /** By a message; a device that cannot be reset stays as it is. */
    @Override
    public void reset() {
        vectors.reset();
        pin.connect(false);
        if (resettable) {
            regions.order(new Request.DeviceReset(), List.of());
        }
        configuration.reset();
        pin.connect(hasPin);
    }

    private void functionReset() {
        vectors.reset();
        pin.connect(false);
        pin.connect(hasPin);
    }

    /** With messages on, the pin is silent; one kind at a time, as QEMU has it. */
    private void msixControl(boolean enabled, boolean held) {
        if (enabled) {
            pin.connect(false);
        }
        vectors.control(enabled, held);
        if (!enabled) {
            pin.connect(hasPin);
        }
    }

    // ---- memory and interrupts ---------------------------------------------------------------

    @Override
    public GuestMemory memory() {
        return memory.memory();
    }

    @Override
    public long memoryBytes() {
        return memory.sizeBytes();
    }

    @Override
    public MsixMessage reserveMessage() {
        MsixMessage message = new MsixMessage(MESSAGE_ADDRESS, nextData++);
        received.put(message, 0L);
        return message;
    }

    private void arrived(MsixMessage message) {
        received.computeIfPresent(message, (_, count) -> count + 1);
        host.accept(message);
    }

    /** Takes the messages that have arrived. */
    public void takeMessages() {
        client.checkAlive();
        vectors.takeEvents();
    }

    /**
     * Waits until a message has arrived, the device has gone, {@link #wake} was called since the
     * last wait, or the time is over.
     *
     * @param nanos {@link Long#MAX_VALUE} for ever
     * @return whether it was not the time
     */
    public boolean awaitMessage(long nanos) {
        return wait.await(nanos);
    }

    /** Ends a wait for a message, or the next one. */
    public void wake() {
        wait.wake();
    }

    @Override
    public long received(MsixMessage message) {
        vectors.takeEvents();
        return received.getOrDefault(message, 0L);
    }

    @Override
    public boolean isPinAsserted() {
        return pin.isAsserted();
    }

    @Override
    public long pinAssertions() {
        return pin.assertions();
    }

    // ---- time --------------------------------------------------------------------------------

    @Override
    public boolean runUntil(BooleanSupplier condition, long timeoutNanos) {
        long limitNanos = Math.max(timeoutNanos, stretched(timeoutNanos));
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start >= limitNanos) {
                return false;
            }
            client.checkAlive();
            LockSupport.parkNanos(POLL_NANOS);
            pin.takeEvents();
        }
        return true;
    }

    private static long stretched(long nanos) {
        return Math.min(nanos, WAIT_NANOS_MIN / WAIT_FACTOR) * WAIT_FACTOR;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean isTimeVirtual() {
        return false;
    }

    @Override
    public void close() {
        client.close();
        memory.close();
        vectors.close();
        pin.close();
        wait.close();
    }
}
