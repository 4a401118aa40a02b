package io.doorbell.cli.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What settings are made of; each overrides the ones before it.
 *
 * @param home the project's top folder; its {@code application.conf} is read if it is there
 * @param workingDirectory what a relative scenario and relative paths in overrides start from
 * @param scenario a HOCON file laid over application.conf
 * @param usual {@code key=value}, the value in HOCON: what is usual for a command, below the
 *     scenario
 * @param overrides {@code key=value}, the value in HOCON
 * @param device {@code key=value}, the value in HOCON: what a device is that is there already; then
 *     nobody else has a say in controller and namespace
 */
public record SettingsSources(
        Path home,
        Path workingDirectory,
        List<String> usual,
        Optional<Path> scenario,
        List<String> overrides,
        List<String> device) {
    /** How the place of what is usual for a command is shown. */
    static final String USUAL = "usual for a seed";

    /** How the place of an override is shown. */
    public static final String COMMAND_LINE = "command line --set";

    /** How the place of what a device is is shown. */
    static final String DEVICE = "the device";

    /** For a command that application.conf is meant for. */
    public SettingsSources(
            Path home, Path workingDirectory, Optional<Path> scenario, List<String> overrides) {
        this(home, workingDirectory, List.of(), scenario, overrides);
    }

    /** For a device that is made as the settings say. */
    public SettingsSources(
            Path home,
            Path workingDirectory,
            List<String> usual,
            Optional<Path> scenario,
            List<String> overrides) {
        this(home, workingDirectory, usual, scenario, overrides, List.of());
    }

    public SettingsSources {
        usual = List.copyOf(usual);
        overrides = List.copyOf(overrides);
        device = List.copyOf(device);
    }

    Path applicationConf() {
        return home.resolve("application.conf");
    }

    Optional<Path> scenarioFile() {
        return scenario.map(file -> workingDirectory.resolve(file).normalize());
    }

    /** The scenario file without its ending. */
    String scenarioName() {
        Path file = scenarioFile().orElse(applicationConf());
        return String.valueOf(file.getFileName()).replaceFirst("\\.(conf|hocon|json)$", "");
    }

    /** A file as the user would name it: relative if it is below the working directory. */
    String shown(Path file) {
        return file.startsWith(workingDirectory)
                ? workingDirectory.relativize(file).toString()
                : file.toString();
    }
}
