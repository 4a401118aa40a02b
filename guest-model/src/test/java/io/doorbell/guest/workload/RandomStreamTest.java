package io.doorbell.guest.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pattern.SplitMix;

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

class RandomStreamTest {
    /** The first output of the published generator for seed 1234567. */
    @Test
    void mix_isThatOfSplitMix64() {
        assertThat(SplitMix.mix(1234567 + SplitMix.GOLDEN)).isEqualTo(6457827717110365317L);
    }

    @Test
    void unmix_undoesMix() {
        RandomStream random = new RandomStream(7);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong();
            assertThat(SplitMix.unmix(SplitMix.mix(value))).isEqualTo(value);
        }
    }

    @Test
    void nextBelow_staysInRangeAndReachesAllOfIt() {
        RandomStream random = new RandomStream(1);
        long[] seen =
                LongStream.generate(() -> random.nextBelow(6)).limit(1000).distinct().toArray();
        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void neighbouringSeeds_giveUnrelatedStreams() {
        assertThat(new RandomStream(1).nextLong() ^ new RandomStream(2).nextLong())
                .satisfies(bits -> assertThat(Long.bitCount(bits)).isBetween(15, 49));
    }
}
