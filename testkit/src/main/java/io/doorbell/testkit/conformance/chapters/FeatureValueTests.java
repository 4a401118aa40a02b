package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.Timestamp;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

import java.util.Arrays;

/** What each feature takes, refuses and does (Base §5.27.1). */
@Chapter("Features")
final class FeatureValueTests {
    private static final long MILLI = 1_000_000;

    private static void refused(Host host, int feature, long value) {
        Expect.refused(
                host.admin(Commands.setFeature(feature, (int) value)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    private static boolean has(Host host, int feature) {
        return host.admin(Commands.getFeature(feature).prp1(host.memory().pages(1))).status()
                == Status.SUCCESS;
    }

    // ---- 02h to 0Bh
    // ------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.27.1.2",
            otherwise = "A driver believes the device to be in a power state it does not have.")
    void powerState_aboveNpssIsRefused(Host host) {
        host.start();
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, page));
        int states = host.memory().getByte(page + IdentifyController.NPSS_OFFSET_BYTES);
        NotApplicable.unless(states < 31, "all power states exist");
        refused(host, FeatureId.POWER_MANAGEMENT, states + 1);
    }

    @Clause(
            value = "Base §5.27.1.3",
            otherwise = "A monitor sets a limit that nobody watches.",
            values = {0x20_0100, 0x30_0100})
    void temperatureThreshold_ofReservedTypeIsRefused(Host host, long value) {
        host.start();
        refused(host, FeatureId.TEMPERATURE_THRESHOLD, value);
    }

    @Clause(
            value = "Base §5.27.1.3",
            otherwise = "A monitor reads the limit of a sensor that does not exist.",
            values = {0x9_0000, 0xA_0000, 0xE_0000})
    void temperatureThreshold_ofReservedSensorIsRefused(Host host, long value) {
        host.start();
        Expect.refused(
                host.admin(
                        Commands.getFeature(FeatureId.TEMPERATURE_THRESHOLD).cdw(11, (int) value)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.27.1.3",
            otherwise = "A monitor that limits all sensors at once leaves the composite one alone.")
    void temperatureThreshold_ofAllSensorsSetsTheComposite(Host host) {
        host.start();
        host.adminOk(Commands.setFeature(FeatureId.TEMPERATURE_THRESHOLD, 0xF_0170));
        Expect.equal(
                "over threshold",
                host.adminOk(Commands.getFeature(FeatureId.TEMPERATURE_THRESHOLD)).dw0() & 0xFFFF,
                0x170);
    }

    @Clause(
            value = "Base §5.27.1.3",
            otherwise = "A monitor warns at a temperature that the device calls normal.")
    void temperatureThreshold_isWctempAtFirst(Host host) {
        host.start();
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, page));
        Expect.equal(
                "over threshold",
                host.adminOk(Commands.getFeature(FeatureId.TEMPERATURE_THRESHOLD)).dw0(),
                host.memory().getShort(page + IdentifyController.WCTEMP_OFFSET_BYTES));
    }

    private static Command dulbe(int id) {
        return Commands.setFeature(FeatureId.ERROR_RECOVERY, 1 << 16).nsid(id);
    }

    private static Host dulbeOffered(Bench bench) {
        Host host =
                bench.start(
                        DeviceShape.DEFAULT.withNamespaces(
                                new NamespaceShape(1 << 12, 9), new NamespaceShape(1 << 12, 9)));
        int features = new NamespaceHost(host).namespace(1).features();
        NotApplicable.unless((features & IdentifyNamespace.NSFEAT_DULBE) != 0, "no DULBE");
        return host;
    }

    @Clause(
            value = "NVM §4.1.3.2",
            otherwise = "A host that wants to hear of lost blocks reads zeros.")
    void errorRecovery_dulbeMakesDeallocatedReadsFail(Bench bench) {
        Host host = dulbeOffered(bench);
        var queue = host.createPair(1, 16);
        long page = host.memory().pages(1);
        Expect.success(queue.run(Commands.read(1, 3, 1, page)));
        host.adminOk(dulbe(1));
        Expect.status(
                queue.run(Commands.read(1, 3, 1, page)),
                Status.DEALLOCATED_OR_UNWRITTEN_LOGICAL_BLOCK);
        Expect.success(queue.run(Commands.write(1, 3, 1, page)));
        Expect.success(queue.run(Commands.read(1, 3, 1, page)));
    }

