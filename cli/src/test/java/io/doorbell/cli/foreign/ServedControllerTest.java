package io.doorbell.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.vfiouser.client.MemoryAccess;
import io.doorbell.vfiouser.client.VfioUserFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** What one machine leaves to the next. */
@Timeout(60)
class ServedControllerTest {
    private static final int BLOCK_BYTES = 512;

    @TempDir private Path folder = Path.of("");

    private Host machine() throws Exception {
        return new Host(VfioUserFunction.powerOn(ServedDevice.path(folder), MemoryAccess.MAPPED));
    }

    @Test
    void eachMachine_findsItFreshlyPoweredOn_withTheBlocksOfTheLast() throws Exception {
        try (ServedDevice _ = ServedDevice.start(folder)) {
            byte[] written;
            try (Host first = machine().start()) {
                HostQueue queue = first.createPair(1, 16);
                long page = first.memory().pages(1);
                written = first.memory().fillRandom(page, BLOCK_BYTES, 7);
                Expect.success(queue.run(Commands.write(1, 5, 1, page)));
                first.adminOk(Commands.setFeature(FeatureId.INTERRUPT_COALESCING, 0x0305));
            }

            try (Host next = machine()) {
                assertThat(next.csts()).isEqualTo(-1); // decodes nothing yet
                next.start();
                assertThat(next.adminOk(Commands.getFeature(FeatureId.INTERRUPT_COALESCING)).dw0())
                        .isZero();
                HostQueue queue = next.createPair(1, 16);
                long page = next.memory().pages(1);
                Expect.success(queue.run(Commands.read(1, 5, 1, page)));
                assertThat(next.memory().bytes(page, BLOCK_BYTES)).isEqualTo(written);
            }
        }
    }

    @Test
    void machineThatGoesWithCommandsUnderWay_isFollowedByTheNext() throws Exception {
        try (ServedDevice _ = ServedDevice.start(folder)) {
            for (int i = 0; i < 5; i++) {
                try (Host machine = machine().start()) {
                    HostQueue queue = machine.createPair(1, 64);
                    long data = machine.memory().pages(32);
                    for (int command = 0; command < 63; command++) {
                        queue.put(Commands.write(1, command, 8, data));
                    }
                    queue.ring(); // and gone
                }
            }
            try (Host last = machine().start()) {
                long page = last.memory().pages(1);
                Expect.success(last.createPair(1, 16).run(Commands.read(1, 0, 8, page)));
            }
        }
    }
}
