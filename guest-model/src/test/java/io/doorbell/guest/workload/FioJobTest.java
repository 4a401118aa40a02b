package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class FioJobTest {
    private static final NamespaceGeometry MIB = new NamespaceGeometry(256, 4096, 65536);

    @Test
    void wordsOfFio_areUnderstood() {
        for (ReadWrite rw : ReadWrite.values()) {
            assertThat(ReadWrite.parse(rw.word())).isEqualTo(rw);
        }
        assertThat(ReadWrite.parse("readwrite")).isEqualTo(ReadWrite.RW);
    }

    @Test
    void anUnknownWord_isNamedWithTheNearest() {
        assertThatThrownBy(() -> ReadWrite.parse("randwirte"))
                .hasMessage(
                        "rw is 'randwirte', not one of fio's words; did you mean 'randwrite'? Valid"
                                + " are read, write, rw, trim, trimwrite, randread, randwrite,"
                                + " randrw, randtrim, randtrimwrite.");
    }

    @Test
    void impossibleSettings_areNamedWithTheirRange() {
        FioJob.Builder job = FioJob.named("j");
        assertThatThrownBy(() -> job.iodepth(0).build())
                .hasMessage("Job 'j': iodepth is 0; use 1 to 65535");
        assertThatThrownBy(() -> job.iodepth(1).rwmixread(101).build())
                .hasMessage("Job 'j': rwmixread is 101; use 0 to 100");
        assertThatThrownBy(() -> job.rwmixread(0).numberIos(0).build())
                .hasMessage("Job 'j': number_ios is 0; use 1 or more");
    }

    @Test
    void aJobThatDoesNotFit_saysWhatWould() {
        assertThatThrownBy(() -> FioJob.named("j").bsBytes(5000).build().source(MIB))
                .hasMessage(
                        "Job 'j': bs is 5000, not a multiple of the block size; use 4096 or 8192"
                                + " bytes");
        assertThatThrownBy(() -> FioJob.named("j").bsBytes(1 << 17).build().source(MIB))
                .hasMessage(
                        "Job 'j': bs is 131072 bytes, more than one command may carry; use up to"
                                + " 65536");
        assertThatThrownBy(
                        () ->
                                FioJob.named("j")
                                        .offsetBytes(4096)
                                        .sizeBytes(1 << 20)
                                        .build()
                                        .source(MIB))
                .hasMessage(
                        "Job 'j': offset 4096 and size 1048576 do not fit the namespace of 1048576"
                                + " bytes; use offset + size within it, and room for one bs of"
                                + " 4096");
    }

    @Test
    void aTrim_mayBeLargerThanATransfer() {
        FioJob job = FioJob.named("t").rw(ReadWrite.TRIM).bsBytes(1 << 20).build();
        assertThat(job.source(MIB).next(new IoRequest(), 0)).isEqualTo(IoSource.Offer.REQUEST);
    }

    @Test
    void split_givesDisjointSlicesNamesAndSeeds() {
        FioJob job = FioJob.named("j").offsetBytes(65536).randseed(9).build();
        List<FioJob> jobs = FioJobs.split(job, 7, MIB);
        assertThat(jobs).extracting(FioJob::name).startsWith("j.0", "j.1").hasSize(7);
        assertThat(jobs).extracting(FioJob::randseed).startsWith(9L, 10L);
        assertThat(jobs).allSatisfy(slice -> assertThat(slice.sizeBytes()).isEqualTo(34 * 4096));
        for (int i = 0; i < jobs.size(); i++) {
            assertThat(jobs.get(i).offsetBytes()).isEqualTo(65536 + i * 34L * 4096);
        }
    }

    @Test
    void tooManyJobs_areRefused() {
        FioJob job = FioJob.named("j").sizeBytes(1 << 19).build();
        assertThatThrownBy(() -> FioJobs.split(job, 3, MIB))
                .hasMessage(
                        "Job 'j': 3 jobs of 524288 bytes do not fit the 1048576 bytes from offset 0"
                                + " on; use fewer jobs, a smaller size or a larger namespace");
    }

    @Test
    void impossibleGeometries_areRefused() {
        assertThatThrownBy(() -> new NamespaceGeometry(1, 1024, 4096))
                .hasMessage("blockBytes is 1024; use 512 or 4096 bytes");
        assertThatThrownBy(() -> new NamespaceGeometry(0, 512, 4096))
                .hasMessageStartingWith("blockCount is 0; use 1 to ");
        assertThatThrownBy(() -> new NamespaceGeometry(1, 4096, 512))
                .hasMessage(
                        "transferMaxBytes is 512; use a multiple of the block size, 4096 to"
                                + " 268435456 bytes");
    }
}
