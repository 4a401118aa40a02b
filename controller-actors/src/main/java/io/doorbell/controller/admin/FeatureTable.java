package io.doorbell.controller.admin;

import io.doorbell.controller.queue.Interrupt.Coalescing;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.Arbitration;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.InterruptCoalescing;
import io.doorbell.spec.feature.InterruptVectorConfiguration;
import io.doorbell.spec.feature.NumberOfQueues;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The features of one epoch and their values (Base §5.27). A new table has the defaults, which is
 * what a reset asks for: none of these features is saveable.
 */
final class FeatureTable {
    private static final int DEFAULT_WARNING_KELVIN = 343;
    private static final int ALL_BITS = 0xFFFF_FFFF;

    private final Map<Integer, Integer> defaults = new TreeMap<>();
    private final Map<Integer, Integer> values = new TreeMap<>();
    private final BitSet coalescingDisabled = new BitSet(); // by vector
    private final int queuePairsMax;
    private final int vectorCount;
    private int queuePairs;

    /**
     * @param queuePairsMax I/O queue pairs that can be allocated
     * @param vectorCount interrupt vectors of the function
     */
    FeatureTable(int queuePairsMax, int vectorCount) {
        this.queuePairsMax = queuePairsMax;
        this.vectorCount = vectorCount;
        this.queuePairs = queuePairsMax;
        defaults.put(FeatureId.ARBITRATION, Arbitration.withBurst(0, Arbitration.BURST_UNLIMITED));
        defaults.put(FeatureId.POWER_MANAGEMENT, 0);
        defaults.put(FeatureId.TEMPERATURE_THRESHOLD, DEFAULT_WARNING_KELVIN);
        defaults.put(FeatureId.ERROR_RECOVERY, 0);
        defaults.put(FeatureId.VOLATILE_WRITE_CACHE, 1);
        defaults.put(FeatureId.NUMBER_OF_QUEUES, NumberOfQueues.of(queuePairsMax, queuePairsMax));
        defaults.put(FeatureId.INTERRUPT_COALESCING, 0);
        defaults.put(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 0);
        defaults.put(FeatureId.WRITE_ATOMICITY_NORMAL, 0);
        defaults.put(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, 0);
        values.putAll(defaults);
    }

    /** I/O queue pairs the host was granted; queue ids above are invalid. */
    int queuePairs() {
        return queuePairs;
    }

    /** How a vector coalesces now (Base §5.27.1.6, §5.27.1.7). */
    Coalescing coalescing(int vector) {
        int value = value(FeatureId.INTERRUPT_COALESCING);
        int time = InterruptCoalescing.time(value);
        int threshold = InterruptCoalescing.thresholdZeroBased(value);
        if (time == 0 || threshold == 0 || coalescingDisabled.get(vector)) {
            return Coalescing.OFF;
        }
        return new Coalescing(threshold + 1, (int) (InterruptCoalescing.timeNanos(value) / 1_000));
    }

    /** Get Features (Base §5.15). */
    AdminOutcome.Done get(SubmissionEntry entry) {
        int feature = GetFeatures.featureId(entry);
        Integer initial = defaults.get(feature);
        if (initial == null) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        return switch (GetFeatures.select(entry)) {
            case GetFeatures.SELECT_CURRENT -> current(feature, entry);
            case GetFeatures.SELECT_DEFAULT, GetFeatures.SELECT_SAVED ->
                    AdminOutcome.result(initial);
            case GetFeatures.SELECT_SUPPORTED_CAPABILITIES ->
                    AdminOutcome.result(GetFeatures.CAPABILITY_CHANGEABLE);
            default -> AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        };
    }

    private AdminOutcome.Done current(int feature, SubmissionEntry entry) {
        if (feature != FeatureId.INTERRUPT_VECTOR_CONFIGURATION) {
            return AdminOutcome.result(value(feature));
        }
        int vector = InterruptVectorConfiguration.vector(GetFeatures.selector(entry));
        if (vector >= vectorCount) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        return AdminOutcome.result(
                InterruptVectorConfiguration.withCoalescingDisabled(
                        vector, coalescingDisabled.get(vector)));
    }

    /**
     * Set Features (Base §5.27).
     *
     * @param ioQueueWasCreated whether an I/O queue was created since the epoch began
     */
    AdminOutcome.Done set(SubmissionEntry entry, boolean ioQueueWasCreated) {
        int feature = SetFeatures.featureId(entry);
        int value = SetFeatures.value(entry);
        if (!defaults.containsKey(feature)) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        if (SetFeatures.save(entry)) {
            return AdminOutcome.refused(Status.FEATURE_IDENTIFIER_NOT_SAVEABLE);
        }
        return switch (feature) {
            case FeatureId.NUMBER_OF_QUEUES -> setQueuePairs(value, ioQueueWasCreated);
            case FeatureId.INTERRUPT_VECTOR_CONFIGURATION -> setVector(value);
            case FeatureId.POWER_MANAGEMENT -> store(feature, value, 0);
            case FeatureId.VOLATILE_WRITE_CACHE -> store(feature, value, 1);
            default -> store(feature, value, ALL_BITS);
        };
    }

    private AdminOutcome.Done store(int feature, int value, int allowedBits) {
        if ((value & ~allowedBits) != 0) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        values.put(feature, value);
        return AdminOutcome.SUCCESS;
    }

    private AdminOutcome.Done setQueuePairs(int value, boolean ioQueueWasCreated) {
        if (ioQueueWasCreated) {
            return AdminOutcome.refused(Status.COMMAND_SEQUENCE_ERROR);
        }
        int submission = NumberOfQueues.submissionQueuesZeroBased(value);
        int completion = NumberOfQueues.completionQueuesZeroBased(value);
        if (submission == NumberOfQueues.INVALID_COUNT_ZERO_BASED
                || completion == NumberOfQueues.INVALID_COUNT_ZERO_BASED) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        queuePairs = Math.min(queuePairsMax, Math.max(submission, completion) + 1);
        int granted = NumberOfQueues.of(queuePairs, queuePairs);
        values.put(FeatureId.NUMBER_OF_QUEUES, granted);
        return AdminOutcome.result(granted);
    }

    private AdminOutcome.Done setVector(int value) {
        int vector = InterruptVectorConfiguration.vector(value);
        if (vector >= vectorCount) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        coalescingDisabled.set(vector, InterruptVectorConfiguration.coalescingDisabled(value));
        return AdminOutcome.SUCCESS;
    }

    private int value(int feature) {
        Integer value = values.get(feature);
        return value == null ? 0 : value;
    }
}
