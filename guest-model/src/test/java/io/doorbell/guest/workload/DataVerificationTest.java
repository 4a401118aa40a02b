package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.guest.workload.WorkloadResult.Failure;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Each way a disk can lose, mix up or damage data is noticed, and named for what it is. */
class DataVerificationTest {
    private static final int BLOCK = 512;
    private static final NamespaceGeometry GEOMETRY = new NamespaceGeometry(64, BLOCK, 4096);

    /** Two loops of sequential one-block writes over LBA 0 to 7: versions 1 to 8, then 9 to 16. */
    private static FioJob.Builder twice() {
        return FioJob.named("twice")
                .rw(ReadWrite.WRITE)
                .bsBytes(BLOCK)
                .sizeBytes(8 * BLOCK)
                .loops(2)
                .verify(true);
    }

    private static WorkloadResult run(FioJob.Builder job, MemoryDisk disk) {
        return new TestHost(job.build().source(GEOMETRY), disk, GEOMETRY, 1).run();
    }

    private static String onlyFailure(MemoryDisk disk) {
        WorkloadResult result = run(twice(), disk);
        assertThat(result.wrongBlocks()).isEqualTo(1);
        assertThat(result.isClean()).isFalse();
        return result.firstFailures().getFirst().detail();
    }

    /** A disk that does its n-th write (from 1) in its own way. */
    private abstract static class WrongOnce extends MemoryDisk {
        private final int wrongWrite;
        private int writes;

        WrongOnce(int wrongWrite) {
            super(GEOMETRY);
            this.wrongWrite = wrongWrite;
        }

        @Override
        int write(long lba, long count, MemorySegment from) {
            return ++writes == wrongWrite ? wrong(lba, from) : super.write(lba, count, from);
        }

        abstract int wrong(long lba, MemorySegment from);
    }

    @Test
    void lostWrites_areZeros() {
        MemoryDisk deafAtBlock2 =
                new MemoryDisk(GEOMETRY) {
                    @Override
                    int write(long lba, long count, MemorySegment from) {
                        return lba == 2 ? 0 : super.write(lba, count, from);
                    }
                };
        assertThat(onlyFailure(deafAtBlock2))
                .isEqualTo(
                        "job 'twice': LBA 2: expected version 11, found zeros: its write was lost");
    }

    @Test
    void lostOverwrite_isStale() {
        assertThat(
                        onlyFailure(
                                new WrongOnce(11) {
                                    @Override
                                    int wrong(long lba, MemorySegment from) {
                                        return 0;
                                    }
                                }))
                .isEqualTo(
                        "job 'twice': LBA 2: expected version 11, found the older version 3: stale"
                                + " data or a lost write");
    }

    @Test
    void tornWrite_isTwoVersions() {
        assertThat(
                        onlyFailure(
                                new WrongOnce(11) {
                                    @Override
                                    int wrong(long lba, MemorySegment from) {
                                        at(lba, 1).asSlice(0, 256).copyFrom(from.asSlice(0, 256));
                                        return 0;
                                    }
                                }))
                .isEqualTo(
                        "job 'twice': LBA 2: expected version 11, found a torn block: version 11 of"
                                + " LBA 2 up to byte 255, version 3 from byte 256");
    }

    @Test
    void misdirectedWrite_isFoundInBothPlaces() {
        WorkloadResult result =
                run(
                        twice(),
                        new WrongOnce(15) {
                            @Override
                            int wrong(long lba, MemorySegment from) {
                                at(2, 1).copyFrom(from.asSlice(0, BLOCK));
                                return 0;
                            }
                        });
        assertThat(result.firstFailures())
                .extracting(Failure::detail)
                .containsExactly(
                        "job 'twice': LBA 2: expected version 11, found the data of LBA 6 (version"
                                + " 15, seed 1): a misdirected read or write",
                        "job 'twice': LBA 6: expected version 15, found the older version 7: stale"
                                + " data or a lost write");
    }

    @Test
    void flippedBit_isDamage() {
        assertThat(
                        onlyFailure(
                                new WrongOnce(11) {
                                    @Override
                                    int wrong(long lba, MemorySegment from) {
                                        from.set(ValueLayout.JAVA_BYTE, 300, (byte) 1);
                                        at(lba, 1).copyFrom(from.asSlice(0, BLOCK));
                                        return 0;
                                    }
                                }))
                .isEqualTo(
                        "job 'twice': LBA 2: expected version 11, found a damaged block: its header"
                                + " says version 11 of LBA 2, its data differs from byte 300");
    }

