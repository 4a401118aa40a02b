package io.doorbell.simulation.errand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The language of errands. */
class ErrandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset-controller at 40000ns",
                "mask-vector of 2 on command 17 at 300ns for 30000ns",
                "ring-tail of 0 on reset 1 at 0ns amount 64"
            })
    void text_isReadAsItIsWritten(String text) {
        assertThat(Errand.parse(text)).hasToString(text);
    }

    @Test
    void list_isReadAsItIsWritten() {
        List<Errand> errands =
                List.of(
                        Errand.of(ErrandKind.PAUSE).at(3).lasting(8_000),
                        Errand.of(ErrandKind.ABORT).on(Moment.COMMAND, 5, 10).amount(2));
        assertThat(Errand.parseAll(Errand.text(errands))).isEqualTo(errands);
        assertThat(Errand.parseAll(Errand.text(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reset-controller|is no errand. Write KIND",
                "dance at 3ns|'dance' is no kind of errand. There are: reset-controller,",
                "pause on sunday 1 at 3ns|'sunday' is no moment. There are: begin, command,",
                "pause on command 0 at 3ns|moments count from 1"
            })
    void whatIsNoErrand_isRefused(String text, String why) {
        assertThatThrownBy(() -> Errand.parse(text)).hasMessageContaining(why);
    }
}
