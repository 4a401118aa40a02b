package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.stream.LongStream;

class RandomPermutationTest {
    @Test
    void everyCount_isVisitedOnceAndWhole() {
        RandomStream random = new RandomStream(3);
        for (int count = 1; count <= 600; count++) {
            RandomPermutation order = new RandomPermutation(count, random);
            BitSet seen = new BitSet();
            for (int i = 0; i < count; i++) {
                seen.set(Math.toIntExact(order.at(i)));
            }
            assertThat(seen.cardinality()).as("of %d", count).isEqualTo(count);
        }
    }

    @Test
    void aStretchOfTheOrder_favoursNoPartOfTheRange() {
        int count = 1_000_000;
        RandomPermutation order = new RandomPermutation(count, new RandomStream(11));
        long[] hits = new long[10];
        for (int i = 0; i < count / 10; i++) {
            hits[(int) (order.at(i) * 10 / count)]++;
        }
        for (long hit : hits) {
            assertThat(hit).isBetween(9_000L, 11_000L);
        }
    }

    @Test
    void neighbours_areFarApart() {
        int count = 1 << 20;
        RandomPermutation order = new RandomPermutation(count, new RandomStream(5));
        double distance = 0;
        for (int i = 1; i < 100_000; i++) {
            distance += Math.abs(order.at(i) - order.at(i - 1));
        }
        // Two independent uniform numbers differ by a third of the range on average.
        assertThat(distance / 99_999 / count).isBetween(0.30, 0.37);
    }

    @Test
    void redraw_givesAnotherOrder() {
        RandomStream random = new RandomStream(5);
        RandomPermutation order = new RandomPermutation(1000, random);
        long[] first = LongStream.range(0, 1000).map(order::at).toArray();
        order.redraw(random);
        long[] second = LongStream.range(0, 1000).map(order::at).toArray();
        assertThat(second).isNotEqualTo(first).containsExactlyInAnyOrder(first);
    }
}
