package io.doorbell.cli;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.machine.ServedController;
import io.doorbell.cli.served.ControlServer;
import io.doorbell.cli.served.FaultLines;
import io.doorbell.cli.served.ServedFaults;
import io.doorbell.cli.settings.BadSettingsException;
import io.doorbell.cli.settings.LoadedSettings;
import io.doorbell.cli.settings.NamespaceSettings;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.terminal.Quantity;
import io.doorbell.cli.trace.TraceOption;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.fault.LiveFaults;
import io.doorbell.vfiouser.server.VfioUserServer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code doorbell serve}: the controller as a device of a virtual machine. */
@Command(
        name = "serve",
        header = {"Be the NVMe disk of a virtual machine.", ""},
        description = {
            "%nListens on a UNIX socket for QEMU (10.1 or newer, device vfio-user-pci), prints the"
                    + " arguments that attach it, and serves one machine after the other until"
                    + " Ctrl-C or SIGTERM. Without --image, --memory or --null, the settings say"
                    + " where blocks are kept.%n"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell serve --socket nvme.sock --memory 1GiB",
            "  doorbell serve --socket nvme.sock --image disk.img --size 4GiB --queues 8",
            "  doorbell serve --socket nvme.sock --memory 1GiB --faults 'lose at interrupt/1 nth 500'",
            "",
            "Exit code 0: ended as asked, 2: input cannot be used, 3: internal error."
        })
final class ServeCommand implements Callable<Integer> {
    private static final int STRIKES_TOLD = 3;

    private final CommandContext context;

    @Mixin private final SettingsOptions settingsOptions = new SettingsOptions();

    @Option(
            names = "--socket",
            required = true,
            paramLabel = "PATH",
            description = "Where to listen. A socket that is left over there is replaced.")
    private @Nullable Path socket;

