package io.doorbell.testkit.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.testkit.mutant.MutantCompiler;
import io.doorbell.testkit.mutant.Sources;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The laws are watched while faults strike: what they excuse hides no other mistake. */
class JudgedFaultsTest {
    private static final Hunt HUNT = new Hunt(400, 120_000_000_000L, null);

    /** Nobody aborts anything before a fault made a command late. */
    private static final String SAYS_ABORTED =
            """
            == XX-01 controller
            says of every command that it was aborted
            --- controller/queue/SubmissionQueueLink.java
            queueId, abort.request().commandId(), aborted));
            +++
            queueId, abort.request().commandId(), true));
            """;

    @Test
    void mistakeThatShowsOnlyUnderFaults_isReportedWithItsLaw(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("late.mutants"), SAYS_ABORTED);
        Mutant mutant = MutantFile.read(file).getFirst();

        Catch caught = HUNT.hunt(mutant, new MutantCompiler(Sources.of(Path.of(".."))));

        assertThat(caught.oracle()).isEqualTo("I28");
    }
}
