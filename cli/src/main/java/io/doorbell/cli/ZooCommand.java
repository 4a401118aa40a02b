package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.terminal.Ink;
import io.doorbell.testkit.mutant.MutantCompiler;
import io.doorbell.testkit.mutant.Sources;
import io.doorbell.testkit.zoo.Hunt;
import io.doorbell.testkit.zoo.Hunt.Catch;
import io.doorbell.testkit.zoo.Mutant;
import io.doorbell.testkit.zoo.MutantFile;

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
    private static final int PROBLEM_SHOWN_MAX = 70;

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

    @Option(names = "--list", description = "Print the entries and hunt none.")
    private boolean list;

    ZooCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        if (seeds < 1 || seconds < 1) {
            throw InputException.of(
                    "--seeds and --time must be at least 1.",
                    "Leave them away for the usual ones.");
        }
        List<Mutant> mutants = chosen();
        PrintWriter out = context.out();
        if (list) {
            mutants.forEach(
                    each -> out.printf("%-8s %-10s %s%n", each.id(), word(each), each.what()));
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
        PrintWriter out = context.out();
        Ink ink = context.surroundings().outInk();
        MutantCompiler compiler = compiler();
        Hunt hunt = new Hunt(seeds, (long) (seconds * NANOS_PER_SECOND));
        out.println(
                ink.bold(line("Entry", "Side", "Found", "Seeds", "Time", "How, or what it does")));
        int found = 0;
        for (Mutant mutant : mutants) {
            Catch result = caught(hunt, mutant, compiler);
            found += result.found() ? 1 : 0;
            String text = line(mutant.id(), word(mutant), result, mutant.what());
            out.println(result.found() ? text : ink.bad(text));
            out.flush();
        }
        Catch twin = hunt.huntTwin();
        String twinText = line("twin", "both", twin, "nothing: it has no mistake");
        out.println(twin.found() ? ink.bad(twinText) : twinText);
        out.printf(
                "%n%d of %d found (%.0f %%); the twin %s.%n",
                found,
                mutants.size(),
                100.0 * found / mutants.size(),
                twin.found()
                        ? "failed: " + twin.problem()
                        : "held over %,d seeds".formatted(twin.seeds()));
        out.flush();
        return found == mutants.size() && !twin.found() ? ExitCode.HELD : ExitCode.FAILED;
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

    private static Catch caught(Hunt hunt, Mutant mutant, MutantCompiler compiler)
            throws InputException {
        try {
            return hunt.hunt(mutant, compiler);
        } catch (IllegalArgumentException misfit) {
            throw InputException.of(
                    String.valueOf(misfit.getMessage()),
                    "The entry does not fit these sources: correct its text.");
        }
    }

    private static String word(Mutant mutant) {
        return mutant.side().name().toLowerCase(Locale.ROOT);
    }

    private static String line(String id, String side, Catch result, String what) {
        return line(
                id,
                side,
                result.found() ? "yes" : "no",
                result.found() ? Long.toString(result.seed()) : "> " + result.seeds(),
                String.format(Locale.ROOT, "%.1f s", result.nanos() / NANOS_PER_SECOND),
                result.found() ? shortened(result.problem()) : what);
    }

    private static String shortened(String problem) {
        String first = problem.lines().findFirst().orElse("");
        return first.length() <= PROBLEM_SHOWN_MAX
                ? first
                : first.substring(0, PROBLEM_SHOWN_MAX - 3) + "...";
    }

    private static String line(
            String id, String side, String found, String seeds, String time, String text) {
        return String.format(
                Locale.ROOT, "%-8s %-10s %-5s %7s %8s  %s", id, side, found, seeds, time, text);
    }
}
