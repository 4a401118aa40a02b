package io.doorbell.cli.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Everything there is to say about a run. What only the device knows is null if it is not ours, and
 * not in the JSON then.
 *
 * @param scenario its name
 * @param device what it is and where, if it is not ours
 * @param wallTimeNanos from the first submission of the workload to its last completion
 * @param bringUpTimeNanos from the first access to the controller until its I/O queues exist
 * @param operations one for each kind that occurred
 * @param doorbells rings and wakes
 * @param messagesTotal messages between actors during the workload
 * @param interrupts of the I/O queues
 * @param completionBatches how completions were posted
 * @param queueFullHolds times that an operation waited because its submission queue was full
 * @param verification of what was read
 * @param errors commands that ended in an error, timeouts, resets; empty if all went well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"formatVersion", "held", "verdict", "scenario"})
public record RunReport(
        String scenario,
        @Nullable String device,
        long wallTimeNanos,
        long bringUpTimeNanos,
        List<OperationReport> operations,
        DoorbellReport doorbells,
        long messagesTotal,
        InterruptReport interrupts,
        @Nullable CompletionBatchReport completionBatches,
        @Nullable Long queueFullHolds,
        VerificationReport verification,
        List<ErrorReport> errors) {
    private static final int FORMAT_VERSION = 1;

    public RunReport {
        operations = List.copyOf(operations);
        errors = List.copyOf(errors);
    }

    /** Grows when a name in the JSON changes its meaning or goes away. */
    @JsonProperty
    public int formatVersion() {
        return FORMAT_VERSION;
    }

    /** Whether everything was as it should be. */
    @JsonProperty
    public boolean held() {
        return errorsTotal() == 0 && verificationFailuresTotal() == 0;
    }

    /** The outcome in a sentence. */
    @JsonProperty
    public String verdict() {
        return Verdict.of(this);
    }

    @JsonProperty
    public long commandsTotal() {
        return sum(OperationReport::commands);
    }

    @JsonProperty
    public long bytesTotal() {
        return sum(OperationReport::bytes);
    }

    @JsonProperty
    public double commandsPerSecond() {
        return Ratio.perSecond(commandsTotal(), wallTimeNanos);
    }

    @JsonProperty
    public double bytesPerSecond() {
        return Ratio.perSecond(bytesTotal(), wallTimeNanos);
    }

    @JsonProperty
    public double messagesPerCommand() {
        return Ratio.of(messagesTotal, commandsTotal());
    }

    @JsonProperty
    public double interruptsPerCommand() {
        return Ratio.of(interrupts.total(), commandsTotal());
    }

    /** Error statuses and whatever else {@code errors} lists, whichever knows of more. */
    @JsonProperty
    public long errorsTotal() {
        long listed = errors.stream().mapToLong(ErrorReport::count).sum();
        return Math.max(listed, sum(OperationReport::errors));
    }

    /** Blocks that were wrong, read through the device or from the image. */
    @JsonProperty
    public long verificationFailuresTotal() {
        return verification.failures() + verification.imageFailures();
    }

    private long sum(ToLongFunction<OperationReport> figure) {
        return operations.stream().mapToLong(figure).sum();
    }
}
