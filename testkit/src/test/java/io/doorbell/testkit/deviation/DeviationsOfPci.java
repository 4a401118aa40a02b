package io.doorbell.testkit.deviation;

import java.util.List;

/** What a controller can get wrong about the PCI function around it. */
final class DeviationsOfPci {
    private static final String SPACE = "pci/ConfigSpace.java";

    static final List<Deviation> ALL =
            List.of(
                    new Deviation(
                            "another class",
                            "is an administrative controller by its class code",
                            SPACE,
                            "ConfigurationHeader.CLASS_CODE_NVME_IO",
                            "ConfigurationHeader.CLASS_CODE_NVME_ADMINISTRATIVE"),
                    new Deviation(
                            "half a BAR",
                            "sizes BAR0 to half of what it decodes",
                            SPACE,
                            "long addressBits = -layout.sizeBytes();",
                            "long addressBits = -layout.sizeBytes() / 2;"),
                    new Deviation(
                            "endless capabilities",
                            "links the last capability to the first",
                            SPACE,
                            "express.capabilityId(CapabilityHeader.ID_PCI_EXPRESS)",
                            "express.next(POWER_MANAGEMENT_OFFSET).capabilityId(CapabilityHeader.ID_PCI_EXPRESS)"),
                    new Deviation(
                            "no FLR",
                            "does not offer function level reset",
                            SPACE,
                            "PciExpressCapability.DEVICE_CAPABILITY_ROLE_BASED_ERRORS\n                                | PciExpressCapability.DEVICE_CAPABILITY_FUNCTION_LEVEL_RESET",
                            "PciExpressCapability.DEVICE_CAPABILITY_ROLE_BASED_ERRORS"),
                    new Deviation(
                            "soft reset in sleep",
                            "says that its state is lost in D3hot",
                            SPACE,
                            ".controlStatus(PowerManagementCapability.NO_SOFT_RESET)",
                            ".controlStatus(0)"),
                    new Deviation(
                            "awake in D3hot",
                            "decodes its memory in D3hot",
                            SPACE,
                            "return isPowered() && (header.command() & ConfigurationHeader.COMMAND_MEMORY_SPACE) != 0;",
                            "return (header.command() & ConfigurationHeader.COMMAND_MEMORY_SPACE) != 0;"),
                    new Deviation(
                            "command register survives FLR",
                            "leaves configuration space as it is in a function level reset",
                            "pci/PciConfiguration.java",
                            "        space.reset();\n",
                            ""),
                    new Deviation(
                            "one vector too many",
                            "says that the MSI-X table is larger than it is",
                            SPACE,
                            ".vectorCount(layout.vectorCount())",
                            ".vectorCount(layout.vectorCount() % 2048 + 1)"),
                    new Deviation(
                            "stores without memory space",
                            "takes stores to BAR0 while memory space is off",
                            "pci/PciInterface.java",
                            "if (write.bar() != 0 || !gate.memorySpaceEnabled()) {",
                            "if (write.bar() != 0) {"),
                    new Deviation(
                            "messages without bus mastering",
                            "keeps messages unmasked while CMD.BME is 0",
                            "pci/PciConfiguration.java",
                            "space.messagesUnmasked() && space.busMasterEnabled()",
                            "space.messagesUnmasked()"));

    private DeviationsOfPci() {}
}
