package io.doorbell.cli;

import io.doorbell.cli.foreign.SocketDevices;
import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.terminal.ConformPrinter;
import io.doorbell.cli.terminal.ProgressBar;
import io.doorbell.testkit.conformance.ConformanceRunner;
import io.doorbell.testkit.conformance.ConformanceSuite;
import io.doorbell.testkit.conformance.DeviceFactory;
import io.doorbell.testkit.conformance.DeviceLostException;
import io.doorbell.testkit.conformance.TestCase;
import io.doorbell.testkit.conformance.TestResult;
import io.doorbell.testkit.conformance.report.ConformanceReport;
import io.doorbell.testkit.conformance.report.HtmlReport;
import io.doorbell.testkit.conformance.report.JunitXml;
import io.doorbell.testkit.device.SimulatedDevices;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code doorbell conform}: what the specification asks of a controller, clause by clause. */
@Command(
        name = "conform",
        header = {"Test a controller against the NVMe specification.", ""},
        description = {
            "%nRuns the conformance suite against Doorbell's own controller, in virtual time: only"
                    + " registers, memory and interrupts are used, as a driver would. Every test"
                    + " names its clause, and what a host would see if it failed.%n",
            "With --socket it runs against whatever NVMe device a vfio-user server serves there:"
                    + " 'doorbell serve', SPDK, or one of your own. WHAT IS ON THE DEVICE IS LOST:"
                    + " its namespaces are formatted before each test, and written. Each test has"
                    + " a connection of its own; tests that order a device of another shape, or"
                    + " need virtual time, do not apply and say so in the reports.%n"
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  doorbell conform",
            "  doorbell conform --clause 'Base §3.7'",
            "  doorbell conform --report conform.html --junit conform.xml",
            "  doorbell conform --socket nvme.sock",
            "",
            "Exit code 0: held, 1: a test failed, 2: input, 3: internal error."
        })
final class ConformCommand implements Callable<Integer> {
    private static final String ADVICE = "Name a file in an existing folder.";

    private final CommandContext context;

    @Option(
            names = "--clause",
            paramLabel = "PATTERN",
            description = "Only tests whose clause, chapter or name contains PATTERN, in any case.")
    private @Nullable String pattern;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write the report to FILE as one HTML page.")
    private @Nullable String report;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write the results to FILE as JUnit XML.")
    private @Nullable String junit;

    @Mixin private final SocketOptions socketOptions = new SocketOptions();

    @Option(names = "--list", description = "Print the tests and run none.")
    private boolean list;

    private @Nullable String lost; // why not all tests were run

    ConformCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InputException {
        OutputFile page = open("--report", report);
        OutputFile xml = open("--junit", junit);
        List<TestCase> tests = ConformanceSuite.tests(pattern);
        Path socket = socketOptions.path(context.surroundings());
        if (tests.isEmpty()) {
            throw InputException.of(
                    "--clause '" + pattern + "' matches no test.",
                    "See all of them with 'doorbell conform --list'.");
        }
        if (list) {
            tests.forEach(context.out()::println);
            return ExitCode.HELD;
        }
        ConformanceReport result = run(tests, socket);
        new ConformPrinter(context.out(), context.surroundings().outInk()).print(result);
        if (lost != null) {
            context.err().println(lost);
        }
        write(page, HtmlReport.of(result));
        write(xml, JunitXml.of(result));
        return result.held() && lost == null ? ExitCode.HELD : ExitCode.FAILED;
    }

    private DeviceFactory devices(@Nullable Path socket) throws InputException {
        return socket == null
                ? new SimulatedDevices()
                : SocketDevices.open(socket, socketOptions.access());
    }

    private ConformanceReport run(List<TestCase> tests, @Nullable Path socket)
            throws InputException {
        AtomicInteger done = new AtomicInteger();
        ProgressBar progress =
                context.surroundings().progressShown() ? ProgressBar.open(context.err()) : null;
        try (DeviceFactory devices = devices(socket)) {
            if (progress != null) {
                progress.stage("Testing", tests.size(), done::get);
            }
            List<TestResult> results = new ArrayList<>(tests.size());
            try {
                var _ =
                        new ConformanceRunner(devices)
                                .run(
                                        tests,
                                        result -> {
                                            results.add(result);
                                            done.incrementAndGet();
                                        });
            } catch (DeviceLostException gone) {
                lost =
                        "%s %,d of %,d tests were not run."
                                .formatted(
                                        gone.getMessage(),
                                        tests.size() - results.size(),
                                        tests.size());
            }
            return new ConformanceReport(
                    devices.description(),
                    results,
                    pattern == null ? ConformanceSuite.notCovered() : List.of());
        } finally {
            if (progress != null) {
                progress.close();
            }
        }
    }

    private @Nullable OutputFile open(String option, @Nullable String value) throws InputException {
        return value == null ? null : OutputFile.open(option, value, ADVICE, context);
    }

    private static void write(@Nullable OutputFile file, String text) throws InputException {
        if (file != null) {
            file.write(text);
        }
    }
}
