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

    /** What has no test, with the reason. */
    public static final List<NotCovered> NOT_COVERED = Gaps.ALL;

    private Chapters() {}
}
