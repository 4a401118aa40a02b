package io.doorbell.cli.settings;

import com.typesafe.config.Config;

import io.doorbell.simulation.fault.Fault;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Reads, checks and assembles settings; reports every problem at once. */
public final class SettingsLoader {
    private final SettingsSources sources;
    private final ToLongFunction<Path> diskBytes;

    public SettingsLoader(SettingsSources sources) {
        this(sources, FileChecks::diskBytes);
    }

    /**
     * Over disks of sizes that a test makes up.
     *
     * @param diskBytes the size of the disk that holds a folder
     */
    SettingsLoader(SettingsSources sources, ToLongFunction<Path> diskBytes) {
        this.sources = sources;
        this.diskBytes = diskBytes;
    }

    /**
     * Reads, checks and assembles.
     *
     * @throws BadSettingsException naming everything that is wrong
     */
    public LoadedSettings load() throws BadSettingsException {
        Problems problems = new Problems();
        Origins origins = new Origins(sources);
        Config config = new SourceReader(sources, origins, problems).read();
        problems.throwIfAny(); // what cannot be parsed cannot be judged any further
        new KeyCheck(origins, problems).check(config.root());
        KnobValues values = KnobValues.read(config, origins, problems);
        new Combinations(values, problems).check();
        Optional<List<Fault>> faults = FaultSettings.read(config, origins, problems);
        new FileChecks(values, sources, diskBytes, problems).check();
        problems.throwIfAny();
        return new LoadedSettings(
                new Assembly(values).settings(sources.scenarioName()), knobs(values), faults);
    }

    private static List<KnobSetting> knobs(KnobValues values) {
        return Knobs.ALL.stream().map(knob -> setting(knob, values)).toList();
    }

    private static KnobSetting setting(Knob<?> knob, KnobValues values) {
        String text = values.text(knob);
        return new KnobSetting(
                knob.key(),
                knob.meaning(),
                knob.unit(),
                knob.range(),
                knob.defaultText(),
                knob.reason(),
                text,
                values.place(knob).shown(),
                !knob.sameValue(text, knob.defaultText()));
    }
}
