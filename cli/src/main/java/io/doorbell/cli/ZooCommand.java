package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.terminal.ProgressBar;
import io.doorbell.cli.terminal.ZooPrinter;
import io.doorbell.testkit.mutant.MutantCompiler;
import io.doorbell.testkit.mutant.Sources;
import io.doorbell.testkit.zoo.Catch;
import io.doorbell.testkit.zoo.Hunt;
import io.doorbell.testkit.zoo.Mutant;
import io.doorbell.testkit.zoo.MutantFile;
import io.doorbell.testkit.zoo.Zoo;
import io.doorbell.testkit.zoo.ZooTable;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code doorbell zoo}: is every bug of the collection found? */
@Command(
        name = "zoo",
        header = {"Hunt historical NVMe bugs, planted in our own device and host.", ""},
        description = {
            "%nEach entry of the collection is a few changed lines of our sources, compiled in"
                    + " memory. Every one is hunted with the same seeds and the same budget, and"
                    + " the unchanged twin must stay silent over all of them. Needs the sources,"
                    + " so run it in a checkout.%n"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell zoo",
            "  doorbell zoo --only PH --seeds 200",
            "  doorbell zoo --add my.mutants",
            "",
            "Exit code 0: all were found and the twin held, 1: not so, 2: input, 3: internal error."
        })
final class ZooCommand implements Callable<Integer> {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int JOBS_MAX = 256;
    private static final String FILE_ADVICE = "Name a file in an existing folder.";

    private final CommandContext context;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Try at most this many seeds for each (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Spend at most this long on each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--only",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "Only entries whose id or text contains PATTERN, in any case.")
    private String pattern = "";

    @Option(
            names = "--add",
            paramLabel = "FILE",
            description = "Hunt the mutants of FILE as well; see testkit/README.md for the format.")
    private List<String> added = new ArrayList<>();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Mutants at a time. Default: one for each core.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(names = "--no-shrink", description = "Leave what was found as large as it is.")
    private boolean keepsSize;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the table into FILE as well.")
    private @Nullable String markdown;

    @Option(names = "--list", description = "Print the entries and hunt none.")
    private boolean list;

    ZooCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        if (jobs < 1 || jobs > JOBS_MAX) {
            throw InputException.of(
                    "--jobs " + jobs + " is out of range.", "Allowed: 1 to " + JOBS_MAX + ".");
        }
        if (seeds < 1 || seconds < 1) {
            throw InputException.of(
                    "--seeds and --time must be at least 1.",
                    "Leave them away for the usual ones.");
        }
        List<Mutant> mutants = chosen();
        PrintWriter out = context.out();
        if (list) {
            mutants.forEach(
                    each ->
                            out.printf(
                                    "%-8s %-10s %s%n", each.id(), each.side().word(), each.what()));
            if (pattern.isEmpty()) {
                out.println("\nNo mistake in this device or this host, so not hunted:");
                MutantFile.equivalents().forEach(out::println);
            }
            return ExitCode.HELD;
        }
        try (Silence _ = new Silence()) {
            return hunt(mutants);
        }
    }

    private List<Mutant> chosen() throws InputException {
        List<Mutant> all = new ArrayList<>(MutantFile.shipped());
        try {
            for (String file : added) {
                all.addAll(
                        MutantFile.read(context.surroundings().workingDirectory().resolve(file)));
            }
        } catch (IllegalArgumentException wrong) {
            throw InputException.of(
                    String.valueOf(wrong.getMessage()), "See testkit/README.md for the format.");
        }
        String wanted = pattern.toLowerCase(Locale.ROOT);
        List<Mutant> chosen =
                all.stream()
                        .filter(
                                each ->
                                        (each.id() + " " + each.what())
                                                .toLowerCase(Locale.ROOT)
                                                .contains(wanted))
                        .toList();
        if (chosen.isEmpty()) {
            throw InputException.of(
                    "--only '" + pattern + "' matches no entry.",
                    "See all of them with 'doorbell zoo --list'.");
        }
        return chosen;
    }

    private int hunt(List<Mutant> mutants) throws InputException {
        OutputFile page =
                markdown == null
                        ? null
                        : OutputFile.open("--markdown", markdown, FILE_ADVICE, context);
        Hunt hunt =
                new Hunt(
                        seeds,
                        (long) (seconds * NANOS_PER_SECOND),
                        keepsSize ? null : Hunt.USUAL.shrinking());
        Zoo zoo = new Zoo(hunt, compiler(), jobs);
        ZooPrinter printer = new ZooPrinter(context.out(), context.surroundings().outInk());
        printer.header();
        ProgressBar bar =
                context.surroundings().progressShown() ? ProgressBar.open(context.err()) : null;
        Zoo.Result result;
        try (bar) {
            if (bar != null) {
                bar.stage("Hunting", mutants.size(), zoo::hunted);
            }
            List<Catch> catches = zoo.hunt(mutants, printer::row);
            if (bar != null) {
                int most = catches.stream().mapToInt(Catch::seeds).max().orElse(0);
                bar.stage("The twin", most, zoo::twinSeeds);
            }
            result = zoo.withTwin(catches);
        } catch (IllegalArgumentException misfit) {
            throw InputException.of(
                    String.valueOf(misfit.getMessage()),
                    "The entry does not fit these sources: correct its text.");
        }
        printer.totals(mutants, result);
        if (page != null) {
            page.write(ZooTable.markdown(mutants, result));
        }
        return result.held() ? ExitCode.HELD : ExitCode.FAILED;
    }

    private MutantCompiler compiler() throws InputException {
        Path home = context.surroundings().home();
        try {
            return new MutantCompiler(Sources.of(home));
        } catch (IllegalArgumentException none) {
            throw InputException.of(
                    String.valueOf(none.getMessage()), "Run ./doorbell zoo in a checkout.");
        }
    }
}
