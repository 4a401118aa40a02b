package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.bus.pci.HostMessage;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.guest.GuestDriver.BootFailed;
import io.doorbell.guest.GuestDriver.BootResult;
import io.doorbell.guest.GuestDriver.Booted;
import io.doorbell.guest.GuestDriver.ShutDownDone;
import io.doorbell.reactor.Reactors;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.Version;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The driver against a scripted controller: the exact order of what it does, and how it fails. */
class DriverTest {
    private static final ActorTestKit KIT =
            ActorTestKit.create("driver", Reactors.config(new Reactors.Settings(1, 256, 0)));
    private static final long TICK_NANOS = 200_000_000; // each look at the clock

    private final MappedMemory memory = TestMemory.machine(64 << 20);
    private final InterruptRoutes routes = new InterruptRoutes();
    private final FakeController device = new FakeController(memory, routes);
    private final AtomicLong now = new AtomicLong();
    private final TestProbe<BootResult> boots = KIT.createTestProbe();
    private final TestProbe<ShutDownDone> shutdowns = KIT.createTestProbe();
    private int queuePairs = 2;
    private int queueEntries = 64;
    private long transferBytes = 128 << 10;
    private int vectorsMax = 2048;
    private GuestSettings.Coalescing coalescing = new GuestSettings.Coalescing(1, 0);
    private Duration commandTimeout = Duration.ofSeconds(30);

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /** Linux 6.12, steps 2 to 35 as far as this controller has what they ask for. */
    @Test
    void boot_goesInLinuxsOrder() {
        boot(Booted.class);
        assertThat(device.diary)
                .containsExactly(
                        "config W 04 0006",
                        "R CSTS",
                        "config R 34",
                        "config R 40",
                        "config R 50",
                        "config R 54",
                        "config R 52",
                        "config W 52 8000",
                        "R CAP",
                        "R CAP+4h",
                        "R CMBSZ",
                        "R VS",
                        "W CC 00000000",
                        "R CSTS",
                        "W AQA 001F001F",
                        "W ASQ 00100000",
                        "W ASQ+4h 00000000",
                        "W ACQ 00101000",
                        "W ACQ+4h 00000000",
                        "R CAP",
                        "R CAP+4h",
                        "W CC 00460000",
                        "R CAP",
                        "R CAP+4h",
                        "W CC 00460001",
                        "R CSTS",
                        "unmask vector 0",
                        "R VS",
                        "> Identify nsid 0 cdw10 00000001 cdw11 00000000",
                        "> Get Log Page nsid FFFFFFFF cdw10 007F0002 cdw11 00000000",
                        "> Set Features nsid 0 cdw10 00000007 cdw11 00010001",
                        "unmask vector 1",
                        "> Create I/O Completion Queue nsid 0 cdw10 003F0001 cdw11 00010003",
                        "> Create I/O Submission Queue nsid 0 cdw10 003F0001 cdw11 00010001",
                        "unmask vector 2",
                        "> Create I/O Completion Queue nsid 0 cdw10 003F0002 cdw11 00020003",
                        "> Create I/O Submission Queue nsid 0 cdw10 003F0002 cdw11 00020001",
                        "> Identify nsid 0 cdw10 00000006 cdw11 00000000",
                        "> Identify nsid 0 cdw10 00000002 cdw11 00000000",
                        "> Identify nsid 1 cdw10 00000003 cdw11 00000000",
                        "> Identify nsid 1 cdw10 00000000 cdw11 00000000",
                        "> Identify nsid 1 cdw10 00000000 cdw11 00000000");
    }

