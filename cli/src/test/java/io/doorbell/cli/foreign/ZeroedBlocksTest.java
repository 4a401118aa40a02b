package io.doorbell.cli.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.device.SimulatedDevices;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

class ZeroedBlocksTest {
    private static final int BLOCK_BYTES = 512;
    private static final long BLOCKS = 16 << 20 >> 9;

    @ParameterizedTest
    @CsvSource({
        "true,  131072, 1024", // two batches of Write Zeroes
        "true,    4096,    2", // one command at a time
        "false, 131072, 1024",
        "false,   4096,   64"
    })
    void everyBlock_isZeroAfterwards(
            boolean byWriteZeroes, long transferBytesMax, int queueEntriesMax) {
        List<Long> told = new ArrayList<>();
        try (SimulatedDevices devices = new SimulatedDevices();
                PciFunction function = devices.powerOn(DeviceShape.DEFAULT)) {
            Host host = new Host(function).start();
            HostQueue queue = host.createPair(1, 64);
            long written = host.memory().pages(1);
            host.memory().fillRandom(written, BLOCK_BYTES, 7);
            List<Long> lbas = List.of(0L, 7L, 8L, 63L * 8, 255L, 256L, BLOCKS / 2, BLOCKS - 1);
            lbas.forEach(lba -> Expect.success(queue.run(Commands.write(1, lba, 1, written))));
            function.reset();

            new ZeroedBlocks(
                            1,
                            BLOCKS,
                            BLOCK_BYTES,
                            transferBytesMax,
                            queueEntriesMax,
                            byWriteZeroes)
                    .make(new Host(function), told::add);

            function.reset();
            Host after = new Host(function).start();
            HostQueue looking = after.createPair(1, 64);
            long read = after.memory().pages(1);
            for (long lba : lbas) {
                after.memory().fillRandom(read, BLOCK_BYTES, 8);
                Expect.success(looking.run(Commands.read(1, lba, 1, read)));
                assertThat(after.memory().bytes(read, BLOCK_BYTES))
                        .as("block %d", lba)
                        .containsOnly(0);
            }
        }
        assertThat(told).isSorted().endsWith(BLOCKS);
    }
}
