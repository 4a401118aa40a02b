package io.doorbell.simulation.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Faults that come and go while a device runs. */
class LiveFaultsTest {
    private final AtomicLong nanos = new AtomicLong(1_000);
    private final List<String> told = new ArrayList<>();
    private final LiveFaults faults =
            new LiveFaults(
                    7, nanos::get, struck -> told.add(struck.number() + " " + struck.strike()));

    private void arm(String text) {
        faults.arm(Fault.parse(text));
    }

    private String strikes(String site, int events) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < events; i++) {
            pattern.append(faults.at(site) == null ? '.' : 'x');
        }
        return pattern.toString();
    }

    @Test
    void withoutFaults_nothingStrikesOrCounts() {
        assertThat(faults.canStrike()).isFalse();
        assertThat(strikes("interrupt/1", 3)).isEqualTo("...");
    }

    @Test
    void nthAndTimes_countFromWhenItWasArmed() {
        assertThat(strikes("interrupt/1", 5)).isEqualTo(".....");
        arm("lose at interrupt/* nth 2 times 2");

        assertThat(strikes("interrupt/1", 5)).isEqualTo(".xx..");
        assertThat(told).containsExactly("1 lose at interrupt/1", "2 lose at interrupt/1");
    }

    @Test
    void after_isCountedFromWhenItWasArmed() {
        nanos.set(5_000);
        arm("lose at interrupt/1 after 300ns");

        nanos.set(5_299);
        assertThat(strikes("interrupt/1", 1)).isEqualTo(".");
        nanos.set(5_300);
        assertThat(strikes("interrupt/1", 1)).isEqualTo("x");
    }

    @Test
    void opcode_countsCommandsOfThatOpcodeOnly() {
        arm("hang at commands/cq-1 opcode 02h nth 2");

        for (int opcode : new int[] {2, 1, 2}) {
            boolean struck = faults.at("commands/cq-1", opcode, List::of) != null;
            told.add(opcode + (struck ? " struck" : " not"));
        }
        assertThat(told).containsExactly("2 not", "1 not", "1 hang at commands/cq-1", "2 struck");
    }

    @Test
    void spentFaults_areStillListed_andCostNothing() {
        arm("lose at interrupt/1 times 2");
        assertThat(faults.canStrike()).isTrue();
        assertThat(strikes("interrupt/1", 2)).isEqualTo("xx");

        assertThat(faults.canStrike()).isFalse();
        assertThat(faults.status())
                .containsExactly(
                        new LiveFaults.Status(Fault.parse("lose at interrupt/1 times 2"), 2, 2));
    }

    @Test
    void clear_endsAll() {
        arm("lose at interrupt/1 times 9");
        arm("lose at interrupt/2");

        assertThat(faults.clear()).isEqualTo(2);
        assertThat(faults.canStrike()).isFalse();
        assertThat(faults.status()).isEmpty();
        assertThat(strikes("interrupt/1", 2)).isEqualTo("..");
    }

    @Test
    void probability_choosesTheSameFromTheSameSeed() {
        arm("lose at interrupt/1 p 0.3 times 1000");
        LiveFaults again = new LiveFaults(7, nanos::get, _ -> {});
        again.arm(Fault.parse("lose at interrupt/1 p 0.3 times 1000"));

        String first = strikes("interrupt/1", 200);
        StringBuilder second = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            second.append(again.at("interrupt/1") == null ? '.' : 'x');
        }
        assertThat(second).hasToString(first);
        assertThat(first.chars().filter(each -> each == 'x').count()).isBetween(40L, 80L);
    }

    @Test
    void eventsOfManyThreads_areEachCountedOnce() {
        AtomicLong strikes = new AtomicLong();
        LiveFaults shared = new LiveFaults(1, nanos::get, _ -> strikes.incrementAndGet());
        shared.arm(Fault.parse("lose at interrupt/* nth 1000 times 500"));
        shared.arm(Fault.parse("lose at interrupt/1 nth 40001"));

        IntStream.range(0, 40_000).parallel().forEach(_ -> shared.at("interrupt/1"));

        assertThat(strikes).hasValue(500);
        assertThat(shared.status().getFirst().strikes()).isEqualTo(500);
        assertThat(shared.status().getLast().events()).isEqualTo(40_000);
        assertThat(shared.at("interrupt/1")).isNotNull();
    }

    @Test
    void moreThanAThousand_areRefused() {
        for (int i = 0; i < LiveFaults.COUNT_MAX; i++) {
            arm("lose at interrupt/1");
        }
        assertThatThrownBy(() -> arm("lose at interrupt/1"))
                .hasMessage("There are 1,000 faults already. Clear them first.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lose at dma-write/cqe-1|On a served device nothing can lose at 'dma-write/cqe-1'. It can at write/*, interrupt/*, wake/*, commands/*, media/write.",
                "flip at dma-read/data-1|nothing can flip at 'dma-read/data-1'. It can at write/*, read/*, media/write.",
                "lose at *write/*|nothing can lose at '*write/*'",
                "overtake at interrupt/1|'overtake' is for simulated runs only. On a served device there can: lose, double,",
                "lose at interrupt/1 when masked|'when masked' is known in simulated runs only",
                "double at interrupt/pin|A change of the pin can be lost or late on a served device"
            })
    void whatCannotStrikeOnAServedDevice_isRefused(String text, String why) {
        assertThatThrownBy(() -> arm(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