    @Test
    void richController_isAskedForItsExtras() {
        device.capabilities |= 1L << 57 | 1L << 36 | 1L << 59 | 1L << 43; // CMBS NSSRS CRWMS CSS
        device.memoryBufferSize = 1;
        device.status = 1 << 4; // NSSRO
        device.events = 0x0000_1300;
        device.logPages = 2;
        coalescing = new GuestSettings.Coalescing(8, 2);
        boot(Booted.class);

        assertThat(device.diary)
                .containsSubsequence(
                        "R CAP+4h",
                        "W CMBMSC 00000001",
                        "R CMBSZ",
                        "R CMBLOC",
                        "R VS",
                        "R CSTS",
                        "W CSTS 00000010",
                        "W CC 00000000",
                        "W CC 00460060",
                        "R CAP",
                        "R CAP+4h",
                        "R CRTO",
                        "W CC 00460061",
                        "> Identify nsid 0 cdw10 00000001 cdw11 00000000",
                        "> Get Log Page nsid 0 cdw10 03FF0005 cdw11 00000000",
                        "> Get Log Page nsid FFFFFFFF cdw10 007F0002 cdw11 00000000",
                        "> Create I/O Submission Queue nsid 0 cdw10 003F0002 cdw11 00020001",
                        "> Set Features nsid 0 cdw10 0000000B cdw11 00000300",
                        "> Asynchronous Event Request nsid 0 cdw10 00000000 cdw11 00000000",
                        "> Identify nsid 0 cdw10 00000006 cdw11 00000000",
                        "> Identify nsid 1 cdw10 00000000 cdw11 00000000",
                        "> Set Features nsid 0 cdw10 00000008 cdw11 00000207");
    }

    @Test
    void whatLinuxCanDoWithout_mayFail() {
        device.logPages = 2;
        device.events = 0x100;
        device.statuses.put("> Get Log Page", Status.INVALID_LOG_PAGE);
        device.statuses.put(
                "> Set Features nsid 0 cdw10 0000000B", Status.INVALID_FIELD_IN_COMMAND);
        device.statuses.put("> Identify nsid 0 cdw10 00000006", Status.INVALID_FIELD_IN_COMMAND);
        assertThat(boot(Booted.class).queues()).hasSize(2);
    }

    @Test
    void namespaceListRefused_everyIdIsTried() {
        device.statuses.put("> Identify nsid 0 cdw10 00000002", Status.INVALID_FIELD_IN_COMMAND);
        device.statuses.put("> Identify nsid 1 ", Status.INVALID_FIELD_IN_COMMAND);
        assertThat(boot(Booted.class).namespace()).isEqualTo(new NamespaceInfo(2, 1000, 9));
        assertThat(device.diary).contains("> Identify nsid 3 cdw10 00000003 cdw11 00000000");
    }

    @Test
    void oldController_isNotAskedWhatItCannotKnow() {
        device.version = Version.V1_0;
        assertThat(boot(Booted.class).namespace().id()).isEqualTo(1);
        assertThat(device.diary.stream().filter(line -> line.startsWith("> Identify")))
                .containsExactly(
                        "> Identify nsid 0 cdw10 00000001 cdw11 00000000",
                        "> Identify nsid 1 cdw10 00000000 cdw11 00000000",
                        "> Identify nsid 1 cdw10 00000000 cdw11 00000000",
                        "> Identify nsid 2 cdw10 00000000 cdw11 00000000",
                        "> Identify nsid 2 cdw10 00000000 cdw11 00000000",
                        "> Identify nsid 3 cdw10 00000000 cdw11 00000000",
                        "> Identify nsid 3 cdw10 00000000 cdw11 00000000");
    }

    @Test
    void fewerVectorsThanQueues_areShared() {
        device.vectors = 3;
        device.tableBar = 4;
        queuePairs = 5;
        boot(Booted.class);
        assertThat(device.diary.stream().filter(line -> line.contains("vector")))
                .containsExactly("unmask vector 0", "unmask vector 1", "unmask vector 2");
        assertThat(device.diary)
                .contains("> Create I/O Completion Queue nsid 0 cdw10 003F0005 cdw11 00010003");
    }

    @Test
    void oneVector_servesAll() {
        vectorsMax = 1;
        boot(Booted.class);
        assertThat(device.diary)
                .contains("> Create I/O Completion Queue nsid 0 cdw10 003F0002 cdw11 00000003");
    }

