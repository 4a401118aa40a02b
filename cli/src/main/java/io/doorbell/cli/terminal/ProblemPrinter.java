package io.doorbell.cli.terminal;

import io.doorbell.cli.settings.Problem;

import java.io.PrintWriter;
import java.util.List;

/**
 * Prints what is wrong with the user's input and what to do about it; first the place, as compilers
 * do.
 */
public final class ProblemPrinter {
    private final PrintWriter err;
    private final Ink ink;

    public ProblemPrinter(PrintWriter err, Ink ink) {
        this.err = err;
        this.ink = ink;
    }

    /** Every problem of the settings, and how many there are. */
    public void print(List<Problem> problems) {
        problems.forEach(this::print);
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        err.println(ink.bad(count + " in the settings; nothing was run."));
        err.flush();
    }

    /** One problem. */
    public void print(Problem problem) {
        String where = problem.where().isEmpty() ? "" : ink.bold(problem.where() + ":") + " ";
        err.println(where + problem.what());
        if (!problem.advice().isEmpty()) {
            err.println("    " + problem.advice());
        }
        err.flush();
    }
}
