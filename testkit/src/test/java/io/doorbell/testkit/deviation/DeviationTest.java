package io.doorbell.testkit.deviation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.testkit.conformance.ConformanceRunner;
import io.doorbell.testkit.conformance.ConformanceSuite;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.TestCase;
import io.doorbell.testkit.device.SimulatedDevices;
import io.doorbell.testkit.mutant.MutantCompiler;
import io.doorbell.testkit.mutant.MutantLoader;
import io.doorbell.testkit.mutant.Sources;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The suite can fail: each deviant controller is caught by at least one conformance test. */
class DeviationTest {
    private static final Path TABLE = Path.of("target", "deviations.md");
    private static final int CAUGHT_ENOUGH = 3; // the suite has too many tests to run them all
    private static final Map<String, String> ROWS = new ConcurrentHashMap<>();

    private final MutantCompiler compiler = new MutantCompiler(Sources.of(Path.of("..")));

    static List<Arguments> deviations() {
        return Deviations.AREAS.stream()
                .flatMap(
                        area ->
                                area.deviations().stream()
                                        .map(each -> Arguments.of(each, area.chapters())))
                .toList();
    }

    @AfterAll
    static void writeTable() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| deviation | what it does wrong | tests that fail, of each clause the first |");
        lines.add("|---|---|---|");
        Deviations.all()
                .map(each -> ROWS.get(each.name()))
                .filter(Objects::nonNull)
                .forEach(lines::add);
        Files.createDirectories(TABLE.getParent());
        Files.write(TABLE, lines);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("deviations")
    void deviantController_isCaught(Deviation deviation, List<String> chapters) {
        List<TestCase> caughtBy =
                failures(compiler.compile(deviation.name(), deviation.edits()), chapters);
        assertThat(caughtBy).as(deviation.rule()).isNotEmpty();
        ROWS.put(
                deviation.name(),
                "| %s | %s | %s |"
                        .formatted(
                                deviation.name(),
                                deviation.rule(),
                                caughtBy.stream()
                                        .map(TestCase::id)
                                        .collect(Collectors.joining(", "))));
    }

    @Test
    void controllerLoadedOnceMoreUnedited_isNotCaught() {
        assertThat(failures(Map.of(), List.of())).isEmpty();
    }

    @Test
    void editOfTextThatIsNotThere_isSaid() {
        Deviation lost = new Deviation("lost", "", "Controller.java", "no such text anywhere", "");
        assertThatThrownBy(() -> compiler.compile(lost.name(), lost.edits()))
                .hasMessageContaining("not at all");
    }

    /** What fails in the chapters meant for it, or if nothing does, in the others. */
    private static List<TestCase> failures(Map<String, byte[]> replaced, List<String> chapters) {
        Map<Boolean, List<TestCase>> tests =
                ConformanceSuite.tests().stream()
                        .collect(
                                Collectors.partitioningBy(
                                        test ->
                                                chapters.stream()
                                                        .anyMatch(test.chapter()::contains)));
        try (DeviceFactory devices =
                devices(new MutantLoader(replaced, DeviationTest::isLoadedAgain))) {
            ConformanceRunner runner = new ConformanceRunner(devices);
            List<TestCase> failed = failures(runner, tests.getOrDefault(true, List.of()));
            return failed.isEmpty()
                    ? failures(runner, tests.getOrDefault(false, List.of()))
                    : failed;
        }
    }

    private static boolean isLoadedAgain(String name) {
        return name.startsWith("io.doorbell.controller.")
                || name.startsWith("io.doorbell.testkit.device.");
    }

    private static DeviceFactory devices(MutantLoader loader) {
        try {
            return (DeviceFactory)
                    loader.loadClass(SimulatedDevices.class.getName())
                            .getConstructor()
                            .newInstance();
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("The deviant controller cannot be loaded", broken);
        }
    }

    /** Enough that fail; a method that has failed for one value is not run for the others. */
    private static List<TestCase> failures(ConformanceRunner runner, List<TestCase> tests) {
        Map<Method, TestCase> failed = new LinkedHashMap<>();
        for (TestCase test : tests) {
            if (failed.size() < CAUGHT_ENOUGH
                    && !failed.containsKey(test.method())
                    && runner.run(test).failed()) {
                failed.put(test.method(), test);
            }
        }
        return List.copyOf(failed.values());
    }
}
