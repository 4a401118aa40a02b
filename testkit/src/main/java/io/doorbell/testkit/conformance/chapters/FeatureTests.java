package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Status;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.feature.FeatureId;
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

/**
 * Get and Set Features: selects, saving, scope, and which features there are (Base §5.15, §5.27).
 */
@Chapter("Features")
final class FeatureTests {
    private static final int SAVE = 1 << 31;
    private static final int ERROR_RECOVERY = FeatureId.ERROR_RECOVERY;

    /** A feature in bits 39:32 of a test's value, and what to set it to in bits 31:0. */
    private static int feature(long value) {
        return (int) (value >>> 32);
    }

    private static Command get(int feature, int select) {
        return named(Commands.getFeature(feature).cdw(10, select << 8 | feature), feature);
    }

    private static Command set(int feature, int value) {
        return named(Commands.setFeature(feature, value), feature);
    }

    /** A feature that each namespace has is asked for namespace 1. */
    private static Command named(Command command, int feature) {
        return feature == ERROR_RECOVERY ? command.nsid(1) : command;
    }

    private static int current(Host host, int feature) {
        return host.adminOk(get(feature, GetFeatures.SELECT_CURRENT)).dw0();
    }

    private static int select(Host host, int feature, int select) {
        return host.adminOk(get(feature, select)).dw0();
    }

    private static boolean isSaveable(Host host, int feature) {
        int capabilities = select(host, feature, GetFeatures.SELECT_SUPPORTED_CAPABILITIES);
        return (capabilities & GetFeatures.CAPABILITY_SAVEABLE) != 0;
    }

    // ---- which there are
    // -------------------------------------------------------------------------

    @Clause(
            value = "Base §3.1.2.1.3",
            otherwise = "A driver that relies on a mandatory feature does not start.",
            values = {1, 2, 4, 5, 6, 7, 8, 9, 0xA, 0xB})
    void mandatoryFeature_canBeRead(Host host, long feature) {
        host.start();
        host.adminOk(get((int) feature, GetFeatures.SELECT_CURRENT));
    }

    @Clause(
            value = "Base §5.27.1",
            otherwise = "A driver takes a feature for supported that has no effect.",
            values = {0x00, 0x1B, 0x40, 0x77, 0x79, 0x85, 0xBF})
    void reservedFeature_isAnInvalidFieldForGetAndSet(Host host, long feature) {
        host.start();
        Expect.refused(
                host.admin(Commands.getFeature((int) feature)), Status.INVALID_FIELD_IN_COMMAND);
        Expect.refused(
                host.admin(Commands.setFeature((int) feature, 0)), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.15",
            otherwise = "A driver takes a feature that is left out for one that is there.",
            values = {
                0x03, 0x0C, 0x0D, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x17, 0x18, 0x19, 0x1A, 0x7D,
                0x7E, 0x7F, 0x82, 0x83, 0x84
            })
    void featureOfAnAbsentCapability_isRefusedForGetAndSetAlike(Host host, long feature) {
        host.start();
        Completion get = host.admin(Commands.getFeature((int) feature));
        Completion set = host.admin(Commands.setFeature((int) feature, 0));
        Expect.that(
                "both are refused or neither",
                (get.status() == Status.SUCCESS)
                        || (codeOf(set) == Status.INVALID_FIELD_IN_COMMAND
                                && codeOf(get) == Status.INVALID_FIELD_IN_COMMAND));
    }

    private static int codeOf(Completion completion) {
        return Status.codeTypeAndCode(completion.status());
    }

    // ---- select
    // ----------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.15.1",
            otherwise = "A tool that lists features by their capabilities leaves this one out.",
            values = {1, 2, 4, 5, 6, 7, 8, 9, 0xA, 0xB, 0xE, 0x16, 0x80, 0x81})
    void supportedCapabilities_haveNoReservedBits(Host host, long feature) {
        host.start();
        int capabilities = select(host, (int) feature, GetFeatures.SELECT_SUPPORTED_CAPABILITIES);
        Expect.equal("reserved bits of the capabilities", capabilities & ~7, 0);
        Expect.that("it is changeable", (capabilities & GetFeatures.CAPABILITY_CHANGEABLE) != 0);
        Expect.equal(
                "namespace specific",
                capabilities & GetFeatures.CAPABILITY_NAMESPACE_SPECIFIC,
                feature == ERROR_RECOVERY ? GetFeatures.CAPABILITY_NAMESPACE_SPECIFIC : 0);
    }

