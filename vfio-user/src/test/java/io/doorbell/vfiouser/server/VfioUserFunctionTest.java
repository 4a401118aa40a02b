package io.doorbell.vfiouser.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.vfiouser.client.DeviceGoneException;
import io.doorbell.vfiouser.client.MemoryAccess;
import io.doorbell.vfiouser.client.VfioUserFunction;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** What a client keeps to itself, in front of a function that only remembers. */
@Timeout(60)
class VfioUserFunctionTest {
    private static final int COMMAND = ConfigurationHeader.COMMAND_OFFSET_BYTES;
    private static final int MEMORY_AND_MASTER =
            ConfigurationHeader.COMMAND_MEMORY_SPACE | ConfigurationHeader.COMMAND_BUS_MASTER;
    private static final int MSIX_CONTROL = FakeFunction.MSIX + 2;
    private static final int ON = 0x8000;
    private static final int FUNCTION_MASK = 0x4000;
    private static final int TABLE = FakeFunction.TABLE;
    private static final int PENDING = FakeFunction.PENDING;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long A_MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir private Path folder = Path.of("");
    private ServerRig rig;
    private VfioUserFunction host;
    private FakeFunction device;

    @BeforeEach
    void connect() throws Exception {
        rig = new ServerRig(folder, false);
        host = VfioUserFunction.powerOn(rig.path(), MemoryAccess.MAPPED);
        device = rig.function();
        host.writeConfig(COMMAND, 2, MEMORY_AND_MASTER);
    }

    @AfterEach
    void disconnect() throws Exception {
        host.close();
        rig.close();
    }

    private MsixMessage route(int vector) {
        MsixMessage message = host.reserveMessage();
        host.writeBar(0, TABLE + 16 * vector, 8, message.address());
        host.writeBar(0, TABLE + 16 * vector + 8, 4, message.data());
        host.writeBar(0, TABLE + 16 * vector + 12, 4, 0);
        return message;
    }

    private boolean arrives(MsixMessage message) {
        return host.runUntil(() -> host.received(message) == 1, PATIENCE_NANOS);
    }

    private boolean arrivesSoon(MsixMessage message) {
        return host.runUntil(() -> host.received(message) > 0, A_MOMENT_NANOS);
    }

    // ---- accesses ----------------------------------------------------------------------------

    @Test
    void registers_areTheDevices() {
        host.writeBar(0, 0x14, 4, 0xFFFF_FFFFL);
        host.writeBar(0, 0x28, 8, 0x0123_4567_89AB_CDEFL);

        assertThat(host.readBar(0, 0x14, 4)).isEqualTo(0xFFFF_FFFFL);
        assertThat(host.readBar(0, 0x28, 8)).isEqualTo(0x0123_4567_89AB_CDEFL);
        assertThat(host.readBar(0, 0x2C, 2)).isEqualTo(0x4567);
    }

    @Test
    void whatIsNotThere_readsAsOnes() {
        assertThat(host.readBar(0, FakeFunction.BAR_BYTES, 4)).isEqualTo(0xFFFF_FFFFL);
        assertThat(host.readBar(2, 0, 8)).isEqualTo(-1L);
        assertThat(host.readConfig(4096, 2)).isEqualTo(0xFFFF);
    }

    @Test
    void withoutMemorySpace_noAccessReachesTheDevice() {
        host.writeBar(0, 0x14, 4, 1);
        host.writeConfig(COMMAND, 2, 0);

        host.writeBar(0, 0x14, 4, 2);
        assertThat(host.readBar(0, 0x14, 4)).isEqualTo(0xFFFF_FFFFL);

        host.writeConfig(COMMAND, 2, MEMORY_AND_MASTER);
        assertThat(host.readBar(0, 0x14, 4)).isEqualTo(1);
    }

    @Test
    void baseAddresses_haveTheSizeOfTheRegions_whateverTheDeviceStores() {
        host.writeConfig(0x10, 4, -1);
        host.writeConfig(0x14, 4, -1);
        host.writeConfig(0x18, 4, -1);

        assertThat((int) host.readConfig(0x10, 4)).isEqualTo(-FakeFunction.BAR_BYTES | 4);
        assertThat((int) host.readConfig(0x14, 4)).isEqualTo(-1);
        assertThat(host.readConfig(0x18, 4)).isZero();

        host.writeConfig(0x11, 1, 0xC0);
        assertThat(host.readConfig(0x10, 2)).isEqualTo(0xC004);
    }

