package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.settings.Nearest;
import io.doorbell.cli.settings.Problem;
import io.doorbell.cli.terminal.ProblemPrinter;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Tells the user what went wrong, once, and turns it into an exit code. */
final class Failures {
    private final Surroundings surroundings;
    private final PrintWriter err;
    private final boolean stackTraceWanted;

    Failures(Surroundings surroundings, PrintWriter err, boolean stackTraceWanted) {
        this.surroundings = surroundings;
        this.err = err;
        this.stackTraceWanted = stackTraceWanted;
    }

    /** The command line cannot be understood. */
    int usage(ParameterException fault) {
        CommandLine command = fault.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + usageText(fault, command));
        err.println("    Try '" + name + " --help'.");
        return ExitCode.INPUT;
    }

    /** A command ended with an exception. */
    int execution(Exception fault) {
        ProblemPrinter printer = new ProblemPrinter(err, surroundings.errInk());
        switch (fault) {
            case BadSettingsException settings -> printer.print(settings.problems());
            case InputException input -> printer.print(problem(input));
            default -> {
                return internal(fault);
            }
        }
        return ExitCode.INPUT;
    }

    /** A fault of our own. */
    int internal(Throwable fault) {
        err.println("doorbell: internal error: " + fault);
        err.println(
                "    This is a fault of Doorbell, not yours. Please report it in the project's issue");
        err.println(
                "    tracker with the command line, the scenario and the stack trace"
                        + (stackTraceWanted ? ":" : " (add --debug)."));
        if (stackTraceWanted) {
            fault.printStackTrace(err);
        }
        return ExitCode.INTERNAL;
    }

    private Problem problem(InputException fault) {
        String line = fault.line() > 0 ? ":" + fault.line() : "";
        String where = fault.file().map(file -> shown(file) + line).orElse("");
        return new Problem(where, fault.what(), fault.advice());
    }

    private String shown(Path file) {
        Path here = surroundings.workingDirectory();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }

    private static String usageText(ParameterException fault, CommandLine command) {
        if (!(fault instanceof UnmatchedArgumentException unmatched)) {
            String message = Objects.requireNonNullElse(fault.getMessage(), "bad arguments");
            return message.endsWith(".") ? message : message + ".";
        }
        String argument = unmatched.getUnmatched().getFirst();
        boolean option = argument.startsWith("-");
        Optional<String> nearest =
                option
                        ? Nearest.to(argument, command.getCommandSpec().optionsMap().keySet())
                        : Nearest.to(argument, command.getSubcommands().keySet());
        String kind = option ? "option" : command.getParent() == null ? "command" : "argument";
        return "Unknown "
                + kind
                + " '"
                + argument
                + "'."
                + nearest.map(name -> " Did you mean '" + name + "'?").orElse("");
    }
}
