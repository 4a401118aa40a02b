package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class BlockLedgerTest {
    private static final int CHUNK = BlockLedger.CHUNK_BLOCKS;

    @Test
    void writesAndZeroes_leaveTheLastOneInEachBlock() {
        BlockLedger ledger = new BlockLedger(100, 3L * CHUNK);
        ledger.written(100, 10, 1);
        ledger.written(105, 10, 2);
        ledger.zeroed(107, 1);
        assertThat(ledger.expected(104)).isEqualTo(1);
        assertThat(ledger.expected(105)).isEqualTo(2);
        assertThat(ledger.expected(107)).isEqualTo(BlockLedger.ZEROED);
        assertThat(ledger.expected(115)).isEqualTo(BlockLedger.UNTOUCHED);
    }

    /** Against a plain array, over ranges that start, end and lie anywhere in the chunks. */
    @Test
    void randomHistory_agreesWithAPlainArray() {
        int blocks = 3 * CHUNK + 17;
        BlockLedger ledger = new BlockLedger(5, blocks);
        long[] model = new long[blocks];
        RandomStream random = new RandomStream(42);
        for (int version = 1; version <= 300; version++) {
            int from = (int) random.nextBelow(blocks);
            int count = 1 + (int) random.nextBelow(blocks - from);
            if (random.nextBelow(2) == 0) {
                ledger.zeroed(5 + from, count);
                Arrays.fill(model, from, from + count, BlockLedger.ZEROED);
            } else {
                count = Math.min(count, 300);
                ledger.written(5 + from, count, version);
                Arrays.fill(model, from, from + count, version);
            }
        }
        long[] seen = new long[blocks];
        Arrays.setAll(seen, i -> ledger.expected(5 + i));
        assertThat(seen).isEqualTo(model);
    }

    @Test
    void failedWrite_leavesOldOrNewUntilTheNextSuccess() {
        BlockLedger ledger = new BlockLedger(0, 100);
        ledger.written(8, 1, 5);
        ledger.uncertain(8, 2, 6);
        ledger.uncertain(8, 1, BlockLedger.ZEROED);
        assertThat(ledger.expected(8)).isEqualTo(BlockLedger.UNCERTAIN);
        assertThat(ledger.candidates(8)).containsExactly(5, 6, BlockLedger.ZEROED);
        assertThat(ledger.candidates(9)).containsExactly(BlockLedger.ZEROED, 6);
        ledger.written(8, 1, 7);
        assertThat(ledger.expected(8)).isEqualTo(7);
        assertThat(ledger.candidates(8)).isEmpty();
        assertThat(ledger.expected(9)).isEqualTo(BlockLedger.UNCERTAIN);
    }

    @Test
    void failedDeallocateOfZeros_leavesNothingUncertain() {
        BlockLedger ledger = new BlockLedger(0, 1L << 36);
        ledger.written(5000, 1, 1);
        ledger.uncertain(0, 1L << 32, BlockLedger.ZEROED);
        assertThat(ledger.expected(4999)).isEqualTo(BlockLedger.UNTOUCHED);
        assertThat(ledger.expected(5000)).isEqualTo(BlockLedger.UNCERTAIN);
        assertThat(ledger.expected(5001)).isEqualTo(BlockLedger.UNTOUCHED);
    }

    @Test
    void aVastNamespace_isDeallocatedWithoutCost() {
        BlockLedger ledger = new BlockLedger(0, 1L << 37);
        ledger.zeroed(3, (1L << 32) - 1);
        assertThat(ledger.expected(2)).isEqualTo(BlockLedger.UNTOUCHED);
        assertThat(ledger.expected(3)).isEqualTo(BlockLedger.ZEROED);
        assertThat(ledger.expected((1L << 32) + 1)).isEqualTo(BlockLedger.ZEROED);
        assertThat(ledger.expected((1L << 32) + 2)).isEqualTo(BlockLedger.UNTOUCHED);
    }

    @Test
    void nextTouched_skipsWhatNobodyChanged() {
        BlockLedger ledger = new BlockLedger(10, 10L * CHUNK);
        ledger.written(10 + 5L * CHUNK + 7, 1, 1);
        assertThat(ledger.nextTouched(10)).isEqualTo(10 + 5L * CHUNK + 7);
        assertThat(ledger.nextTouched(10 + 5L * CHUNK + 8)).isEqualTo(10 + 10L * CHUNK);
    }

    @Test
    void aBlockOutside_isRefusedByName() {
        BlockLedger ledger = new BlockLedger(10, 10);
        assertThatThrownBy(() -> ledger.expected(20))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("LBA 20 is outside this ledger's blocks 10 to 19");
    }
}
