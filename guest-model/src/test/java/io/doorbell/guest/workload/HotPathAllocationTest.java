package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A request costs no garbage, with or without verification. */
class HotPathAllocationTest {
    private static final NamespaceGeometry MIB_192 = new NamespaceGeometry(192 << 11, 512, 1 << 20);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final MemorySegment disk = Arena.ofAuto().allocate(1 << 20, 8);
    private final MemorySegment data = Arena.ofAuto().allocate(1 << 20, 8);
    private final IoRequest request = new IoRequest();

    @Test
    void verifyingJob_allocatesNothingPerRequest() {
        IoSource source =
                FioJob.named("j")
                        .rw(ReadWrite.RANDRW)
                        .sizeBytes(1 << 20) // small, so that its ledger exists after the warm-up
                        .verify(true)
                        .timeBased(true)
                        .fsync(8)
                        .build()
                        .source(MIB_192);
        drive(source, 3000);
        assertThat(allocatedBytes(source, 3000)).isLessThan(3000);
        assertThat(source.result().isClean()).isTrue();
    }

    @Test
    void replay_allocatesNothingPerRequest() throws IOException {
        Iolog life =
                IologReader.read(
                        Path.of("../traces/linux-ext4-life.iolog"), MIB_192, TimeUnit.MILLISECONDS);
        IologReplay replay =
                new IologReplay(
                        life,
                        MIB_192,
                        new IologReplay.Options(IologReplay.Pace.FULL_SPEED, 1, false, 1));
        drive(replay, 500);
        assertThat(allocatedBytes(replay, 2500)).isLessThan(2500);
    }

    private long allocatedBytes(IoSource source, int requests) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        drive(source, requests);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private void drive(IoSource source, int requests) {
        for (int i = 0; i < requests; i++) {
            if (source.next(request, 0) != IoSource.Offer.REQUEST) {
                throw new AssertionError("no request " + i);
            }
            if (source.verifiesData()) {
                execute(source);
            }
            source.completed(request, 0, data);
        }
    }

    private void execute(IoSource source) {
        long at = request.startLba() * 512;
        long bytes = request.blockCount() * 512;
        if (request.operation() == Operation.WRITE) {
            source.stamp(request, data);
            MemorySegment.copy(data, 0, disk, at, bytes);
        } else if (request.operation() == Operation.READ) {
            MemorySegment.copy(disk, at, data, 0, bytes);
        }
    }
}
