package io.doorbell.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.doorbell.cli.Main;
import io.doorbell.cli.Surroundings;
import io.doorbell.cli.bench.RealBench;
import io.doorbell.cli.terminal.Ink;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Workloads in fio's words, through the command, on a real machine. */
class FioRunTest {
    private static final long DISK_BYTES = 1 << 20;
    private static final long BLOCK_BYTES = 4096;

    private final Path folder;

    FioRunTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void numberOfOperationsNotSet_coversTheDiskOnce() throws IOException {
        JsonNode report = run("workload.fio.rw=write", "workload.fio.numjobs=1");
        assertThat(operation(report, "write").get("commands").asLong())
                .isEqualTo(DISK_BYTES / BLOCK_BYTES);
        assertThat(operation(report, "write").get("bytes").asLong()).isEqualTo(DISK_BYTES);
    }

    @Test
    void severalJobs_shareTheDiskAndCoverItOnceTogether() throws IOException {
        JsonNode report = run("workload.fio.rw=randwrite", "workload.fio.numjobs=4");
        assertThat(operation(report, "write").get("bytes").asLong()).isEqualTo(DISK_BYTES);
    }

    /** What was written is read back when a job is over. */
    @Test
    void readBack_seesEveryBlockThatWasWritten() throws IOException {
        JsonNode report =
                run(
                        "workload.fio.rw=write",
                        "workload.fio.bs=512B",
                        "workload.fio.numjobs=2",
                        "workload.verify=true");
        assertThat(report.get("held").asBoolean()).isTrue();
        assertThat(report.at("/verification/blocksVerified").asLong()).isEqualTo(DISK_BYTES / 512);
        assertThat(report.at("/verification/failures").asLong()).isZero();
    }

    private static JsonNode operation(JsonNode report, String name) {
        for (JsonNode each : report.get("operations")) {
            if (name.equals(each.path("operation").asText())) {
                return each;
            }
        }
        throw new AssertionError("no " + name + " in " + report);
    }

    private JsonNode run(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--json", "-"));
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("workload.kind=fio");
        all.add("namespace.size=1MiB");
        all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode =
                new Main(
                                RealLab::new,
                                RealBench::new,
                                new Surroundings(folder, folder, Ink.PLAIN, Ink.PLAIN, false))
                        .execute(
                                arguments.toArray(String[]::new),
                                new PrintWriter(out),
                                new PrintWriter(err));
        assertThat(exitCode).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }
}
