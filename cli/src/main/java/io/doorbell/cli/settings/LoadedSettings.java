package io.doorbell.cli.settings;

import java.util.List;

/**
 * Settings, and where each of them comes from.
 *
 * @param knobs all of them, in the order in which they are shown
 */
public record LoadedSettings(Settings settings, List<KnobSetting> knobs) {
    public LoadedSettings {
        knobs = List.copyOf(knobs);
    }
}