    @Test
    void missingInterrupt_isMadeUpForByALookAtTheQueue() {
        commandTimeout = Duration.ofMillis(50);
        device.completesSilently = "> Get Log Page";
        boot(Booted.class);
    }

    @Test
    void allOnesInStatus_isNoDevice() {
        device.status = Registers.DEVICE_GONE;
        assertFails("CSTS reads all ones: there is no device");
    }

    @Test
    void notReadyInTime_saysWhatWasWaitedForAndHowLong() {
        device.becomesReady = false;
        assertFails("CSTS.RDY did not become 1 in 1 s, CSTS is 0h");
    }

    @Test
    void fatalStatusWhileEnabling_isNamed() {
        device.becomesReady = false;
        device.status = ControllerStatus.withFatal(0, true);
        assertFails("CSTS.RDY did not become 1 in 1 s, CSTS is 2h (fatal status)");
    }

    @Test
    void readyTimeoutRegister_extendsTheWait() {
        device.capabilities |= 1L << 59; // CRWMS
        device.readyTimeouts = 9; // 4.5 s
        device.becomesReady = false;
        assertFails("CSTS.RDY did not become 1 in 5 s, CSTS is 0h");
    }

    @Test
    void capabilityListWithoutEnd_hasNoMsix() {
        device.capabilityPointer = 0x80;
        assertFails("the function has no MSI-X capability");
    }

    @Test
    void tooLargeQueues_sayBothSizes() {
        queueEntries = 1025;
        assertFails("queues of 1,025 entries were asked for, the controller has 1,024 at most");
    }

    @Test
    void tooLargePages_sayBothSizes() {
        device.capabilities |= 1L << 48;
        assertFails("the controller's pages are at least 8,192 bytes, the host's are 4,096");
    }

    @Test
    void tooLargeTransfers_sayBothSizes() {
        device.transferLog2 = 4;
        assertFails("transfers of 131,072 bytes were asked for, the controller does 65,536");
    }

    @Test
    void unlimitedTransfers_areFine() {
        device.transferLog2 = 0;
        boot(Booted.class);
    }

    @Test
    void tooFewQueues_sayBothNumbers() {
        device.queuePairsGranted = 1;
        assertFails("2 queue pairs were asked for, the controller grants 1");
    }

    @Test
    void noNamespace_isSaid() {
        device.namespaces = new int[0];
        assertFails("the controller has no namespace");
    }

    @Test
    void inactiveNamespace_isSaid() {
        device.namespaceBlocks = 0;
        assertFails("none of 1 namespaces can be used; namespace 1: it is not active");
    }

    @Test
    void namespaceThatCannotBeIdentified_isSaid() {
        device.statuses.put("> Identify nsid 1", Status.NAMESPACE_NOT_READY);
        assertFails(
                "none of 1 namespaces can be used; namespace 1: Identify CNS 03h failed: Namespace"
                        + " Not Ready (0/82h)");
    }

    @Test
    void failedCommand_isNamedWithItsStatus() {
        device.statuses.put("> Create I/O Submission Queue", Status.INVALID_QUEUE_SIZE);
        assertFails("Create I/O Submission Queue 1 failed: Invalid Queue Size (1/02h)");
    }

    @Test
    void refusedFeature_isNamed() {
        device.statuses.put("> Set Features", Status.INTERNAL_ERROR);
        assertFails("Set Features (Number of Queues) failed: Internal Error (0/06h)");
    }

    @Test
    void commandThatNeverCompletes_isNamed() {
        commandTimeout = Duration.ofMillis(50);
        device.neverCompletes = "> Identify";
        assertFails("Identify CNS 01h did not complete in 50 ms");
    }

    @Test
    void shutdown_deletesAllSubmissionQueuesThenCompletionQueues_thenNotifies() {
        ActorRef<HostMessage> driver = bootedDriver();
        device.diary.clear();
        assertThat(shutDown(driver)).isEmpty();
        assertThat(device.diary)
                .containsExactly(
                        "R CSTS",
                        "> Delete I/O Submission Queue nsid 0 cdw10 00000002 cdw11 00000000",
                        "> Delete I/O Submission Queue nsid 0 cdw10 00000001 cdw11 00000000",
                        "> Delete I/O Completion Queue nsid 0 cdw10 00000002 cdw11 00000000",
                        "> Delete I/O Completion Queue nsid 0 cdw10 00000001 cdw11 00000000",
                        "W CC 00464001",
                        "R CSTS");
    }