    @Test
    void reset_isToldTheDevice_andForgetsWhatTheClientKept() {
        int before = device.resets();
        host.writeConfig(0x10, 4, 0x8000_0000);
        MsixMessage message = route(1);

        host.reset();

        assertThat(device.resets()).isEqualTo(before + 1);
        assertThat(host.readConfig(0x10, 4)).isEqualTo(4);
        host.writeConfig(COMMAND, 2, MEMORY_AND_MASTER);
        assertThat(host.readBar(0, TABLE + 16 + 8, 8)).isEqualTo(1L << 32); // masked, no data
        assertThat(host.received(message)).isZero();
    }

    // ---- MSI-X -------------------------------------------------------------------------------

    @Test
    void message_ofAVectorThatIsUnmasked_arrives() throws Exception {
        host.writeConfig(MSIX_CONTROL, 2, ON);
        MsixMessage message = route(2);
        device.awaitBar(TABLE + 16 * 2 + 12, 0);

        device.interrupt(2);

        assertThat(arrives(message)).isTrue();
    }

    /** Another vector's too, and only those: nobody has to look at all of them. */
    @Test
    void messagesThatArrive_endTheWait_andAreTakenOnce() throws Exception {
        host.writeConfig(MSIX_CONTROL, 2, ON);
        MsixMessage first = route(1);
        MsixMessage second = route(2);
        device.awaitBar(TABLE + 16 * 2 + 12, 0);
        assertThat(host.awaitMessage(1)).isFalse();

        device.interrupt(2);

        assertThat(host.awaitMessage(Long.MAX_VALUE)).isTrue();
        host.takeMessages();
        assertThat(host.awaitMessage(1)).isFalse();
        assertThat(host.received(first)).isZero();
        assertThat(host.received(second)).isOne();
    }

    @Test
    void eachSignal_isOneMessage() throws Exception {
        host.writeConfig(MSIX_CONTROL, 2, ON);
        MsixMessage message = route(0);
        device.awaitBar(TABLE + 12, 0);
        for (int i = 0; i < 5; i++) {
            device.interrupt(0);
        }

        assertThat(host.runUntil(() -> host.received(message) == 5, PATIENCE_NANOS)).isTrue();
    }

    @Test
    void maskedVector_isPending_andSentOnceWhenItIsUnmasked() throws Exception {
        host.writeConfig(MSIX_CONTROL, 2, ON);
        MsixMessage message = route(3);
        device.awaitBar(TABLE + 16 * 3 + 12, 0);
        host.writeBar(0, TABLE + 16 * 3 + 12, 4, 1);

        device.interrupt(3);
        device.interrupt(3);

        assertThat(host.runUntil(() -> host.readBar(0, PENDING, 8) == 1 << 3, PATIENCE_NANOS))
                .isTrue();
        assertThat(host.received(message)).isZero();
        host.writeBar(0, TABLE + 16 * 3 + 12, 4, 0);
        assertThat(arrives(message)).isTrue();
        assertThat(host.readBar(0, PENDING, 8)).isZero();
    }

    @Test
    void functionMask_holdsAllBack_andIsNotTheDevices() throws Exception {
        host.writeConfig(MSIX_CONTROL, 2, ON);
        MsixMessage message = route(1);
        device.awaitBar(TABLE + 16 + 12, 0);
        host.writeConfig(MSIX_CONTROL, 2, ON | FUNCTION_MASK);
        assertThat(host.readConfig(MSIX_CONTROL, 2) & 0xC000).isEqualTo(ON | FUNCTION_MASK);
        assertThat(device.config(MSIX_CONTROL) & 0xC000).isEqualTo(ON);

        device.interrupt(1);

        assertThat(arrivesSoon(message)).isFalse();
        assertThat(host.readBar(0, PENDING, 4)).isEqualTo(2);
        host.writeConfig(MSIX_CONTROL, 2, ON);
        assertThat(arrives(message)).isTrue();
    }

    @Test
    void withoutBusMastering_noMessageIsSent() throws Exception {
        host.writeConfig(MSIX_CONTROL, 2, ON);
        MsixMessage message = route(1);
        device.awaitBar(TABLE + 16 + 12, 0);
        host.writeConfig(COMMAND, 2, ConfigurationHeader.COMMAND_MEMORY_SPACE);

        device.interrupt(1);

        assertThat(arrivesSoon(message)).isFalse();
        host.writeConfig(COMMAND, 2, MEMORY_AND_MASTER);
        assertThat(arrives(message)).isTrue();
    }

