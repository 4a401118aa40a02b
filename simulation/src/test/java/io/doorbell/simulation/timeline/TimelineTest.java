package io.doorbell.simulation.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Components;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Laboratory.Plan;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.lab.Strategy;
import io.doorbell.simulation.machine.SimulatedMachine;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run as lines, as JSON and as a picture: all of it, in order, and changed by nobody watching.
 */
class TimelineTest {
    /** Heads that go into shadow buffers are not seen to move. */
    private static final Scenario BY_REGISTER =
            Components.with(Scenario.SMALL, "host", "shadows=none");

    private static final Plan PLAN =
            new Plan(
                    Choices.ordinary(),
                    Strategy.ORDINARY,
                    List.of(Fault.parse("double at interrupt/1 nth 3")),
                    false);

    private static Timeline watched(int eventsKept, long stepsMax) {
        Timeline timeline =
                new Timeline(
                        new SimulatedMachine.Builder().facts(BY_REGISTER), eventsKept, stepsMax);
        try (Laboratory laboratory = new Laboratory()) {
            Outcome outcome = laboratory.run(BY_REGISTER, again(), timeline);
            assertThat(outcome.problem()).isEmpty();
            assertThat(laboratory.run(BY_REGISTER, again()).trace().value())
                    .as("nobody who watches changes the run")
                    .isEqualTo(outcome.trace().value());
        }
        return timeline;
    }

    private static Plan again() {
        return new Plan(Choices.ordinary(), PLAN.strategy(), PLAN.faults(), false);
    }

    @Test
    void lines_areInOrderAndTellACommandsLife() {
        List<TimelineEvent> events = watched(Integer.MAX_VALUE, Long.MAX_VALUE).events();

        assertThat(events).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
        String text = String.join("\n", events.stream().map(TimelineEvent::line).toList());
        assertThat(text)
                .containsSubsequence(
                        "host    stores cc = ",
                        "wire    cc = ",
                        "host    rings sq-0-tail = 1, was 0: 1 command\n",
                        "device  fetches sq 0 slot 0: CID ",
                        "device  posts cq 0 slot 0 phase 1: CID ",
                        "device  sends interrupt 0\n",
                        "host    is interrupted by vector 0\n",
                        "host    rings cq-0-head = 1, was 0: 1 consumed\n",
                        "device  fetches sq 1 slot ",
                        " blocks");
        assertThat(text)
                .contains(
                        "world   FAULT: double at interrupt/1",
                        "phase 0: CID",
                        "can be seen",
                        " writes 4,096 bytes at ");
    }

    @Test
    void ringBuffer_keepsTheLastEvents() {
        Timeline all = watched(Integer.MAX_VALUE, Long.MAX_VALUE);
        Timeline last = watched(100, Long.MAX_VALUE);

        assertThat(last.events())
                .isEqualTo(all.events().subList(all.events().size() - 100, all.events().size()));
        assertThat(last.dropped()).isEqualTo(all.events().size() - 100L);
    }

    @Test
    void nothing_isWrittenDownFromTheLastStepOn() {
        assertThat(watched(Integer.MAX_VALUE, 300).events())
                .isNotEmpty()
                .allMatch(event -> event.step() < 300);
    }

    @Test
    void jsonLines_areOneObjectEach() {
        List<TimelineEvent> events = watched(Integer.MAX_VALUE, Long.MAX_VALUE).events();
        List<String> lines = JsonLines.of(events).lines().toList();

        assertThat(lines).hasSameSizeAs(events);
        for (int i = 0; i < events.size(); i += 37) {
            Config line = parse(lines.get(i));
            assertThat(line.getLong("step")).isEqualTo(events.get(i).step());
            assertThat(line.getLong("ns")).isEqualTo(events.get(i).nanos());
            assertThat(line.getString("event"))
                    .isEqualTo(events.get(i).what().getClass().getSimpleName());
        }
    }

    @Test
    void perfetto_hasAFlowAndAnAsynchronousEventForEachCommand() {
        List<TimelineEvent> events = watched(Integer.MAX_VALUE, Long.MAX_VALUE).events();
        List<? extends Config> parsed =
                parse(PerfettoTrace.of(events)).getConfigList("traceEvents");

        Set<String> slices = new HashSet<>();
        Map<String, StringBuilder> phases = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        int depth = -1;
        for (Config each : parsed) {
            String phase = each.getString("ph");
            String place =
                    "%s/%s@%s".formatted(text(each, "pid"), text(each, "tid"), text(each, "ts"));
            switch (phase) {
                case "X" -> slices.add(place);
                case "s", "t", "f" -> {
                    assertThat(slices).as("a flow binds to a slice").contains(place);
                    note(phases, "flow " + each.getLong("id"), phase);
                }
                case "b", "n", "e" -> {
                    String id = each.getString("id2.local");
                    note(phases, "async " + id, phase);
                    if (!phase.equals("n")) {
                        String name = each.getString("name");
                        assertThat(names.computeIfAbsent(id, _ -> name))
                                .as("begins and ends under one name")
                                .isEqualTo(name);
                    }
                }
                case "C" -> {
                    depth = each.getInt("args.commands");
                    assertThat(depth).isNotNegative();
                }
                default -> assertThat(phase).isIn("M", "i");
            }
        }
        long fetched =
                events.stream().filter(each -> each.what() instanceof Happening.Fetched).count();
        assertThat(phases).hasSize((int) (2 * fetched));
        phases.forEach(
                (name, sequence) ->
                        assertThat(sequence.toString())
                                .as(name)
                                .matches(name.startsWith("flow") ? "st+f?" : "bn{0,2}e?"));
        assertThat(phases.values().stream().filter(each -> each.toString().endsWith("e")))
                .hasSizeGreaterThan(200);
    }

    private static void note(Map<String, StringBuilder> phases, String name, String phase) {
        phases.computeIfAbsent(name, _ -> new StringBuilder()).append(phase);
    }

    private static String text(Config event, String key) {
        return event.getValue(key).render();
    }

    private static Config parse(String json) {
        return ConfigFactory.parseString(
                json, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
    }
}
