package io.doorbell.testkit.examples;

import io.doorbell.spec.Status;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.junit.Device;
import io.doorbell.testkit.junit.Device.Namespace;
import io.doorbell.testkit.junit.DoorbellExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(DoorbellExtension.class)
@Device(namespaces = @Namespace(blocks = 1000, blockSizeLog2 = 12))
class RefusedReadTest {
    @Test
    void readPastTheEnd_storesNothing(Host host) {
        HostQueue queue = host.start().createPair(1, 64);
        long page = host.memory().pages(1);

        host.expectNoMemoryWrite(
                page,
                4096,
                () ->
                        Expect.status(
                                queue.run(Commands.read(1, 1000, 1, page)),
                                Status.LBA_OUT_OF_RANGE));
    }

    @Test
    @Device(queuePairs = 2)
    void queueThatDoesNotExist_isNotCreated(Host host) {
        host.start();
        Expect.status(
                host.admin(Commands.createCompletionQueue(3, 64, host.memory().pages(1), 0)),
                Status.INVALID_QUEUE_IDENTIFIER);
    }
}
