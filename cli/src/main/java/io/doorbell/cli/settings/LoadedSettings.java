package io.doorbell.cli.settings;

import io.doorbell.simulation.fault.Fault;

import java.util.List;
import java.util.Optional;

/**
 * Settings, and where each of them comes from.
 *
 * @param knobs all of them, in the order in which they are shown
 * @param faults what is to go wrong, for simulated runs; nothing if the settings do not say
 */
public record LoadedSettings(
        Settings settings, List<KnobSetting> knobs, Optional<List<Fault>> faults) {
    public LoadedSettings {
        knobs = List.copyOf(knobs);
        faults = faults.map(List::copyOf);
    }
}
