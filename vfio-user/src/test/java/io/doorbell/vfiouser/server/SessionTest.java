package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.vfiouser.client.RefusedException;
import io.doorbell.vfiouser.client.VfioUserClient;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.protocol.Header;
import io.doorbell.vfiouser.protocol.Reply;
import io.doorbell.vfiouser.protocol.Request;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** The rules that a server must keep towards QEMU, one by one. */
@Timeout(60)
class SessionTest {
    private static final int CONFIG = 7;
    private static final int SET_EVENT = 0x24;
    private static final int MASK = 0x09;
    private static final int UNMASK = 0x11;

    @TempDir private Path folder = Path.of("");
    private final Arena arena = Arena.ofShared();
    private ServerRig rig;

    final ServerRig rig() {
        return rig;
    }

    /** Whether clients share their memory, so that the session lives with the function. */
    boolean sharesMemory() {
        return false;
    }

    @BeforeEach
    void start() throws Exception {
        rig = new ServerRig(folder, sharesMemory());
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        arena.close();
    }

    private MemorySegment dword(int value) {
        return arena.allocateFrom(ValueLayout.JAVA_INT_UNALIGNED, value);
    }

    private static void assertRefused(VfioUserClient client, Request request, int errno) {
        assertThatThrownBy(() -> client.ask(request, List.of()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.errno()).isEqualTo(errno));
    }

    @Test
    void device_isDescribed() throws Exception {
        try (VfioUserClient client = rig.connect()) {
            assertThat(client.ask(new Request.GetDeviceInfo(), List.of()))
                    .isEqualTo(new Reply.DeviceInfo(3, 9, 5));
            assertThat(client.ask(new Request.GetRegionInfo(32, 0), List.of()))
                    .isEqualTo(new Reply.RegionInfo(3, 0, FakeFunction.BAR_BYTES));
            assertThat(client.ask(new Request.GetRegionInfo(32, 1), List.of()))
                    .isEqualTo(new Reply.RegionInfo(0, 1, 0));
            assertThat(client.ask(new Request.GetRegionInfo(32, CONFIG), List.of()))
                    .isEqualTo(new Reply.RegionInfo(3, CONFIG, 4096));
            assertThat(client.ask(new Request.GetIrqInfo(0), List.of()))
                    .isEqualTo(new Reply.IrqInfo(7, 0, 1));
            assertThat(client.ask(new Request.GetIrqInfo(2), List.of()))
                    .isEqualTo(new Reply.IrqInfo(1, 2, FakeFunction.VECTORS));
            assertRefused(client, new Request.GetIrqInfo(5), Errno.EINVAL);
            assertRefused(client, new Request.GetRegionInfo(32, -1), Errno.EINVAL);
            assertRefused(client, new Request.Unknown(6), Errno.EOPNOTSUPP);
        }
    }

    @Test
    void configuration_isReadInOneGo_andBarsAreAsBefore() throws Exception {
        try (VfioUserClient client = rig.connect()) {
            Reply.RegionData all =
                    (Reply.RegionData)
                            client.ask(new Request.RegionRead(0, CONFIG, 4096), List.of());

            assertThat(all.data().byteSize()).isEqualTo(4096);
            assertThat(all.data().get(ValueLayout.JAVA_INT_UNALIGNED, 0)).isEqualTo(0xDB00_1234);
            assertThat(all.data().get(ValueLayout.JAVA_INT_UNALIGNED, 0x10)).isEqualTo(4);
            assertThat(all.data().get(ValueLayout.JAVA_INT_UNALIGNED, 0x100))
                    .as("no extended capability")
                    .isZero();
        }
    }

