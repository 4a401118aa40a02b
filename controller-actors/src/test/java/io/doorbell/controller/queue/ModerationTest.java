package io.doorbell.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages wait only for hosts that take several entries at a time, and not for long. */
class ModerationTest {
    private long now = 5;
    private final Moderation moderation = new Moderation(() -> now);

    private void tell(int messages, int entriesEach, long nanosEach) {
        for (int i = 0; i < messages; i++) {
            now += nanosEach;
            moderation.told(entriesEach);
        }
    }

    @Test
    void atFirst_nothingWaits() {
        assertThat(moderation.waitNanos()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 180000, 60000", // as an emulated guest at depth 32
        "3, 570000, 190000",
        "8, 176000, 22000"
    })
    void severalAtATime_waitForAboutOneMore(int entries, long nanosEach, long wait) {
        tell(200, entries, nanosEach);

        assertThat(moderation.waitNanos()).isCloseTo(wait, withPercentage(1));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 60000", // one at a time: whoever waits for it has nothing else to do
        "3, 30000", // a fast host: a timer would be late
        "3, 900000", // few: nothing more would come
        "30, 100000000"
    })
    void othersDoNotWait(int entries, long nanosEach) {
        tell(200, entries, nanosEach);

        assertThat(moderation.waitNanos()).isZero();
    }

    @Test
    void whoTakesOneAtATimeFromNowOn_soonDoesNotWait() {
        tell(200, 3, 180_000);
        tell(8, 1, 60_000);

        assertThat(moderation.waitNanos()).isZero();
    }
}
