package io.doorbell.controller.admin;

import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.feature.TemperatureThreshold;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.SmartHealth;

import java.lang.foreign.MemorySegment;

/** SMART / Health Information (Base §5.16.1.3), and the warnings in it. */
final class Health implements LogPages.Page {
    private static final int WARNING_TEMPERATURE = 1 << 1;
    private static final int SPARE_PERCENT = 100;
    private static final int SPARE_THRESHOLD_PERCENT = 10;
    private static final long UNIT_BYTES = 512 * 1_000;
    private static final long NANOS_PER_HOUR = 3_600_000_000_000L;

    private final FeatureTable features;
    private final AsyncEvents events;
    private final LastingState lasting;
    private final CounterReader counters;
    private boolean warned;

    Health(
            FeatureTable features,
            AsyncEvents events,
            LastingState lasting,
            CounterReader counters) {
        this.features = features;
        this.events = events;
        this.lasting = lasting;
        this.counters = counters;
    }

    /** A threshold was set: the temperature may have crossed it. */
    void onThresholdSet() {
        boolean warning = isTemperatureWarning();
        if (warning && !warned) {
            events.raise(AsynchronousEvent.TEMPERATURE_THRESHOLD);
        }
        warned = warning;
    }

    boolean isTemperatureWarning() {
        return FeatureTable.TEMPERATURE_KELVIN >= threshold(TemperatureThreshold.TYPE_OVER)
                || FeatureTable.TEMPERATURE_KELVIN <= threshold(TemperatureThreshold.TYPE_UNDER);
    }

    private int threshold(int type) {
        return features.value(new FeatureKey(FeatureId.TEMPERATURE_THRESHOLD, type));
    }

    @Override
    public int sizeBytes() {
        return SmartHealth.SIZE_BYTES;
    }

    @Override
    public boolean gather(Runnable then) {
        counters.read(then);
        return true;
    }

    @Override
    public void fill(MemorySegment page) {
        ShardCounters io = counters.latest();
        new SmartHealth()
                .wrap(page, 0)
                .criticalWarning(isTemperatureWarning() ? WARNING_TEMPERATURE : 0)
                .temperatureKelvin(FeatureTable.TEMPERATURE_KELVIN)
                .availableSparePercent(SPARE_PERCENT)
                .spareThresholdPercent(SPARE_THRESHOLD_PERCENT)
                .dataUnitsRead(units(io.bytesRead))
                .dataUnitsWritten(units(io.bytesWritten))
                .hostReads(io.hostReads)
                .hostWrites(io.hostWrites)
                .mediaErrors(io.mediaErrors)
                .powerCycles(1)
                .powerOnHours(lasting.nanosSincePowerOn() / NANOS_PER_HOUR)
                .errorLogEntries(lasting.errors().errorCount());
    }

    private static long units(long bytes) {
        return (bytes + UNIT_BYTES - 1) / UNIT_BYTES;
    }
}
