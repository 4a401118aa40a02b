package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.log.CommandEffect;
import io.doorbell.spec.log.CommandEffects;
import io.doorbell.spec.log.ErrorInformation;
import io.doorbell.spec.log.FeatureEffects;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.spec.log.SmartHealth;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Get Log Page: which bytes of which page, and what is in it (Base §5.16). */
@Chapter("Log pages")
final class LogPageTests {
    private static final int ERRORS = LogPageId.ERROR_INFORMATION;
    private static final int SMART = LogPageId.SMART_HEALTH_INFORMATION;
    private static final int FIRMWARE = LogPageId.FIRMWARE_SLOT_INFORMATION;
    private static final int EFFECTS = LogPageId.COMMANDS_SUPPORTED_AND_EFFECTS;
    private static final int UNTOUCHED = 0x5A;

    /** A whole page, from its beginning. */
    private static long read(Host host, int logPageId, int bytes) {
        long page = host.memory().pages(2);
        host.adminOk(Commands.getLogPage(logPageId, bytes, page).prp2(page + Memory.PAGE_BYTES));
        return page;
    }

    private static Completion readAt(Host host, int logPageId, long offset, long page) {
        return host.admin(Commands.getLogPage(logPageId, 4, page).qword(12, offset));
    }

    private static SmartHealth smart(Host host) {
        return new SmartHealth()
                .wrap(MemorySegment.ofArray(host.memory().bytes(read(host, SMART, 512), 512)), 0);
    }

