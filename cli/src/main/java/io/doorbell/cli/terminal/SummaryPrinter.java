package io.doorbell.cli.terminal;

import static io.doorbell.cli.terminal.Quantity.count;
import static io.doorbell.cli.terminal.Quantity.ratio;
import static io.doorbell.cli.terminal.Quantity.size;
import static io.doorbell.cli.terminal.Quantity.time;

import io.doorbell.cli.report.CompletionBatchReport;
import io.doorbell.cli.report.DoorbellReport;
import io.doorbell.cli.report.ErrorReport;
import io.doorbell.cli.report.InterruptReport;
import io.doorbell.cli.report.LatencySummary;
import io.doorbell.cli.report.OperationReport;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.report.VerificationReport;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints what came of a run, for a person. */
public final class SummaryPrinter {
    private final PrintWriter out;
    private final Ink ink;

    public SummaryPrinter(PrintWriter out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    /** Everything, with the verdict as the last line. */
    public void print(RunReport report) {
        line("Scenario", report.scenario());
        if (report.device() != null) {
            line("Device", report.device());
        }
        line(
                "Time",
                time(report.wallTimeNanos())
                        + " of work, after "
                        + time(report.bringUpTimeNanos())
                        + " to bring the controller up");
        out.println();
        operations(report);
        latencies(report);
        wires(report);
        verification(report.verification());
        errors(report);
        out.println();
        printVerdict(report);
        out.flush();
    }

    /** The last line alone. */
    public void printVerdict(RunReport report) {
        out.println(report.held() ? ink.good(report.verdict()) : ink.bad(report.verdict()));
        out.flush();
    }

    private void operations(RunReport report) {
        out.println(
                ink.bold(row("Operation", "Commands", "Bytes", "Errors", "Commands/s", "Bytes/s")));
        for (OperationReport operation : report.operations()) {
            out.println(
                    row(
                            operation.operation().label(),
                            count(operation.commands()),
                            size(operation.bytes()),
                            count(operation.errors()),
                            count(perSecond(operation.commands(), report)),
                            size(perSecond(operation.bytes(), report))));
        }
        out.println(
                row(
                        "all",
                        count(report.commandsTotal()),
                        size(report.bytesTotal()),
                        count(errorStatuses(report)),
                        count(Math.round(report.commandsPerSecond())),
                        size(Math.round(report.bytesPerSecond()))));
        out.println();
    }

    private static long errorStatuses(RunReport report) {
        return report.operations().stream().mapToLong(OperationReport::errors).sum();
    }

    private static long perSecond(long count, RunReport report) {
        long nanos = report.wallTimeNanos();
        return nanos == 0 ? 0 : Math.round(count * 1e9 / nanos);
    }

    private void latencies(RunReport report) {
        out.println(ink.bold(row("Latency", "p50", "p90", "p99", "p99.9", "max")));
        for (OperationReport operation : report.operations()) {
            LatencySummary latency = operation.latency();
            out.println(
                    row(
                            operation.operation().label(),
                            time(latency.p50Nanos()),
                            time(latency.p90Nanos()),
                            time(latency.p99Nanos()),
                            time(latency.p999Nanos()),
                            time(latency.maxNanos())));
        }
        out.println();
    }

    private void wires(RunReport report) {
        DoorbellReport doorbells = report.doorbells();
        line(
                "Doorbells",
                count(doorbells.submissionRings())
                        + " submission rings, "
                        + count(doorbells.completionRings())
                        + " completion rings"
                        + (doorbells.wakes() == null
                                ? ""
                                : ", " + count(doorbells.wakes()) + " wakes"));
        line(
                "Messages",
                count(report.messagesTotal())
                        + " between actors, "
                        + ratio(report.messagesPerCommand())
                        + " per command");
        interrupts(report);
        CompletionBatchReport batches = report.completionBatches();
        if (batches != null) {
            line(
                    "Completions",
                    count(batches.batches())
                            + " batches, "
                            + ratio(batches.meanEntries())
                            + " entries each on average");
        }
        Long holds = report.queueFullHolds();
        if (holds != null) {
            line("Queue full", count(holds) + " operations had to wait for room");
        }
    }

    private void interrupts(RunReport report) {
        InterruptReport interrupts = report.interrupts();
        line(
                "Interrupts",
                count(interrupts.total())
                        + ", "
                        + ratio(report.interruptsPerCommand())
                        + " per command");
        Long byThreshold = interrupts.byThreshold();
        Long byTime = interrupts.byTime();
        Long notCoalesced = interrupts.notCoalesced();
        if (byThreshold != null && byTime != null && notCoalesced != null) {
            line(
                    "  fired by",
                    "threshold "
                            + count(byThreshold)
                            + ", time "
                            + count(byTime)
                            + ", not coalesced "
                            + count(notCoalesced));
        }
    }

    private void verification(VerificationReport verification) {
        if (!verification.enabled()) {
            line("Verified", "nothing: workload.verify = false");
            return;
        }
        line(
                "Verified",
                count(verification.blocksVerified())
                        + " blocks read, "
                        + count(verification.failures())
                        + " wrong");
        if (verification.imageBlocksVerified() > 0) {
            line(
                    "Image",
                    count(verification.imageBlocksVerified())
                            + " blocks compared, "
                            + count(verification.imageFailures())
                            + " wrong");
        }
        verification.firstFailures().forEach(failure -> line("", failure));
    }

    private void errors(RunReport report) {
        if (report.errors().isEmpty()) {
            line("Errors", "none");
        }
        String label = "Errors";
        for (ErrorReport error : report.errors()) {
            line(label, count(error.count()) + " x " + error.what());
            label = "";
        }
    }

    private void line(String label, String text) {
        String padded = String.format(Locale.ROOT, "%-14s", label);
        out.println(ink.bold(padded) + text);
    }

    private static String row(String label, String... cells) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-14s", label));
        for (String cell : cells) {
            row.append(String.format(Locale.ROOT, "%13s", cell));
        }
        return row.toString();
    }
}
