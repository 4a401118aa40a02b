package io.doorbell.cli;

import io.doorbell.cli.bench.RealBench;
import io.doorbell.cli.lab.BenchRunner;
import io.doorbell.cli.lab.LabRunner;
import io.doorbell.cli.machine.RealLab;
import io.doorbell.cli.terminal.Ink;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;

/** The command as a whole: arguments in, text and an exit code out. */
public final class Main {
    private final Supplier<LabRunner> labRunner;
    private final Supplier<BenchRunner> benchRunner;
    private final Surroundings surroundings;

    /**
     * A command over the runners given.
     *
     * @param labRunner asked once for each {@code run}
     * @param benchRunner asked once for each {@code bench}
     */
    public Main(
            Supplier<LabRunner> labRunner,
            Supplier<BenchRunner> benchRunner,
            Surroundings surroundings) {
        this.labRunner = labRunner;
        this.benchRunner = benchRunner;
        this.surroundings = surroundings;
    }

    /** Runs the command and ends the process with its {@link ExitCode}. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        Main main = new Main(RealLab::new, RealBench::new, Surroundings.ofProcess());
        System.exit(main.execute(args, out, err));
    }

    /**
     * Runs one command to its end.
     *
     * @return an {@link ExitCode}; whatever went wrong has been told to {@code err}
     */
    public int execute(String[] args, PrintWriter out, PrintWriter err) {
        Failures failures =
                new Failures(surroundings, err, List.of(args).contains(DoorbellCommand.DEBUG));
        try {
            String[] asked = args.length == 0 ? new String[] {"--help"} : args;
            return commandLine(out, err, failures).execute(asked);
        } catch (Throwable fault) { // the last one to hear of it, of an Error too
            return failures.internal(fault);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** All commands, ready to parse. */
    CommandLine commandLine(PrintWriter out, PrintWriter err, Failures failures) {
        CommandContext context = new CommandContext(labRunner, benchRunner, surroundings, out, err);
        CommandLine commandLine =
                new CommandLine(new DoorbellCommand())
                        .addSubcommand(new RunCommand(context))
                        .addSubcommand(new ExploreCommand(context))
                        .addSubcommand(new ReplayCommand(context))
                        .addSubcommand(new ShrinkCommand(context))
                        .addSubcommand(new ConformCommand(context))
                        .addSubcommand(new ServeCommand(context))
                        .addSubcommand(new InjectCommand(context))
                        .addSubcommand(new ZooCommand(context))
                        .addSubcommand(new ConfigCommand(context))
                        .addSubcommand(new BenchCommand(context));
        return commandLine
                .setOut(out)
                .setErr(err)
                .setColorScheme(
                        Help.defaultColorScheme(
                                surroundings.outInk() == Ink.COLOURED ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((fault, args) -> failures.usage(fault))
                .setExecutionExceptionHandler(
                        (fault, command, result) -> failures.execution(fault));
    }
}
