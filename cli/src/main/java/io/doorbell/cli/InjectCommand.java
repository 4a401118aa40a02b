package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.served.ControlClient;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.LiveFaults;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code doorbell inject}: faults for a controller that is being served. */
@Command(
        name = "inject",
        header = {"Make something go wrong in a controller that is being served.", ""},
        description = {
            "%nArms faults in a running 'doorbell serve', counted from now on, or shows or clears"
                    + " them.%n"
        },
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell inject nvme.sock 'lose at interrupt/1'",
            "  doorbell inject nvme.sock 'hang at commands/cq-1 opcode 02h nth 100'",
            "  doorbell inject nvme.sock 'fail at media/read times 3' 'cfs at controller/step nth 999'",
            "  doorbell inject nvme.sock 'slow at commands/cq-* p 0.01 times 50 amount 300ms'",
            "  doorbell inject nvme.sock --list",
            "",
            "docs/faults.md has the language, and what can go wrong on a served device.",
            "",
            "Exit code 0: done, 2: input, or nobody serves there, 3: internal error."
        })
final class InjectCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(
            index = "0",
            paramLabel = "SOCKET",
            description = "The socket of the device, or its control socket.")
    private Path socket = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FAULT",
            description = "What goes wrong from now on: KIND at SITE [nth N] [times T] ...")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--list",
            description = "Show every fault, how often it could have struck, and how often it did.")
    private boolean list;

    @Option(names = "--clear", description = "Nothing goes wrong any more.")
    private boolean clear;

    InjectCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        if (words.isEmpty() && !list && !clear) {
            throw InputException.of(
                    "There is nothing to do.",
                    "Name a fault such as 'lose at interrupt/1', or add --list or --clear.");
        }
        List<Fault> faults = parse();
        ControlClient client =
                ControlClient.to(
                        context.surroundings().workingDirectory().resolve(socket).normalize());
        if (clear) {
            context.out().printf("Cleared: %,d.%n", client.clear());
        }
        for (Fault fault : faults) {
            client.inject(fault);
            context.out().println("Armed: " + fault + ".");
        }
        if (list) {
            print(client.list());
        }
        return ExitCode.HELD;
    }

    private List<Fault> parse() throws InputException {
        List<Fault> faults = new ArrayList<>();
        for (String word : words) {
            try {
                faults.add(Fault.parse(word));
            } catch (IllegalArgumentException refused) {
                throw InputException.of(
                        refused.getMessage() + "", "docs/faults.md has the language of faults.");
            }
        }
        return faults;
    }

    private void print(List<LiveFaults.Status> all) {
        if (all.isEmpty()) {
            context.out().println("No faults.");
            return;
        }
        context.out().printf("%10s %12s  %s%n", "Struck", "Events", "Fault");
        all.forEach(
                each ->
                        context.out()
                                .printf(
                                        "%,10d %,12d  %s%n",
                                        each.strikes(), each.events(), each.fault()));
    }
}
