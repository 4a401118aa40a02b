package io.doorbell.cli.settings;

import io.doorbell.cli.settings.NamespaceSettings.Backing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Builds the records from checked values. */
final class Assembly {
    private final KnobValues values;

    Assembly(KnobValues values) {
        this.values = values;
    }

    Settings settings(String scenarioName) {
        return new Settings(
                scenarioName,
                new RuntimeSettings(intIfAny(Knobs.REACTORS), intIfAny(Knobs.QUANTUM)),
                new HostSettings(longIfAny(Knobs.HOST_MEMORY)),
                controller(),
                namespace(),
                driver(),
                workload());
    }

    private ControllerSettings controller() {
        return new ControllerSettings(
                intOf(Knobs.QUEUE_PAIRS_MAX),
                intOf(Knobs.QUEUE_ENTRIES_MAX),
                intOf(Knobs.DOORBELL_STRIDE),
                intOf(Knobs.VECTORS),
                intOf(Knobs.TRANSFER_MAX),
                intIfAny(Knobs.ARBITRATION_BURST),
                time(Knobs.READY_TIMEOUT));
    }

    private NamespaceSettings namespace() {
        return new NamespaceSettings(
                backing(), values.get(Knobs.NAMESPACE_SIZE), intOf(Knobs.BLOCK_SIZE));
    }

    private Backing backing() {
        return switch (values.get(Knobs.NAMESPACE_KIND)) {
            case MEMORY -> new NamespaceSettings.Memory();
            case FILE -> imageFile();
            case NULL -> new NamespaceSettings.Null();
            case PATTERN -> new NamespaceSettings.Pattern();
        };
    }

    private Backing imageFile() {
        Path path = values.get(Knobs.NAMESPACE_FILE).orElseThrow();
        return new NamespaceSettings.ImageFile(
                values.resolve(Knobs.NAMESPACE_FILE, path), values.get(Knobs.IMAGE_CHECK));
    }

    private DriverSettings driver() {
        return new DriverSettings(
                intOf(Knobs.QUEUE_PAIRS),
                intOf(Knobs.QUEUE_DEPTH),
                values.get(Knobs.SHARE_VECTORS),
                new DriverSettings.Coalescing(
                        intOf(Knobs.COALESCING_THRESHOLD), time(Knobs.COALESCING_TIME)),
                time(Knobs.COMMAND_TIMEOUT));
    }

    private WorkloadSettings workload() {
        return switch (values.get(Knobs.WORKLOAD_KIND)) {
            case IOLOG -> iolog();
            case FIO -> fio();
        };
    }

    private WorkloadSettings iolog() {
        return new WorkloadSettings.Iolog(
                values.get(Knobs.VERIFY),
                values.resolve(Knobs.IOLOG_FILE, values.get(Knobs.IOLOG_FILE)),
                values.get(Knobs.IOLOG_PACE));
    }

    private WorkloadSettings fio() {
        return new WorkloadSettings.Fio(
                values.get(Knobs.VERIFY),
                values.get(Knobs.FIO_RW),
                intOf(Knobs.FIO_BS),
                intOf(Knobs.FIO_IODEPTH),
                intOf(Knobs.FIO_NUMJOBS),
                values.get(Knobs.FIO_SIZE).orElse(values.get(Knobs.NAMESPACE_SIZE)),
                longIfAny(Knobs.FIO_NUMBER_IOS),
                intOf(Knobs.FIO_RWMIXREAD),
                values.get(Knobs.FIO_RANDSEED),
                longIfAny(Knobs.FIO_RATE_IOPS),
                intOf(Knobs.FIO_FSYNC));
    }

    private int intOf(Knob<Long> knob) {
        return Math.toIntExact(values.get(knob));
    }

    private Duration time(Knob<Long> knob) {
        return Duration.ofNanos(values.get(knob));
    }

    private OptionalInt intIfAny(Knob<Optional<Long>> knob) {
        return values.get(knob)
                .map(value -> OptionalInt.of(Math.toIntExact(value)))
                .orElse(OptionalInt.empty());
    }

    private OptionalLong longIfAny(Knob<Optional<Long>> knob) {
        return values.get(knob).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
