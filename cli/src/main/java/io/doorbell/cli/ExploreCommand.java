package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.simulated.Durations;
import io.doorbell.cli.simulated.SeedRange;
import io.doorbell.cli.terminal.ProgressBar;
import io.doorbell.cli.terminal.SimulationPrinter;
import io.doorbell.simulation.cases.Case;
import io.doorbell.simulation.explore.Exploration;
import io.doorbell.simulation.explore.Explorer;
import io.doorbell.simulation.explore.Explorer.Search;
import io.doorbell.simulation.lab.Laboratory;
import io.doorbell.simulation.situation.Situation;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code doorbell explore}: many seeds, and what fails in them. */
@Command(
        name = "explore",
        header = {"Look for seeds under which the device or the host fails.", ""},
        description = {
            "%nRuns each seed once in a simulated world. A seed draws its scenario, its strategy"
                    + " and its faults; with a SCENARIO, or --set, only the latter two. The first"
                    + " failure of each kind is written as a case, a small text file that 'replay'"
                    + " runs again and 'shrink' makes smaller.%n"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell explore --seeds 1..2000",
            "  doorbell explore my.conf --seeds 1..100000 --jobs 2 --time 10m",
            "  doorbell explore --seeds 1..50 --faults 'lose at interrupt/1 nth 2'",
            "",
            "Exit code 0: no seed failed, 1: some did, 2: input, 3: internal error."
        })
final class ExploreCommand implements Callable<Integer> {
    private static final int JOBS_MAX = 256;

    private final CommandContext context;

    @Mixin private final SettingsOptions settingsOptions = new SettingsOptions();

    @Option(
            names = "--seeds",
            paramLabel = "A..B",
            description = "The seeds to run. Default: 1..1000.")
    private String seeds = "1..1000";

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Seeds at a time. Default: one for each core.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description = "Begin no seed after this time, such as 90s, 10m or 2h.")
    private @Nullable String time;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            description = {
                "What goes wrong in every run, such as 'lose at interrupt/2 nth 3'. May be given"
                        + " several times. 'none': nothing. Default: what the scenario says"
                        + " ('faults = [...]'), else drawn by each seed, of what a host gets over."
            })
    private @Nullable List<String> faults;

    @Option(
            names = "--cases",
            paramLabel = "FOLDER",
            description = "Where cases are written; made if it is missing. Default: cases.")
    private String cases = "cases";

    ExploreCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws BadSettingsException, InputException {
        SeedRange range = SeedRange.parse(seeds);
        if (jobs < 1 || jobs > JOBS_MAX) {
            throw InputException.of(
                    "--jobs " + jobs + " is out of range.", "Allowed: 1 to " + JOBS_MAX + ".");
        }
        long nanosMax = time == null ? Long.MAX_VALUE / 2 : Durations.nanos("--time", time);
        Search search =
                new Search(
                        range.first(),
                        range.last(),
                        jobs,
                        nanosMax,
                        SeededRun.draws(settingsOptions, faults, "drawn", context),
                        Version.build());
        Explorer explorer = new Explorer(search, Laboratory::new, System::nanoTime);
        Exploration found;
        try (Silence _ = new Silence()) {
            found = explore(explorer, range.count());
        }
        List<String> files = write(found);
        new SimulationPrinter(context.out(), context.surroundings().outInk())
                .exploration(found, files);
        return found.held() ? ExitCode.HELD : ExitCode.FAILED;
    }

    private Exploration explore(Explorer explorer, long count) {
        if (!context.surroundings().progressShown()) {
            return explorer.explore();
        }
        try (ProgressBar bar = ProgressBar.open(context.err())) {
            long begin = System.nanoTime();
            bar.stage("Exploring", count, explorer::runs, () -> progress(explorer, begin));
            return explorer.explore();
        }
    }

    private static String progress(Explorer explorer, long beginNanos) {
        double seconds = Math.max(1, System.nanoTime() - beginNanos) / 1e9;
        return "%,d commands/s  %,d failed  met %d/%d"
                .formatted(
                        Math.round(explorer.commands() / seconds),
                        explorer.failures(),
                        explorer.situationsMet(),
                        Situation.values().length);
    }

    /** The names of the files as the user would type them, one for each failure. */
    private List<String> write(Exploration found) throws InputException {
        List<String> names = new ArrayList<>();
        Path folder = context.surroundings().workingDirectory().resolve(cases).normalize();
        try {
            for (Exploration.Failure failure : found.failures()) {
                Files.createDirectories(folder);
                Case first = failure.first();
                String name = "seed-" + first.seed() + ".case";
                Files.writeString(folder.resolve(name), first.text());
                names.add(Path.of(cases, name).toString());
            }
        } catch (IOException fault) {
            throw InputException.of(
                    "--cases cannot write to '" + cases + "': " + fault.getMessage() + ".",
                    "Name a folder that can be written to.");
        }
        return names;
    }
}
