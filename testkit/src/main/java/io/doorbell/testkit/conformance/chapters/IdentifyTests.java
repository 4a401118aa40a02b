package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.NamespaceIdentificationDescriptor;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.Memory;

import java.util.Arrays;
import java.util.List;

/** Identify: every structure that a host asks for (Base §5.17, NVM §4.1.5). */
@Chapter("Identify")
final class IdentifyTests {
    private static final byte[] ZEROS = new byte[Memory.PAGE_BYTES];

    private static long controller(Host host) {
        return new NamespaceHost(host).identify(Identify.CONTROLLER, 0);
    }

    private static void expectZeros(Host host, long page) {
        Expect.that(
                "the page is all zero",
                Arrays.equals(host.memory().bytes(page, Memory.PAGE_BYTES), ZEROS));
    }

    private static void refused(Host host, int structure, int id, int status) {
        long page = host.memory().pages(1);
        host.memory().fill(page, Memory.PAGE_BYTES, 0x5A);
        Memory.Watch watch = host.memory().watch(page, Memory.PAGE_BYTES);
        Expect.refused(host.admin(Commands.identify(structure, id, page)), status);
        watch.expectUnchanged();
    }

    // ---- CNS 01h
    // ---------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver that goes by Identify and one that goes by VS see two versions.")
    void controllerVersion_isThatOfTheRegister(Host host) {
        host.start();
        Expect.equal(
                "VER",
                host.memory().getInt(controller(host) + IdentifyController.VER_OFFSET_BYTES),
                host.read32(Registers.VS));
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A tool prints control characters, or a driver finds no name.",
            values = {4L << 32 | 20, 24L << 32 | 40, 64L << 32 | 8})
    void controllerTexts_areAsciiPaddedWithSpaces(Host host, long place) {
        host.start();
        byte[] text = host.memory().bytes(controller(host) + (place >>> 32), (int) (place & 0xFF));
        Expect.that("the first character is none to skip", text[0] > 0x20);
        for (byte each : text) {
            Expect.between("character", each, 0x20, 0x7E);
        }
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver builds queues with entries of the wrong size.",
            values = {512L << 8 | 0x66, 513L << 8 | 0x44})
    void entrySizes_allowWhatEveryDriverUses(Host host, long place) {
        host.start();
        int sizes = host.memory().getByte(controller(host) + (place >> 8));
        Expect.between("required log2 size", (int) place & 0xF, sizes & 0xF, sizes >> 4);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver refuses the controller: its type is reserved.")
    void controllerType_isIo(Host host) {
        host.start();
        Expect.equal("CNTRLTYPE", host.memory().getByte(controller(host) + 111), 1);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver builds a name of its own, and two hosts see two subsystems.")
    void subsystemName_isAQualifiedName(Host host) {
        host.start();
        String name =
                host.memory().text(controller(host) + IdentifyController.SUBNQN_OFFSET_BYTES, 223);
        Expect.that("it begins with nqn.", name.startsWith("nqn."));
        Expect.that("it ends with NUL", name.indexOf(0) > 0);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A monitor has no limit to warn at.",
            values = {266, 268})
    void temperatureLimits_areNotZero(Host host, long offset) {
        host.start();
        Expect.between("kelvin", host.memory().getShort(controller(host) + offset), 300, 400);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver does not know whether a flush of all namespaces works.")
    void volatileWriteCache_saysWhatABroadcastFlushDoes(Host host) {
        host.start();
        int cache = host.memory().getByte(controller(host) + IdentifyController.VWC_OFFSET_BYTES);
        Expect.that("VWC bits 2:1 are 10b or 11b", (cache >> 2 & 1) == 1);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A driver asks for log page 05h, or reads pieces, and is refused.",
            values = {1, 2, 5})
    void logPageAttributes_areKept(Host host, long bit) {
        host.start();
        int attributes =
                host.memory().getByte(controller(host) + IdentifyController.LPA_OFFSET_BYTES);
        NotApplicable.unless((attributes >> bit & 1) == 1, "not announced");
        long page = host.memory().pages(1);
        int logPageId = bit == 1 ? 0x05 : bit == 2 ? 0x02 : 0x12;
        host.adminOk(Commands.getLogPage(logPageId, 4, page).qword(12, 4));
    }

    @Clause(value = "Base §5.17.2.1", otherwise = "A tool reads another power than the device has.")
    void powerStateZero_hasAMaximumPower(Host host) {
        host.start();
        Expect.that("MP is not 0", host.memory().getShort(controller(host) + 2048) != 0);
    }

    @Clause(
            value = "Base §5.17",
            otherwise = "Identify of the controller changes between two looks, or after a reset.")
    void controllerPage_isTheSameAfterAReset(Host host) {
        host.start();
        byte[] before = host.memory().bytes(controller(host), Memory.PAGE_BYTES);
        host.restart();
        Expect.that(
                "the page is the same",
                Arrays.equals(host.memory().bytes(controller(host), Memory.PAGE_BYTES), before));
    }

    // ---- namespaces
    // ------------------------------------------------------------------------------

    /** Structures that exist for one namespace: an inactive one is a page of zeros. */
    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "A scan ends at the first gap between namespaces.",
            values = {Identify.NAMESPACE, Identify.COMMAND_SET_NAMESPACE, 0x08, 0x11})
    void inactiveNamespace_isAllZero(Host host, long structure) {
        host.start();
        NamespaceHost namespaces = new NamespaceHost(host);
        int last = namespaces.idMax();
        NotApplicable.unless(
                !namespaces.list(Identify.ACTIVE_NAMESPACE_LIST).contains(last),
                "all namespaces are active");
        expectZeros(host, namespaces.identify((int) structure, last));
    }

    @Clause(
            value = "Base §5.17.2.3",
            otherwise = "A scan takes a namespace that is not there for one without a name.")
    void descriptorsOfAnInactiveNamespace_areRefused(Host host) {
        host.start();
        NamespaceHost namespaces = new NamespaceHost(host);
        int last = namespaces.idMax();
        NotApplicable.unless(
                !namespaces.list(Identify.ACTIVE_NAMESPACE_LIST).contains(last),
                "all namespaces are active");
        refused(host, Identify.NAMESPACE_DESCRIPTORS, last, Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §3.2.1.2",
            otherwise = "A scan goes on beyond the last namespace, up to four billion.",
            values = {0x00, 0x03, 0x05, 0x08, 0x11})
    void namespaceBeyondNn_isRefused(Host host, long structure) {
        host.start();
        NamespaceHost namespaces = new NamespaceHost(host);
        if (structure == Identify.ALLOCATED_NAMESPACE) {
            namespaces.needs(NamespaceHost.NAMESPACE_MANAGEMENT);
        }
        int beyond = namespaces.idMax() + 1;
        refused(host, (int) structure, beyond, Status.INVALID_NAMESPACE_OR_FORMAT);
        refused(host, (int) structure, 0, Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "A tool that creates namespaces does not learn which formats there are.")
    void allNamespaces_identifyWhatTheyHaveInCommon(Host host) {
        host.start();
        NamespaceHost namespaces = new NamespaceHost(host);
        namespaces.needs(NamespaceHost.NAMESPACE_MANAGEMENT);
        var common = namespaces.namespace(-1);
        var one = namespaces.namespace(1);
        Expect.equal("NLBAF", common.formatCountZeroBased(), one.formatCountZeroBased());
        Expect.equal("LBAF0", common.lbaFormat(0), one.lbaFormat(0));
        Expect.equal("NSZE", common.sizeBlocks(), 0);
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "Without namespace management, a scan takes FFFFFFFFh for a namespace.")
    void allNamespaces_areRefusedWithoutManagement(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withNamespaceManagement(false));
        refused(host, Identify.NAMESPACE, -1, Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "A driver computes a disk of the wrong size.",
            values = {9, 12})
    void namespace_saysItsSizeAndFormat(Bench bench, long log2) {
        Host host =
                bench.start(
                        DeviceShape.DEFAULT.withNamespaces(new NamespaceShape(5_000, (int) log2)));
        var namespace = new NamespaceHost(host).namespace(1);
        Expect.equal("NSZE", namespace.sizeBlocks(), 5_000);
        Expect.that(
                "NUSE <= NCAP <= NSZE",
                namespace.usedBlocks() <= namespace.capacityBlocks()
                        && namespace.capacityBlocks() <= namespace.sizeBlocks());
        int format = namespace.lbaFormat(namespace.formattedLbaSize() & 0xF);
        Expect.equal("LBADS", format >> 16 & 0xFF, log2);
    }

    // ---- lists
    // -----------------------------------------------------------------------------------

    private static Host threeNamespaces(Bench bench) {
        NamespaceShape small = new NamespaceShape(8, 9);
        return bench.start(DeviceShape.DEFAULT.withNamespaces(small, small, small));
    }

    @Clause(
            value = "Base §5.17.2.2",
            otherwise = "A driver misses namespaces, or finds one twice.",
            values = {0, 1, 2, 3, 0xFFFF_FFFDL})
    void activeList_hasTheIdsAboveInOrder(Bench bench, long after) {
        Host host = threeNamespaces(bench);
        long page = new NamespaceHost(host).identify(Identify.ACTIVE_NAMESPACE_LIST, (int) after);
        int index = 0;
        for (long id = after + 1; id <= 3; id++) {
            Expect.equal("entry " + index, host.memory().getInt(page + 4L * index), id);
            index++;
        }
        Expect.equal("the end", host.memory().getInt(page + 4L * index), 0);
    }

    @Clause(
            value = "Base §5.17.2.2",
            otherwise = "A scan that starts at the end wraps around.",
            values = {0x02, 0x07, 0x10})
    void listAboveTheLastIds_isRefused(Host host, long structure) {
        host.start();
        NotApplicable.unless(
                host.admin(Commands.identify((int) structure, 0, host.memory().pages(1))).status()
                        == 0,
                "no such list");
        refused(host, (int) structure, -1, Status.INVALID_NAMESPACE_OR_FORMAT);
        refused(host, (int) structure, -2, Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(
            value = "Base §5.17.2.7",
            otherwise = "A driver that asks by command set finds other namespaces.")
    void activeListOfTheNvmCommandSet_isTheActiveList(Bench bench) {
        Host host = threeNamespaces(bench);
        NamespaceHost namespaces = new NamespaceHost(host);
        Expect.that(
                "both lists are 1, 2, 3",
                namespaces.list(0x07).equals(List.of(1, 2, 3))
                        && namespaces.list(0x02).equals(List.of(1, 2, 3)));
    }

    @Clause(
            value = "Base §5.17",
            otherwise = "A driver takes zeros for the limits of a command set that is not there.",
            values = {0x05, 0x06, 0x07})
    void otherCommandSet_isRefused(Host host, long structure) {
        host.start();
        for (int commandSet = 1; commandSet <= 2; commandSet++) {
            Expect.refused(
                    host.admin(
                            Commands.identify((int) structure, 1, host.memory().pages(1))
                                    .cdw(11, commandSet << 24)),
                    Status.INVALID_FIELD_IN_COMMAND);
        }
    }

    @Clause(
            value = "Base §5.17.2.13",
            otherwise = "A tool does not find the controller it talks to.",
            values = {0, 1, 0xFFFF})
    void controllerList_hasTheIdsFromCntidOn(Host host, long first) {
        host.start();
        NamespaceHost namespaces = new NamespaceHost(host);
        namespaces.needs(NamespaceHost.NAMESPACE_MANAGEMENT);
        long page = host.memory().pages(1);
        host.adminOk(
                Commands.identify(Identify.CONTROLLER_LIST, 0, page)
                        .cdw(10, (int) first << 16 | Identify.CONTROLLER_LIST));
        int own = namespaces.controllerId();
        Expect.equal("count", host.memory().getShort(page), own >= first ? 1 : 0);
        Expect.equal("id", host.memory().getShort(page + 2), own >= first ? own : 0);
    }

    // ---- CNS 03h, 06h, 08h
    // -----------------------------------------------------------------------

    @Clause(
            value = "Base §5.17.2.3",
            otherwise = "A driver skips the namespace, for it has no name.")
    void descriptors_nameTheNamespaceInTheirSizes(Host host) {
        host.start();
        long page = new NamespaceHost(host).identify(Identify.NAMESPACE_DESCRIPTORS, 1);
        int offset = 0;
        int names = 0;
        while (offset < 4092 && host.memory().getByte(page + offset + 1) != 0) {
            int type = host.memory().getByte(page + offset);
            int length = host.memory().getByte(page + offset + 1);
            Expect.between("type", type, 1, 4);
            Expect.equal("length of type " + type, length, type == 1 ? 8 : type == 4 ? 1 : 16);
            names += type == 4 ? 0 : 1;
            offset += NamespaceIdentificationDescriptor.HEADER_SIZE_BYTES + length;
        }
        Expect.that("there is a name", names > 0);
    }

    @Clause(value = "NVM §4.1.5.1", otherwise = "Two namespaces are taken for two paths to one.")
    void namespaces_haveDifferentNames(Bench bench) {
        Host host = threeNamespaces(bench);
        NamespaceHost namespaces = new NamespaceHost(host);
        byte[] one =
                host.memory().bytes(namespaces.identify(Identify.NAMESPACE_DESCRIPTORS, 1), 40);
        byte[] two =
                host.memory().bytes(namespaces.identify(Identify.NAMESPACE_DESCRIPTORS, 2), 40);
        Expect.that("the descriptors differ", !Arrays.equals(one, two));
    }

    @Clause(
            value = "NVM §4.1.5.1",
            otherwise = "Linux finds two names for one namespace and refuses it.")
    void nguid_isTheSameInBothStructures(Host host) {
        host.start();
        NamespaceHost namespaces = new NamespaceHost(host);
        long descriptors = namespaces.identify(Identify.NAMESPACE_DESCRIPTORS, 1);
        NotApplicable.unless(host.memory().getByte(descriptors) == 2, "the first name is no NGUID");
        long namespace = namespaces.identify(Identify.NAMESPACE, 1);
        Expect.that(
                "NGUID",
                Arrays.equals(
                        host.memory().bytes(descriptors + 4, 16),
                        host.memory().bytes(namespace + 104, 16)));
    }

    @Clause(
            value = "NVM §4.1.5.4",
            otherwise = "A driver that wants the limits of commands gives up.")
    void limitsOfTheNvmCommandSet_canBeRead(Host host) {
        host.start();
        long page = new NamespaceHost(host).identify(Identify.COMMAND_SET_CONTROLLER, 0);
        boolean none = host.memory().getByte(page + 3) == 0;
        Expect.that(
                "DMRL, DMRSL and DMSL are all zero or all not",
                none == (host.memory().getInt(page + 4) == 0)
                        && none == (host.memory().getLong(page + 8) == 0));
    }

    @Clause(value = "Base §5.17.2.8", otherwise = "A driver waits for a namespace that is ready.")
    void independentStructure_saysReady(Host host) {
        host.start();
        long page = new NamespaceHost(host).identify(Identify.INDEPENDENT_NAMESPACE, 1);
        Expect.equal("NSTAT.NRDY", host.memory().getByte(page + 14) & 1, 1);
    }

    // ---- errors
    // ----------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.17",
            otherwise = "A tool takes a page of nothing for a structure.",
            values = {0x09, 0x0F, 0x20, 0x40, 0xFF})
    void reservedStructure_isAnInvalidField(Host host, long structure) {
        host.start();
        refused(host, (int) structure, 1, Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.17",
            level = Level.MAY,
            otherwise = "A tool shows capabilities that the controller does not have.",
            values = {0x04, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C})
    void absentStructure_isAnInvalidField(Host host, long structure) {
        host.start();
        long page = host.memory().pages(1);
        var completion = host.admin(Commands.identify((int) structure, 0, page));
        NotApplicable.unless(completion.status() != 0, "the device has this structure");
        Expect.refused(completion, Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "The driver works with a page that never arrived.",
            values = {0x00, 0x01, 0x02, 0x03})
    void structureIntoNowhere_isATransferError(Host host, long structure) {
        host.start();
        int id = structure == 2 ? 0 : 1;
        Expect.status(
                host.admin(Commands.identify((int) structure, id, host.memory().nowhere())),
                Status.DATA_TRANSFER_ERROR);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "Data lands beside the buffer.",
            values = {1, 2, 3})
    void bufferThatIsNoDword_isAnInvalidPrpOffset(Host host, long offset) {
        host.start();
        Expect.refused(
                host.admin(
                        Commands.identify(Identify.CONTROLLER, 0, host.memory().pages(1) + offset)),
                Status.PRP_OFFSET_INVALID);
    }

    @Clause(value = "Base §4.1.1", otherwise = "The second half of the page lands elsewhere.")
    void structureAcrossTwoPages_arrivesWhole(Host host) {
        host.start();
        byte[] whole = host.memory().bytes(controller(host), Memory.PAGE_BYTES);
        long first = host.memory().pages(1) + 0x200;
        long second = host.memory().pages(2) + Memory.PAGE_BYTES;
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, first).prp2(second));
        byte[] head = host.memory().bytes(first, 0xE00);
        byte[] tail = host.memory().bytes(second, 0x200);
        Expect.that("the first part", Arrays.equals(head, Arrays.copyOf(whole, 0xE00)));
        Expect.that("the second part", Arrays.equals(tail, Arrays.copyOfRange(whole, 0xE00, 4096)));
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A driver that gave too little memory works with half a page.",
            values = {0x200, 0xC00, 0xFFC})
    void secondPageThatIsNotThere_isATransferError(Host host, long offset) {
        host.start();
        long first = host.memory().pages(1) + offset;
        Expect.status(
                host.admin(
                        Commands.identify(Identify.CONTROLLER, 0, first)
                                .prp2(host.memory().nowhere())),
                Status.DATA_TRANSFER_ERROR);
    }
}
