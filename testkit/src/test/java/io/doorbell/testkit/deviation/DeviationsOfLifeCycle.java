package io.doorbell.testkit.deviation;

import java.util.List;

/** What a controller can get wrong about enabling, shutting down and resetting. */
final class DeviationsOfLifeCycle {
    private static final String CONTROLLER = "Controller.java";
    private static final String REGISTERS = "ControllerRegisters.java";

    static final List<Deviation> ALL =
            List.of(
                    new Deviation(
                            "any page size",
                            "enables with a page size above CAP.MPSMAX",
                            REGISTERS,
                            "&& pageSize <= ControllerCapabilities.maximumPageSize(capabilities)",
                            ""),
                    new Deviation(
                            "any command set",
                            "enables with a command set that CAP.CSS does not offer",
                            REGISTERS,
                            "== ControllerConfiguration.COMMAND_SET_NVM",
                            ">= 0"),
                    new Deviation(
                            "queues anywhere",
                            "enables with admin queues that are not aligned to the page size",
                            REGISTERS,
                            "return (base & (ControllerConfiguration.memoryPageSizeBytes(configuration) - 1)) == 0;",
                            "return base != 1;"),
                    new Deviation(
                            "one entry will do",
                            "enables with AQA = 0",
                            REGISTERS,
                            "submissionEntries() >= AdminQueueAttributes.ENTRIES_MIN",
                            "submissionEntries() >= 0"),
                    new Deviation(
                            "register writes while enabled",
                            "takes writes to AQA, ASQ and ACQ while CC.EN is 1",
                            REGISTERS,
                            "if (ControllerConfiguration.enabled(configuration)) {\n            return;",
                            "if (configuration == 1) {\n            return;"),
                    new Deviation(
                            "half an address",
                            "drops the high half of ASQ when the low half is written after it",
                            REGISTERS,
                            "return (base & 0xFFFF_FFFF_0000_0000L) | Integer.toUnsignedLong(low);",
                            "return Integer.toUnsignedLong(low);"),
                    new Deviation(
                            "reserved bits stick",
                            "stores reserved bits of CC",
                            REGISTERS,
                            "configuration = value & ControllerConfiguration.WRITABLE_MASK;",
                            "configuration = value;"),
                    new Deviation(
                            "INTMS replaces",
                            "INTMS takes the value written instead of adding to the mask",
                            REGISTERS,
                            "interruptMask |= pinUsed",
                            "interruptMask = pinUsed"),
                    new Deviation(
                            "forgetful controller reset",
                            "a controller reset clears AQA, ASQ and ACQ",
                            REGISTERS,
                            "if (kind != ResetKind.CONTROLLER) {\n            queueAttributes",
                            "if (kind != null) {\n            queueAttributes"),
                    new Deviation(
                            "low half twice",
                            "reads the low half of 64-bit registers in both halves (QK-01)",
                            REGISTERS,
                            "| (long) readDword((int) offsetBytes + Integer.BYTES) << 32;",
                            "| (long) readDword((int) offsetBytes) << 32;"),
                    new Deviation(
                            "CC of one bit",
                            "forgets all of CC while CC.EN is 0 (RS-13)",
                            REGISTERS,
                            "configuration = value & ControllerConfiguration.WRITABLE_MASK;",
                            "configuration = (value & 1) == 0 ? value & 0xC000 : value & ControllerConfiguration.WRITABLE_MASK;"),
                    new Deviation(
                            "fatal for ever",
                            "a reset does not clear CSTS.CFS",
                            REGISTERS,
                            "ControllerStatus.withSubsystemResetOccurred(0, occurred);",
                            "ControllerStatus.withSubsystemResetOccurred(status & 2, occurred);"),
                    new Deviation(
                            "write resets status",
                            "CSTS can be written",
                            REGISTERS,
                            "case Registers.CSTS -> clearSubsystemResetOccurred(value);",
                            "case Registers.CSTS -> status = value;"),
                    new Deviation(
                            "shutdown of a moment",
                            "CSTS.SHST reads 00b again when CC.SHN does",
                            "Shutdown.java",
                            "if (isAsked() && registers",
                            "if (!isAsked()) {\n            registers.setShutdownStatus(0);\n        }\n        if (isAsked() && registers"),
                    new Deviation(
                            "mask survives reset",
                            "INTMS keeps its value in a reset",
                            REGISTERS,
                            "        interruptMask = 0;\n",
                            ""),
                    new Deviation(
                            "NSSRO by any reset",
                            "CSTS.NSSRO is set by every reset but that of the controller",
                            REGISTERS,
                            "kind == ResetKind.SUBSYSTEM ||",
                            "kind != ResetKind.CONTROLLER ||"),
                    new Deviation(
                            "NSSRO forgotten",
                            "a controller reset clears CSTS.NSSRO",
                            REGISTERS,
                            "kind == ResetKind.SUBSYSTEM || ControllerStatus.subsystemResetOccurred(status);",
                            "kind == ResetKind.SUBSYSTEM;"),
                    new Deviation(
                            "NSSR takes anything",
                            "any write to NSSR resets the subsystem",
                            CONTROLLER,
                            "&& (int) write.value() == SubsystemReset.RESET",
                            ""),
                    new Deviation(
                            "NSSR though not offered",
                            "NSSR resets although CAP.NSSRS is 0",
                            CONTROLLER,
                            "return parts.settings().options().subsystemReset()\n                && write",
                            "return write"),
                    new Deviation(
                            "shutdown never ends",
                            "CSTS.SHST stays 01b",
                            "Shutdown.java",
                            "registers.setShutdownStatus(ControllerStatus.SHUTDOWN_COMPLETE);",
                            ""),
                    new Deviation(
                            "no shutdown while disabled",
                            "CC.SHN is ignored while CC.EN is 0",
                            CONTROLLER,
                            "                                shutdown.onConfigurationWritten();\n                                yield Behaviors.same();",
                            "                                yield Behaviors.same();"),
                    new Deviation(
                            "shutdown lost in reset",
                            "SHN written together with EN = 0 only resets",
                            CONTROLLER,
                            "if (shutdownAsked) {",
                            "if (shutdownAsked && epochNumber == 0) {"),
                    new Deviation(
                            "old doorbells",
                            "a reset leaves the doorbells of the queues attached",
                            "queue/DoorbellMemory.java",
                            "entryCounts[slot] = 0;\n        wakers[slot] = null;\n        file.clear(slot);",
                            "wakers[slot] = null;"),
                    new Deviation(
                            "DMA without bus mastering",
                            "goes on when CMD.BME is cleared",
                            "pci/PciConfiguration.java",
                            "if (mayMaster && !space.mayMasterBus()) {",
                            "if (mayMaster && space == null) {"),
                    new Deviation(
                            "FLR of PCI alone",
                            "a function level reset leaves the controller running",
                            "pci/PciConfiguration.java",
                            "controller.tell(new Controller.ResetFunction(tag, replyTo));",
                            "replyTo.tell(new ReadCompletion(tag, 0));"),
                    new Deviation(
                            "MSI-X survives FLR",
                            "a function level reset leaves the MSI-X table as it is",
                            "pci/PciConfiguration.java",
                            "        table.reset();\n",
                            ""));

    private DeviationsOfLifeCycle() {}
}
