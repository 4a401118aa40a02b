package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.MsixPendingBits;
import io.doorbell.spec.pci.MsixTableEntry;
import io.doorbell.spec.pci.PciExpressCapability;
import io.doorbell.spec.pci.PowerManagementCapability;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;

import java.util.ArrayList;
import java.util.List;

/** Header, capabilities and BARs of the function (PCIe §3.8). */
@Chapter("PCI function")
final class ConfigurationSpaceTests {
    private static final int COMMAND = ConfigurationHeader.COMMAND_OFFSET_BYTES;
    private static final int BAR0 = ConfigurationHeader.BASE_ADDRESS_OFFSET_BYTES;
    private static final int MEMORY = ConfigurationHeader.COMMAND_MEMORY_SPACE;
    private static final int MASTER = ConfigurationHeader.COMMAND_BUS_MASTER;
    private static final int PAGE_BYTES = 4096;

    // ---- header --------------------------------------------------------------------------------

    @Clause(value = "PCIe §3.8", otherwise = "No NVMe driver binds to the function.")
    void classCode_isThatOfAnIoController(Host host) {
        Expect.equal(
                "class code",
                host.config(ConfigurationHeader.REVISION_ID_OFFSET_BYTES, 4) >>> 8,
                ConfigurationHeader.CLASS_CODE_NVME_IO);
    }

