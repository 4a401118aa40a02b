package io.doorbell.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.Reports;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.report.VerificationReport;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

class SummaryPrinterTest {
    @Test
    void summary_looksLikeThis() {
        assertThat(printed(Reports.held(), Ink.PLAIN))
                .isEqualTo(
                        """
                        Scenario      application
                        Time          500 ms of work, after 3.10 ms to bring the controller up

                        Operation          Commands        Bytes       Errors   Commands/s      Bytes/s
                        read                  2,000     76.3 MiB            0        4,000      153 MiB
                        write zeroes          1,048     4.00 KiB            0        2,096     8.00 KiB
                        all                   3,048     76.3 MiB            0        6,096      153 MiB

                        Latency                 p50          p90          p99        p99.9          max
                        read                 812 ns      12.3 us       456 us      7.89 ms       1.23 s
                        write zeroes         812 ns      12.3 us       456 us      7.89 ms       1.23 s

                        Doorbells     2,345 submission rings, 1,234 completion rings, 1,111 wakes
                        Messages      12,192 between actors, 4.00 per command
                        Interrupts    524, 0.17 per command
                          fired by    threshold 300, time 200, not coalesced 24
                        Completions   900 batches, 3.39 entries each on average
                        Queue full    7 operations had to wait for room
                        Verified      150,000 blocks read, 0 wrong
                        Errors        none

                        Held: 3,048 operations, every read verified.
                        """);
    }

    @Test
    void summaryOfAForeignDevice_leavesOutWhatNobodyKnows() {
        assertThat(printed(Reports.foreign(), Ink.PLAIN))
                .startsWith(
                        """
                        Scenario      application
                        Device        'A Device' at nvme.sock
                        Time          500 ms of work, after 3.10 ms to bring the controller up
                        """)
                .contains(
                        """
                        Doorbells     2,345 submission rings, 1,234 completion rings
                        Messages      12,192 between actors, 4.00 per command
                        Interrupts    1,524, 0.50 per command
                        Verified      150,000 blocks read, 0 wrong
                        """);
    }

    @Test
    void failures_areShownOneByOne() {
        assertThat(printed(Reports.failed(), Ink.PLAIN))
                .contains(
                        """
                        Verified      150,000 blocks read, 2 wrong
                                      block 17: version 3 expected, version 2 read
                        Errors        1 x write: LBA Out of Range (0/80h)

                        FAILED: 2 blocks read wrong, 1 error, in 3,048 operations.
                        """);
    }

    @Test
    void unverified_saysSo() {
        assertThat(printed(Reports.with(VerificationReport.OFF, List.of()), Ink.PLAIN))
                .contains("Verified      nothing: workload.verify = false")
                .endsWith("Held: 3,048 operations, no error; reads were not verified.\n");
    }

    @Test
    void imageCheck_isPartOfTheVerdict() {
        VerificationReport good = new VerificationReport(true, 1, 0, 1_000, 0, List.of());
        VerificationReport bad = new VerificationReport(true, 1, 0, 1_000, 1, List.of("block 3"));

        assertThat(printed(Reports.with(good, List.of()), Ink.PLAIN))
                .contains("Image         1,000 blocks compared, 0 wrong")
                .endsWith("every read verified, and 1,000 blocks of the image.\n");
        assertThat(printed(Reports.with(bad, List.of()), Ink.PLAIN))
                .endsWith("FAILED: 1 block wrong in the image, in 3,048 operations.\n");
    }

    @Test
    void colour_isOnlyWhereItIsWanted() {
        assertThat(printed(Reports.held(), Ink.PLAIN)).doesNotContain("\033");
        assertThat(printed(Reports.held(), Ink.COLOURED)).contains("\033[1;32mHeld:");
        assertThat(printed(Reports.failed(), Ink.COLOURED)).contains("\033[1;31mFAILED:");
    }

    private static String printed(RunReport report, Ink ink) {
        StringWriter text = new StringWriter();
        new SummaryPrinter(new PrintWriter(text), ink).print(report);
        return text.toString();
    }
}
