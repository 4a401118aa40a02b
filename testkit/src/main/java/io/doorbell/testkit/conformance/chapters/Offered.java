package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.NumberOfQueues;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Host;

/** How many of something the device has, for tests of one too many. */
final class Offered {
    private Offered() {}

    /** The test goes on only if the device has no such vector. */
    static void noVector(Host host, long vector) {
        int capability = host.findCapability(CapabilityHeader.ID_MSIX);
        int control = host.config(capability + MsixCapability.CONTROL_OFFSET_BYTES, 2);
        NotApplicable.unless(
                vector > (control & (MsixCapability.VECTORS_MAX - 1)),
                "the device has a vector " + vector);
    }

    /** The test goes on only if no I/O queue of the device has this id. */
    static void noQueue(Host host, long id) {
        int queues = host.adminOk(Commands.getFeature(FeatureId.NUMBER_OF_QUEUES)).dw0();
        int most =
                Math.max(
                        NumberOfQueues.submissionQueues(queues),
                        NumberOfQueues.completionQueues(queues));
        NotApplicable.unless(id == 0 || id > most, "the device has a queue " + id);
    }
}
