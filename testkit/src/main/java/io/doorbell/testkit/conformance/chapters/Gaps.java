package io.doorbell.testkit.conformance.chapters;

import io.doorbell.testkit.conformance.NotCovered;

import java.util.List;

/** What the specification says and the suite does not test, with the reason. */
final class Gaps {
    private static final String REGISTERS = "Registers and life cycle";
    private static final String RESETS = "Resets";
    private static final String PCI = "PCI function";
    private static final String INTERRUPTS = "Interrupts and coalescing";
    private static final String QUEUES = "Queues";
    private static final String IDENTIFY = "Identify";
    private static final String LOG_PAGES = "Log pages";
    private static final String FEATURES = "Features";
    private static final String EVENTS = "Asynchronous events";
    private static final String NAMESPACES = "Namespace management";
    private static final String OTHER_COMMANDS = "Commands that are not offered";
    private static final String READ_WRITE = "Read and Write";
    private static final String OTHER_SETS = "Other command sets and transports";

    private static final String REFUSED = "; where it is not offered, that it is refused is tested";

    static final List<NotCovered> ALL =
            List.of(
                    // Registers, resets, PCI
                    gap(
                            REGISTERS,
                            "Base §3.1.3.11",
                            "Controller Memory Buffer",
                            "CAP.CMBS = 0: no device of ours has one"),
                    gap(
                            REGISTERS,
                            "Base §3.1.3.14",
                            "Boot partitions (BPINFO, BPRSEL, BPMBL)",
                            "CAP.BPS = 0: no device of ours has any"),
                    gap(
                            REGISTERS,
                            "Base §3.1.3.22",
                            "Persistent Memory Region",
                            "CAP.PMRS = 0: no device of ours has one"),
                    gap(
                            REGISTERS,
                            "Base §3.5.4",
                            "Ready independent of media (CC.CRIME)",
                            "CAP.CRMS offers ready with media alone"),
                    gap(
                            REGISTERS,
                            "Base §3.6.1",
                            "CSTS.SHST = 01b while a disk is flushed",
                            "a host cannot make a disk slow; the controller's own tests do"),
                    gap(
                            REGISTERS,
                            "Base §3.1.3.6",
                            "Processing paused (CSTS.PP)",
                            "only firmware activation and the like pause a controller"),
                    gap(
                            REGISTERS,
                            "Base §9.5",
                            "CSTS.CFS when the memory of a queue goes away",
                            "a host cannot take memory away here; the controller's own tests do"),
                    gap(
                            REGISTERS,
                            "PCIe §3.1.2",
                            "What a load of a doorbell returns",
                            "vendor specific; only that it is answered is tested"),
                    gap(
                            RESETS,
                            "Base §3.6.3",
                            "NVM subsystem shutdown (NSSD)",
                            "CAP.NSSS = 0: no device of ours offers it"),
                    gap(
                            RESETS,
                            "Base §3.7.1",
                            "NVM subsystem reset of several controllers and domains",
                            "one controller, one domain"),
                    gap(
                            PCI,
                            "PCIe §3.8",
                            "Advanced Error Reporting",
                            "recommended, and no device of ours has extended configuration space"),
                    gap(
                            PCI,
                            "PCIe §3.8",
                            "Links: speed, width, link power states",
                            "the function has no link here"),
                    gap(
                            PCI,
                            "PCIe §3.8",
                            "Vital product data, option ROM, SR-IOV, ATS, PASID, TPH",
                            "no device of ours has these capabilities"),
                    gap(
                            INTERRUPTS,
                            "PCIe §3.5.1",
                            "MSI with one or several messages",
                            "no device of ours has the MSI capability: hosts use MSI-X or the pin"),

                    // Queues
                    gap(
                            QUEUES,
                            "Base §3.3.3.2.1.1",
                            "Command ID Conflict (0/03h)",
                            "how far a controller looks for ids in use is its choice"),
                    gap(
                            QUEUES,
                            "Base §3.3.3.2.1",
                            "Command retry delay (CRD, CRDT1 to CRDT3)",
                            "no status of ours asks for a delay; that ACRE is kept is tested"),
                    gap(
                            QUEUES,
                            "Base §3.3.1.2",
                            "A queue that is stopped by an invalid tail until it is created again",
                            "a device may go on, as ours does; that it may is all that is tested"),
                    gap(
                            QUEUES,
                            "Base §5.5",
                            "NVM Set of a submission queue, Predictable Latency Mode",
                            "no NVM sets"),

                    // Admin commands
                    gap(
                            IDENTIFY,
                            "Base §5.17.2",
                            "NVM Set, UUID, granularity, domain and endurance group lists",
                            "optional, and no device of ours has what they list" + REFUSED),
                    gap(
                            IDENTIFY,
                            "Base §5.17.2.13",
                            "Primary and secondary controllers, Virtualization Management",
                            "no virtualization" + REFUSED),
                    gap(
                            LOG_PAGES,
                            "Base §5.16.1.7",
                            "Device Self-test, Telemetry, Persistent Event Log",
                            "LPA bits 3 and 4 are 0, no self-test" + REFUSED),
                    gap(
                            LOG_PAGES,
                            "Base §5.16.1.10",
                            "Endurance groups, predictable latency, media units, capacity",
                            "none of them" + REFUSED),
                    gap(
                            LOG_PAGES,
                            "Base §5.16.1.3",
                            "Power cycles, unsafe shutdowns, busy time, thermal counters",
                            "a host cannot cut the power here, and nothing warms up"),
                    gap(
                            LOG_PAGES,
                            "Base §5.16",
                            "Log Specific Identifier, UUID index, Command Set Identifier",
                            "no page of ours looks at them"),
                    gap(
                            FEATURES,
                            "Base §5.27.1.2",
                            "Several power states, autonomous and non-operational ones",
                            "NPSS = 0, APSTA = 0" + REFUSED),
                    gap(FEATURES, "Base §5.27.1.10", "Host Memory Buffer", "HMPRE = 0" + REFUSED),
                    gap(
                            FEATURES,
                            "Base §5.27.1.13",
                            "Host controlled thermal management, sensors 1 to 8",
                            "the temperature is constant and one" + REFUSED),
                    gap(
                            FEATURES,
                            "Base §5.27.1.23",
                            "Host metadata (7Dh to 7Fh)",
                            "optional: no management endpoint reads them" + REFUSED),
                    gap(
                            FEATURES,
                            "NVM §4.1.3",
                            "LBA Range Type, TLER of Error Recovery",
                            "no ranges have types, and no command takes 100 ms"),
                    gap(
                            EVENTS,
                            "Base §5.2",
                            "Internal errors, reliability, spare, immediate events",
                            "a host cannot cause them"),
                    gap(
                            EVENTS,
                            "Base §5.2",
                            "Firmware, telemetry, ANA, latency, endurance, LBA status notices",
                            "OAES does not announce them; that they cannot be enabled is tested"),
                    gap(
                            "Keep Alive",
                            "Base §3.9",
                            "Traffic based keep alive (CTRATT.TBKAS)",
                            "TBKAS = 0: no device of ours offers it"),
                    gap(
                            "Format NVM",
                            "Base §5.14",
                            "Cryptographic erase, formats with metadata, FNA bits",
                            "no format of ours has metadata, FNA is 0; refusals are tested"),
                    gap(
                            NAMESPACES,
                            "Base §8.12",
                            "Namespaces of several controllers, private and shared",
                            "one controller"),
                    gap(
                            NAMESPACES,
                            "Base §2.4.1",
                            "Multi-path I/O, Asymmetric Namespace Access",
                            "one controller, one port (CMIC = 0)"),
                    gap(
                            NAMESPACES,
                            "Base §5.27.1.28",
                            "Namespace Write Protection",
                            "NWPC = 0" + REFUSED),
                    gap(
                            NAMESPACES,
                            "Base §3.2.2",
                            "NVM sets, endurance groups, Capacity Management",
                            "none of them" + REFUSED),
                    gap(
                            OTHER_COMMANDS,
                            "Base §5.12",
                            "Firmware Commit and Image Download",
                            "the firmware is the program; slot 1 is read only" + REFUSED),
                    gap(
                            OTHER_COMMANDS,
                            "Base §5.24",
                            "Sanitize",
                            "SANICAP = 0; Format erases" + REFUSED),
                    gap(
                            OTHER_COMMANDS,
                            "Base §5.10",
                            "Directives: streams, Identify",
                            "OACS bit 5 is 0" + REFUSED),
                    gap(
                            OTHER_COMMANDS,
                            "Base §5.20",
                            "NVMe-MI Send and Receive, management endpoint",
                            "no management endpoint" + REFUSED),
                    gap(
                            OTHER_COMMANDS,
                            "Base §5.19",
                            "Command and Feature Lockdown",
                            "OACS bit 10 is 0" + REFUSED),
                    gap(
                            OTHER_COMMANDS,
                            "Base §5.25",
                            "Security Send and Receive, RPMB",
                            "no security protocol" + REFUSED),
                    gap(
                            OTHER_COMMANDS,
                            "NVM §4.2.1",
                            "Get LBA Status",
                            "OACS bit 9 is 0" + REFUSED),
                    gap(
                            OTHER_COMMANDS,
                            "Base §7.2",
                            "Reservations",
                            "one host, one controller (ONCS bit 5 is 0)" + REFUSED),

                    // I/O
                    gap(
                            READ_WRITE,
                            "NVM §4.1.5.1",
                            "Metadata and end-to-end protection information",
                            "no format of ours has metadata; that PRINFO is ignored is tested"),
                    gap(
                            READ_WRITE,
                            "Base §3.6.1",
                            "What survives a power failure",
                            "a host cannot cut the power here; a killed process is tested"),
                    gap(
                            READ_WRITE,
                            "NVM §2.1.4",
                            "Atomic writes of more than a block, namespace atomic boundaries",
                            "AWUN = AWUPF = 0"),
                    gap(
                            READ_WRITE,
                            "NVM §3.2.2",
                            "Copy descriptor formats 1 to 3",
                            "OCFS offers format 0 alone" + REFUSED),
                    gap(
                            "Scatter gather lists",
                            "Base §4.1.2",
                            "Metadata SGLs, dword alignment, keyed and transport descriptors",
                            "no metadata, any alignment, no fabric"),
                    gap(
                            OTHER_SETS,
                            "Base §3.1.3.1",
                            "Zoned and Key Value command sets, command set profiles",
                            "CAP.CSS bit 6 is 0: one command set"),
                    gap(
                            OTHER_SETS,
                            "Base §3.1.2.2",
                            "Administrative and discovery controllers, Fabrics commands",
                            "an I/O controller on PCIe"));

    private Gaps() {}

    private static NotCovered gap(String chapter, String clause, String what, String reason) {
        return new NotCovered(chapter, clause, what, reason);
    }
}