    @Clause(
            value = "NVM §4.1.3.2",
            otherwise = "A setting for one namespace makes reads of another one fail.")
    void errorRecovery_dulbeConcernsItsNamespaceOnly(Bench bench) {
        Host host = dulbeOffered(bench);
        var queue = host.createPair(1, 16);
        host.adminOk(dulbe(2));
        Expect.success(queue.run(Commands.read(1, 3, 1, host.memory().pages(1))));
        Expect.status(
                queue.run(Commands.read(2, 3, 1, host.memory().pages(1))),
                Status.DEALLOCATED_OR_UNWRITTEN_LOGICAL_BLOCK);
    }

    @Clause(
            value = "NVM §4.1.3.2",
            otherwise = "The next driver finds that reads fail for no reason.")
    void errorRecovery_dulbeEndsWithAReset(Bench bench) {
        Host host = dulbeOffered(bench);
        host.adminOk(dulbe(1));
        host.restart();
        var queue = host.createPair(1, 16);
        Expect.success(queue.run(Commands.read(1, 3, 1, host.memory().pages(1))));
    }

    @Clause(
            value = "Base §5.27.1.4",
            otherwise = "A driver that switches the cache off has its writes refused.")
    void writeCacheOff_writesAndFlushesGoOn(Host host) {
        host.start();
        host.adminOk(Commands.setFeature(FeatureId.VOLATILE_WRITE_CACHE, 0));
        Expect.equal(
                "WCE", host.adminOk(Commands.getFeature(FeatureId.VOLATILE_WRITE_CACHE)).dw0(), 0);
        var queue = host.createPair(1, 16);
        long page = host.memory().pages(1);
        byte[] content = host.memory().fillRandom(page, 512, 6);
        Expect.success(queue.run(Commands.write(1, 9, 1, page)));
        Expect.success(queue.run(Commands.flush(1)));
        long back = host.memory().pages(1);
        Expect.success(queue.run(Commands.read(1, 9, 1, back)));
        Expect.that(
                "the block reads as it was written",
                Arrays.equals(host.memory().bytes(back, 512), content));
    }

    @Clause(
            value = "Base §5.27.1.5",
            otherwise = "A driver creates queues that it was never granted.",
            values = {0x0000_0000, 0x0003_0003, 0x0007_0000, 0xFFFE_FFFEL})
    void numberOfQueues_grantsAtLeastOneAndAsGetSays(Host host, long value) {
        host.start();
        int granted =
                host.adminOk(Commands.setFeature(FeatureId.NUMBER_OF_QUEUES, (int) value)).dw0();
        Expect.that("queues are granted", (granted & 0xFFFF) < 65_535 && granted >>> 16 < 65_535);
        Expect.equal(
                "Get Features",
                host.adminOk(Commands.getFeature(FeatureId.NUMBER_OF_QUEUES)).dw0(),
                granted);
    }

    @Clause(
            value = "Base §5.27.1.5",
            level = Level.SHOULD,
            otherwise = "A driver that asks for 65,536 queues is told that it has them.",
            values = {0xFFFF, 0xFFFF_0000L, 0xFFFF_FFFFL})
    void numberOfQueues_65536IsRefused(Host host, long value) {
        host.start();
        refused(host, FeatureId.NUMBER_OF_QUEUES, value);
    }

    @Clause(
            value = "Base §5.27.1.5",
            otherwise = "A driver changes the allocation while its queues use it.")
    void numberOfQueues_afterAQueueExistsIsASequenceError(Host host) {
        host.start();
        host.createPair(1, 16);
        Expect.status(
                host.admin(Commands.setFeature(FeatureId.NUMBER_OF_QUEUES, 0)),
                Status.COMMAND_SEQUENCE_ERROR);
    }

