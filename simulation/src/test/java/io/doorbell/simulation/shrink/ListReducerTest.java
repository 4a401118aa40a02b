package io.doorbell.simulation.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Only what is needed is left, after few trials. */
class ListReducerTest {
    private int trials;

    private List<Integer> reduce(int size, Predicate<List<Integer>> fails) {
        List<Integer> items = IntStream.range(0, size).boxed().toList();
        return ListReducer.reduce(
                items,
                candidate -> {
                    trials++;
                    return fails.test(candidate) ? candidate : null;
                });
    }

    @Test
    void nothingNeeded_isOneTrial() {
        assertThat(reduce(1000, _ -> true)).isEmpty();
        assertThat(trials).isEqualTo(1);
    }

    @Test
    void everythingNeeded_isKept() {
        assertThat(reduce(50, list -> list.size() == 50)).hasSize(50);
    }

    @Test
    void fewNeeded_areFoundAmongMany() {
        assertThat(reduce(10_000, list -> list.containsAll(List.of(17, 4711, 9999))))
                .containsExactly(17, 4711, 9999);
        assertThat(trials).isLessThan(150);
    }

    @Test
    void oneOfTwo_isEnough() {
        assertThat(reduce(64, list -> list.contains(3) || list.contains(60))).hasSize(1);
    }

    @Test
    void itemsThatOnlyGoTogether_leaveOneByOneWhatElseThereIs() {
        Predicate<List<Integer>> evenMany = list -> list.contains(5) && list.size() % 2 == 1;

        assertThat(reduce(33, evenMany)).contains(5).hasSizeLessThan(33);
    }

    @Test
    void whatATrialDidNotNeed_isLeftOutAtOnce() {
        List<Integer> items = IntStream.range(0, 100).boxed().toList();
        List<List<Integer>> tried = new ArrayList<>();
        List<Integer> left =
                ListReducer.reduce(
                        items,
                        candidate -> {
                            tried.add(candidate);
                            return candidate.contains(2)
                                    ? candidate.stream().filter(each -> each <= 2).toList()
                                    : null;
                        });

        assertThat(left).containsExactly(2);
        assertThat(tried).hasSizeLessThan(8);
    }
}