    @Clause(
            value = "Base §4.2",
            otherwise = "A driver begins with settings that are neither its own nor the default.",
            values = {1, 2, 4, 5, 6, 7, 8, 9, 0xA, 0xB, 0x80})
    void freshController_currentAndSavedAreTheDefault(Host host, long feature) {
        host.start();
        int fid = (int) feature;
        int initial = select(host, fid, GetFeatures.SELECT_DEFAULT);
        Expect.equal("current", current(host, fid), initial);
        Expect.equal("saved", select(host, fid, GetFeatures.SELECT_SAVED), initial);
    }

    @Clause(
            value = "Base §5.15.1",
            otherwise = "A driver reads something undefined as the value of a feature.",
            values = {4, 5, 6, 7})
    void reservedSelect_isAnInvalidField(Host host, long select) {
        host.start();
        Expect.refused(
                host.admin(get(FeatureId.INTERRUPT_COALESCING, (int) select)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.27",
            otherwise = "A driver sets a feature and the controller goes on as before.",
            values = {
                0x1_0302_0103L,
                0x2_0000_0020L,
                0x4_0000_0160L,
                0x4_0010_0100L,
                0x5_0000_0010L,
                0x6_0000_0000L,
                0x8_0000_0305L,
                0x9_0001_0001L,
                0xA_0000_0001L,
                0xB_0000_0007L,
                0x80_0000_0003L
            })
    void valueThatWasSet_isCurrentAndNotTheDefault(Host host, long value) {
        host.start();
        int fid = feature(value);
        int selector = fid == 9 ? 1 : (int) value & 0x30_0000;
        int initial = host.adminOk(get(fid, GetFeatures.SELECT_DEFAULT).cdw(11, selector)).dw0();
        host.adminOk(set(fid, (int) value));
        int expected = fid == FeatureId.TEMPERATURE_THRESHOLD ? (int) value & 0xFFFF : (int) value;
        Expect.equal("current", host.adminOk(get(fid, 0).cdw(11, selector)).dw0(), expected);
        Expect.equal(
                "default",
                host.adminOk(get(fid, GetFeatures.SELECT_DEFAULT).cdw(11, selector)).dw0(),
                initial);
    }

    // ---- saving
    // ----------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.27",
            otherwise = "A driver believes that its setting outlives a power cycle.",
            values = {1, 2, 4, 5, 6, 7, 8, 9, 0xA, 0xB, 0xE, 0x16, 0x81})
    void saveOfWhatIsNotSaveable_isRefused(Host host, long feature) {
        host.start();
        int fid = (int) feature;
        NotApplicable.unless(!isSaveable(host, fid), "the feature is saveable");
        Expect.refused(
                host.admin(set(fid, 0).cdw(10, SAVE | fid).prp1(host.memory().pages(1))),
                Status.FEATURE_IDENTIFIER_NOT_SAVEABLE);
    }

    @Clause(
            value = "Base §4.2",
            otherwise = "A setting that was saved is lost with the next reset.",
            values = {
                0x4_0000_0150L,
                0x5_0000_0010L,
                0x6_0000_0000L,
                0xA_0000_0001L,
                0xB_0000_0002L
            })
    void savedValue_outlivesAReset(Host host, long value) {
        host.start();
        int fid = feature(value);
        int wanted = (int) value;
        NotApplicable.unless(isSaveable(host, fid), "the feature is not saveable");
        host.adminOk(set(fid, wanted).cdw(10, SAVE | fid));
        Expect.equal("saved", select(host, fid, GetFeatures.SELECT_SAVED), wanted);
        host.restart();
        Expect.equal("current after the reset", current(host, fid), wanted);
    }

    @Clause(
            value = "Base §5.27.1",
            otherwise = "A driver that comes after another one finds the other's settings.",
            values = {
                0x1_0302_0103L,
                0x2_0000_0020L,
                0x4_0000_0160L,
                0x5_0000_0010L,
                0x6_0000_0000L,
                0x8_0000_0305L,
                0xA_0000_0001L,
                0xB_0000_0007L
            })
    void valueThatWasNotSaved_isTheDefaultAfterAReset(Host host, long value) {
        host.start();
        int fid = feature(value);
        int initial = select(host, fid, GetFeatures.SELECT_DEFAULT);
        host.adminOk(set(fid, (int) value));
        host.restart();
        Expect.equal("current after the reset", current(host, fid), initial);
    }

    @Clause(
            value = "Base §5.27.1.24",
            otherwise = "Firmware cannot count how often the operating system failed to come up.")
    void softwareProgressMarker_outlivesAResetUnsaved(Host host) {
        host.start();
        NotApplicable.unless(
                host.admin(Commands.getFeature(FeatureId.SOFTWARE_PROGRESS_MARKER)).status() == 0,
                "no Software Progress Marker");
        host.adminOk(set(FeatureId.SOFTWARE_PROGRESS_MARKER, 5));
        host.restart();
        Expect.equal("the count", current(host, FeatureId.SOFTWARE_PROGRESS_MARKER), 5);
    }

    // ---- scope
    // -----------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.27",
            otherwise = "A tool believes that it changed one namespace and changed all.",
            values = {1, 2, 4, 6, 7, 8, 0xA, 0xB})
    void controllerFeature_setForANamespaceIsRefused(Host host, long feature) {
        host.start();
        Expect.refused(
                host.admin(Commands.setFeature((int) feature, 0).nsid(1)),
                Status.FEATURE_NOT_NAMESPACE_SPECIFIC);
    }

