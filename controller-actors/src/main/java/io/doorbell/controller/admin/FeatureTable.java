package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.IoFeatures;
import io.doorbell.controller.queue.Arbiter;
import io.doorbell.controller.queue.Interrupt.Coalescing;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.feature.Arbitration;
import io.doorbell.spec.feature.AsynchronousEventConfiguration;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.InterruptCoalescing;
import io.doorbell.spec.feature.InterruptVectorConfiguration;
import io.doorbell.spec.feature.NumberOfQueues;
import io.doorbell.spec.feature.PowerManagement;
import io.doorbell.spec.feature.TemperatureThreshold;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The features whose value is a dword, and their values in one epoch (Base §5.27). A new table has
 * what was saved, and of the rest the defaults: that is what a reset asks for.
 */
final class FeatureTable {
    /** What every temperature sensor reads. */
    static final int TEMPERATURE_KELVIN = 323;

    static final int WARNING_KELVIN = 343;

    /** Events that feature 0Bh can switch: of SMART all, of the notices this one (OAES). */
    static final int NOTICES = AsynchronousEventConfiguration.NAMESPACE_ATTRIBUTE;

    private static final int EVENTS = NOTICES | 0x3F;
    private static final int WORKLOAD_HINT_MAX = 2;
    private static final int CHANGEABLE = GetFeatures.CAPABILITY_CHANGEABLE;
    private static final int SAVEABLE = CHANGEABLE | GetFeatures.CAPABILITY_SAVEABLE;

    /**
     * What is known of a feature.
     *
     * @param capabilities as Get Features reports them
     * @param initial its default, unless the selector says another
     * @param allowedBits of CDW11; others are reserved
     */
    private record Rule(int capabilities, int initial, int allowedBits) {}

    private final Map<Integer, Rule> rules = new TreeMap<>(); // by feature
    private final Map<FeatureKey, Integer> values = new LinkedHashMap<>(); // what the host has set
    private final SavedFeatures saved;
    private final IoFeatures io = new IoFeatures();
    private final int queuePairsMax;
    private final int vectorCount;
    private int queuePairs;

    /**
     * @param queuePairsMax I/O queue pairs that can be allocated
     * @param vectorCount interrupt vectors of the function
     * @param keepAliveUnits KAS; 0 leaves the feature out
     */
    FeatureTable(int queuePairsMax, int vectorCount, int keepAliveUnits, SavedFeatures saved) {
        this.queuePairsMax = queuePairsMax;
        this.vectorCount = vectorCount;
        this.queuePairs = queuePairsMax;
        this.saved = saved;
        int burst = Arbitration.withBurst(0, Arbitration.BURST_UNLIMITED);
        int queues = NumberOfQueues.of(queuePairsMax, queuePairsMax);
        add(FeatureId.ARBITRATION, CHANGEABLE, burst, 0xFFFF_FF07);
        add(FeatureId.POWER_MANAGEMENT, CHANGEABLE, 0, 0xFF);
        add(FeatureId.TEMPERATURE_THRESHOLD, SAVEABLE, WARNING_KELVIN, 0x3F_FFFF);
        add(
                FeatureId.ERROR_RECOVERY,
                SAVEABLE | GetFeatures.CAPABILITY_NAMESPACE_SPECIFIC,
                0,
                0x1_FFFF);
        add(FeatureId.VOLATILE_WRITE_CACHE, SAVEABLE, 1, 1);
        add(FeatureId.NUMBER_OF_QUEUES, CHANGEABLE, queues, -1);
        add(FeatureId.INTERRUPT_COALESCING, CHANGEABLE, 0, 0xFFFF);
        add(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, CHANGEABLE, 0, 0x1_FFFF);
        add(FeatureId.WRITE_ATOMICITY_NORMAL, SAVEABLE, 0, 1);
        add(FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION, SAVEABLE, 0, EVENTS);
        if (keepAliveUnits > 0) {
            add(FeatureId.KEEP_ALIVE_TIMER, CHANGEABLE, 0, -1);
        }
        add(FeatureId.SOFTWARE_PROGRESS_MARKER, SAVEABLE, 0, 0xFF);
    }

    private void add(int feature, int capabilities, int initial, int allowedBits) {
        rules.put(feature, new Rule(capabilities, initial, allowedBits));
    }

    boolean has(int feature) {
        return rules.containsKey(feature);
    }

    /** The features that there are, in order. */
    Iterable<Integer> features() {
        return rules.keySet();
    }

    /** {@code CAPABILITY_} bits of {@link GetFeatures}. */
    int capabilities(int feature) {
        return rule(feature).capabilities();
    }

