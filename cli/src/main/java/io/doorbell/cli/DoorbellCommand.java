package io.doorbell.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code doorbell} itself: the options of all commands, and what help says first. */
@Command(
        name = "doorbell",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = {
            "An NVMe controller made of actors, and the host that drives it, joined by",
            "exactly what joins them in a machine: registers, shared memory, interrupts.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell run                               replay a recorded Linux guest",
            "  doorbell run --set driver.queue-pairs=16   the same with more queues",
            "  doorbell run my.conf --json result.json    a scenario of your own",
            "  doorbell run --seed 17                     a simulated run, all from one seed",
            "  doorbell explore --seeds 1..2000           look for seeds that fail",
            "  doorbell replay CASE                       run a failure again",
            "  doorbell shrink CASE                       make it as small as it gets",
            "  doorbell conform                           test the controller by clause",
            "  doorbell serve --socket nvme.sock          a disk for a virtual machine",
            "  doorbell inject nvme.sock FAULT            what goes wrong with it",
            "  doorbell config --changed                  what differs from the defaults",
            "  doorbell run --help                        every option of a command",
            "",
            "Exit codes:",
            "  0  held: all was as it should be",
            "  1  failed: an error status, a wrong block, a starved queue, a broken clause",
            "  2  input: the command line, the settings or a file cannot be used; nothing ran",
            "  3  internal: a fault of Doorbell's own, please report it",
            "",
            "Environment:",
            "  DOORBELL_JAVA_OPTS   flags for the JVM, such as -Xmx4g",
            "  NO_COLOR             when set, no colour",
            "",
            "The settings are in application.conf, with a comment for each."
        })
@SuppressWarnings("UnusedVariable") // the parser acts on these options itself; they need a home
final class DoorbellCommand {
    static final String DEBUG = "--debug";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain this command.")
    private boolean helpAsked;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and the Java it runs on.")
    private boolean versionAsked;

    @Option(
            names = DEBUG,
            scope = ScopeType.INHERIT,
            description = "Print a stack trace after an internal error.")
    private boolean debug;
}