    @Clause(
            value = "Base §5.15",
            otherwise = "A tool that always passes a namespace cannot read this feature.",
            values = {1, 2, 4, 6, 7, 8, 0xA, 0xB})
    void controllerFeature_getForANamespaceReturnsTheValue(Host host, long feature) {
        host.start();
        int value = current(host, (int) feature);
        Expect.equal(
                "the value", host.adminOk(Commands.getFeature((int) feature).nsid(1)).dw0(), value);
    }

    @Clause(
            value = "Base §5.15",
            otherwise = "A tool reads the setting of no namespace at all.",
            values = {0, 0xFFFF_FFFEL, 0xFFFF_FFFFL})
    void namespaceFeature_getForNoNamespaceIsRefused(Host host, long id) {
        host.start();
        Expect.refused(
                host.admin(Commands.getFeature(ERROR_RECOVERY).nsid((int) id)),
                Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(
            value = "Base §5.27",
            otherwise = "A tool changes the setting of no namespace at all and is told it did.",
            values = {0, 0xFFFF_FFFEL})
    void namespaceFeature_setForNoNamespaceIsRefused(Host host, long id) {
        host.start();
        Expect.refused(
                host.admin(Commands.setFeature(ERROR_RECOVERY, 1).nsid((int) id)),
                Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(value = "Base §5.27", otherwise = "A setting for one namespace changes another one.")
    void namespaceFeature_isSetForEachNamespaceAlone(Bench bench) {
        Host host = bench.start(twoNamespaces());
        host.adminOk(Commands.setFeature(ERROR_RECOVERY, 0x20).nsid(2));
        Expect.equal("of 1", host.adminOk(Commands.getFeature(ERROR_RECOVERY).nsid(1)).dw0(), 0);
        Expect.equal("of 2", host.adminOk(Commands.getFeature(ERROR_RECOVERY).nsid(2)).dw0(), 0x20);
    }

    @Clause(
            value = "Base §5.27",
            otherwise = "A tool that sets all namespaces at once leaves some as they were.")
    void namespaceFeature_setForAllNamespacesSetsEach(Bench bench) {
        Host host = bench.start(twoNamespaces());
        host.adminOk(Commands.setFeature(ERROR_RECOVERY, 0x20).nsid(-1));
        for (int id = 1; id <= 2; id++) {
            Expect.equal(
                    "of namespace " + id,
                    host.adminOk(Commands.getFeature(ERROR_RECOVERY).nsid(id)).dw0(),
                    0x20);
        }
    }

    private static DeviceShape twoNamespaces() {
        return DeviceShape.DEFAULT.withNamespaces(
                new NamespaceShape(1 << 12, 9), new NamespaceShape(1 << 12, 9));
    }

    @Clause(
            value = "Base §5.27",
            level = Level.MAY,
            otherwise = "A driver cannot learn the result of Set Features from DW0 alone.",
            values = {2, 4, 6, 8, 0xA, 0xB})
    void setFeatures_returnsZeroInDw0(Host host, long feature) {
        host.start();
        int value = current(host, (int) feature);
        Expect.equal("DW0", host.adminOk(set((int) feature, value)).dw0(), 0);
    }
}
