package io.doorbell.testkit.examples;

import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.junit.DoorbellExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DoorbellErrorTest {
    @RegisterExtension
    static final DoorbellExtension DOORBELL =
            DoorbellExtension.withShape(DeviceShape.DEFAULT.withQueuePairs(2));

    @Test
    void tailOutOfRange_isReportedAndChangesNothingElse(Host host) {
        HostQueue queue = host.start().createPair(1, 64);
        queue.ring(64); // slots are 0 to 63
        host.expectAsyncEvent(AsynchronousEvent.TYPE_ERROR, 1, LogPageId.ERROR_INFORMATION);
        Expect.success(queue.run(Commands.flush(1)));
    }

    @Test
    void everyStride_hasItsDoorbells(Bench bench) {
        for (int stride = 0; stride <= 10; stride++) {
            Host host = bench.start(DeviceShape.DEFAULT.withDoorbellStride(stride));
            Expect.success(host.createPair(1, 64).run(Commands.flush(1)));
            host.expectNoAsyncEvent(1_000_000);
        }
    }
}