    // ---- which there are
    // -------------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.2.1.2",
            otherwise = "A tool asks for a page that every controller has and gets an error.",
            values = {0x00, 0x01, 0x02, 0x03, 0x12, 0x13})
    void mandatoryPage_canBeRead(Host host, long logPageId) {
        host.start();
        read(host, (int) logPageId, 512);
    }

    @Clause(
            value = "Base §5.16",
            otherwise = "A tool takes what lay in its buffer for a log page.",
            values = {0x14, 0x15, 0x6F, 0x7F, 0x82, 0xBF, 0xC0, 0xFF})
    void absentPage_isInvalidLogPage(Host host, long logPageId) {
        host.start();
        long page = host.memory().pages(1);
        Memory.Watch watch = host.memory().watch(page, Memory.PAGE_BYTES);
        Expect.refused(
                host.admin(Commands.getLogPage((int) logPageId, 4, page)), Status.INVALID_LOG_PAGE);
        watch.expectUnchanged();
    }

    @Clause(
            value = "Base §5.16.1.1",
            otherwise = "A tool that looks up which pages there are is told wrong.")
    void supportedPages_areThoseThatCanBeRead(Host host) {
        host.start();
        long list = read(host, LogPageId.SUPPORTED_LOG_PAGES, 1024);
        long page = host.memory().pages(1);
        for (int id = 0; id < 256; id++) {
            boolean listed = (host.memory().getInt(list + 4L * id) & 1) != 0;
            Completion completion = host.admin(Commands.getLogPage(id, 4, page));
            Expect.that(
                    "page %02Xh can be read exactly if it is listed".formatted(id),
                    listed == (completion.status() == Status.SUCCESS));
        }
    }

    // ---- which bytes
    // -----------------------------------------------------------------------------

    @Clause(
            value = "Base §5.16",
            otherwise = "A driver that asks for part of a page has more of its memory overwritten.",
            values = {4, 8, 60, 512})
    void length_isWhatIsWritten(Host host, long bytes) {
        host.start();
        long page = host.memory().pages(1);
        host.memory().fill(page, Memory.PAGE_BYTES, UNTOUCHED);
        host.adminOk(Commands.getLogPage(FIRMWARE, (int) bytes, page));
        Expect.equal("AFI", host.memory().getByte(page) & 7, 1);
        Expect.equal("the byte behind", host.memory().getByte(page + bytes), UNTOUCHED);
    }

    @Clause(
            value = "Base §5.16",
            otherwise =
                    "A driver that reads a page in pieces gets the first piece again and again.",
            values = {4, 8, 64, 256, 508})
    void offset_isWhereTheBytesComeFrom(Host host, long offset) {
        host.start();
        long whole = read(host, FIRMWARE, 512);
        long page = host.memory().pages(1);
        Expect.success(readAt(host, FIRMWARE, offset, page));
        Expect.equal("dword", host.memory().getInt(page), host.memory().getInt(whole + offset));
    }

    @Clause(
            value = "Base §5.16",
            otherwise = "A driver reads beyond a page and is told that there is something.",
            values = {516, 4096, 0x1_0000_0000L, 0x4000_0000_0000_0000L, -4})
    void offsetBeyondThePage_isAnInvalidField(Host host, long offset) {
        host.start();
        Expect.refused(
                readAt(host, FIRMWARE, offset, host.memory().pages(1)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.16",
            otherwise = "A tool that reads a page in pieces fails when the last piece was full.")
    void offsetAtTheEndOfThePage_isNoError(Host host) {
        host.start();
        long page = host.memory().pages(1);
        Expect.success(readAt(host, FIRMWARE, 512, page));
    }

    @Clause(
            value = "Base §5.16",
            level = Level.MAY,
            otherwise = "A driver gets bytes from another place than it asked for.",
            values = {1, 2, 3, 6})
    void offsetThatIsNoDword_isAnInvalidField(Host host, long offset) {
        host.start();
        Completion completion = readAt(host, FIRMWARE, offset, host.memory().pages(1));
        NotApplicable.unless(
                completion.status() != Status.SUCCESS, "the controller ignores the low bits");
        Expect.refused(completion, Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.16",
            otherwise = "A driver that asks by index gets bytes from some offset.")
    void indexIntoAPageOfBytes_isAnInvalidField(Host host) {
        host.start();
        Expect.refused(
                host.admin(
                        Commands.getLogPage(FIRMWARE, 4, host.memory().pages(1)).cdw(14, 1 << 23)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.16",
            otherwise =
                    "The upper half of the length is lost, or memory behind the page is written.")
    void moreThanThePageHas_succeedsAndLeavesTheRest(Host host) {
        host.start();
        long page = host.memory().pages(3);
        long list = host.memory().pages(1);
        host.memory().putLong(list, page + Memory.PAGE_BYTES);
        host.memory().putLong(list + 8, page + 2 * Memory.PAGE_BYTES);
        host.adminOk(Commands.getLogPage(FIRMWARE, 3 * Memory.PAGE_BYTES, page).prp2(list));
        Expect.equal("AFI", host.memory().getByte(page) & 7, 1);
    }

    @Clause(
            value = "Base §5.16",
            otherwise = "A length of 64 Ki dwords and one is taken for a length of one dword.")
    void lengthBeyondMdts_isAnInvalidField(Host host) {
        host.start();
        long identify = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, identify));
        int mdts = host.memory().getByte(identify + IdentifyController.MDTS_OFFSET_BYTES);
        NotApplicable.unless(mdts > 0 && mdts < 16, "no such limit");
        int bytes = (Memory.PAGE_BYTES << mdts) + 4;
        Expect.refused(
                host.admin(Commands.getLogPage(FIRMWARE, bytes, host.memory().pages(1))),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.16",
            otherwise = "A driver that names no namespace, or all, cannot read the health.",
            values = {0, 0xFFFF_FFFFL})
    void controllerPage_isReadForNoneAndForAllNamespaces(Host host, long id) {
        host.start();
        host.adminOk(Commands.getLogPage(SMART, 512, host.memory().pages(1)).nsid((int) id));
    }

    @Clause(
            value = "Base §5.16",
            level = Level.SHOULD,
            otherwise = "A tool takes the health of the controller for that of a namespace.")
    void controllerPage_forANamespaceIsRefused(Host host) {
        host.start();
        Expect.refused(
                host.admin(Commands.getLogPage(SMART, 512, host.memory().pages(1)).nsid(1)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "The host believes a page was read that never arrived.",
            values = {0x01, 0x02, 0x05})
    void pageIntoNowhere_isATransferError(Host host, long logPageId) {
        host.start();
        Expect.status(
                host.admin(Commands.getLogPage((int) logPageId, 4, host.memory().nowhere())),
                Status.DATA_TRANSFER_ERROR);
    }

    // ---- 01h
    // -------------------------------------------------------------------------------------

    private static ErrorInformation errorEntry(Host host) {
        return new ErrorInformation()
                .wrap(MemorySegment.ofArray(host.memory().bytes(read(host, ERRORS, 64), 64)), 0);
    }

    @Clause(value = "Base §5.16.1.2", otherwise = "A tool shows errors of a device that had none.")
    void errorLog_isEmptyAtFirst(Host host) {
        host.start();
        long page = read(host, ERRORS, 4096);
        Expect.that(
                "all entries are zero",
                Arrays.equals(host.memory().bytes(page, 4096), new byte[4096]));
    }

    @Clause(
            value = "Base §5.16.1.2",
            otherwise = "Support cannot tell which command failed, or why.")
    void completionThatSaysMore_isInTheErrorLog(Host host) {
        host.start();
        Command wrong = Commands.getFeature(0x40).nsid(1).commandId(0x1234);
        Completion failed = host.admin(wrong);
        NotApplicable.unless(
                (failed.status() & Status.MORE) != 0, "the completion does not point to the log");
        ErrorInformation entry = errorEntry(host);
        Expect.equal("error count", entry.errorCount(), 1);
        Expect.equal("SQID", entry.submissionQueueId(), 0);
        Expect.equal("CID", entry.commandId(), 0x1234);
        Expect.equal("status", entry.statusWord() >>> 1, failed.status());
        Expect.equal("parameter location", entry.parameterLocation() & 0xFF, 40);
        Expect.equal("NSID", entry.namespaceId(), 1);
    }

    /** An error; the device may take a moment to log it, and lose some in a flood of them. */
    private static void ringNoQueue(Host host, int queueId) {
        host.ringSubmission(queueId, 1);
        host.elapse(10_000);
    }

    @Clause(value = "Base §5.16.1.2", otherwise = "A tool shows an old error as the latest.")
    void errorLog_hasTheNewestErrorFirst(Host host) {
        host.start();
        ringNoQueue(host, 9);
        ringNoQueue(host, 10);
        long page = read(host, ERRORS, 128);
        Expect.equal("error count of the first", host.memory().getLong(page), 2);
        Expect.equal("error count of the second", host.memory().getLong(page + 64), 1);
    }

    @Clause(
            value = "Base §5.16.1.2",
            otherwise = "Two errors have the same number, and a tool shows one of them.")
    void errorCount_goesOnAfterAReset(Host host) {
        host.start();
        ringNoQueue(host, 9);
        Expect.equal("error count", errorEntry(host).errorCount(), 1);
        host.restart();
        ringNoQueue(host, 9);
        Expect.equal("error count after a reset", errorEntry(host).errorCount(), 2);
    }

    @Clause(
            value = "Base §5.16.1.2",
            otherwise = "Errors push each other out of bounds of the log.")
    void errorLog_keepsAsManyAsElpeSays(Host host) {
        host.start();
        long identify = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, identify));
        int entries = 1 + host.memory().getByte(identify + IdentifyController.ELPE_OFFSET_BYTES);
        NotApplicable.unless(entries <= 64, "the log is longer than the test reads");
        for (int i = 0; i < entries + 3; i++) {
            ringNoQueue(host, 9);
        }
        long page = read(host, ERRORS, 64 * entries);
        Expect.equal("newest", host.memory().getLong(page), entries + 3);
        Expect.equal("oldest", host.memory().getLong(page + 64L * (entries - 1)), 4);
    }

    // ---- 02h
    // -------------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.16.1.3",
            otherwise = "A monitor warns of a device that is well, or is silent about a hot one.")
    void smart_isWellAtFirst(Host host) {
        host.start();
        SmartHealth health = smart(host);
        Expect.equal("critical warning", health.criticalWarning(), 0);
        Expect.between("kelvin", health.temperatureKelvin(), 250, 373);
        Expect.equal("spare", health.availableSparePercent(), 100);
        Expect.that("spare threshold", health.spareThresholdPercent() < 100);
        Expect.equal("power cycles", health.powerCycles(), 1);
    }

    @Clause(
            value = "Base §5.16.1.3",
            otherwise = "Wear and load of the device cannot be read.",
            values = {1, 3, 40})
    void smart_countsHostCommands(Host host, long commands) {
        host.start();
        HostQueue queue = host.createPair(1, 16);
        long page = host.memory().pages(1);
        for (int i = 0; i < commands; i++) {
            Expect.success(queue.run(Commands.write(1, i, 1, page)));
            Expect.success(queue.run(Commands.read(1, i, 1, page)));
            Expect.success(queue.run(Commands.read(1, i, 1, page)));
        }
        SmartHealth health = smart(host);
        Expect.equal("host writes", health.hostWrites(), commands);
        Expect.equal("host reads", health.hostReads(), 2 * commands);
    }

    @Clause(
            value = "Base §5.16.1.3",
            otherwise = "A tool shows a thousand times too much or too little written.",
            values = {1, 125, 126})
    void smart_countsDataUnitsInThousandsRoundedUp(Host host, long commands) {
        host.start();
        HostQueue queue = host.createPair(1, 16);
        long page = host.memory().pages(1);
        for (int i = 0; i < commands; i++) {
            Expect.success(queue.run(Commands.write(1, 0, 8, page)));
            Expect.success(queue.run(Commands.read(1, 0, 8, page)));
        }
        SmartHealth health = smart(host);
        Expect.equal("data units written", health.dataUnitsWritten(), (commands * 8 + 999) / 1000);
        Expect.equal("data units read", health.dataUnitsRead(), (commands * 8 + 999) / 1000);
    }

    @Clause(value = "Base §5.16.1.3", otherwise = "A failed command counts as data moved.")
    void smart_doesNotCountWhatFailed(Host host) {
        host.start();
        HostQueue queue = host.createPair(1, 16);
        Expect.status(
                queue.run(Commands.read(1, 1L << 40, 1, host.memory().pages(1))),
                Status.LBA_OUT_OF_RANGE);
        SmartHealth health = smart(host);
        Expect.equal("host reads", health.hostReads(), 0);
        Expect.equal("data units read", health.dataUnitsRead(), 0);
    }

    @Clause(
            value = "Base §5.16.1.3",
            otherwise = "A tool that watches the number of errors misses them.")
    void smart_countsErrorLogEntries(Host host) {
        host.start();
        ringNoQueue(host, 9);
        ringNoQueue(host, 9);
        Expect.equal("error log entries", smart(host).errorLogEntries(), 2);
    }

    @Clause(
            value = "Base §5.16.1.3",
            otherwise = "The counters of the device begin anew with every driver.")
    void smart_countersOutliveAReset(Host host) {
        host.start();
        Expect.success(host.createPair(1, 16).run(Commands.write(1, 0, 1, host.memory().pages(1))));
        host.restart();
        Expect.equal("host writes", smart(host).hostWrites(), 1);
    }

    @Clause(value = "Base §5.16.1.3", otherwise = "A device that runs for months seems to be new.")
    void smart_countsHoursOfPower(Host host) {
        host.start();
        VirtualTime.needed(host, "three hours pass");
        host.elapse(3 * 3_600_000_000_000L + 1);
        Expect.equal("power on hours", smart(host).powerOnHours(), 3);
    }

    @Clause(
            value = "Base §5.16.1.3",
            otherwise = "A monitor that polls instead of waiting for events misses the warning.",
            values = {0x00_0001, 0x10_FFFF})
    void smart_warnsWhileTheTemperatureIsBeyondAThreshold(Host host, long threshold) {
        host.start();
        host.adminOk(Commands.setFeature(4, (int) threshold));
        Expect.equal("critical warning", smart(host).criticalWarning(), 2);
        host.adminOk(Commands.setFeature(4, threshold == 1 ? 0xFFFF : 0x10_0000));
        Expect.equal("critical warning", smart(host).criticalWarning(), 0);
    }

    // ---- 03h, 05h, 12h, 13h
    // ----------------------------------------------------------------------

    @Clause(
            value = "Base §5.16.1.4",
            otherwise = "An update tool takes the running firmware for another one.")
    void firmwareSlot_activeOneIsWhatIdentifySays(Host host) {
        host.start();
        long page = read(host, FIRMWARE, 512);
        int slot = host.memory().getByte(page) & 7;
        Expect.between("active slot", slot, 1, 7);
        long identify = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, identify));
        Expect.that(
                "the revision of the active slot is FR",
                host.memory()
                        .text(page + 8L * slot, 8)
                        .equals(
                                host.memory()
                                        .text(identify + IdentifyController.FR_OFFSET_BYTES, 8)));
    }

    @Clause(
            value = "Base §5.16.1.6",
            otherwise =
                    "A driver that passes commands through blocks what works, or passes nonsense.")
    void adminCommandsSupported_areThoseThatAreKnown(Host host) {
        host.start();
        long page = read(host, EFFECTS, CommandEffects.SIZE_BYTES);
        for (int opcode = 0; opcode < 256; opcode++) {
            int effect = host.memory().getInt(page + 4L * opcode);
            if (opcode == AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST) {
                Expect.that("the event request is supported", CommandEffect.supported(effect));
                continue; // it would not complete
            }
            Completion tried = host.admin(Command.of(opcode).cdw(10, 0xFFFF).cdw(11, 1));
            boolean known = Status.codeTypeAndCode(tried.status()) != Status.INVALID_COMMAND_OPCODE;
            Expect.that(
                    "opcode %02Xh is known exactly if it is listed".formatted(opcode),
                    known == CommandEffect.supported(effect));
            Expect.that(
                    "opcode %02Xh says nothing if it is not listed".formatted(opcode),
                    known || effect == 0);
        }
    }

    @Clause(
            value = "Base §5.16.1.6",
            otherwise = "A driver blocks an I/O command that works, or passes one that does not.")
    void ioCommandsSupported_areThoseThatAreKnown(Host host) {
        host.start();
        long page = read(host, EFFECTS, CommandEffects.SIZE_BYTES);
        HostQueue queue = host.createPair(1, 16);
        for (int opcode = 0; opcode < 256; opcode++) {
            int effect = host.memory().getInt(page + CommandEffects.IO_OFFSET_BYTES + 4L * opcode);
            Completion tried = queue.run(Command.of(opcode).nsid(-2).qword(10, 1L << 60));
            boolean known = Status.codeTypeAndCode(tried.status()) != Status.INVALID_COMMAND_OPCODE;
            Expect.that(
                    "opcode %02Xh is known exactly if it is listed".formatted(opcode),
                    known == CommandEffect.supported(effect));
        }
    }

    @Clause(
            value = "Base §5.16.1.6",
            otherwise = "A driver does not expect that this command changes data.",
            values = {0x01, 0x08, 0x09})
    void commandsThatChangeData_saySo(Host host, long opcode) {
        host.start();
        long page = read(host, EFFECTS, CommandEffects.SIZE_BYTES);
        int effect = host.memory().getInt(page + CommandEffects.IO_OFFSET_BYTES + 4 * opcode);
        NotApplicable.unless(CommandEffect.supported(effect), "the command is not supported");
        Expect.that("LBCC", CommandEffect.changesContent(effect));
    }

    @Clause(value = "Base §5.16.1.18", otherwise = "A tool offers features that do not exist.")
    void featuresSupported_areThoseThatCanBeRead(Host host) {
        host.start();
        long page =
                read(
                        host,
                        LogPageId.FEATURE_IDENTIFIERS_SUPPORTED_AND_EFFECTS,
                        FeatureEffects.SIZE_BYTES);
        long data = host.memory().pages(1);
        for (int feature = 0; feature < 256; feature++) {
            int effect = host.memory().getInt(page + 4L * feature);
            Completion tried = host.admin(Commands.getFeature(feature).nsid(1).prp1(data));
            Expect.that(
                    "feature %02Xh can be read exactly if it is listed".formatted(feature),
                    ((effect & 1) != 0) == (tried.status() == Status.SUCCESS));
            Expect.that(
                    "feature %02Xh has no effects if it is not listed".formatted(feature),
                    (effect & 1) != 0 || effect == 0);
        }
    }

    @Clause(
            value = "Base §5.16.1.19",
            otherwise = "A tool sends management commands to a controller without any.")
    void managementCommands_areNoneWithoutNvmeMi(Host host) {
        host.start();
        long page = read(host, LogPageId.NVME_MI_COMMANDS_SUPPORTED_AND_EFFECTS, 4096);
        long identify = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, identify));
        int oacs = host.memory().getShort(identify + IdentifyController.OACS_OFFSET_BYTES);
        NotApplicable.unless((oacs & 1 << 6) == 0, "the device has NVMe-MI commands");
        Expect.that("all zero", Arrays.equals(host.memory().bytes(page, 4096), new byte[4096]));
    }
}
