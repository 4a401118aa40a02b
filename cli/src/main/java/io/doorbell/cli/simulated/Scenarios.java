package io.doorbell.cli.simulated;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.settings.DriverSettings;
import io.doorbell.cli.settings.KnobSetting;
import io.doorbell.cli.settings.LoadedSettings;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.settings.WorkloadSettings;
import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.simulation.lab.Components;
import io.doorbell.simulation.lab.Scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of a user as a scenario of the simulation. */
public final class Scenarios {
    /** What is usual for simulated runs: small, so that queues wrap and fill in few commands. */
    public static final List<String> USUAL =
            List.of(
                    "driver.queue-pairs=4",
                    "driver.queue-depth=8",
                    "driver.coalescing.threshold=1",
                    "driver.coalescing.time=0",
                    "driver.command-timeout=500ms",
                    "namespace.size=4MiB",
                    "workload.kind=fio",
                    "workload.fio.rw=randrw",
                    "workload.fio.bs=4KiB",
                    "workload.fio.iodepth=6",
                    "workload.fio.number-ios=60");

    /** What a scenario takes from the settings, or what cannot matter to it. */
    private static final Set<String> UNDERSTOOD =
            Set.of(
                    "runtime.reactors",
                    "runtime.quantum",
                    "host.memory",
                    "controller.queue-pairs-max",
                    "controller.queue-entries-max",
                    "controller.vectors",
                    "namespace.size",
                    "driver.queue-pairs",
                    "driver.queue-depth",
                    "driver.share-vectors",
                    "driver.coalescing.threshold",
                    "driver.coalescing.time",
                    "driver.command-timeout",
                    "workload.kind",
                    "workload.verify",
                    "workload.iolog.file",
                    "workload.fio.rw",
                    "workload.fio.bs",
                    "workload.fio.iodepth",
                    "workload.fio.number-ios");

    private static final Duration COALESCING_UNIT = Duration.ofNanos(100_000);

    private Scenarios() {}

    /**
     * The scenario that these settings stand for.
     *
     * @throws InputException if they say something that no simulated run can do yet
     */
    public static Scenario of(LoadedSettings loaded) throws InputException {
        Settings settings = loaded.settings();
        if (!(settings.workload() instanceof WorkloadSettings.Fio fio)) {
            throw InputException.of(
                    "workload.kind = iolog cannot be simulated.",
                    "Say workload.kind = fio, or leave --seed out for the real runtime.");
        }
        for (KnobSetting knob : loaded.knobs()) {
            if (knob.changed() && !UNDERSTOOD.contains(knob.key())) {
                throw InputException.of(
                        "%s: %s = %s cannot be simulated."
                                .formatted(knob.origin(), knob.key(), knob.text()),
                        "Leave it out (default %s), or leave --seed out for the real runtime."
                                .formatted(knob.defaultText()));
            }
        }
        return scenario(settings, fio);
    }

    private static Scenario scenario(Settings settings, WorkloadSettings.Fio fio)
            throws InputException {
        DriverSettings driver = settings.driver();
        long diskBytes = settings.namespace().sizeBytes();
        long share = diskBytes / driver.queuePairCount();
        if (share < fio.blockBytes()) {
            throw InputException.of(
                    "namespace.size is too small: %,d queue pairs share %,d bytes."
                            .formatted(driver.queuePairCount(), diskBytes),
                    "Each needs at least workload.fio.bs = %,d bytes.".formatted(fio.blockBytes()));
        }
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("queuePairs", driver.queuePairCount());
        parts.put("queueEntries", driver.queueDepthEntries());
        parts.put(
                "vectors",
                Math.min(settings.controller().vectorCount(), driver.queuePairCount() + 1));
        parts.put("ioDepth", fio.ioDepth());
        parts.put("operationsPerQueue", fio.operationCount().orElse(share / fio.blockBytes()));
        parts.put("access", ReadWrite.valueOf(fio.access().name()));
        parts.put("blockBytes", fio.blockBytes());
        parts.put("diskBytes", diskBytes);
        parts.put("verified", fio.verified());
        parts.put("coalescingEntries", driver.coalescing().thresholdEntries());
        parts.put(
                "coalescingHundredMicros",
                (int) driver.coalescing().time().dividedBy(COALESCING_UNIT));
        parts.put("commandTimeoutNanos", driver.commandTimeout().toNanos());
        Scenario scenario = Scenario.SMALL; // what no setting speaks of
        for (Map.Entry<String, Object> part : parts.entrySet()) {
            scenario = Components.with(scenario, part.getKey(), part.getValue());
        }
        return scenario;
    }
}
