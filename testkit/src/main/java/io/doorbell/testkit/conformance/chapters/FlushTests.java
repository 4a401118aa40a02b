package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Status;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;

/** Flush (Base §7.1). */
@Chapter("Flush")
final class FlushTests {
    @Clause(value = "Base §7.1", otherwise = "Every fsync of the host fails.")
    void flush_succeeds(Bench bench) {
        Disk disk = Disk.of(bench);
        byte[] content = disk.store(9, 4, 1);
        disk.ok(Commands.flush(Disk.NSID));
        disk.expectContent("what was flushed", 9, content);
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A host that flushes all namespaces at once loses what one of them held.")
    void broadcastFlush_isAnsweredAsVwcSays(Bench bench) {
        Disk disk = Disk.of(bench);
        int broadcast = disk.controller().volatileWriteCache() & 6;
        Completion completion = disk.run(Commands.flush(-1));
        if (broadcast == IdentifyController.VWC_BROADCAST_FLUSH_SUPPORTED) {
            Expect.success(completion);
        } else {
            Expect.refused(completion, Status.INVALID_NAMESPACE_OR_FORMAT);
        }
    }

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A host cannot know whether a Flush of all namespaces is allowed.")
    void vwc_saysWhetherBroadcastFlushIsSupported(Bench bench) {
        int broadcast = Disk.of(bench).controller().volatileWriteCache() & 6;
        Expect.that("VWC bits 2:1 are 10b or 11b", broadcast >= 4);
    }

    @Clause(
            value = "Base §7.1",
            otherwise = "A Flush with garbage where it has no data makes the device access it.")
    void flush_ignoresItsDataPointer(Bench bench) {
        Disk disk = Disk.of(bench);
        disk.ok(
                Commands.flush(Disk.NSID)
                        .prp1(disk.memory().nowhere() + 3)
                        .prp2(disk.memory().nowhere() + 5));
    }
}
