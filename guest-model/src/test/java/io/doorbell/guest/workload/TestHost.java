package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Drives a source against a disk as a queue would: submits while it may, completes in random order.
 * Time moves only when the source asks for it. Records what was submitted.
 */
final class TestHost {
    record Submitted(Operation operation, long lba, long count, long atNanos) {}

    private record Command(IoRequest request, MemorySegment data) {}

    private final IoSource source;
    private final MemoryDisk disk;
    private final NamespaceGeometry geometry;
    private final RandomStream random;
    private final List<Command> outstanding = new ArrayList<>();
    final List<Submitted> submitted = new ArrayList<>();
    int outstandingMax;
    private long nowNanos;

    TestHost(IoSource source, MemoryDisk disk, NamespaceGeometry geometry, long seed) {
        this.source = source;
        this.disk = disk;
        this.geometry = geometry;
        this.random = new RandomStream(seed);
    }

    /** Runs to the end and returns the result. */
    WorkloadResult run() {
        return run(Integer.MAX_VALUE);
    }

    /** Runs until so many were submitted, then tells the source to finish, and on to the end. */
    WorkloadResult run(int finishAfter) {
        IoSource.Offer offer = submitSome(finishAfter);
        while (offer != IoSource.Offer.END || !outstanding.isEmpty()) {
            if (outstanding.isEmpty()) {
                assertThat(source.nextDueNanos()).isGreaterThan(nowNanos).isLessThan(1L << 60);
                nowNanos = source.nextDueNanos();
            } else {
                completeOne();
            }
            offer = submitSome(finishAfter);
        }
        return source.result();
    }

    private IoSource.Offer submitSome(int finishAfter) {
        while (true) {
            if (submitted.size() == finishAfter) {
                source.finish();
            }
            IoRequest request = new IoRequest();
            IoSource.Offer offer = source.next(request, nowNanos);
            if (offer != IoSource.Offer.REQUEST) {
                return offer;
            }
            submit(request);
        }
    }

    private void submit(IoRequest request) {
        long bytes =
                request.operation().transfersData()
                        ? request.blockCount() * geometry.blockBytes()
                        : 0;
        assertThat(bytes).isLessThanOrEqualTo(geometry.transferMaxBytes());
        MemorySegment data = Arena.ofAuto().allocate(bytes, 8);
        if (request.operation() == Operation.WRITE) {
            source.stamp(request, data);
        }
        for (Command other : outstanding) {
            if (source.verifiesData()) {
                assertThat(conflict(request, other.request)).as("%s", request).isFalse();
            }
        }
        outstanding.add(new Command(request, data));
        outstandingMax = Math.max(outstandingMax, outstanding.size());
        submitted.add(
                new Submitted(
                        request.operation(), request.startLba(), request.blockCount(), nowNanos));
    }

    private void completeOne() {
        Command command = outstanding.remove((int) random.nextBelow(outstanding.size()));
        int status = disk.execute(command.request, command.data);
        source.completed(command.request, status, command.data);
    }

    private static boolean conflict(IoRequest one, IoRequest other) {
        return HazardWindow.conflict(
                one.operation(),
                one.startLba(),
                one.startLba() + one.blockCount(),
                other.operation(),
                other.startLba(),
                other.startLba() + other.blockCount());
    }
}