    @Clause(value = "PCIe §3.8", otherwise = "A bus scan finds nobody, or a bridge.")
    void header_isOfTypeZeroAndSomebodyIsThere(Host host) {
        Expect.that("the vendor id is not FFFFh", host.config(0, 2) != 0xFFFF);
        Expect.equal(
                "header type",
                host.config(ConfigurationHeader.HEADER_TYPE_OFFSET_BYTES, 1) & 0x7F,
                0);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise =
                    "A driver's quirk for this vendor is applied by one look and not the other.")
    void subsystemVendor_equalsIdentifySsvid(Host host) {
        host.start();
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(Identify.CONTROLLER, 0, page));
        int ids = host.memory().getInt(page + IdentifyController.VID_OFFSET_BYTES);
        Expect.equal("Identify VID", ids & 0xFFFF, host.config(0, 2));
        Expect.equal(
                "Identify SSVID",
                ids >>> 16,
                host.config(ConfigurationHeader.SUBSYSTEM_VENDOR_ID_OFFSET_BYTES, 2));
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A bus scan writes over what the function is.",
            values = {0x00, 0x08, 0x0E, 0x2C, 0x34, 0x3D})
    void readOnlyField_keepsItsValue(Host host, long offset) {
        int width = offset == 0x34 || offset == 0x3D || offset == 0x0E ? 1 : 4;
        int before = host.config((int) offset, width);
        host.config((int) offset, width, ~before);
        Expect.equal("config %Xh".formatted(offset), host.config((int) offset, width), before);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A driver cannot switch the function on, or not off again.",
            values = {MEMORY, MASTER, ConfigurationHeader.COMMAND_INTERRUPT_DISABLE})
    void commandBit_canBeSetAndCleared(Host host, long bit) {
        Expect.equal("the command register after power on", host.config(COMMAND, 2), 0);
        host.config(COMMAND, 2, (int) bit);
        Expect.equal("the command register", host.config(COMMAND, 2), bit);
        host.config(COMMAND, 2, 0);
        Expect.equal("the command register", host.config(COMMAND, 2), 0);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A driver loses the line number that firmware left for it.",
            values = {0, 11, 0xFF})
    void interruptLine_keepsWhatFirmwareWrote(Host host, long line) {
        host.config(ConfigurationHeader.INTERRUPT_LINE_OFFSET_BYTES, 1, (int) line);
        Expect.equal(
                "Interrupt Line",
                host.config(ConfigurationHeader.INTERRUPT_LINE_OFFSET_BYTES, 1),
                line);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A host that reads bytes sees another function than one that reads dwords.",
            values = {0x00, 0x04, 0x08, 0x2C, 0x40, 0x50})
    void configuration_readsTheSameInEachWidth(Host host, long offset) {
        int whole = host.config((int) offset, 4);
        for (int i = 0; i < 4; i++) {
            Expect.equal("byte " + i, host.config((int) offset + i, 1), (whole >>> (8 * i)) & 0xFF);
        }
        Expect.equal("low word", host.config((int) offset, 2), whole & 0xFFFF);
        Expect.equal("high word", host.config((int) offset + 2, 2), whole >>> 16);
    }

    // ---- memory space --------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A function answers at addresses that it was told to leave alone.")
    void memorySpaceOff_readsAllOnes(Host host) {
        Expect.equal("VS", host.read32(Registers.VS), 0xFFFF_FFFF);
        host.enableFunction();
        Expect.that("VS can be read", host.read32(Registers.VS) != 0xFFFF_FFFF);
        host.config(COMMAND, 2, MASTER);
        Expect.equal("CAP", host.read64(Registers.CAP), -1);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A store to somebody else's memory changes the controller.")
    void memorySpaceOff_ignoresStores(Host host) {
        host.write32(Registers.AQA, 0x001F_001F);
        host.enableFunction();
        Expect.equal("AQA", host.read32(Registers.AQA), 0);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A bus scan that moves the function stops its controller.")
    void memorySpaceOffAndOn_keepsTheController(Host host) {
        host.start();
        host.config(COMMAND, 2, MASTER);
        host.config(COMMAND, 2, MASTER | MEMORY);
        Expect.equal("CSTS", host.csts(), 1);
        host.adminOk(Commands.getFeature(7));
    }

    // ---- BARs ----------------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A host gives the function too little address space, or none.",
            values = {1, 16, 64, 511, 4096, 65_535})
    void bar0_sizesToRegistersDoorbellsAndMsix(Bench bench, long pairs) {
        Host host = bench.powerOn(DeviceShape.DEFAULT.withQueuePairs((int) pairs));
        Expect.equal("type bits of BAR0", host.config(BAR0, 4) & 0xF, 0b0100);
        long size = sizeOfBar0(host);
        Expect.equal("bits of the size of BAR0", Long.bitCount(size), 1);
        Expect.that("BAR0 has 16 KiB at least", size >= 16 * 1024);
        Expect.that("the doorbells fit into BAR0", size >= Doorbells.bytesNeeded((int) pairs, 0));
        int msix = host.findCapability(CapabilityHeader.ID_MSIX);
        int vectors = (host.config(msix + MsixCapability.CONTROL_OFFSET_BYTES, 2) & 0x7FF) + 1;
        expectInside(host, msix + MsixCapability.TABLE_OFFSET_BYTES, size, vectors * 16L);
        expectInside(
                host,
                msix + MsixCapability.PENDING_BITS_OFFSET_BYTES,
                size,
                MsixPendingBits.sizeBytes(vectors));
    }

    private static void expectInside(Host host, int field, long size, long bytes) {
        int location = host.config(field, 4);
        if (MsixCapability.bar(location) == 0) {
            Expect.that(
                    "what MSI-X has in BAR0 fits into it",
                    MsixCapability.offsetInBar(location) + bytes <= size);
        }
    }

    private static long sizeOfBar0(Host host) {
        host.config(BAR0, 4, -1);
        host.config(BAR0 + 4, 4, -1);
        long low = host.config(BAR0, 4) & 0xFFFF_FFF0L;
        long high = host.config(BAR0 + 4, 4);
        return -(high << 32 | low);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A host that reads its assignment back finds another address.")
    void bar0_keepsTheAddressItWasGiven(Host host) {
        host.config(BAR0, 4, 0xC000_0000);
        host.config(BAR0 + 4, 4, 0x12);
        Expect.equal("BAR0", host.config(BAR0, 4), 0xC000_0004);
        Expect.equal("BAR1", host.config(BAR0 + 4, 4), 0x12);
    }

    @Clause(
            value = "PCIe §3.8",
            level = Level.MAY,
            otherwise = "A host maps a BAR behind which nothing is.",
            values = {2, 3, 5})
    void otherBar_isAbsentOrWellFormed(Host host, long bar) {
        int offset = BAR0 + 4 * (int) bar;
        host.config(offset, 4, -1);
        int mask = host.config(offset, 4) & ~0xF;
        Expect.that("the size is a power of two", mask == 0 || Integer.bitCount(-mask) == 1);
    }

    // ---- capabilities --------------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A bus scan follows the capabilities for ever, or out of the space.")
    void capabilities_formAChainThatEnds(Host host) {
        Expect.that(
                "the status register says that there is a list",
                (host.config(ConfigurationHeader.STATUS_OFFSET_BYTES, 2)
                                & ConfigurationHeader.STATUS_CAPABILITIES_LIST)
                        != 0);
        List<Integer> ids = new ArrayList<>();
        int offset = host.config(ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES, 1);
        while (offset != 0) {
            Expect.between("the offset of a capability", offset, 0x40, 0xFC);
            Expect.equal("alignment of a capability", offset & 3, 0);
            int id = host.config(offset, 1);
            Expect.that("capability " + id + " is there once", !ids.contains(id));
            ids.add(id);
            offset = host.config(offset + 1, 1);
        }
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A driver cannot suspend, reset or be interrupted by the function.",
            values = {
                CapabilityHeader.ID_POWER_MANAGEMENT,
                CapabilityHeader.ID_PCI_EXPRESS,
                CapabilityHeader.ID_MSIX
            })
    void capability_isThere(Host host, long id) {
        Expect.that("capability %Xh is there".formatted(id), host.findCapability((int) id) != 0);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A host takes the function for something else than an endpoint.")
    void pciExpress_isAnEndpointOfVersionTwo(Host host) {
        int express = host.findCapability(CapabilityHeader.ID_PCI_EXPRESS);
        int capabilities = host.config(express + PciExpressCapability.CAPABILITIES_OFFSET_BYTES, 2);
        int type = (capabilities >>> 4) & 0xF;
        Expect.equal("version", capabilities & 0xF, PciExpressCapability.VERSION);
        Expect.that(
                "the type is endpoint or integrated endpoint",
                type == PciExpressCapability.TYPE_ENDPOINT
                        || type == PciExpressCapability.TYPE_ROOT_COMPLEX_INTEGRATED_ENDPOINT);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A host that has lost the controller has no way to reset the function.")
    void pciExpress_offersFunctionLevelResetAndRoleBasedErrors(Host host) {
        int express = host.findCapability(CapabilityHeader.ID_PCI_EXPRESS);
        int device =
                host.config(express + PciExpressCapability.DEVICE_CAPABILITIES_OFFSET_BYTES, 4);
        int wanted =
                PciExpressCapability.DEVICE_CAPABILITY_FUNCTION_LEVEL_RESET
                        | PciExpressCapability.DEVICE_CAPABILITY_ROLE_BASED_ERRORS;
        Expect.equal("device capabilities", device & wanted, wanted);
    }

    @Clause(value = "PCIe §3.8", otherwise = "A host resets the function when it wakes it.")
    void powerManagement_keepsStateInSleep(Host host) {
        int power = host.findCapability(CapabilityHeader.ID_POWER_MANAGEMENT);
        int control = host.config(power + PowerManagementCapability.CONTROL_STATUS_OFFSET_BYTES, 2);
        Expect.that("No_Soft_Reset is 1", (control & PowerManagementCapability.NO_SOFT_RESET) != 0);
        Expect.equal(
                "power state after power on",
                control & PowerManagementCapability.POWER_STATE_MASK,
                PowerManagementCapability.POWER_STATE_D0);
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A function that sleeps answers, or does not wake up again.")
    void d3hot_switchesMemorySpaceOffUntilD0(Host host) {
        host.start();
        setPowerState(host, PowerManagementCapability.POWER_STATE_D3_HOT);
        Expect.equal("VS while asleep", host.read32(Registers.VS), 0xFFFF_FFFF);
        setPowerState(host, PowerManagementCapability.POWER_STATE_D0);
        Expect.equal("CSTS after waking up", host.csts(), 1);
        host.adminOk(Commands.getFeature(7));
    }

    private static void setPowerState(Host host, int state) {
        int power = host.findCapability(CapabilityHeader.ID_POWER_MANAGEMENT);
        host.config(power + PowerManagementCapability.CONTROL_STATUS_OFFSET_BYTES, 2, state);
        Expect.equal(
                "power state",
                host.config(power + PowerManagementCapability.CONTROL_STATUS_OFFSET_BYTES, 2)
                        & PowerManagementCapability.POWER_STATE_MASK,
                state);
    }

    // ---- where MSI-X lies ----------------------------------------------------------------------

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A host that maps the doorbells to a program gives it the interrupts too.",
            values = {1, 16, 511})
    void msixTableAndPendingBits_shareNoPageWithOtherRegisters(Bench bench, long pairs) {
        Host host = bench.powerOn(DeviceShape.DEFAULT.withQueuePairs((int) pairs));
        int msix = host.findCapability(CapabilityHeader.ID_MSIX);
        int table = host.config(msix + MsixCapability.TABLE_OFFSET_BYTES, 4);
        int pending = host.config(msix + MsixCapability.PENDING_BITS_OFFSET_BYTES, 4);
        int vectors = (host.config(msix + MsixCapability.CONTROL_OFFSET_BYTES, 2) & 0x7FF) + 1;
        long tableAt = MsixCapability.offsetInBar(table);
        long tableEnd = tableAt + (long) vectors * MsixTableEntry.SIZE_BYTES;
        long pendingAt = MsixCapability.offsetInBar(pending);
        Expect.equal("alignment of the table", tableAt % PAGE_BYTES, 0);
        Expect.equal("alignment of the pending bits", pendingAt % PAGE_BYTES, 0);
        if (MsixCapability.bar(table) == 0) {
            Expect.that(
                    "the table lies behind the doorbells",
                    tableAt >= Doorbells.bytesNeeded((int) pairs, 0));
        }
        if (MsixCapability.bar(table) == MsixCapability.bar(pending)) {
            Expect.that(
                    "table and pending bits do not overlap",
                    pendingAt >= tableEnd || tableAt >= pendingAt + 8L * ((vectors + 63) / 64));
        }
    }

    @Clause(
            value = "PCIe §3.8",
            otherwise = "A driver cannot have a vector for each queue that it could.",
            values = {1, 2, 18, 64, 65, 2048})
    void msixTableSize_isThatOfTheDevice(Bench bench, long vectors) {
        Host host = bench.powerOn(DeviceShape.DEFAULT.withVectors((int) vectors));
        int msix = host.findCapability(CapabilityHeader.ID_MSIX);
        int control = host.config(msix + MsixCapability.CONTROL_OFFSET_BYTES, 2);
        Expect.equal("vectors", (control & 0x7FF) + 1, vectors);
        host.config(msix + MsixCapability.CONTROL_OFFSET_BYTES, 2, 0x7FF ^ control);
        Expect.equal(
                "vectors after a write",
                (host.config(msix + MsixCapability.CONTROL_OFFSET_BYTES, 2) & 0x7FF) + 1,
                vectors);
    }
}
