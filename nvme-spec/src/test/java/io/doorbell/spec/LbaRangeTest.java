package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NVM 1.0 §3.2. */
class LbaRangeTest {
    @ParameterizedTest(name = "{1} blocks from {0} of {2}")
    @CsvSource({
        "0, 1, 100, true",
        "99, 1, 100, true",
        "99, 2, 100, false",
        "0, 100, 100, true",
        "0, 101, 100, false",
        "100, 0, 100, true",
        "100, 1, 100, false",
        "101, 0, 100, false",
        "-1, 1, 100, false",
        "-1, 65536, 100, false",
        "-2, 1, -1, true",
        "0, 1, 0, false",
    })
    void range_isWithinUpToItsEnd(long startingLba, long blocks, long size, boolean within) {
        assertThat(LbaRange.isWithin(startingLba, blocks, size)).isEqualTo(within);
    }
}
