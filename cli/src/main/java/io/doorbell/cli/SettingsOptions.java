package io.doorbell.cli;

import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.settings.LoadedSettings;
import io.doorbell.cli.settings.SettingsLoader;
import io.doorbell.cli.settings.SettingsSources;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What says which settings to use, for every command that uses any. */
final class SettingsOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "A HOCON file laid over application.conf.")
    private @Nullable Path scenario;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Override one setting, the value in HOCON: driver.queue-depth=128,"
                        + " namespace.size=1GiB. May be given several times."
            })
    private List<String> overrides = new ArrayList<>();

    /**
     * Loads them, with further overrides after those of the command line.
     *
     * @throws BadSettingsException naming everything that is wrong with them
     */
    LoadedSettings load(Surroundings surroundings, List<String> further)
            throws BadSettingsException {
        return load(surroundings, List.of(), further, List.of());
    }

    /**
     * Loads them for a device that is there already.
     *
     * @param device {@code key=value}: what it is
     * @throws BadSettingsException naming everything that is wrong with them
     */
    LoadedSettings loadFor(List<String> device, Surroundings surroundings)
            throws BadSettingsException {
        return load(surroundings, List.of(), List.of(), device);
    }

    /** Whether the user says anything about settings at all. */
    boolean isGiven() {
        return scenario != null || !overrides.isEmpty();
    }

    /**
     * Loads them over what is usual for a command.
     *
     * @throws BadSettingsException naming everything that is wrong with them
     */
    LoadedSettings loadOver(List<String> usual, Surroundings surroundings)
            throws BadSettingsException {
        return load(surroundings, usual, List.of(), List.of());
    }

    private LoadedSettings load(
            Surroundings surroundings,
            List<String> usual,
            List<String> further,
            List<String> device)
            throws BadSettingsException {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(further);
        SettingsSources sources =
                new SettingsSources(
                        surroundings.home(),
                        surroundings.workingDirectory(),
                        usual,
                        Optional.ofNullable(scenario),
                        all,
                        device);
        return new SettingsLoader(sources).load();
    }
}