    @Clause(
            value = "Base §5.27.1.7",
            otherwise = "A driver configures a vector that no interrupt will ever use.")
    void interruptVector_beyondTheTableIsRefused(Host host) {
        host.start();
        refused(host, FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 0xFFFF);
        Expect.refused(
                host.admin(
                        Commands.getFeature(FeatureId.INTERRUPT_VECTOR_CONFIGURATION)
                                .cdw(11, 0xFFFF)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.27.1.8",
            otherwise = "A driver waits for notices that the controller never sends.",
            values = {9, 10, 11, 12, 13, 14})
    void eventThatIsNotAnnounced_cannotBeEnabled(Host host, long bit) {
        host.start();
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, page));
        int announced = host.memory().getInt(page + IdentifyController.OAES_OFFSET_BYTES);
        NotApplicable.unless((announced & (1 << bit)) == 0, "OAES announces it");
        refused(host, FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, 1L << bit);
    }

    // ---- 0Eh, 16h, 81h
    // ---------------------------------------------------------------------------

    private static long timestamp(Host host) {
        long page = host.memory().pages(1);
        host.adminOk(Commands.getFeature(FeatureId.TIMESTAMP).prp1(page));
        return host.memory().getLong(page);
    }

    private static void setTimestamp(Host host, long millis) {
        long page = host.memory().pages(1);
        host.memory().putLong(page, millis);
        host.adminOk(Commands.setFeature(FeatureId.TIMESTAMP, 0).prp1(page));
    }

    @Clause(
            value = "Base §5.27.1.14",
            otherwise = "Logs of the device carry times that never were.")
    void timestamp_countsOnFromWhatWasSet(Host host) {
        host.start();
        NotApplicable.unless(has(host, FeatureId.TIMESTAMP), "no Timestamp");
        long set = 1_700_000_000_000L;
        setTimestamp(host, set);
        host.elapse(1_500 * MILLI);
        long read = timestamp(host);
        Expect.between("milliseconds", Timestamp.millis(read), set + 1_500, set + 1_600);
        Expect.equal("origin", Timestamp.origin(read), Timestamp.ORIGIN_HOST);
    }

    @Clause(
            value = "Base §5.27.1.14",
            otherwise = "A host takes the time since a reset for the time of day.")
    void timestamp_beginsAtZeroWithAReset(Host host) {
        host.start();
        NotApplicable.unless(has(host, FeatureId.TIMESTAMP), "no Timestamp");
        setTimestamp(host, 1_700_000_000_000L);
        host.restart();
        long read = timestamp(host);
        Expect.equal("origin", Timestamp.origin(read), Timestamp.ORIGIN_RESET);
        Expect.between("milliseconds", Timestamp.millis(read), 0, 10_000);
    }

    @Clause(
            value = "Base §5.27.1.14",
            otherwise = "A host that passes 64 bits sees the reserved ones come back as origin.")
    void timestamp_takesOnly48Bits(Host host) {
        host.start();
        NotApplicable.unless(has(host, FeatureId.TIMESTAMP), "no Timestamp");
        setTimestamp(host, -1L << 48 | 1_000);
        Expect.equal("bits 63:52", timestamp(host) >>> 52, 0);
        Expect.between("milliseconds", Timestamp.millis(timestamp(host)), 1_000, 2_000);
    }

    @Clause(
            value = "Base §5.27.1.14",
            otherwise =
                    "The command says success and the host reads what lay in its buffer before.")
    void timestamp_intoNowhereIsATransferError(Host host) {
        host.start();
        NotApplicable.unless(has(host, FeatureId.TIMESTAMP), "no Timestamp");
        long nowhere = host.memory().nowhere();
        Expect.status(
                host.admin(Commands.getFeature(FeatureId.TIMESTAMP).prp1(nowhere)),
                Status.DATA_TRANSFER_ERROR);
        Expect.status(
                host.admin(Commands.setFeature(FeatureId.TIMESTAMP, 0).prp1(nowhere)),
                Status.DATA_TRANSFER_ERROR);
    }

    private static Completion setBehavior(Host host, int offset, int value) {
        long page = host.memory().pages(1);
        host.memory().put(page + offset, new byte[] {(byte) value});
        return host.admin(Commands.setFeature(FeatureId.HOST_BEHAVIOR_SUPPORT, 0).prp1(page));
    }

