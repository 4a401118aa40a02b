package io.doorbell.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

class MeasureTest {
    @Test
    void text_isTheShortestExactForm() {
        assertThat(Measure.SIZE.text(512)).isEqualTo("512B");
        assertThat(Measure.SIZE.text(524_288)).isEqualTo("512KiB");
        assertThat(Measure.SIZE.text(1_000_000_000)).isEqualTo("1000000000B");
        assertThat(Measure.TIME.text(25_500_000)).isEqualTo("25.5ms");
        assertThat(Measure.TIME.text(0)).isEqualTo("0");
        assertThat(Measure.count("entries").text(65_536)).isEqualTo("65536");
    }

    /** Run again with -Dseed=N after a failure. */
    @Test
    void anyNumber_isReadBackAsItWasWritten() throws BadValueException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int draw = 0; draw < 2_000; draw++) {
            long value = random.nextLong(1L << random.nextInt(1, 50));
            for (Measure measure : new Measure[] {Measure.SIZE, Measure.TIME, Measure.count("x")}) {
                String text = measure.text(value);
                assertThat(measure.parse(text, 0, Long.MAX_VALUE))
                        .as("%s, seed %d", text, seed)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void powersOfTwo_nearestIsInRangeAndAPower() {
        Grid grid = new Grid.PowersOfTwo();
        assertThat(grid.nearest(3, 1, 64)).isEqualTo(2);
        assertThat(grid.nearest(49, 1, 64)).isEqualTo(64);
        assertThat(grid.nearest(64, 1, 64)).isEqualTo(64);
    }
}
