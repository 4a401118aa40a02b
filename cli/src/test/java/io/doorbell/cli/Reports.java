package io.doorbell.cli;

import io.doorbell.cli.report.CompletionBatchReport;
import io.doorbell.cli.report.DoorbellReport;
import io.doorbell.cli.report.ErrorReport;
import io.doorbell.cli.report.InterruptReport;
import io.doorbell.cli.report.LatencySummary;
import io.doorbell.cli.report.OperationKind;
import io.doorbell.cli.report.OperationReport;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.report.VerificationReport;

import java.util.List;

/** Reports with figures that can be told apart. */
public final class Reports {
    private Reports() {}

    /** All is well. */
    public static RunReport held() {
        return with(new VerificationReport(true, 150_000, 0, 0, 0, List.of()), List.of());
    }

    /** Two wrong blocks and one error. */
    public static RunReport failed() {
        return with(
                new VerificationReport(
                        true,
                        150_000,
                        2,
                        0,
                        0,
                        List.of("block 17: version 3 expected, version 2 read")),
                List.of(new ErrorReport("write: LBA Out of Range (0/80h)", 1)));
    }

    /** All is well, as far as one can see from outside. */
    public static RunReport foreign() {
        RunReport own = held();
        return new RunReport(
                own.scenario(),
                "'A Device' at nvme.sock",
                own.wallTimeNanos(),
                own.bringUpTimeNanos(),
                own.operations(),
                new DoorbellReport(2_345, 1_234, null),
                own.messagesTotal(),
                InterruptReport.ofUnknownCause(1_524),
                null,
                null,
                own.verification(),
                own.errors());
    }

    /** Figures of a small run, and what is given. */
    public static RunReport with(VerificationReport verification, List<ErrorReport> errors) {
        LatencySummary latency = new LatencySummary(812, 12_300, 456_000, 7_890_000, 1_234_567_890);
        return new RunReport(
                "application",
                null,
                500_000_000,
                3_100_000,
                List.of(
                        new OperationReport(OperationKind.READ, 2_000, 80_000_000, 0, latency),
                        new OperationReport(
                                OperationKind.WRITE_ZEROES, 1_048, 4096, errors.size(), latency)),
                new DoorbellReport(2_345, 1_234, 1_111L),
                12_192,
                InterruptReport.byCause(300, 200, 24),
                new CompletionBatchReport(900, 3_048),
                7L,
                verification,
                errors);
    }
}