    @Test
    void msixThatIsOff_leavesTheDeviceWithoutEvents() throws Exception {
        host.writeConfig(MSIX_CONTROL, 2, ON);
        MsixMessage message = route(1);
        device.awaitBar(TABLE + 16 + 12, 0);

        host.writeConfig(MSIX_CONTROL, 2, 0);

        device.awaitBar(TABLE + 16 + 12, 1);
        assertThat(host.received(message)).isZero();
        assertThat(host.readBar(0, TABLE + 16 + 12, 4)).isZero(); // the client's stays unmasked
    }

    // ---- the pin -----------------------------------------------------------------------------

    @Test
    void pin_isAssertedAsLongAsTheDeviceAssertsIt() {
        assertThat(host.isPinAsserted()).isFalse();

        device.setPin(true);
        assertThat(host.runUntil(host::isPinAsserted, PATIENCE_NANOS)).isTrue();
        assertThat(host.isPinAsserted()).isTrue(); // asked again, it is signalled again
        assertThat(host.pinAssertions()).isEqualTo(1);

        device.setPin(false);
        assertThat(host.runUntil(() -> !host.isPinAsserted(), PATIENCE_NANOS)).isTrue();
        device.setPin(true);
        assertThat(host.runUntil(() -> host.pinAssertions() == 2, PATIENCE_NANOS)).isTrue();
    }

    @Test
    void pin_isSilentWhileThereAreMessages() {
        host.writeConfig(MSIX_CONTROL, 2, ON);
        device.setPin(true);

        assertThat(host.runUntil(host::isPinAsserted, A_MOMENT_NANOS)).isFalse();

        host.writeConfig(MSIX_CONTROL, 2, 0);
        assertThat(host.runUntil(host::isPinAsserted, PATIENCE_NANOS)).isTrue();
    }

    // ---- memory ------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(MemoryAccess.class)
    void memory_isTheHostsForTheDevice_byEitherWay(MemoryAccess access) throws Exception {
        host.close();
        host = VfioUserFunction.powerOn(rig.path(), access);
        device = rig.function();
        long address = VfioUserFunction.MEMORY_BYTES - 16;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_LONG, 0x1122_3344_5566_7788L);
            MemorySegment read = arena.allocate(8, 8);

            assertThat(device.memory().write(address, data, 0, 8)).isEqualTo(DmaStatus.OK);
            assertThat(host.memory().read(address, read, 0, 8)).isEqualTo(DmaStatus.OK);
            assertThat(read.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(0x1122_3344_5566_7788L);

            assertThat(host.memory().zero(address, 4)).isEqualTo(DmaStatus.OK);
            assertThat(device.memory().read(address, read, 0, 8)).isEqualTo(DmaStatus.OK);
            assertThat(read.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(0x1122_3344_0000_0000L);

            assertThat(device.memory().read(address + 16, read, 0, 8))
                    .isEqualTo(DmaStatus.UNMAPPED);
        }
    }

    // ---- a device that goes ------------------------------------------------------------------

    @Test
    void deviceThatGoes_endsEachCall_withTheReason() throws Exception {
        rig.close();

        assertThatThrownBy(() -> host.runUntil(() -> false, PATIENCE_NANOS))
                .isInstanceOf(DeviceGoneException.class)
                .hasMessageContaining("closed the connection");
        assertThatThrownBy(() -> host.readBar(0, 0, 4)).isInstanceOf(DeviceGoneException.class);
        assertThatThrownBy(() -> host.writeConfig(COMMAND, 2, 0))
                .isInstanceOf(DeviceGoneException.class);
        rig = new ServerRig(folder, false); // for the end of the test
    }

    @Test
    void deviceThatGoes_endsAWaitForMessages() throws Exception {
        FutureTask<Boolean> waiting = new FutureTask<>(() -> host.awaitMessage(Long.MAX_VALUE));
        Thread thread = Thread.ofPlatform().start(waiting);

        rig.close();

        assertThat(waiting.get()).isTrue();
        thread.join();
        assertThatThrownBy(host::takeMessages).isInstanceOf(DeviceGoneException.class);
        rig = new ServerRig(folder, false); // for the end of the test
    }
}
