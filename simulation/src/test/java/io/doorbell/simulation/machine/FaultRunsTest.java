package io.doorbell.simulation.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.fault.Survival;
import io.doorbell.simulation.lab.Components;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Spectator;
import io.doorbell.simulation.lab.Strategy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Faults in a whole machine: each kind strikes at each of its sites, and costs what it should. */
class FaultRunsTest {
    private static final int SEEDS = 3;

    /** Transfers of four pages, which need a list of PRP entries. */
    private static final Scenario SCENARIO =
            Components.with(Scenario.SMALL, "blockBytes", 16 * 1024);

    /** A host that rings for each command. */
    private static final Scenario RINGING =
            Components.with(SCENARIO, "host", "shadows=none commands-per-ring=1");

    /** A host that resets its controller, and does not give it up at once. */
    private static final Scenario PERSEVERING =
            Components.with(
                    Components.with(SCENARIO, "host", "bring-ups=4"),
                    "errands",
                    "reset-controller on command 20 at 0ns");

    private static final String[] SURVIVED = {
        "lose at write/sq-1-tail nth 3",
        "double at write/sq-1-tail nth 3",
        "delay at write/cq-1-head nth 3 times 3 amount 1ms",
        "slow at write/sq-1-tail nth 3 times 3 amount 1ms",
        "reorder at write/cq-1-head nth 3",
        "flip at write/sq-1-tail nth 3 amount 4000h",
        "lose at interrupt/1 nth 3",
        "double at interrupt/1 nth 3",
        "delay at interrupt/1 nth 3 amount 300us",
        "reorder at interrupt/* nth 3",
        "overtake at interrupt/1 nth 2 times 5",
        "spurious at interrupt/1 nth 2 times 5 amount 200us",
        "lose at wake/sq-1",
        "double at wake/sq-1",
        "delay at wake/sq-1 amount 1ms",
        "lose at commands/cq-1 nth 5",
        "double at commands/cq-1 nth 5 times 3",
        "delay at commands/sq-1 nth 5 amount 1ms",
        "slow at commands/cq-1 opcode 01h nth 3 amount 600ms",
        "hang at commands/cq-1 nth 5",
        "fail at commands/cq-1 nth 3 times 2",
        "misidentify at commands/cq-1 nth 3",
        "lose at dma-write/cqe-1 nth 5",
        "delay at dma-write/cqe-1 nth 5 amount 40us",
        "stale at dma-write/cqe-1 nth 5",
        "tear at dma-write/cqe-1 nth 5",
        "lose at dma-write/eventidx nth 3",
        "delay at dma-write/eventidx nth 3",
        "fail at dma-read/prp-1 nth 3",
        "fail at dma-read/data-1 nth 3",
        "fail at dma-write/data-1 nth 3",
        "fail at media/read nth 3",
        "fail at media/write nth 3 amount 81h",
        "fail at dma-read/sqe-1 nth 5",
        "fail at dma-write/cqe-1 nth 5",
        "crash at actor/completion-queue-1 nth 9",
        "cfs at controller/step nth 300",
        "remove at controller/step nth 300 amount 500us",
        "hang at commands/cq-1; stale at read/csts nth 2 times 30",
        "fail at commands/cq-1 when crowded nth 4 opcode 01h p 0.5; lose at interrupt/* p 0.05",
    };

    /** What meets the bring-up after a reset; the host tries again. */
    private static final String[] PERSEVERED = {
        "fail at execution/sq-0 nth 5 times 2",
        "fail at execution/sq-0 opcode 05h",
        "hang at execution/sq-0 opcode 01h",
        "slow at execution/sq-0 nth 12 amount 1500ms",
        "slow at commands/cq-0 nth 14 amount 5ms",
        "lose at write/sq-0-tail nth 11",
        "lose at wake/sq-0 nth 3",
        "all-ones at read/csts nth 2",
        "all-ones at read/csts nth 5 times 2",
        "all-ones at read/vs",
        "cfs at controller/step when in-reset nth 3",
    };

    private static final String[] NOT_SURVIVED = {
        "reorder at write/sq-1-tail nth 3",
        "lose at dma-write/data-* nth 200 times 100",
        "delay at dma-write/data-1 times 9 amount 50us",
        "flip at dma-write/data-1",
        "flip at dma-read/data-1",
        "flip at dma-read/prp-1 amount 1000h",
        "flip at dma-read/sqe-1 nth 3",
        "fail at commands/cq-1 nth 3 amount 4006h",
        "fail at media/write amount 4280h",
        "lose at media/write nth 20",
        "tear at media/write nth 20",
        "misdirect at media/write nth 20 amount 16384",
        "flip at media/write",
        "remove at controller/step nth 300",
    };

    /** What may end either way; that it strikes is enough. */
    private static final String[] UNCERTAIN = {
        "flip at dma-read/shadow nth 3",
        "flip at dma-write/eventidx nth 3",
        "flip at dma-write/cqe-1 nth 3",
        "hang at commands/cq-1; flip at read/csts amount 2",
        "hang at commands/cq-1; all-ones at read/csts",
        "hang at commands/cq-1; lose at write/cc",
    };

    private static List<Fault> faults(String text) {
        return Arrays.stream(text.split(";", -1)).map(Fault::parse).toList();
    }