    @Test
    void foreignData_isShown() {
        assertThat(
                        onlyFailure(
                                new WrongOnce(11) {
                                    @Override
                                    int wrong(long lba, MemorySegment from) {
                                        at(lba, 1).fill((byte) 0xAB);
                                        return 0;
                                    }
                                }))
                .isEqualTo(
                        "job 'twice': LBA 2: expected version 11, found data that no workload wrote,"
                                + " starting with ABABABABABABABABh (little-endian)");
    }

    @Test
    void dataOfAnotherRun_isNotOurs() {
        MemoryDisk disk = new MemoryDisk(GEOMETRY);
        run(twice().randseed(77), disk);
        WorkloadResult result =
                run(FioJob.named("r").bsBytes(BLOCK).sizeBytes(BLOCK).verify(true), disk);
        assertThat(result.firstFailures().getFirst().detail())
                .isEqualTo(
                        "job 'r': LBA 0: expected zeros (never written), found version 9 of this"
                                + " block with seed 77: not of this workload");
    }

    @Test
    void deallocatedBlockThatKeepsItsData_isFound() {
        MemoryDisk deafToZeroing =
                new MemoryDisk(GEOMETRY) {
                    @Override
                    int zero(long lba, long count) {
                        return 0;
                    }
                };
        run(twice(), deafToZeroing);
        FioJob.Builder trim = twice().rw(ReadWrite.TRIM).numberIos(1);
        assertThat(run(trim, deafToZeroing).firstFailures().getFirst().detail())
                .isEqualTo(
                        "job 'twice': LBA 0: expected zeros (deallocated or written with zeros),"
                                + " found version 9: data from before it was zeroed");
    }

    @Test
    void writeZeroes_isExpectedToReadAsZeros() {
        DataVerifier verifier = newVerifier();
        MemorySegment data = write(verifier, 0);
        verifier.completed(request(verifier, Operation.WRITE_ZEROES, 5), 0, null);
        assertThat(verifier.isRight(5, data, 0)).isFalse();
        assertThat(verifier.isRight(5, data.fill((byte) 0), 0)).isTrue();
    }

    @Test
    void failedWrite_acceptsOldAndNewButNothingElse() {
        DataVerifier verifier = newVerifier();
        MemorySegment old = write(verifier, 0);
        MemorySegment failed = write(verifier, IoSource.STATUS_ABANDONED);
        MemorySegment torn = Arena.ofAuto().allocate(BLOCK, 8);
        torn.copyFrom(old);
        torn.asSlice(0, 256).copyFrom(failed.asSlice(0, 256));
        assertThat(verifier.isRight(5, old, 0)).isTrue();
        assertThat(verifier.isRight(5, failed, 0)).isTrue();
        assertThat(verifier.isRight(5, torn, 0)).isFalse();
        MemorySegment zeros = Arena.ofAuto().allocate(BLOCK, 8);
        assertThat(verifier.isRight(5, zeros, 0)).isFalse();
        verifier.completed(request(verifier, Operation.DEALLOCATE, 5), 0x281, null);
        assertThat(verifier.isRight(5, zeros, 0)).isTrue();
        assertThat(verifier.describe(5, torn, 0))
                .startsWith(
                        "LBA 5: expected version 1 or version 2 or zeros (deallocated or written"
                                + " with zeros) (a request failed here), found a torn block");
        MemorySegment next = write(verifier, 0);
        assertThat(verifier.isRight(5, next, 0)).isTrue();
        assertThat(verifier.isRight(5, old, 0)).isFalse();
    }

    private static MemorySegment write(DataVerifier verifier, int status) {
        IoRequest request = request(verifier, Operation.WRITE, 5);
        MemorySegment data = Arena.ofAuto().allocate(BLOCK, 8);
        verifier.stamp(request, data);
        verifier.completed(request, status, data);
        return data;
    }

    private static IoRequest request(DataVerifier verifier, Operation operation, long lba) {
        IoRequest request = new IoRequest();
        request.fill(operation, lba, 1);
        verifier.begin(request);
        return request;
    }

    private static DataVerifier newVerifier() {
        return new DataVerifier(
                new BlockStamp(1, BLOCK),
                new BlockLedger(0, GEOMETRY.blockCount()),
                new Tally(BLOCK),
                IoRequest::toString);
    }

    @Test
    void stampingAgain_givesTheSameBytes() {
        DataVerifier verifier = newVerifier();
        IoRequest request = request(verifier, Operation.WRITE, 9);
        MemorySegment first = Arena.ofAuto().allocate(BLOCK, 8);
        MemorySegment second = Arena.ofAuto().allocate(BLOCK, 8);
        verifier.stamp(request, first);
        verifier.stamp(request, second);
        assertThat(first.mismatch(second)).isEqualTo(-1);
    }

