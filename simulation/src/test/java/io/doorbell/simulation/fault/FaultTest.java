package io.doorbell.simulation.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.simulation.choice.Choices;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The language of faults, and which events they strike. */
class FaultTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lose at interrupt/2 nth 1",
                "delay at write/sq-*-tail nth 3 times 2 amount 50us",
                "flip at write/cq-1-head nth 7 after 500ns amount 32768",
                "crash at actor/namespaces-0 nth 9",
                "fail at commands/cq-* nth 2 when cq-full opcode 02h amount 641",
                "lose at dma-write/cqe-1 nth 1 times 20 p 0.05",
                "tear at media/write nth 4",
                "remove at controller/step nth 900 amount 300us",
                "slow at commands/cq-1 nth 1 after 20s amount 1500ns",
                "lose at interrupt/2 nth 1 after 9007199254740993ns"
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
                "lose at interrupt/2 nth|is not a fault. Write KIND at SITE",
                "loose at interrupt/2|'loose' is no kind of fault",
                "lose at dma-read/sqe-1|Nothing can lose at 'dma-read/sqe-1'. It can at write/*, int",
                "hang at interrupt/2|Nothing can hang at 'interrupt/2'. It can at execution/sq-0, commands/*",
                "tear at media/read|Nothing can tear at 'media/read'. It can at dma-write/cqe-*, media",
                "lose at interrupt/2 nth x|nth 'x' is no number",
                "lose at interrupt/2 nth 1 nth 2|'nth' is said twice",
                "lose at interrupt/2 nht 1|'nht' says nothing of a fault. There are: nth, times",
                "lose at interrupt/2 after 20|after '20' is no time",
                "lose at interrupt/2 after 99999999999s|'99999999999s' is too long a time",
                "lose at interrupt/2 p 0|p 0.0 is no probability",
                "lose at interrupt/2 p x|p 'x' is no probability",
                "lose at interrupt/2 when late|when 'late' is no state. There are: always, cq-full",
                "lose at interrupt/2 opcode 2|leave opcode out. There can at execution/*, commands/*",
                "lose at commands/cq-1 opcode 200h|opcode 100h is none",
                "flip at write/cc amount 0|flip with amount 0 changes nothing. Leave amount out for 1",
                "lose at interrupt|Nothing can lose at 'interrupt'",
                "lose at interrupt/2 nth 0|nth and times count from 1"
            })
    void whatCannotStrike_isRefused(String text, String why) {
        assertThatThrownBy(() -> Fault.parse(text)).hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "write/sq-*-tail, write/sq-3-tail, true",
        "write/*, write/24h, true",
        "*/sq-1, wake/sq-1, true",
        "*, wake/sq-1, false",
        "wake/sq-1, wake/sq-11, false",
        "write/*-tail, write/cq-*, true",
        "write/*-tail, write/*-head, false"
    })
    void star_isAnythingButASlash(String pattern, String other, boolean overlaps) {
        assertThat(new SitePattern(pattern).overlaps(new SitePattern(other))).isEqualTo(overlaps);
        assertThat(new SitePattern(other).overlaps(new SitePattern(pattern))).isEqualTo(overlaps);
    }

    @ParameterizedTest
    @CsvSource({
        "amount 20us, 20000",
        "amount 3ms, 3000000",
        "amount 1s, 1000000000",
        "amount 281h, 641"
    })
    void amount_mayBeATimeOrHexadecimal(String text, long amount) {
        assertThat(Fault.parse("delay at interrupt/1 " + text).amount()).isEqualTo(amount);
    }

    @Test
    void whatIsNotSaid_isAsUsual() {
        assertThat(Fault.parse("delay at interrupt/1"))
                .isEqualTo(Fault.of(FaultKind.DELAY, "interrupt/1").nth(1).amount(10_000));
    }

    /** Each kind strikes at each of its sites, by name, and at no other. */
    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void kind_strikesAtItsSitesOnly(FaultKind kind) {
        List<String> all =
                Stream.of(FaultKind.values())
                        .flatMap(each -> each.sites().stream())
                        .distinct()
                        .map(each -> each.replace("*", "7"))
                        .toList();
        for (String site : all) {
            boolean fits =
                    kind.sites().stream().anyMatch(each -> site.equals(each.replace("*", "7")));
            if (fits) {
                Faults faults = faults(Fault.of(kind, site));
                assertThat(faults.at(site)).as("%s at %s", kind, site).isNotNull();
                assertThat(faults.at(site)).as("a second time").isNull();
            } else {
                assertThatThrownBy(() -> Fault.of(kind, site)).hasMessageContaining("It can at ");
            }
        }
    }

    private static Faults faults(Fault fault) {
        Faults faults = new Faults(List.of(fault), () -> 0, Choices.drawn(1), _ -> {});
        faults.begin();
        return faults;
    }

    @Test
    void opcode_leavesOtherCommandsAlone() {
        Faults faults = faults(Fault.parse("hang at commands/cq-1 opcode 02h nth 2"));

        assertThat(faults.at("commands/cq-1", 1, List::of)).isNull();
        assertThat(faults.at("commands/cq-1", 2, List::of)).isNull();
        assertThat(faults.at("commands/cq-1", 1, List::of)).isNull();
        assertThat(faults.at("commands/cq-1", 2, List::of)).isNotNull();
    }

    @Test
    void condition_countsOnlyEventsOfItsTimes() {
        Faults faults = faults(Fault.parse("lose at interrupt/1 when cq-full nth 2"));
        boolean[] full = {false};
        faults.observe(condition -> condition == FaultCondition.CQ_FULL && full[0]);

        assertThat(faults.haveConditions()).isTrue();
        assertThat(faults.at("interrupt/1")).isNull();
        full[0] = true;
        assertThat(faults.at("interrupt/1")).isNull();
        assertThat(faults.at("interrupt/1")).isNotNull();
    }

    @Test
    void probability_isChosenAndReplayed() {
        Fault fault = Fault.parse("lose at interrupt/1 p 0.25 times 1000000");
        Choices drawn = Choices.drawn(5);
        List<Boolean> hits = strikes(fault, drawn);

        assertThat(hits.stream().filter(hit -> hit).count()).isBetween(180L, 320L);
        assertThat(strikes(fault, Choices.replayed(drawn.made()))).isEqualTo(hits);
    }

    private static List<Boolean> strikes(Fault fault, Choices choices) {
        Faults faults = new Faults(List.of(fault), () -> 0, choices, _ -> {});
        faults.begin();
        List<Boolean> hits = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            hits.add(faults.at("interrupt/1") != null);
        }
        return hits;
    }

    @ParameterizedTest
    @CsvSource({
        "lose at interrupt/2, interrupt/, true",
        "lose at */2, interrupt/, true",
        "lose at interrupt/*, wake/, false",
        "fail at dma-read/*, dma-read/, true"
    })
    void site_isToldWhetherItMatters(String text, String prefix, boolean matters) {
        assertThat(faults(Fault.parse(text)).concern(prefix)).isEqualTo(matters);
    }

    @Test
    void fault_strikesItsEventsAndNoOthers() {
        List<String> struck = new ArrayList<>();
        Fault fault = Fault.parse("lose at write/sq-*-tail nth 2 times 2");
        Faults faults =
                new Faults(
                        List.of(fault),
                        () -> 0,
                        Choices.ordinary(),
                        strike -> struck.add(strike.toString()));
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
