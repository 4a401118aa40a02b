package io.doorbell.simulation.determinism;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.trace.TraceHash;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The same seed gives the same run, step by step. */
class DeterminismTest {
    private static final int SEEDS = 200;
    private static final int SEEDS_OF_A_PROCESS = 6;

    @Test
    void twoHundredSeeds_areTheSameRunsInTwoWorlds() {
        Set<Long> hashes = new HashSet<>();
        try (Laboratory one = new Laboratory();
                Laboratory other = new Laboratory()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                if (seed % 50 == 0) {
                    SeededRuns.run(other, 1_000 + seed); // a past that must not matter
                }
                Outcome first = SeededRuns.run(one, seed);
                Outcome second = SeededRuns.run(other, seed);
                assertThat(TraceHash.firstDifference(first.trace(), second.trace()))
                        .as("first step in which the runs of seed %d differ", seed)
                        .isEqualTo(-1);
                assertThat(second.steps()).isEqualTo(first.steps());
                assertThat(second.choices()).isEqualTo(first.choices());
                assertThat(second.problem()).isEqualTo(first.problem());
                hashes.add(first.trace().value());
            }
        }
        assertThat(hashes).as("every seed is a run of its own").hasSize(SEEDS);
    }

    @Test
    void processesOfTheirOwn_printTheSameHashes() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (String flags : List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")) {
            processes.add(start(flags));
        }
        String here = SeededRuns.hashes(SEEDS_OF_A_PROCESS);
        for (Process process : processes) {
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(printed.lines().toList().getLast()).isEqualTo(here);
        }
    }

    private static Process start(String flag) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        flag,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SeededRuns.class.getName(),
                        Integer.toString(SEEDS_OF_A_PROCESS))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