    /** A disk that fails every fifth change, half of them after doing it. */
    @Test
    void aDiskThatFailsNowAndThen_isNeverAccusedOfMore() {
        for (long seed = 1; seed <= 20; seed++) {
            RandomStream luck = new RandomStream(seed);
            MemoryDisk disk =
                    new MemoryDisk(GEOMETRY) {
                        @Override
                        int write(long lba, long count, MemorySegment from) {
                            long draw = luck.nextBelow(10);
                            return draw == 0
                                    ? 1
                                    : super.write(lba, count, from) + (draw == 1 ? 1 : 0);
                        }

                        @Override
                        int zero(long lba, long count) {
                            long draw = luck.nextBelow(10);
                            return draw == 0 ? 1 : super.zero(lba, count) + (draw == 1 ? 1 : 0);
                        }
                    };
            WorkloadResult result =
                    run(
                            FioJob.named("j")
                                    .rw(ReadWrite.RANDTRIMWRITE)
                                    .bsBytes(BLOCK)
                                    .iodepth(8)
                                    .loops(5)
                                    .verify(true)
                                    .randseed(seed),
                            disk);
            assertThat(result.errors()).as("seed %d", seed).isGreaterThan(0);
            assertThat(result.wrongBlocks()).as("seed %d", seed).isEqualTo(0);
        }
    }

    @Test
    void failures_areKeptUpToTheLimitAndAllCounted() {
        MemoryDisk deaf =
                new MemoryDisk(GEOMETRY) {
                    @Override
                    int write(long lba, long count, MemorySegment from) {
                        return 0;
                    }
                };
        WorkloadResult one = run(twice().sizeBytes(40 * BLOCK).loops(1), deaf);
        assertThat(one.wrongBlocks()).isEqualTo(40);
        assertThat(one.firstFailures()).hasSize(WorkloadResult.FAILURES_MAX);
        WorkloadResult both = one.plus(one);
        assertThat(both.wrongBlocks()).isEqualTo(80);
        assertThat(both.of(Operation.WRITE).requests()).isEqualTo(80);
        assertThat(both.firstFailures()).hasSize(WorkloadResult.FAILURES_MAX);
    }

    @Test
    void image_isComparedBlockByBlock() throws IOException {
        MemoryDisk disk = new MemoryDisk(GEOMETRY);
        List<DataVerifier> verifiers = new ArrayList<>();
        FioJob whole = twice().sizeBytes(0).loops(1).offsetBytes(8 * BLOCK).build();
        for (FioJob job :
                FioJobs.split(whole.toBuilder().sizeBytes(16 * BLOCK).build(), 3, GEOMETRY)) {
            IoSource source = job.source(GEOMETRY);
            assertThat(new TestHost(source, disk, GEOMETRY, 1).run().isClean()).isTrue();
            verifiers.addFirst(source.verifier().orElseThrow());
        }
        assertThat(check(disk, verifiers).isClean()).isTrue();
        assertThat(check(disk, verifiers).comparedBlocks()).isEqualTo(64);

        disk.at(3, 1).copyFrom(disk.at(30, 1));
        disk.at(60, 1).fill((byte) 9);
        disk.at(40, 1).fill((byte) 0);
        ImageCheck.Report report = check(disk, verifiers);
        assertThat(report.wrongBlocks()).isEqualTo(3);
        assertThat(report.firstFailures())
                .extracting(Failure::detail)
                .containsExactly(
                        "image: LBA 3: expected zeros (outside every workload), found the data of"
                                + " LBA 30 (version 7, seed 2): a misdirected read or write",
                        "image: LBA 40: expected version 1, found zeros: its write was lost",
                        "image: LBA 60: expected zeros (outside every workload), found data that no"
                                + " workload wrote, starting with 0909090909090909h"
                                + " (little-endian)");
    }

    private static ImageCheck.Report check(MemoryDisk disk, List<DataVerifier> verifiers)
            throws IOException {
        return ImageCheck.check(
                GEOMETRY,
                verifiers,
                (lba, count, into) ->
                        into.asSlice(0, (long) count * BLOCK).copyFrom(disk.at(lba, count)));
    }

    @Test
    void twoVerifiersOfOneBlock_areRefused() {
        DataVerifier one = newVerifier();
        assertThatThrownBy(
                        () ->
                                ImageCheck.check(
                                        GEOMETRY, List.of(one, one), (lba, count, into) -> {}))
                .hasMessageContaining("Two workloads know LBA 0");
    }
}