    private Rule rule(int feature) {
        Rule rule = rules.get(feature);
        if (rule == null) {
            throw new IllegalArgumentException("No feature %02Xh.".formatted(feature));
        }
        return rule;
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
        int value = value(FeatureId.ARBITRATION);
        return new Arbiter.Weights(
                Math.min(burstMax, Arbitration.burstCommands(value)),
                Arbitration.highPriorityWeightZeroBased(value) + 1,
                Arbitration.mediumPriorityWeightZeroBased(value) + 1,
                Arbitration.lowPriorityWeightZeroBased(value) + 1);
    }

    /** How a vector coalesces now (Base §5.27.1.6, §5.27.1.7). */
    Coalescing coalescing(int vector) {
        int value = value(FeatureId.INTERRUPT_COALESCING);
        int time = InterruptCoalescing.time(value);
        int threshold = InterruptCoalescing.thresholdZeroBased(value);
        boolean disabled =
                InterruptVectorConfiguration.coalescingDisabled(
                        value(new FeatureKey(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, vector)));
        if (time == 0 || threshold == 0 || disabled) {
            return Coalescing.OFF;
        }
        return new Coalescing(threshold + 1, (int) (InterruptCoalescing.timeNanos(value) / 1_000));
    }

    // ---- values ----------------------------------------------------------------------------

    /** The current value of a feature that has one. */
    int value(int feature) {
        return value(new FeatureKey(feature));
    }

    /** The current value. */
    int value(FeatureKey key) {
        Integer value = values.get(key);
        return value == null ? savedValue(key) : value;
    }

    /** The saved value; the default if none was saved. */
    int savedValue(FeatureKey key) {
        Integer value = saved.find(key);
        return value == null ? defaultValue(key) : value;
    }

    int defaultValue(FeatureKey key) {
        return switch (key.feature()) {
            case FeatureId.INTERRUPT_VECTOR_CONFIGURATION -> key.selector(); // IV, with CD = 0
            case FeatureId.TEMPERATURE_THRESHOLD ->
                    key.selector() == TemperatureThreshold.TYPE_OVER ? WARNING_KELVIN : 0;
            default -> rule(key.feature()).initial();
        };
    }

    /** What CDW11 selects of a feature, or -1 if there is no such part. */
    int selector(int feature, int cdw11, boolean forSet) {
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
                                        || (forSet && sensor == TemperatureThreshold.SENSOR_ALL));
                yield exists ? type : -1;
            }
            default -> 0;
        };
    }

    /** Whether CDW11 is a value of this feature. */
    boolean allows(int feature, int cdw11) {
        if ((cdw11 & ~rule(feature).allowedBits()) != 0) {
            return false;
        }
        return feature != FeatureId.POWER_MANAGEMENT
                || (PowerManagement.powerState(cdw11) == 0
                        && PowerManagement.workloadHint(cdw11) <= WORKLOAD_HINT_MAX);
    }

    /** Sets a value that is allowed; with {@code save} it outlives a reset. */
    void set(FeatureKey key, int cdw11, boolean save) {
        int value =
                key.feature() == FeatureId.TEMPERATURE_THRESHOLD
                        ? TemperatureThreshold.thresholdKelvin(cdw11)
                        : cdw11;
        values.put(key, value);
        if (save || key.feature() == FeatureId.SOFTWARE_PROGRESS_MARKER) { // always persistent
            saved.save(key, value);
        }
    }

    /** A namespace is gone, and what was set for it. */
    void forgetNamespace(int namespaceId) {
        values.keySet().removeIf(key -> key.namespaceId() == namespaceId);
        saved.forgetNamespace(namespaceId);
        io.deallocatedReadsFail(namespaceId, false);
    }

    /**
     * Sets Number of Queues (Base §5.27.1.5).
     *
     * @param ioQueueWasCreated whether an I/O queue was created since the epoch began
     */
    AdminOutcome.Done setQueuePairs(int cdw11, boolean ioQueueWasCreated) {
        if (ioQueueWasCreated) {
            return AdminOutcome.refused(Status.COMMAND_SEQUENCE_ERROR);
        }
        int submission = NumberOfQueues.submissionQueuesZeroBased(cdw11);
        int completion = NumberOfQueues.completionQueuesZeroBased(cdw11);
        if (submission == NumberOfQueues.INVALID_COUNT_ZERO_BASED
                || completion == NumberOfQueues.INVALID_COUNT_ZERO_BASED) {
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        queuePairs = Math.min(queuePairsMax, Math.max(submission, completion) + 1);
        int granted = NumberOfQueues.of(queuePairs, queuePairs);
        values.put(new FeatureKey(FeatureId.NUMBER_OF_QUEUES), granted);
        return AdminOutcome.result(granted);
    }
}
