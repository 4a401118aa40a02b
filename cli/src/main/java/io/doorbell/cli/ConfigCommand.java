package io.doorbell.cli;

import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.settings.KnobSetting;
import io.doorbell.cli.terminal.KnobPrinter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code doorbell config}: every knob there is, as it is set. */
@Command(
        name = "config",
        header = {"Print every knob: meaning, unit, range, default, value and who set it.", ""},
        description = {
            "%nChecks all settings first, as 'run' does, so it also tells whether a SCENARIO is"
                    + " sound. A star marks what is not at its default.%n"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell config | less",
            "  doorbell config --changed",
            "  doorbell config my.conf --set driver.queue-depth=128",
        })
final class ConfigCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin private final SettingsOptions settingsOptions = new SettingsOptions();

    @Option(names = "--changed", description = "Only knobs that are not at their default.")
    private boolean changedOnly;

    ConfigCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws BadSettingsException {
        List<KnobSetting> shown =
                settingsOptions.load(context.surroundings(), List.of()).knobs().stream()
                        .filter(knob -> knob.changed() || !changedOnly)
                        .toList();
        if (shown.isEmpty()) {
            context.out().println("Every knob is at its default.");
        }
        new KnobPrinter(context.out(), context.surroundings().outInk()).print(shown);
        return ExitCode.HELD;
    }
}