    @Test
    void moreQueuesThanAdminSlots_areDeletedAllTheSame() {
        queuePairs = 64;
        device.events = 0x100; // one admin slot is taken for good
        ActorRef<HostMessage> driver = bootedDriver();
        device.diary.clear();
        assertThat(shutDown(driver)).isEmpty();
        assertThat(device.diary.subList(1, 65)).allMatch(line -> line.contains("Submission"));
        assertThat(device.diary.subList(65, 129)).allMatch(line -> line.contains("Completion"));
    }

    @Test
    void failedDelete_isReported_butDoesNotStopTheShutdown() {
        ActorRef<HostMessage> driver = bootedDriver();
        device.statuses.put("> Delete I/O Submission", Status.INTERNAL_ERROR);
        assertThat(shutDown(driver))
                .isEqualTo("Delete I/O Submission Queue 2 failed: Internal Error (0/06h)");
        assertThat(device.diary).contains("W CC 00464001");
    }

    @Test
    void fatalController_isNotAskedToDelete() {
        ActorRef<HostMessage> driver = bootedDriver();
        device.status = ControllerStatus.withFatal(device.status, true);
        assertThat(shutDown(driver)).isEmpty();
        assertThat(device.diary).noneMatch(line -> line.startsWith("> Delete"));
    }

    @Test
    void shutdownThatNeverEnds_isReportedAfterItsLimit() {
        ActorRef<HostMessage> driver = bootedDriver();
        device.shutsDown = false;
        assertThat(shutDown(driver)).isEqualTo("CSTS.SHST did not say complete in 5 s, CSTS is 1h");
    }

    @Test
    void deviceGoneAtShutdown_isReported() {
        ActorRef<HostMessage> driver = bootedDriver();
        device.status = Registers.DEVICE_GONE;
        assertThat(shutDown(driver)).isEqualTo("CSTS reads all ones: the device has gone");
    }

    private void assertFails(String reason) {
        assertThat(boot(BootFailed.class).reason()).isEqualTo(reason);
    }

    private ActorRef<HostMessage> bootedDriver() {
        ActorRef<HostMessage> driver = spawn();
        driver.tell(new GuestDriver.Boot(boots.getRef()));
        boots.expectMessageClass(Booted.class);
        return driver;
    }

    private <T extends BootResult> T boot(Class<T> expected) {
        spawn().tell(new GuestDriver.Boot(boots.getRef()));
        BootResult result = boots.receiveMessage();
        assertThat(result).isInstanceOf(expected);
        return expected.cast(result);
    }

    private String shutDown(ActorRef<HostMessage> driver) {
        driver.tell(new GuestDriver.ShutDown(shutdowns.getRef()));
        return shutdowns.receiveMessage().problem();
    }

    private ActorRef<HostMessage> spawn() {
        ActorRef<PciAccess> lane = KIT.spawn(device.behavior());
        GuestSettings settings =
                new GuestSettings(
                        new GuestSettings.Machine(
                                memory,
                                new PageAllocator(1 << 20, 63 << 20),
                                new PciPort(List.of(lane)),
                                routes,
                                () -> now.addAndGet(TICK_NANOS),
                                List.of(Reactors.selector(0)),
                                _ -> LatencyRecorder.NONE),
                        queuePairs,
                        queueEntries,
                        transferBytes,
                        true,
                        coalescing,
                        vectorsMax,
                        HostPolicies.LINUX.toBuilder().adminTimeout(commandTimeout).build(),
                        null);
        TestProbe<GuestQueue.TimedOut> timeouts = KIT.createTestProbe();
        return KIT.spawn(GuestDriver.create(settings, timeouts.getRef()));
    }
}