    private static Scenario scenario(String text) {
        if (List.of(PERSEVERED).contains(text)) {
            return PERSEVERING;
        }
        return text.contains("write/sq-") || text.contains("write/cq-") ? RINGING : SCENARIO;
    }

    /** The runs of some seeds; in each, the last fault strikes. */
    private static List<Outcome> run(String text) {
        return run(scenario(text), text);
    }

    private static List<Outcome> run(Scenario scenario, String text) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Fault> faults = faults(text);
        String last = faults.getLast().kind().word() + " at ";
        try (Laboratory laboratory = new Laboratory()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                List<String> struck = new ArrayList<>();
                Spectator spectator =
                        new Spectator() {
                            @Override
                            public void faultStruck(Strike strike) {
                                struck.add(strike.toString());
                            }
                        };
                outcomes.add(
                        laboratory.run(
                                scenario,
                                new Plan(Choices.drawn(seed), Strategy.RANDOM, faults, false),
                                spectator));
                assertThat(struck).as("seed %d", seed).anyMatch(each -> each.startsWith(last));
            }
        }
        return outcomes;
    }

    @ParameterizedTest
    @MethodSource("survived")
    void hostGetsOverIt(String text) {
        assertThat(faults(text)).noneMatch(fault -> fault.survival() == Survival.LOST);
        assertThat(run(text)).extracting(Outcome::problem).containsOnly("");
    }

    @Test
    void ringThatArrivesWhenItsQueueIsAnother_isNoMistakeOfTheHost() {
        Scenario renewed =
                Components.with(RINGING, "errands", "recreate-queues on completion 30 at 100ns");
        List<Fault> faults = faults("delay at write/cq-1-head nth 5 times 1000 amount 100us");
        try (Laboratory laboratory = new Laboratory()) {
            for (int seed = 1; seed <= 20; seed++) {
                Plan plan = new Plan(Choices.drawn(seed), Strategy.RANDOM, faults, false);
                assertThat(laboratory.run(renewed, plan).problem()).as("seed %d", seed).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("persevered")
    void hostThatTriesAgain_getsOverIt(String text) {
        assertThat(faults(text)).allMatch(fault -> fault.survival() != Survival.LOST);
        assertThat(run(text)).extracting(Outcome::problem).containsOnly("");
    }

    @Test
    void hostThatTriesOnce_givesUp() {
        Scenario linux = Components.with(PERSEVERING, "host", "");
        assertThat(run(linux, "fail at execution/sq-0 opcode 05h"))
                .extracting(Outcome::problem)
                .allMatch(each -> !each.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("notSurvived")
    void hostNotices(String text) {
        assertThat(faults(text)).anyMatch(fault -> fault.survival() == Survival.LOST);
        assertThat(run(text)).extracting(Outcome::problem).anyMatch(each -> !each.isEmpty());
    }

    /** What is never completed has to be missed first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lose at commands/cq-1 nth 5",
                "hang at commands/cq-1 nth 5",
                "misidentify at commands/cq-1 nth 5",
                "lose at dma-write/cqe-1 nth 5",
                "slow at commands/cq-1 nth 5 amount 600ms"
            })
    void commandThatDoesNotComplete_costsATimeOut(String text) {
        assertThat(run(text))
                .allMatch(outcome -> outcome.nanos() >= SCENARIO.commandTimeoutNanos());
    }

    @ParameterizedTest
    @MethodSource("uncertain")
    void faultStrikes(String text) {
        assertThat(run(text)).hasSize(SEEDS);
    }

    static List<String> survived() {
        return List.of(SURVIVED);
    }

    static List<String> persevered() {
        return List.of(PERSEVERED);
    }

    static List<String> notSurvived() {
        return List.of(NOT_SURVIVED);
    }

    static List<String> uncertain() {
        return List.of(UNCERTAIN);
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void everyKindIsSeenAtEverySort(FaultKind kind) {
        List<Fault> seen =
                Stream.of(SURVIVED, PERSEVERED, NOT_SURVIVED, UNCERTAIN)
                        .flatMap(Stream::of)
                        .flatMap(text -> faults(text).stream())
                        .filter(fault -> fault.kind() == kind)
                        .toList();
        for (String site : kind.sites()) {
            String sort = site.replaceFirst("\\*?$", "");
            assertThat(seen)
                    .as("%s at %s", kind.word(), site)
                    .anyMatch(fault -> fault.site().startsWith(sort));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "misidentify at commands/cq-0",
                "lose at commands/cq-0",
                "hang at commands/cq-*",
                "stale at dma-write/cqe-0",
                "fail at commands/cq-1 amount 4006h",
                "flip at write/sq-1-tail amount 2",
                "reorder at write/sq-1-tail",
                "delay at write/sq-1-tail",
                "lose at write/cc",
                "lose at write/*",
                "crash at actor/pci",
                "remove at controller/step",
                "misidentify at commands/cq-1 amount 1"
            })
    void whatMayBeTooMuch_isCalledLost(String text) {
        assertThat(Fault.parse(text).survival()).isEqualTo(Survival.LOST);
    }

    @Test
    void faults_areTheSameInEveryRun() {
        String text =
                "fail at commands/cq-* when crowded p 0.1 times 9; lose at interrupt/* p 0.05";
        assertThat(run(text))
                .extracting(outcome -> outcome.trace().value())
                .isEqualTo(run(text).stream().map(outcome -> outcome.trace().value()).toList());
    }
}
