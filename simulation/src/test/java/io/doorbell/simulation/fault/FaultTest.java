package io.doorbell.simulation.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** The language of faults, and which events they strike. */
class FaultTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lose at interrupt/2 nth 1",
                "delay at write/sq-*-tail nth 3 times 2 amount 50000",
                "flip at write/cq-1-head nth 7 after 500ns amount 32768",
                "crash at actor/namespaces-0 nth 9"
            })
    void text_isReadAsItIsWritten(String text) {
        assertThat(Fault.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lose interrupt/2|is not a fault. Write KIND at SITE",
                "loose at interrupt/2|'loose' is no kind of fault",
                "lose at dma-read/1|Nothing can lose at 'dma-read/1'. It can at write/..., interrupt/",
                "hang at interrupt/2|Nothing can hang at 'interrupt/2'. It can at commands/...",
                "lose at interrupt|Nothing can lose at 'interrupt'",
                "lose at interrupt/2 nth 0|nth and times count from 1"
            })
    void whatCannotStrike_isRefused(String text, String why) {
        assertThatThrownBy(() -> Fault.parse(text)).hasMessageContaining(why);
    }

    @Test
    void fault_strikesItsEventsAndNoOthers() {
        List<String> struck = new ArrayList<>();
        Fault fault = Fault.parse("lose at write/sq-*-tail nth 2 times 2");
        Faults faults =
                new Faults(List.of(fault), () -> 0, strike -> struck.add(strike.toString()));
        assertThat(faults.at("write/sq-1-tail")).as("before they begin").isNull();

        faults.begin();
        List<Boolean> hits = new ArrayList<>();
        for (String site :
                List.of("sq-1-tail", "cq-1-head", "sq-2-tail", "sq-1-tail", "sq-1-tail")) {
            hits.add(faults.at("write/" + site) != null);
        }

        assertThat(hits).containsExactly(false, false, true, true, false);
        assertThat(struck).containsExactly("lose at write/sq-2-tail", "lose at write/sq-1-tail");
        assertThat(faults.haveStruck()).isTrue();
    }
}
