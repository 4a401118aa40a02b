package io.doorbell.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.lab.InputException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/** Whatever stands in a trace, it is replayed or refused. */
@Timeout(300)
class MutatedTraceTest {
    private static final Path LINUX = Path.of("..", "traces", "linux-probe.trace.gz");
    private static final int MUTANTS = 60;

    @TempDir private Path folder = Path.of("");

    private static List<String> lines() throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(LINUX)),
                                StandardCharsets.ISO_8859_1))) {
            return new ArrayList<>(reader.lines().toList());
        }
    }

    /** What comes of a trace: null if it is refused. */
    private String replay(List<String> lines) throws Exception {
        Path file = folder.resolve("mutant.trace");
        Files.write(file, lines, StandardCharsets.ISO_8859_1);
        try (TraceReplay replay = new TraceReplay(null)) {
            return replay.run(file, _ -> {}).isSame() ? "same" : "differs";
        } catch (InputException refused) {
            assertThat(refused.what()).endsWith(".");
            return "refused";
        }
    }

    private static void mutate(List<String> lines, Random random) {
        int at = 1 + random.nextInt(lines.size() - 1);
        String line = lines.get(at);
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.set(at, lines.set(random.nextInt(lines.size() - 1) + 1, line));
            case 3 -> {
                int place = random.nextInt(line.length());
                lines.set(
                        at,
                        line.substring(0, place)
                                + (char) ('0' + random.nextInt(60))
                                + line.substring(place + 1));
            }
            default -> {
                int place = line.lastIndexOf(random.nextBoolean() ? "\":\"" : "\":") + 2;
                lines.set(
                        at, line.substring(0, place) + random.nextInt(10) + line.substring(place));
            }
        }
    }

    @Test
    void mutants_areReplayedOrRefused() throws Exception {
        List<String> came = new ArrayList<>();
        for (int seed = 0; seed < MUTANTS; seed++) {
            List<String> lines = lines();
            Random random = new Random(seed);
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutate(lines, random);
            }
            came.add(replay(lines));
        }

        assertThat(came).contains("same", "differs", "refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sizeBytes\":67108864|\"sizeBytes\":4611686018427387904",
                "\"blockBytes\":512|\"blockBytes\":0",
                "\"blockBytes\":512|\"blockBytes\":1000",
                "\"blockBytes\":512|\"blockBytes\":1073741824",
                "\"vectors\":65|\"vectors\":0",
                "\"transferMaxBytes\":524288|\"transferMaxBytes\":0",
                "\"queueEntriesMax\":1024|\"queueEntriesMax\":2147483647",
                "\"doorbellStrideExponent\":0|\"doorbellStrideExponent\":31",
                "\"readyTimeoutMillis\":10000|\"readyTimeoutMillis\":0",
                "\"blocks\":\"memory\"|\"blocks\":\"air\""
            })
    void impossibleFunction_isRefused(String change) throws Exception {
        String[] sides = change.split("\\|", 2);
        List<String> lines = lines();
        assertThat(lines).anyMatch(line -> line.contains(sides[0]));
        lines.replaceAll(line -> line.replace(sides[0], sides[1]));

        assertThat(replay(lines)).isEqualTo("refused");
    }
}
