package io.doorbell.cli.machine;

import io.doorbell.cli.report.CompletionBatchReport;
import io.doorbell.cli.report.DoorbellReport;
import io.doorbell.cli.report.ErrorReport;
import io.doorbell.cli.report.InterruptReport;
import io.doorbell.cli.report.LatencySummary;
import io.doorbell.cli.report.OperationKind;
import io.doorbell.cli.report.OperationReport;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.report.VerificationReport;
import io.doorbell.cli.settings.Settings;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.guest.workload.ImageCheck;
import io.doorbell.guest.workload.Operation;
import io.doorbell.guest.workload.WorkloadResult;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Gathers what a run has to say, and makes its report. */
final class RunReports {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Settings settings;
    private final Workload workload;
    private final @Nullable String foreign; // the device, if it is not ours
    private final List<ErrorReport> problems = new ArrayList<>();
    private ShardCounters device = new ShardCounters();
    private List<QueueRecorder> recorders = List.of();
    private long bringUpNanos;
    private long wallNanos;
    private long messages;
    private ImageCheck.@Nullable Report image;

    /** Of a run on our own controller. */
    RunReports(Settings settings, Workload workload) {
        this(settings, workload, null);
    }

    /**
     * Of a run on a device of which only that is known which goes by the host.
     *
     * @param foreign what it is and where
     */
    RunReports(Settings settings, Workload workload, @Nullable String foreign) {
        this.settings = settings;
        this.workload = workload;
        this.foreign = foreign;
    }

    void bringUpNanos(long nanos) {
        bringUpNanos = nanos;
    }

    /** Something that no command's status tells; empty if nothing went wrong. */
    void problem(String what) {
        if (!what.isEmpty()) {
            problems.add(new ErrorReport(what, 1));
        }
    }

    void measured(
            long runWallNanos,
            long messagesSent,
            ShardCounters deviceCounters,
            List<QueueRecorder> queueRecorders) {
        wallNanos = runWallNanos;
        messages = messagesSent;
        device = deviceCounters;
        recorders = queueRecorders;
    }

    void imageChecked(ImageCheck.Report report) {
        image = report;
    }

    RunReport build() {
        WorkloadResult result = workload.result();
        boolean own = foreign == null;
        return new RunReport(
                settings.scenarioName(),
                foreign,
                wallNanos,
                bringUpNanos,
                operations(result),
                new DoorbellReport(
                        device.submissionRings, device.completionRings, own ? device.wakes : null),
                messages,
                own
                        ? InterruptReport.byCause(
                                device.interruptsByThreshold,
                                device.interruptsByTime,
                                device.interruptsNotCoalesced)
                        : InterruptReport.ofUnknownCause(device.interrupts()),
                own
                        ? new CompletionBatchReport(device.completionBatches, device.completions)
                        : null,
                own ? device.queueFullHolds : null,
                verification(result),
                errors(result));
    }

    private List<OperationReport> operations(WorkloadResult result) {
        List<OperationReport> reports = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            WorkloadResult.OperationCount count = result.of(operation);
            if (count.requests() > 0) {
                reports.add(
                        new OperationReport(
                                kind(operation),
                                count.requests(),
                                count.bytes(),
                                count.errors(),
                                LatencySummary.of(latencies(operation))));
            }
        }
        return reports;
    }

    private static OperationKind kind(Operation operation) {
        return switch (operation) {
            case READ -> OperationKind.READ;
            case WRITE -> OperationKind.WRITE;
            case FLUSH -> OperationKind.FLUSH;
            case WRITE_ZEROES -> OperationKind.WRITE_ZEROES;
            case DEALLOCATE -> OperationKind.DEALLOCATE;
        };
    }

    private Histogram latencies(Operation operation) {
        Histogram sum = new Histogram(SIGNIFICANT_DIGITS);
        recorders.forEach(recorder -> sum.add(recorder.histogram(operation)));
        return sum;
    }

    private VerificationReport verification(WorkloadResult result) {
        if (!workload.verifies()) {
            return VerificationReport.OFF;
        }
        List<String> failures = new ArrayList<>();
        result.firstFailures().forEach(failure -> failures.add(failure.detail()));
        if (image != null) {
            image.firstFailures().forEach(failure -> failures.add("image: " + failure.detail()));
        }
        return new VerificationReport(
                true,
                result.verifiedBlocks(),
                result.wrongBlocks(),
                image == null ? 0 : image.comparedBlocks(),
                image == null ? 0 : image.wrongBlocks(),
                failures);
    }

    private List<ErrorReport> errors(WorkloadResult result) {
        List<ErrorReport> errors = new ArrayList<>(problems);
        for (WorkloadResult.Failure failure : result.firstFailures()) {
            if (result.of(failure.operation()).errors() > 0) {
                errors.add(new ErrorReport(failure.detail(), 1));
            }
        }
        return errors;
    }
}