    @Clause(
            value = "Base §5.27.1.18",
            otherwise = "A driver that knows retry delays is not taken at its word.")
    void hostBehavior_acreIsKeptUntilAReset(Host host) {
        host.start();
        NotApplicable.unless(
                has(host, FeatureId.HOST_BEHAVIOR_SUPPORT), "no Host Behavior Support");
        Expect.success(setBehavior(host, 0, 1));
        Expect.equal("ACRE", behavior(host), 1);
        host.restart();
        Expect.equal("ACRE after a reset", behavior(host), 0);
    }

    private static int behavior(Host host) {
        long page = host.memory().pages(1);
        host.adminOk(Commands.getFeature(FeatureId.HOST_BEHAVIOR_SUPPORT).prp1(page));
        return host.memory().getByte(page);
    }

    @Clause(
            value = "Base §5.27.1.18",
            otherwise = "A driver enables a behavior that does not exist.",
            values = {0, 1, 2})
    void hostBehavior_reservedValueIsRefused(Host host, long offset) {
        host.start();
        NotApplicable.unless(
                has(host, FeatureId.HOST_BEHAVIOR_SUPPORT), "no Host Behavior Support");
        Expect.refused(setBehavior(host, (int) offset, 2), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.27.1.25",
            otherwise = "Two hosts that share reservations cannot be told apart.",
            values = {8, 16})
    void hostIdentifier_readsAsItWasSet(Host host, long bytes) {
        host.start();
        NotApplicable.unless(has(host, FeatureId.HOST_IDENTIFIER), "no Host Identifier");
        long page = host.memory().pages(1);
        byte[] identifier = host.memory().fillRandom(page, (int) bytes, 81);
        int extended = bytes == 16 ? 1 : 0;
        host.adminOk(Commands.setFeature(FeatureId.HOST_IDENTIFIER, extended).prp1(page));
        long back = host.memory().pages(1);
        Command get = Commands.getFeature(FeatureId.HOST_IDENTIFIER).prp1(back).cdw(11, extended);
        Expect.equal("EXHID", host.adminOk(get).dw0() & 1, extended);
        Expect.that(
                "the identifier reads back",
                Arrays.equals(host.memory().bytes(back, (int) bytes), identifier));
        Expect.equal("the byte behind it", host.memory().getByte(back + bytes), 0);
    }

    // ---- 0Fh
    // -------------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.27.1.15",
            otherwise = "A driver without Keep Alive is reset by a timer it never set.")
    void keepAlive_isOffAtFirst(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withKeepAliveUnits(10));
        NotApplicable.unless(has(host, FeatureId.KEEP_ALIVE_TIMER), "no Keep Alive");
        Expect.equal(
                "KATO", host.adminOk(Commands.getFeature(FeatureId.KEEP_ALIVE_TIMER)).dw0(), 0);
        VirtualTime.needed(host, "ten minutes pass");
        host.elapse(600_000 * MILLI);
        Expect.that("the controller is ready", host.isReady() && !host.isFatal());
    }

    @Clause(
            value = "Base §5.27.1.15",
            otherwise = "The timeout runs out earlier than the host asked for.",
            values = {1, 999, 1_000, 1_001, 4_500})
    void keepAliveTimeout_isRoundedUpToTheGranularity(Bench bench, long millis) {
        Host host = bench.start(DeviceShape.DEFAULT.withKeepAliveUnits(10));
        NotApplicable.unless(has(host, FeatureId.KEEP_ALIVE_TIMER), "no Keep Alive");
        host.adminOk(Commands.setFeature(FeatureId.KEEP_ALIVE_TIMER, (int) millis));
        Expect.equal(
                "KATO",
                host.adminOk(Commands.getFeature(FeatureId.KEEP_ALIVE_TIMER)).dw0(),
                (millis + 999) / 1_000 * 1_000);
    }

    @Clause(
            value = "Base §5.27.1.15",
            otherwise = "A driver sets a timeout on a controller that has no Keep Alive.")
    void keepAliveFeature_isAbsentWithKasZero(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withKeepAliveUnits(0));
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, page));
        NotApplicable.unless(
                host.memory().getShort(page + IdentifyController.KAS_OFFSET_BYTES) == 0,
                "the device has Keep Alive");
        refused(host, FeatureId.KEEP_ALIVE_TIMER, 1_000);
    }
}
