package io.doorbell.testkit.deviation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.simulation.world.World;
import io.doorbell.testkit.conformance.ConformanceRunner;
import io.doorbell.testkit.conformance.ConformanceSuite;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.TestCase;
import io.doorbell.testkit.conformance.TestResult;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The suite can fail: each deviant controller is caught by at least one conformance test. */
class DeviationTest {
    private static final Path TABLE = Path.of("target", "deviations.md");
    private static final List<String> ROWS = new ArrayList<>();

    private final DeviantCompiler compiler = new DeviantCompiler();

    static List<Deviation> deviations() {
        return Deviations.ALL;
    }

    @AfterAll
    static void writeTable() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("| deviation | what it does wrong | tests that fail | the first of them |");
        lines.add("|---|---|---|---|");
        lines.addAll(ROWS);
        Files.createDirectories(TABLE.getParent());
        Files.write(TABLE, lines);
    }

    @ParameterizedTest
    @MethodSource("deviations")
    void deviantController_isCaught(Deviation deviation) {
        List<TestCase> caughtBy = failures(new DeviantLoader(compiler.compile(deviation)));
        assertThat(caughtBy).as(deviation.rule()).isNotEmpty();
        ROWS.add(
                "| %s | %s | %d | %s |"
                        .formatted(
                                deviation.name(),
                                deviation.rule(),
                                caughtBy.size(),
                                caughtBy.getFirst().id()));
    }

    @Test
    void controllerLoadedOnceMoreUnedited_isNotCaught() {
        assertThat(failures(new DeviantLoader(Map.of()))).isEmpty();
    }

    @Test
    void editOfTextThatIsNotThere_isSaid() {
        Deviation lost = new Deviation("lost", "", "Controller.java", "no such text anywhere", "");
        assertThatThrownBy(() -> compiler.compile(lost)).hasMessageContaining("not at all");
    }

    private static List<TestCase> failures(DeviantLoader loader) {
        try (DeviceFactory devices = loader.devices(new World())) {
            ConformanceRunner runner = new ConformanceRunner(devices);
            return ConformanceSuite.tests().stream()
                    .map(runner::run)
                    .filter(TestResult::failed)
                    .map(TestResult::test)
                    .toList();
        }
    }
}
