package io.doorbell.cli.machine;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.settings.ControllerSettings;
import io.doorbell.cli.settings.DriverSettings;
import io.doorbell.cli.settings.RuntimeSettings;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.settings.WorkloadSettings;
import io.doorbell.controller.ControllerOptions;
import io.doorbell.controller.admin.ControllerIdentity;
import io.doorbell.controller.queue.CommandBatch;
import io.doorbell.guest.GuestSettings;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.reactor.Reactors;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** From the user's settings to what a machine is made of. */
public final class Plans {
    private static final int VENDOR_ID = 0x1B36;
    private static final int TRANSFER_PAGE_LOG2 = 12;
    private static final Duration COALESCING_UNIT = Duration.ofNanos(100_000);
    private static final long HALF_SECOND_MILLIS = 500;

    private Plans() {}

    static MachinePlan of(Settings settings) throws InputException {
        MachinePlan plan =
                new MachinePlan(
                        reactors(settings.runtime()),
                        controller(settings.controller()),
                        blockCount(settings),
                        settings.namespace().blockBytes(),
                        settings.host().memoryBytes().orElse(0),
                        settings.driver().queuePairCount(),
                        settings.driver().queueDepthEntries(),
                        transferBytesMax(settings),
                        settings.workload().verified(),
                        coalescing(settings.driver().coalescing()),
                        settings.driver().commandTimeout());
        if (plan.memoryBytes() < plan.neededBytes()) {
            throw InputException.of(
                    "host.memory = %,d bytes is too little: the queues and buffers take %,d bytes."
                            .formatted(plan.memoryBytes(), plan.neededBytes()),
                    "Say host.memory = auto, or use fewer queue pairs or a smaller queue depth.");
        }
        return plan;
    }

    static NamespaceGeometry geometry(Settings settings) {
        return new NamespaceGeometry(
                blockCount(settings),
                settings.namespace().blockBytes(),
                (int) transferBytesMax(settings));
    }

    static long blockCount(Settings settings) {
        return settings.namespace().sizeBytes() / settings.namespace().blockBytes();
    }

    private static int hostTransferBytesMax(Settings settings) {
        return (int)
                Math.min(
                        settings.controller().transferMaxBytes(),
                        MachinePlan.HOST_TRANSFER_BYTES_MAX);
    }

    /** Buffers are as large as the largest command that the workload will ask for. */
    private static long transferBytesMax(Settings settings) {
        long limit = hostTransferBytesMax(settings);
        return switch (settings.workload()) {
            case WorkloadSettings.Fio fio -> Math.min(fio.blockBytes(), limit);
            case WorkloadSettings.Iolog _ -> limit;
        };
    }

    static Reactors.Settings reactors(RuntimeSettings settings) {
        Reactors.Settings defaults = Reactors.Settings.defaults();
        return new Reactors.Settings(
                settings.reactorCount().orElse(defaults.count()),
                settings.quantumMessages().orElse(defaults.quantum()),
                defaults.spins());
    }

    private static io.doorbell.controller.ControllerSettings controller(
            ControllerSettings settings) {
        return controller(settings, identity(), ControllerOptions.EVERYTHING);
    }

    /** A controller as the settings say, under this name. */
    static io.doorbell.controller.ControllerSettings controller(
            ControllerSettings settings, ControllerIdentity identity, ControllerOptions options) {
        return new io.doorbell.controller.ControllerSettings(
                identity,
                settings.queuePairsMax(),
                settings.queueEntriesMax(),
                settings.doorbellStrideExponent(),
                settings.vectorCount(),
                Integer.numberOfTrailingZeros(settings.transferMaxBytes()) - TRANSFER_PAGE_LOG2,
                settings.arbitrationBurstCommands().orElse(CommandBatch.CAPACITY),
                (int) (settings.readyTimeout().toMillis() / HALF_SECOND_MILLIS),
                options);
    }

    /** Who our controller says it is. */
    public static ControllerIdentity identity() {
        return new ControllerIdentity(
                VENDOR_ID,
                "DOORBELL0001",
                "Doorbell NVMe Controller",
                "0.1",
                UUID.nameUUIDFromBytes("doorbell subsystem".getBytes(StandardCharsets.UTF_8)));
    }

    private static GuestSettings.Coalescing coalescing(DriverSettings.Coalescing settings) {
        return new GuestSettings.Coalescing(
                settings.thresholdEntries(), (int) settings.time().dividedBy(COALESCING_UNIT));
    }
}
