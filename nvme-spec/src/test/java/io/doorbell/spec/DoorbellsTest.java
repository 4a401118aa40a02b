package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PCIe 1.0 §3.1.2, Base 2.0 §8.8. */
class DoorbellsTest {
    @ParameterizedTest(name = "queue {0}, DSTRD {1}")
    @CsvSource({
        "0,  0,  0x1000,  0x1004",
        "1,  0,  0x1008,  0x100C",
        "2,  0,  0x1010,  0x1014",
        "64, 0,  0x1200,  0x1204",
        "0,  1,  0x1000,  0x1008",
        "1,  1,  0x1010,  0x1018",
        "2,  1,  0x1020,  0x1028",
        "64, 1,  0x1400,  0x1408",
        "0,  10, 0x1000,  0x2000",
        "1,  10, 0x3000,  0x4000",
        "2,  10, 0x5000,  0x6000",
        "64, 10, 0x81000, 0x82000",
    })
    void doorbellsOfAQueue_haveTheseOffsets(int queueId, int dstrd, String tail, String head) {
        long tailOffset = Long.decode(tail);
        long headOffset = Long.decode(head);
        assertThat(Doorbells.submissionTailOffset(queueId, dstrd)).isEqualTo(tailOffset);
        assertThat(Doorbells.completionHeadOffset(queueId, dstrd)).isEqualTo(headOffset);

        int tailIndex = Doorbells.index(tailOffset, dstrd);
        assertThat(tailIndex).isEqualTo(Doorbells.submissionTailIndex(queueId));
        assertThat(Doorbells.queueId(tailIndex)).isEqualTo(queueId);
        assertThat(Doorbells.isCompletionHead(tailIndex)).isFalse();

        int headIndex = Doorbells.index(headOffset, dstrd);
        assertThat(headIndex).isEqualTo(Doorbells.completionHeadIndex(queueId));
        assertThat(Doorbells.queueId(headIndex)).isEqualTo(queueId);
        assertThat(Doorbells.isCompletionHead(headIndex)).isTrue();
    }

    @ParameterizedTest(name = "offset {0}, DSTRD {1}")
    @CsvSource({
        "0, 0",
        "0xFFC, 0",
        "0x1001, 0",
        "0x1002, 0",
        "0x1004, 1",
        "0x1800, 10",
        "0x81000, 0",
        "-4, 0"
    })
    void offsetOfNoDoorbell_hasNoIndex(String offset, int dstrd) {
        assertThat(Doorbells.index(Long.decode(offset), dstrd)).isEqualTo(-1);
    }

    @Test
    void lastDoorbellOfTheLastQueue_hasAnIndex() {
        assertThat(Doorbells.index(0x80FFC, 0)).isEqualTo(131_071);
        assertThat(Doorbells.completionHeadOffset(65_535, 15))
                .isEqualTo(0x1000 + 131_071L * 131_072);
        assertThat(Doorbells.index(0x1000 + 131_071L * 131_072, 15)).isEqualTo(131_071);
        assertThat(Doorbells.index(0x1000 + 131_072L * 131_072, 15)).isEqualTo(-1);
    }

    @ParameterizedTest(name = "queues 0..{0}, DSTRD {1}")
    @CsvSource({
        "64, 0, 0x1208",
        "511, 0, 0x2000",
        "65535, 0, 0x81000",
        "64, 4, 0x3080",
    })
    void queues_needTheseBytes(int maxQueueId, int dstrd, String bytes) {
        assertThat(Doorbells.bytesNeeded(maxQueueId, dstrd)).isEqualTo((long) Long.decode(bytes));
    }
}
