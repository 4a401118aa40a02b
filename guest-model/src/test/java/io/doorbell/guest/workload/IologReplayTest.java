package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.doorbell.guest.workload.IologReplay.Options;
import io.doorbell.guest.workload.IologReplay.Pace;
import io.doorbell.guest.workload.TestHost.Submitted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

class IologReplayTest {
    private static final NamespaceGeometry SMALL = new NamespaceGeometry(2048, 512, 4096);
    private static final NamespaceGeometry MIB_192 =
            new NamespaceGeometry(192 << 11, 512, 128 << 10);
    private static final Path LINUX_LIFE = Path.of("../traces/linux-ext4-life.iolog");
    private static final Options FAST = new Options(Pace.FULL_SPEED, 32, true, 1);

    private static Iolog log(String... lines) {
        String text = "fio version 3 iolog\n0 d add\n0 d open\n" + String.join("\n", lines);
        try {
            return IologReader.read("x", new StringReader(text), SMALL, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theLifeOfALinuxFileSystem_hasTheCountsOfItsReadme() throws IOException {
        Iolog life = IologReader.read(LINUX_LIFE, MIB_192, TimeUnit.MILLISECONDS);
        assertThat(life.entries()).hasSize(3048);
        assertThat(life.entries().getLast().atNanos()).isEqualTo(4_901_000_000L);
        assertThat(megabytes(life, Operation.WRITE)).isEqualTo(94);
        assertThat(megabytes(life, Operation.READ)).isEqualTo(77);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32})
    void theLifeOfALinuxFileSystem_replaysWithEveryBlockRight(int iodepth) throws IOException {
        Iolog life = IologReader.read(LINUX_LIFE, MIB_192, TimeUnit.MILLISECONDS);
        MemoryDisk disk = new MemoryDisk(MIB_192);
        IologReplay replay =
                new IologReplay(life, MIB_192, new Options(Pace.FULL_SPEED, iodepth, true, 7));
        TestHost host = new TestHost(replay, disk, MIB_192, iodepth);
        WorkloadResult result = host.run();
        assertThat(result.firstFailures()).isEmpty();
        assertThat(result.isClean()).isTrue();
        assertThat(result.of(Operation.WRITE).bytes()).isEqualTo(93_798_400);
        assertThat(result.of(Operation.READ).bytes()).isEqualTo(77_116_416);
        assertThat(result.of(Operation.FLUSH).requests()).isEqualTo(173);
        assertThat(result.of(Operation.DEALLOCATE).requests()).isEqualTo(52);
        assertThat(result.verifiedBlocks()).isEqualTo(77_116_416 / 512);
        assertThat(host.outstandingMax).isLessThanOrEqualTo(iodepth);
        ImageCheck.Report image =
                ImageCheck.check(
                        MIB_192,
                        List.of(replay.verifier().orElseThrow()),
                        (lba, count, into) -> into.copyFrom(disk.at(lba, count)));
        assertThat(image.firstFailures()).isEmpty();
        assertThat(image.comparedBlocks()).isEqualTo(MIB_192.blockCount());
    }

    private static long megabytes(Iolog log, Operation operation) {
        long blocks =
                log.entries().stream()
                        .filter(entry -> entry.operation() == operation)
                        .mapToLong(Iolog.Entry::blockCount)
                        .sum();
        return Math.round(blocks * 512 / 1e6);
    }

    @Test
    void longTransfers_areSplitAndDeallocatesAreNot() {
        TestHost host =
                host(log("0 d write 0 10240", "0 d read 65536 8192", "0 d trim 0 1048576"), FAST);
        assertThat(host.run().isClean()).isTrue();
        assertThat(host.submitted)
                .extracting(Submitted::operation, Submitted::lba, Submitted::count)
                .containsExactly(
                        tuple(Operation.WRITE, 0L, 8L),
                        tuple(Operation.WRITE, 8L, 8L),
                        tuple(Operation.WRITE, 16L, 4L),
                        tuple(Operation.READ, 128L, 8L),
                        tuple(Operation.READ, 136L, 8L),
                        tuple(Operation.DEALLOCATE, 0L, 2048L));
    }

    @Test
    void aDeallocateLargerThanARange_isSplitAtTheRangeLimit() throws IOException {
        NamespaceGeometry vast = new NamespaceGeometry(1L << 34, 512, 4096);
        String text = "fio version 2 iolog\nd add\nd open\nd trim 0 " + (6L << 41) / 3 + "\n";
        Iolog log = IologReader.read("x", new StringReader(text), vast, TimeUnit.MILLISECONDS);
        IologReplay replay = new IologReplay(log, vast, FAST);
        IoRequest first = new IoRequest();
        IoRequest second = new IoRequest();
        assertThat(replay.next(first, 0)).isEqualTo(IoSource.Offer.REQUEST);
        assertThat(replay.next(second, 0)).isEqualTo(IoSource.Offer.REQUEST);
        assertThat(first.blockCount()).isEqualTo((1L << 32) - 1);
        assertThat(second.startLba()).isEqualTo((1L << 32) - 1);
        assertThat(second.blockCount()).isEqualTo((1L << 32) - 1);
    }

    @Test
    void conflictingOperations_waitAndOthersOvertake() {
        IologReplay replay =
                new IologReplay(
                        log(
                                "0 d write 0 512",
                                "0 d read 0 512",
                                "0 d write 0 512",
                                "0 d sync",
                                "0 d read 512 512"),
                        SMALL,
                        FAST);
        List<IoRequest> offered = offers(replay);
        assertThat(offered)
                .extracting(IoRequest::operation)
                .containsExactly(Operation.WRITE, Operation.FLUSH, Operation.READ);
        assertThat(offered.getLast().startLba()).isEqualTo(1);
        assertThat(replay.nextDueNanos()).isEqualTo(Long.MAX_VALUE);
        replay.completed(offered.getFirst(), 4, null);
        assertThat(offers(replay)).extracting(IoRequest::operation).containsExactly(Operation.READ);
    }

    private static List<IoRequest> offers(IoSource source) {
        List<IoRequest> offered = new ArrayList<>();
        IoRequest request = new IoRequest();
        while (source.next(request, 0) == IoSource.Offer.REQUEST) {
            offered.add(request);
            request = new IoRequest();
        }
        return offered;
    }

    @Test
    void recordedPace_issuesEachAtItsTime() {
        TestHost host =
                host(
                        log("0 d write 0 512", "3 d write 512 512", "3 d sync", "9 d read 0 512"),
                        new Options(Pace.RECORDED, 4, true, 1));
        assertThat(host.run().isClean()).isTrue();
        assertThat(host.submitted)
                .extracting(Submitted::atNanos)
                .containsExactly(0L, 3_000_000L, 3_000_000L, 9_000_000L);
    }

    @Test
    void recordedPace_startsWithTheFirstCall() {
        IologReplay replay =
                new IologReplay(log("2 d sync"), SMALL, new Options(Pace.RECORDED, 1, false, 1));
        IoRequest request = new IoRequest();
        assertThat(replay.next(request, -5)).isEqualTo(IoSource.Offer.LATER);
        assertThat(replay.nextDueNanos()).isEqualTo(1_999_995);
        assertThat(replay.next(request, 1_999_994)).isEqualTo(IoSource.Offer.LATER);
        assertThat(replay.next(request, 1_999_995)).isEqualTo(IoSource.Offer.REQUEST);
        assertThat(replay.next(request, 1_999_995)).isEqualTo(IoSource.Offer.LATER);
        replay.completed(request, 0, null);
        assertThat(replay.next(request, 1_999_996)).isEqualTo(IoSource.Offer.END);
    }

    @Test
    void finish_letsTheWindowRunOut() {
        String[] lines = new String[1000];
        Arrays.setAll(lines, i -> "0 d write " + i * 512 + " 512");
        TestHost host = host(log(lines), new Options(Pace.FULL_SPEED, 1, true, 1));
        host.run(10);
        assertThat(host.submitted).hasSizeBetween(10, 10 + 1 + IologReplay.LOOKAHEAD);
    }

    @Test
    void aFailure_namesItsLine() {
        IologReplay replay = new IologReplay(log("0 d sync", "0 d write 0 512"), SMALL, FAST);
        offers(replay).forEach(request -> replay.completed(request, 0x4002, null));
        assertThat(replay.result().errors()).isEqualTo(2);
        assertThat(replay.result().firstFailures())
                .extracting(WorkloadResult.Failure::detail)
                .containsExactly(
                        "x:4: FLUSH failed with status 4002h",
                        "x:5: WRITE of 1 blocks from LBA 0 failed with status 4002h");
    }

    private static TestHost host(Iolog log, Options options) {
        return new TestHost(new IologReplay(log, SMALL, options), new MemoryDisk(SMALL), SMALL, 1);
    }
}
