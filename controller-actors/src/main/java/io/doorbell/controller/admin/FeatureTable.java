package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.IoFeatures;
import io.doorbell.controller.queue.Arbiter;
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
import io.doorbell.spec.feature.TemperatureThreshold;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The features of one epoch and their values (Base §5.27). A new table has the defaults, which is
 * what a reset asks for: none of these features is saveable.
 */
final class FeatureTable {
    private static final int WARNING_KELVIN = 343;
    private static final int ALL_BITS = 0xFFFF_FFFF;

    /**
     * What has one value.
     *
     * @param selector the vector of feature 09h, {@link TemperatureThreshold#TYPE_OVER} or {@code
     *     TYPE_UNDER} of feature 04h, 0 of all others
     */
    private record Key(int feature, int selector) {}

    private final Map<Integer, Integer> defaults = new LinkedHashMap<>(); // by feature, selector 0
    private final Map<Key, Integer> values = new LinkedHashMap<>(); // what the host has set
    private final IoFeatures io = new IoFeatures();
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
        defaults.put(FeatureId.TEMPERATURE_THRESHOLD, WARNING_KELVIN);
        defaults.put(FeatureId.ERROR_RECOVERY, 0);
        defaults.put(FeatureId.VOLATILE_WRITE_CACHE, 1);
        defaults.put(FeatureId.NUMBER_OF_QUEUES, NumberOfQueues.of(queuePairsMax, queuePairsMax));
        defaults.put(FeatureId.INTERRUPT_COALESCING, 0);
        defaults.put(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 0);
        defaults.put(FeatureId.WRITE_ATOMICITY_NORMAL, 0);
        defaults.put(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, 0);
    }

    /** I/O queue pairs the host was granted; queue ids above are invalid. */
    int queuePairs() {
        return queuePairs;
    }

    /** Those that I/O commands act on. */
    IoFeatures io() {
        return io;
    }

    /**
     * Feature 01h, in commands (Base §5.27.1.1).
     *
     * @param burstMax most commands a queue may fetch in a turn, whatever the host recommends
     */
    Arbiter.Weights arbitration(int burstMax) {
        int value = value(new Key(FeatureId.ARBITRATION, 0));
        return new Arbiter.Weights(
                Math.min(burstMax, Arbitration.burstCommands(value)),
                Arbitration.highPriorityWeightZeroBased(value) + 1,
                Arbitration.mediumPriorityWeightZeroBased(value) + 1,
                Arbitration.lowPriorityWeightZeroBased(value) + 1);
    }

    /** How a vector coalesces now (Base §5.27.1.6, §5.27.1.7). */
    Coalescing coalescing(int vector) {
        int value = value(new Key(FeatureId.INTERRUPT_COALESCING, 0));
        int time = InterruptCoalescing.time(value);
        int threshold = InterruptCoalescing.thresholdZeroBased(value);
        boolean disabled =
                InterruptVectorConfiguration.coalescingDisabled(
                        value(new Key(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, vector)));
        if (time == 0 || threshold == 0 || disabled) {
            return Coalescing.OFF;
        }
        return new Coalescing(threshold + 1, (int) (InterruptCoalescing.timeNanos(value) / 1_000));
    }

    /** Get Features (Base §5.15). */
    AdminOutcome.Done get(SubmissionEntry entry) {
        Key key = key(GetFeatures.featureId(entry), GetFeatures.selector(entry));
        if (key == null) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        return switch (GetFeatures.select(entry)) {
            case GetFeatures.SELECT_CURRENT -> AdminOutcome.result(value(key));
            case GetFeatures.SELECT_DEFAULT, GetFeatures.SELECT_SAVED ->
                    AdminOutcome.result(initial(key));
            case GetFeatures.SELECT_SUPPORTED_CAPABILITIES ->
                    AdminOutcome.result(
                            key.feature() == FeatureId.VOLATILE_WRITE_CACHE
                                    ? 0
                                    : GetFeatures.CAPABILITY_CHANGEABLE);
            default -> AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        };
    }

    /**
     * Set Features (Base §5.27).
     *
     * @param ioQueueWasCreated whether an I/O queue was created since the epoch began
     */
    AdminOutcome.Done set(SubmissionEntry entry, boolean ioQueueWasCreated) {
        int value = SetFeatures.value(entry);
        Key key = key(SetFeatures.featureId(entry), value);
        if (key == null) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        if (SetFeatures.save(entry)) {
            return AdminOutcome.refused(Status.FEATURE_IDENTIFIER_NOT_SAVEABLE);
        }
        return switch (key.feature()) {
            case FeatureId.NUMBER_OF_QUEUES -> setQueuePairs(key, value, ioQueueWasCreated);
            case FeatureId.VOLATILE_WRITE_CACHE -> setWriteCache(value);
            case FeatureId.POWER_MANAGEMENT -> store(key, value, 0);
            case FeatureId.TEMPERATURE_THRESHOLD ->
                    store(key, TemperatureThreshold.thresholdKelvin(value), ALL_BITS);
            default -> store(key, value, ALL_BITS);
        };
    }

    /** What CDW11 selects of a feature; null if the feature or that part of it does not exist. */
    private @Nullable Key key(int feature, int cdw11) {
        if (!defaults.containsKey(feature)) {
            return null;
        }
        int selector = selector(feature, cdw11);
        return selector < 0 ? null : new Key(feature, selector);
    }

    /** What CDW11 selects, or -1 if there is no such part. */
    private int selector(int feature, int cdw11) {
        return switch (feature) {
            case FeatureId.INTERRUPT_VECTOR_CONFIGURATION -> {
                int vector = InterruptVectorConfiguration.vector(cdw11);
                yield vector < vectorCount ? vector : -1;
            }
            case FeatureId.TEMPERATURE_THRESHOLD -> {
                int sensor = TemperatureThreshold.sensor(cdw11);
                int type = TemperatureThreshold.thresholdType(cdw11);
                boolean exists =
                        type <= TemperatureThreshold.TYPE_UNDER
                                && (sensor == TemperatureThreshold.SENSOR_COMPOSITE
                                        || sensor == TemperatureThreshold.SENSOR_ALL);
                yield exists ? type : -1;
            }
            default -> 0;
        };
    }

    private int initial(Key key) {
        return switch (key.feature()) {
            case FeatureId.INTERRUPT_VECTOR_CONFIGURATION -> key.selector(); // IV, with CD = 0
            case FeatureId.TEMPERATURE_THRESHOLD ->
                    key.selector() == TemperatureThreshold.TYPE_OVER ? WARNING_KELVIN : 0;
            default -> defaults.getOrDefault(key.feature(), 0);
        };
    }

    private int value(Key key) {
        Integer value = values.get(key);
        return value == null ? initial(key) : value;
    }

    private AdminOutcome.Done store(Key key, int value, int allowedBits) {
        if ((value & ~allowedBits) != 0) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        values.put(key, value);
        return AdminOutcome.SUCCESS;
    }

    /** Writes are made durable by Flush and FUA alone, so the cache stays on (Base §5.27.1.4). */
    private static AdminOutcome.Done setWriteCache(int value) {
        return (value & 1) != 0
                ? AdminOutcome.SUCCESS
                : AdminOutcome.refused(Status.FEATURE_NOT_CHANGEABLE);
    }

    private AdminOutcome.Done setQueuePairs(Key key, int value, boolean ioQueueWasCreated) {
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
        values.put(key, granted);
        return AdminOutcome.result(granted);
    }
}
