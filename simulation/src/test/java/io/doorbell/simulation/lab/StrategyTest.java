package io.doorbell.simulation.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.world.ActorPath;
import io.doorbell.simulation.world.Schedule;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

final class StrategyTest {
    private static final int ACTORS = 100;
    private static final int TURNS_EACH = 400;

    /** By how many each of many actors is overtaken, turn by turn. */
    private static List<List<Integer>> delays(Strategy strategy) {
        Schedule schedule = strategy.schedule(Choices.drawn(7));
        List<List<Integer>> all = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            String text = "/user/actor-" + i;
            ActorPath path = new ActorPath(text, Choices.keyOf(text));
            List<Integer> delays = new ArrayList<>();
            for (int turn = 0; turn < TURNS_EACH; turn++) {
                delays.add(schedule.delay(path));
            }
            all.add(delays);
        }
        return all;
    }

    @Test
    void prioritiesOfDepth1_neverChange() {
        List<List<Integer>> all = delays(Strategy.priorities(1));
        assertThat(all).allSatisfy(each -> assertThat(new TreeSet<>(each)).hasSize(1));
        TreeSet<Integer> first = new TreeSet<>();
        all.forEach(each -> first.add(each.getFirst()));
        assertThat(first).hasSizeGreaterThan(2);
    }

    @Test
    void deeperPriorities_putAnActorBehindAllOthersFromThenOn() {
        int highest =
                delays(Strategy.priorities(1)).stream()
                        .mapToInt(List::getFirst)
                        .max()
                        .orElseThrow();
        int fallen = 0;
        for (List<Integer> each : delays(Strategy.priorities(3))) {
            int turn = 0;
            while (turn < TURNS_EACH && each.get(turn).equals(each.getFirst())) {
                turn++;
            }
            List<Integer> after = each.subList(turn, TURNS_EACH);
            assertThat(after).allSatisfy(delay -> assertThat(delay).isGreaterThan(highest));
            fallen += after.isEmpty() ? 0 : 1;
        }
        // Two changes in 4,000 turns; here there are ten times as many turns.
        assertThat(fallen).isBetween(8, 40);
    }
}