    @ArgGroup private @Nullable Blocks blocks;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "With --image: size of the disk. Default: that of the image.")
    private @Nullable String size;

    @Option(
            names = "--queues",
            paramLabel = "N",
            description = "I/O queue pairs that a machine can have, each with its vector.")
    private @Nullable Integer queues;

    @Option(
            names = "--faults",
            paramLabel = "FAULT",
            description = {
                "What goes wrong, such as 'hang at commands/cq-1 nth 9', or a file with such lines."
                        + " May be given several times. Default: what the scenario says"
                        + " ('faults = [...]'), else nothing."
            })
    private @Nullable List<String> faultWords;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "What faults with a probability choose. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description =
                    "Record all register and memory traffic as lines of JSON, compressed if FILE"
                            + " ends in .gz. Slows the machine down.")
    private @Nullable String traceFile;

    @Option(
            names = "--control",
            paramLabel = "PATH",
            description = "Where 'doorbell inject' finds it. Default: the socket's, with .control.")
    private @Nullable Path control;

    /** Where blocks are kept. */
    static final class Blocks {
        @Option(
                names = "--image",
                paramLabel = "FILE",
                description = "Keep blocks in a raw image, created if it is missing.")
        private @Nullable Path image;

        @Option(
                names = "--memory",
                paramLabel = "SIZE",
                description = "Keep blocks in memory, until the end.")
        private @Nullable String memory;

        @Option(
                names = "--null",
                description = "Keep nothing: writes are dropped, reads give zeros.")
        private boolean none;
    }

    ServeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws BadSettingsException, InputException {
        LoadedSettings loaded = settingsOptions.load(context.surroundings(), overrides());
        ServedFaults faults = faults(loaded);
        Path path = context.surroundings().workingDirectory().resolve(socketPath()).normalize();
        try (Termination termination = new Termination()) {
            return termination.ended(serve(path, loaded, faults, termination));
        }
    }

    private int serve(
            Path path, LoadedSettings loaded, ServedFaults faults, Termination termination)
            throws InputException {
        try (ServedController controller = new ServedController(loaded.settings(), faults);
                TraceOption trace =
                        TraceOption.of(tracePath(), controller, loaded.settings(), faults);
                VfioUserServer server =
                        new VfioUserServer(path, trace.factory(), controller.system());
                ControlServer _ = ControlServer.listen(controlPath(path), faults)) {
            termination.stopBy(server::stop);
            announce(path, loaded.settings());
            announce(faults);
            server.serve();
            return ExitCode.HELD;
        } catch (IOException refused) {
            throw InputException.of(
                    "The socket cannot be served: " + refused.getMessage() + ".",
                    "Name another path with --socket, in a folder that can be written to.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.HELD;
        }
    }

    /** What goes wrong from the start: as the command line says, else as the settings do. */
    private ServedFaults faults(LoadedSettings loaded) throws InputException {
        List<Fault> given =
                faultWords == null
                        ? loaded.faults().orElse(List.of())
                        : FaultLines.of(faultWords, context.surroundings().workingDirectory());
        ServedFaults faults = new ServedFaults(seed, this::tell);
        for (Fault fault : given) {
            try {
                faults.arm(fault);
            } catch (IllegalArgumentException refused) {
                throw InputException.of("'" + fault + "': " + refused.getMessage(), "");
            }
        }
        return faults;
    }

    private void announce(ServedFaults faults) {
        List<LiveFaults.Status> armed = faults.status();
        armed.forEach(each -> context.out().println("Goes wrong: " + each.fault() + "."));
        if (armed.stream().anyMatch(each -> each.fault().probability() < 1)) {
            context.out().println("Chosen by seed " + seed + ".");
        }
        context.out().flush();
    }

    /** The first strikes of each fault, and its last. */
    private void tell(LiveFaults.Struck struck) {
        Fault fault = struck.strike().fault();
        if (struck.number() <= STRIKES_TOLD || struck.number() == fault.times()) {
            context.out()
                    .printf(
                            "Struck, %,d of %,d: %s%n",
                            struck.number(), fault.times(), struck.strike());
            context.out().flush();
        }
    }

    private @Nullable Path tracePath() {
        return traceFile == null
                ? null
                : context.surroundings().workingDirectory().resolve(traceFile).normalize();
    }

    private Path controlPath(Path device) {
        return control == null
                ? device.resolveSibling(device.getFileName() + ControlServer.SUFFIX)
                : context.surroundings().workingDirectory().resolve(control).normalize();
    }

    private Path socketPath() throws InputException {
        if (socket == null) {
            throw InputException.of("There is no --socket.", "Name a path.");
        }
        return socket;
    }

    private List<String> overrides() throws InputException {
        List<String> overrides = new ArrayList<>(List.of("workload.verify=false"));
        Blocks where = blocks;
        if (size != null && (where == null || where.image == null)) {
            throw InputException.of(
                    "--size is the size of an image.", "Add --image, or use --memory SIZE.");
        }
        if (where != null && where.image != null) {
            Path image = context.surroundings().workingDirectory().resolve(where.image).normalize();
            overrides.add("namespace.kind=file");
            overrides.add("namespace.file=\"" + image.toString().replace("\\", "\\\\") + "\"");
            overrides.add("namespace.size=" + (size != null ? size : sizeOf(image)));
        } else if (where != null && where.memory != null) {
            overrides.add("namespace.kind=memory");
            overrides.add("namespace.size=" + where.memory);
        } else if (where != null && where.none) {
            overrides.add("namespace.kind=null");
        }
        if (queues != null) {
            overrides.add("controller.queue-pairs-max=" + queues);
            overrides.add("controller.vectors=" + Math.min(2048, queues + 1));
            overrides.add("driver.queue-pairs=1"); // the driver is the machine's
        }
        return overrides;
    }

    private static String sizeOf(Path image) throws InputException {
        try {
            if (Files.exists(image) && Files.size(image) > 0) {
                return Files.size(image) + "B";
            }
        } catch (IOException error) {
            throw InputException.of(
                    image + " cannot be looked at: " + error.getMessage() + ".",
                    "Check the path and its permissions.");
        }
        throw InputException.of(
                image + " does not exist yet, so its size is not known.", "Add --size 4GiB.");
    }

    private void announce(Path path, Settings settings) {
        context.out()
                .printf(
                        "Serving an NVMe disk of %s (%s), %,d queue pairs, at %s.%n",
                        Quantity.size(settings.namespace().sizeBytes()),
                        kept(settings.namespace().backing()),
                        settings.controller().queuePairsMax(),
                        path);
        context.out().println("Attach it with QEMU 10.1 or newer; its memory has to be shared:");
        context.out().println();
        context.out()
                .println(
                        "  -object memory-backend-memfd,id=ram,size=1G,share=on"
                                + " -machine q35,memory-backend=ram \\");
        context.out()
                .println(
                        "  -device '{\"driver\":\"vfio-user-pci\",\"socket\":{\"type\":\"unix\",\"path\":\""
                                + path
                                + "\"}}'");
        context.out().println();
        context.out().println("Ctrl-C ends it.");
        context.out().flush();
    }

    private static String kept(NamespaceSettings.Backing backing) {
        return switch (backing) {
            case NamespaceSettings.Memory _ -> "in memory";
            case NamespaceSettings.Null _ -> "kept nowhere";
            case NamespaceSettings.Pattern _ -> "pattern";
            case NamespaceSettings.ImageFile(Path image, boolean _) -> image.toString();
        };
    }
}
