package io.doorbell.testkit.conformance.chapters;

import io.doorbell.testkit.conformance.NotCovered;

import java.util.List;

/** Every chapter of the suite, in the order of the report. */
public final class Chapters {
    public static final List<Class<?>> ALL =
            List.of(
                    RegisterTests.class,
                    RegisterAccessTests.class,
                    LifeCycleTests.class,
                    ShutdownTests.class,
                    ResetTests.class,
                    ConfigurationSpaceTests.class,
                    MsixTests.class,
                    CoalescingTests.class,
                    PinTests.class,
                    DoorbellTests.class,
                    QueueTests.class,
                    QueueCommandTests.class,
                    LogPageTests.class,
                    FeatureTests.class,
                    FeatureValueTests.class,
                    AsyncEventTests.class,
                    KeepAliveTests.class,
                    ShadowDoorbellTests.class,
                    AbortTests.class,
                    ArbitrationTests.class,
                    NamespaceManagementTests.class,
                    FormatTests.class,
                    IdentifyTests.class,
                    AdminCommandTests.class,
                    NamespaceTests.class,
                    ReadWriteTests.class,
                    FlushTests.class,
                    CompareTests.class,
                    ZeroAndVerifyTests.class,
                    DatasetManagementTests.class,
                    CopyTests.class,
                    FusedTests.class,
                    PrpTests.class,
                    SglTests.class);

    public static final List<NotCovered> NOT_COVERED =
            List.of(
                    new NotCovered(
                            "Registers and life cycle",
                            "Base §3.1.3.11",
                            "Controller Memory Buffer",
                            "CAP.CMBS = 0: no device of ours has one"),
                    new NotCovered(
                            "Registers and life cycle",
                            "Base §3.1.3.14",
                            "Boot partitions (BPINFO, BPRSEL, BPMBL)",
                            "CAP.BPS = 0: no device of ours has any"),
                    new NotCovered(
                            "Registers and life cycle",
                            "Base §3.1.3.22",
                            "Persistent Memory Region",
                            "CAP.PMRS = 0: no device of ours has one"),
                    new NotCovered(
                            "Registers and life cycle",
                            "Base §3.5.4",
                            "Ready independent of media (CC.CRIME)",
                            "CAP.CRMS offers ready with media alone"),
                    new NotCovered(
                            "Registers and life cycle",
                            "Base §3.6.1",
                            "CSTS.SHST = 01b while a disk is flushed",
                            "a host cannot make a disk slow; the controller's own tests do"),
                    new NotCovered(
                            "Registers and life cycle",
                            "Base §9.5",
                            "CSTS.CFS when the memory of a queue goes away",
                            "a host cannot take memory away here; the controller's own tests do"),
                    new NotCovered(
                            "Resets",
                            "Base §3.6.3",
                            "NVM subsystem shutdown (NSSD)",
                            "CAP.NSSS = 0: no device of ours offers it"),
                    new NotCovered(
                            "PCI function",
                            "PCIe §3.8",
                            "Advanced Error Reporting",
                            "recommended, and no device of ours has extended configuration space"),
                    new NotCovered(
                            "Interrupts and coalescing",
                            "PCIe §3.5.1",
                            "MSI with one or several messages",
                            "no device of ours has the MSI capability: hosts use MSI-X or the pin"));

    private Chapters() {}
}
