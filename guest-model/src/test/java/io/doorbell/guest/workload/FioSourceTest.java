package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.guest.workload.TestHost.Submitted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

class FioSourceTest {
    private static final NamespaceGeometry MIB_4 = new NamespaceGeometry(8192, 512, 65536);
    private static final int UNITS = 1024; // of 4 KiB

    private static FioJob.Builder job(ReadWrite rw) {
        return FioJob.named("j").rw(rw);
    }

    private static TestHost host(FioJob.Builder job) {
        return new TestHost(job.build().source(MIB_4), new MemoryDisk(MIB_4), MIB_4, 3);
    }

    private static List<Submitted> run(FioJob.Builder job) {
        TestHost host = host(job);
        assertThat(host.run().isClean()).isTrue();
        return host.submitted;
    }

    private static List<Long> units(List<Submitted> submitted) {
        return submitted.stream().map(each -> each.lba() / 8).toList();
    }

    private static List<Long> allUnits() {
        return LongStream.range(0, UNITS).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"READ", "WRITE", "TRIM"})
    void sequentialJob_coversItsSliceInOrder(ReadWrite rw) {
        List<Submitted> submitted = run(job(rw).iodepth(8));
        assertThat(units(submitted)).isEqualTo(allUnits());
        assertThat(submitted)
                .allSatisfy(
                        each -> {
                            assertThat(each.operation()).isEqualTo(rw.firstOperation());
                            assertThat(each.count()).isEqualTo(8);
                        });
    }

    @ParameterizedTest
    @EnumSource(names = {"RANDREAD", "RANDWRITE", "RANDTRIM", "RANDRW"})
    void randomJob_hitsEachUnitOncePerLoop(ReadWrite rw) {
        List<Long> units = units(run(job(rw).iodepth(8).loops(2)));
        assertThat(units.subList(0, UNITS)).containsExactlyInAnyOrderElementsOf(allUnits());
        assertThat(units.subList(UNITS, 2 * UNITS))
                .containsExactlyInAnyOrderElementsOf(allUnits())
                .isNotEqualTo(units.subList(0, UNITS));
    }

    @Test
    void norandommap_repeatsSomeUnitsAndMissesOthers() {
        long distinct =
                units(run(job(ReadWrite.RANDREAD).norandommap(true))).stream().distinct().count();
        // 1 - 1/e of them on average
        assertThat(distinct).isBetween(600L, 695L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 70, 100})
    void rwmixread_isTheShareOfReads(int percent) {
        for (ReadWrite rw : List.of(ReadWrite.RW, ReadWrite.RANDRW)) {
            List<Submitted> submitted = run(job(rw).rwmixread(percent).loops(10));
            long reads =
                    submitted.stream().filter(each -> each.operation() == Operation.READ).count();
            assertThat(reads * 100.0 / submitted.size()).isBetween(percent - 2.0, percent + 2.0);
        }
    }

    @Test
    void sequentialMix_keepsOnePositionForReadsAndOneForWrites() {
        List<Submitted> submitted = run(job(ReadWrite.RW));
        for (Operation operation : List.of(Operation.READ, Operation.WRITE)) {
            List<Long> units =
                    units(submitted.stream().filter(e -> e.operation() == operation).toList());
            assertThat(units).isEqualTo(allUnits().subList(0, units.size()));
        }
        assertThat(submitted).hasSize(UNITS);
    }

    @ParameterizedTest
    @EnumSource(names = {"TRIMWRITE", "RANDTRIMWRITE"})
    void trimwrite_deallocatesThenWritesEachUnit(ReadWrite rw) {
        List<Submitted> submitted = run(job(rw).iodepth(16));
        assertThat(submitted).hasSize(2 * UNITS);
        for (int i = 0; i < submitted.size(); i += 2) {
            assertThat(submitted.get(i).operation()).isEqualTo(Operation.DEALLOCATE);
            assertThat(submitted.get(i + 1).operation()).isEqualTo(Operation.WRITE);
            assertThat(submitted.get(i + 1).lba()).isEqualTo(submitted.get(i).lba());
        }
    }

    @Test
    void theSameSeed_givesTheSameRequestsAndAnotherSeedOthers() {
        FioJob.Builder job = job(ReadWrite.RANDRW).iodepth(8).loops(3);
        List<Submitted> first = run(job.randseed(5));
        assertThat(run(job.randseed(5))).isEqualTo(first);
        assertThat(run(job.randseed(6))).isNotEqualTo(first);
    }

    @Test
    void numberIos_onlyShortens() {
        assertThat(run(job(ReadWrite.RANDREAD).numberIos(10))).hasSize(10);
        assertThat(run(job(ReadWrite.READ).numberIos(5000))).hasSize(UNITS);
    }

    @Test
    void timeBasedJob_goesOnUntilFinish() {
        TestHost host = host(job(ReadWrite.WRITE).timeBased(true).iodepth(4));
        assertThat(host.run(3 * UNITS + 5).requests()).isEqualTo(3 * UNITS + 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64})
    void iodepth_isReachedAndNeverExceeded(int iodepth) {
        TestHost host = host(job(ReadWrite.RANDWRITE).iodepth(iodepth));
        host.run();
        assertThat(host.outstandingMax).isEqualTo(iodepth);
    }

    @Test
    void fsync_flushesAfterSoManyWritesAndHoldsNewOnesBack() {
        IoSource source = job(ReadWrite.WRITE).iodepth(8).fsync(3).build().source(MIB_4);
        List<IoRequest> offered = new ArrayList<>();
        IoRequest request = new IoRequest();
        while (source.next(request, 0) == IoSource.Offer.REQUEST) {
            offered.add(request);
            request = new IoRequest();
        }
        assertThat(offered)
                .extracting(IoRequest::operation)
                .containsExactly(
                        Operation.WRITE, Operation.WRITE, Operation.WRITE, Operation.FLUSH);
        source.completed(offered.getFirst(), 0, null);
        assertThat(source.next(request, 0)).isEqualTo(IoSource.Offer.LATER);
        source.completed(offered.getLast(), 0, null);
        assertThat(source.next(request, 0)).isEqualTo(IoSource.Offer.REQUEST);
        assertThat(request.operation()).isEqualTo(Operation.WRITE);
    }

    @Test
    void fsync_isNotCountedAndComesAfterTheLastWrite() {
        List<Submitted> submitted = run(job(ReadWrite.WRITE).fsync(2).numberIos(4));
        assertThat(submitted)
                .extracting(Submitted::operation)
                .containsExactly(
                        Operation.WRITE,
                        Operation.WRITE,
                        Operation.FLUSH,
                        Operation.WRITE,
                        Operation.WRITE,
                        Operation.FLUSH);
    }

    @Test
    void rateIops_spacesRequestsAndMakesUpForStalls() {
        List<Submitted> submitted = run(job(ReadWrite.READ).rateIops(3).numberIos(4));
        assertThat(submitted)
                .extracting(Submitted::atNanos)
                .containsExactly(0L, 333_333_333L, 666_666_666L, 1_000_000_000L);
        IoSource source = job(ReadWrite.READ).rateIops(1000).iodepth(9).build().source(MIB_4);
        IoRequest request = new IoRequest();
        assertThat(source.next(request, -7)).isEqualTo(IoSource.Offer.REQUEST);
        for (int i = 0; i < 3; i++) { // due after 1, 2 and 3 ms
            assertThat(source.next(request, 3_000_000)).isEqualTo(IoSource.Offer.REQUEST);
        }
        assertThat(source.next(request, 3_000_000)).isEqualTo(IoSource.Offer.LATER);
        assertThat(source.nextDueNanos()).isEqualTo(3_999_993);
    }

    @ParameterizedTest
    @EnumSource(ReadWrite.class)
    void everyJob_verifiesCleanOnAGoodDisk(ReadWrite rw) {
        for (int bsBlocks : new int[] {1, 7, 128}) {
            TestHost host =
                    host(
                            job(rw).verify(true)
                                    .bsBytes(bsBlocks * 512L)
                                    .offsetBytes(512)
                                    .sizeBytes(56 * 512L * bsBlocks)
                                    .iodepth(16)
                                    .norandommap(bsBlocks == 7)
                                    .fsync(bsBlocks == 128 ? 5 : 0)
                                    .loops(3));
            WorkloadResult result = host.run();
            assertThat(result.firstFailures()).isEmpty();
            assertThat(result.isClean()).isTrue();
            assertThat(result.verifiedBlocks()).isGreaterThan(0);
        }
    }

    @Test
    void readBack_readsWhatWasChangedAndNothingElse() {
        TestHost host = host(job(ReadWrite.RANDWRITE).verify(true).iodepth(4).numberIos(10));
        WorkloadResult result = host.run();
        assertThat(result.of(Operation.WRITE).requests()).isEqualTo(10);
        assertThat(result.verifiedBlocks()).isEqualTo(80);
        assertThat(result.of(Operation.READ).bytes()).isEqualTo(10 * 4096);
    }

    @Test
    void withoutVerify_nobodyAsksForData() {
        IoSource source = job(ReadWrite.RANDRW).iodepth(2).timeBased(true).build().source(MIB_4);
        assertThat(source.verifiesData()).isFalse();
        assertThat(source.verifier()).isEmpty();
        IoRequest request = new IoRequest();
        for (int i = 0; i < 100_000; i++) {
            assertThat(source.next(request, 0)).isEqualTo(IoSource.Offer.REQUEST);
            source.completed(request, 0, null);
        }
        assertThat(source.result().requests()).isEqualTo(100_000);
    }
}