    @Test
    void accessesOfEveryWidthAndPlace_meetTheSameBytes() throws Exception {
        try (VfioUserClient client = rig.connect()) {
            byte[] bytes = new byte[64];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i + 1);
            }
            for (int at = 0; at < 8; at++) {
                for (int count = 1; count <= 40; count++) {
                    MemorySegment data =
                            arena.allocate(count)
                                    .copyFrom(MemorySegment.ofArray(bytes).asSlice(0, count));
                    assertThat(client.ask(new Request.RegionWrite(at, 0, data), List.of()))
                            .isEqualTo(new Reply.RegionWritten(at, 0, count));
                    Reply.RegionData read =
                            (Reply.RegionData)
                                    client.ask(new Request.RegionRead(at, 0, count), List.of());
                    assertThat(read.data().mismatch(data)).isEqualTo(-1);
                }
            }
        }
    }

    @Test
    void accessesOutside_areRefused() throws Exception {
        try (VfioUserClient client = rig.connect()) {
            for (Request bad :
                    List.of(
                            new Request.RegionRead(FakeFunction.BAR_BYTES, 0, 4),
                            new Request.RegionRead(FakeFunction.BAR_BYTES - 2, 0, 4),
                            new Request.RegionRead(-4, 0, 4),
                            new Request.RegionRead(Long.MAX_VALUE, 0, 4),
                            new Request.RegionRead(0, 0, 0),
                            new Request.RegionRead(0, 0, -1),
                            new Request.RegionRead(0, 0, 4097),
                            new Request.RegionRead(0, 1, 4),
                            new Request.RegionRead(0, 6, 4),
                            new Request.RegionRead(0, 9, 4),
                            new Request.RegionRead(0, -1, 4),
                            new Request.RegionRead(4094, CONFIG, 4),
                            new Request.RegionWrite(4094, CONFIG, dword(1)),
                            new Request.RegionWrite(FakeFunction.BAR_BYTES, 0, dword(1)))) {
                assertRefused(client, bad, Errno.EINVAL);
            }
            client.post(new Request.RegionWrite(FakeFunction.BAR_BYTES, 0, dword(1)));
            client.post(new Request.GetDeviceInfo());
            assertThat(ServerRig.readBar(client, 0)).as("goes on").isZero();
        }
    }

    @Test
    void postedStore_takesEffect_andIsNeverAnswered() throws Exception {
        try (VfioUserClient client = rig.connect()) {
            for (int i = 1; i <= 10_000; i++) { // more than may be under way
                client.post(new Request.RegionWrite(0x1000, 0, dword(i)));
            }
            // The client ends at a reply that nobody waits for.
            assertThat(ServerRig.readBar(client, 0x1000)).isEqualTo(10_000);
            assertThat(ServerRig.readBar(client, 0x1000)).isEqualTo(10_000);
        }
    }

    @Test
    void replies_comeInTheOrderOfTheRequests() throws Exception {
        try (VfioUserClient client = rig.connect()) {
            FakeFunction function = rig.function();
            function.hold();
            BlockingQueue<Integer> order = new LinkedBlockingQueue<>();
            CompletableFuture<?> first = begin(client, new Request.RegionRead(0, 0, 4), 1, order);
            CompletableFuture<?> second = begin(client, new Request.RegionRead(8, 0, 4), 2, order);
            CompletableFuture<?> third = begin(client, new Request.GetDeviceInfo(), 3, order);
            client.post(new Request.RegionWrite(0x10, 0, dword(77)));
            function.awaitBar(0x10, 77); // all of them have been received
            assertThat(order).isEmpty();

            function.release();

            CompletableFuture.allOf(first, second, third).join();
            assertThat(order).containsExactly(1, 2, 3);
        }
    }

    private static CompletableFuture<?> begin(
            VfioUserClient client, Request request, int number, BlockingQueue<Integer> order) {
        return client.begin(request, List.of()).thenAccept(_ -> order.add(number));
    }

    @Test
    void memoryWithADescriptor_isShared() throws Exception {
        try (VfioUserClient client = rig.connect();
                Descriptor ram = Descriptor.memoryFile("ram", 1 << 20)) {
            FakeFunction function = rig.function();
            MemorySegment view = ram.map(1 << 20, true, arena);
            view.set(ValueLayout.JAVA_INT, 0x1000, 42);
            assertThat(client.ask(new Request.DmaMap(3, 0, 0x10_0000, 1 << 20), List.of(ram)))
                    .isEqualTo(new Reply.Done());

            MemorySegment buffer = arena.allocate(8, 8);
            assertThat(function.memory().read(0x10_1000, buffer, 0, 8)).isEqualTo(DmaStatus.OK);
            assertThat(buffer.get(ValueLayout.JAVA_INT, 0)).isEqualTo(42);
            assertRefused(client, new Request.DmaUnmap(0, 0x10_0000, 4096), Errno.EINVAL);
            assertRefused(client, new Request.DmaUnmap(0, 0, 4096), Errno.ENOENT);
            assertThat(client.ask(new Request.DmaUnmap(0, 0x10_0000, 1 << 20), List.of()))
                    .isEqualTo(new Reply.Done());
            assertThat(function.memory().read(0x10_1000, buffer, 0, 8))
                    .isEqualTo(DmaStatus.UNMAPPED);
        }
    }

    @Test
    void vectors_signalTheirEvents() throws Exception {
        try (VfioUserClient client = rig.connect();
                Descriptor event = Descriptor.event();
                Descriptor other = Descriptor.event()) {
            FakeFunction function = rig.function();
            // On, without a vector: what Linux asks for first.
            client.ask(new Request.SetIrqs(SET_EVENT, 2, 0, 1), List.of());
            client.ask(new Request.SetIrqs(SET_EVENT, 2, 1, 2), List.of(event, other));
            assertThat(ServerRig.readBar(client, 0)).isZero(); // the table was written before

            function.interrupt(2);
            function.interrupt(1);
            function.interrupt(1);

            assertThat(event.takeEvents()).isEqualTo(2);
            assertThat(other.takeEvents()).isEqualTo(1);
            assertThat(function.vectorControl(0)).as("masked").isEqualTo(1);
            assertThat(function.vectorControl(1)).as("not masked").isZero();

            client.ask(new Request.SetIrqs(SET_EVENT, 2, 1, 1), List.of());
            assertThat(ServerRig.readBar(client, 0)).isZero();
            assertThat(function.vectorControl(1)).as("masked again").isEqualTo(1);
            function.interrupt(1); // was on its way
            assertThat(event.takeEvents()).isZero();
            client.ask(new Request.SetIrqs(SET_EVENT, 2, 1, 1), List.of(event));
            assertThat(event.takeEvents()).as("what waited is signalled").isEqualTo(1);

            client.ask(new Request.SetIrqs(0x21, 2, 0, 0), List.of());
            function.interrupt(2);
            assertThat(other.takeEvents()).as("all off").isZero();
        }
    }

    @Test
    void pin_isSignalledOnce_andAfterAnUnmaskOnlyIfItsStatusSaysSo() throws Exception {
        try (VfioUserClient client = rig.connect();
                Descriptor event = Descriptor.event()) {
            FakeFunction function = rig.function();
            client.ask(new Request.SetIrqs(SET_EVENT, 0, 0, 1), List.of(event));
            function.setPin(true);
            assertThat(event.takeEvents()).isEqualTo(1);

            handleInterrupt(client);
            assertThat(event.takeEvents()).as("still asserted").isEqualTo(1);

            function.setInterruptStatus(false); // and the news of it is on the way
            handleInterrupt(client);
            assertThat(event.takeEvents()).isZero();

            function.setPin(false);
            client.ask(new Request.SetIrqs(MASK, 0, 0, 1), List.of());
            function.setPin(true);
            assertThat(event.takeEvents()).as("masked").isZero();
            client.ask(new Request.SetIrqs(UNMASK, 0, 0, 1), List.of());
            assertThat(ServerRig.readBar(client, 0)).isZero(); // the status was read before
            assertThat(event.takeEvents()).isEqualTo(1);
        }
    }

    /** What QEMU does when a handler writes the head of a queue. */
    private void handleInterrupt(VfioUserClient client) throws Exception {
        client.ask(new Request.RegionWrite(FakeFunction.HEAD, 0, dword(1)), List.of());
        client.ask(new Request.SetIrqs(UNMASK, 0, 0, 1), List.of());
        assertThat(ServerRig.readBar(client, 0)).isZero(); // the status was read before
    }

    @Test
    void impossibleInterrupts_areRefused() throws Exception {
        try (VfioUserClient client = rig.connect();
                Descriptor event = Descriptor.event()) {
            for (Request.SetIrqs bad :
                    List.of(
                            new Request.SetIrqs(SET_EVENT, 2, FakeFunction.VECTORS, 1),
                            new Request.SetIrqs(SET_EVENT, 2, -1, 1),
                            new Request.SetIrqs(SET_EVENT, 2, 0, 0),
                            new Request.SetIrqs(SET_EVENT, 2, 0, Integer.MAX_VALUE),
                            new Request.SetIrqs(SET_EVENT, 2, Integer.MAX_VALUE, 2),
                            new Request.SetIrqs(SET_EVENT, 9, 0, 1),
                            new Request.SetIrqs(0, 0, 0, 1))) {
                assertRefused(client, bad, Errno.EINVAL);
            }
            assertThatThrownBy(
                            () ->
                                    client.ask(
                                            new Request.SetIrqs(SET_EVENT, 2, 0, 3),
                                            List.of(event)))
                    .as("three vectors, one event")
                    .isInstanceOf(RefusedException.class);
        }
    }

    @Test
    void reset_isDone_andTheTableIsWrittenAgain() throws Exception {
        try (VfioUserClient client = rig.connect();
                Descriptor event = Descriptor.event()) {
            FakeFunction function = rig.function();
            client.ask(new Request.SetIrqs(SET_EVENT, 2, 0, 1), List.of(event));
            client.ask(new Request.DeviceReset(), List.of());

            assertThat(ServerRig.readBar(client, 0)).isZero();
            assertThat(function.resets()).isEqualTo(1);
            function.interrupt(0);
            assertThat(event.takeEvents()).isEqualTo(1);
        }
    }

    @Test
    void secondClient_isRefusedWithAReason_andTheNextFindsAFreshFunction() throws Exception {
        VfioUserClient client = rig.connect();
        FakeFunction first = rig.function();
        assertThatThrownBy(() -> rig.connect())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.errno()).isEqualTo(Errno.EBUSY));
        client.ask(new Request.RegionWrite(0x10, 0, dword(9)), List.of());
        client.close();

        try (VfioUserClient next = rig.connect()) {
            assertThat(first.isOff()).isTrue();
            assertThat(rig.function()).isNotSameAs(first);
            assertThat(ServerRig.readBar(next, 0x10)).isZero();
        }
    }

    @Test
    void requestBeforeTheVersion_andAnotherMajor_endTheConnection() throws Exception {
        for (Request bad : List.of(new Request.GetDeviceInfo(), new Request.Version(1, 0, "{}"))) {
            try (RawClient client = new RawClient(rig.path())) {
                client.send(bad, 0);
                assertThat(client.receive().isRefusal()).isTrue();
                client.awaitEnd();
            }
        }
    }

    @Test
    void version_isAnsweredWithinTheSizeOfItsRequest() throws Exception {
        for (int bytes : new int[] {0, 2, 50, 66, 67, 68, 69, 70, 71, 72, 100, 190}) {
            try (RawClient client = new RawClient(rig.path())) {
                client.send(new Request.Version(0, 0, "x".repeat(bytes)), 0);
                int request = 16 + 4 + bytes + 1;
                assertThat(client.receive().sizeBytes())
                        .isLessThanOrEqualTo(Math.max(request, 16 + 4 + 2 + 1));
            }
        }
    }

    /** QEMU gives a device up whose header comes in two pieces. */
    @Test
    void everyReply_beginsWithAWholeHeader() throws Exception {
        try (RawClient client = new RawClient(rig.path())) {
            client.send(new Request.Version(0, 0, "{}"), 0);
            assertThat(client.receiveBytes(Header.BYTES)).isEqualTo(Header.BYTES);
            client.takeRest(0);
            for (int id = 1; id <= 200; id++) {
                client.send(new Request.RegionRead(0, CONFIG, 1 + id), id);
                assertThat(client.receiveBytes(Header.BYTES)).isEqualTo(Header.BYTES);
                client.takeRest(id);
            }
        }
    }
}
