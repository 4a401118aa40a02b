package io.doorbell.testkit.conformance.report;

import io.doorbell.testkit.conformance.NotCovered;
import io.doorbell.testkit.conformance.TestResult;
import io.doorbell.testkit.conformance.TestResult.Outcome;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A finished run.
 *
 * @param device what was tested
 */
public record ConformanceReport(
        String device, List<TestResult> results, List<NotCovered> notCovered) {

    /** How often each thing happened. */
    public record Tally(String name, int passed, int failed, int notApplicable, int notCovered) {
        public int total() {
            return passed + failed + notApplicable;
        }
    }

    public ConformanceReport {
        results = List.copyOf(results);
        notCovered = List.copyOf(notCovered);
    }

    /** No test failed. */
    public boolean held() {
        return results.stream().noneMatch(TestResult::failed);
    }

    public Optional<TestResult> firstFailure() {
        return results.stream().filter(TestResult::failed).findFirst();
    }

    /** One for each chapter, in the suite's order. */
    public List<Tally> chapters() {
        Set<String> names = new LinkedHashSet<>();
        results.forEach(result -> names.add(result.test().chapter()));
        notCovered.forEach(gap -> names.add(gap.chapter()));
        List<Tally> tallies = new ArrayList<>();
        for (String name : names) {
            tallies.add(
                    tally(
                            name,
                            results.stream().filter(r -> r.test().chapter().equals(name)).toList(),
                            (int)
                                    notCovered.stream()
                                            .filter(g -> g.chapter().equals(name))
                                            .count()));
        }
        return tallies;
    }

    /** One for each clause, by its number. */
    public List<Tally> clauses() {
        Map<String, List<TestResult>> byClause = new TreeMap<>(ClauseOrder.INSTANCE);
        results.forEach(
                result ->
                        byClause.computeIfAbsent(result.test().clause(), _ -> new ArrayList<>())
                                .add(result));
        Map<String, Integer> gaps = new LinkedHashMap<>();
        notCovered.forEach(gap -> gaps.merge(gap.clause(), 1, Integer::sum));
        gaps.keySet().forEach(clause -> byClause.putIfAbsent(clause, new ArrayList<>()));
        return byClause.entrySet().stream()
                .map(
                        entry ->
                                tally(
                                        entry.getKey(),
                                        entry.getValue(),
                                        gaps.getOrDefault(entry.getKey(), 0)))
                .toList();
    }

    /** Of everything. */
    public Tally total() {
        return tally("all", results, notCovered.size());
    }

    /** Wall-clock time of all tests. */
    public long nanos() {
        return results.stream().mapToLong(TestResult::nanos).sum();
    }

    private static Tally tally(String name, List<TestResult> results, int notCovered) {
        return new Tally(
                name,
                count(results, Outcome.PASSED),
                count(results, Outcome.FAILED),
                count(results, Outcome.NOT_APPLICABLE),
                notCovered);
    }

    private static int count(List<TestResult> results, Outcome outcome) {
        return (int) results.stream().filter(result -> result.outcome() == outcome).count();
    }
}
