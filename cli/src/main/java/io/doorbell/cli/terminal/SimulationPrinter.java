package io.doorbell.cli.terminal;

import static io.doorbell.cli.terminal.Quantity.count;
import static io.doorbell.cli.terminal.Quantity.time;

import io.doorbell.simulation.explore.Exploration;
import io.doorbell.simulation.fault.Fault;
import io.doorbell.simulation.lab.Outcome;
import io.doorbell.simulation.lab.Scenario;
import io.doorbell.simulation.oracle.Violation;
import io.doorbell.simulation.situation.Sightings;
import io.doorbell.simulation.situation.Situation;
import io.doorbell.simulation.timeline.Timeline;
import io.doorbell.simulation.timeline.TimelineEvent;
import io.doorbell.simulation.trace.TraceHash;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what came of simulated runs, for a person. */
public final class SimulationPrinter {
    private static final int EVENTS_SHOWN = 20;

    private final PrintWriter out;
    private final Ink ink;

    public SimulationPrinter(PrintWriter out, Ink ink) {
        this.out = out;
        this.ink = ink;
    }

    /** What will be run. */
    public void plan(Scenario scenario, List<Fault> faults) {
        line(
                "Scenario",
                "%s of %,d entries on %s, %s memory"
                        .formatted(
                                counted(scenario.queuePairs(), "queue pair"),
                                scenario.queueEntries(),
                                counted(scenario.vectors(), "vector"),
                                scenario.memory()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' ')));
        line(
                "Workload",
                "%s of %s, %,d at a time, %,d for each queue%s"
                        .formatted(
                                scenario.access().word(),
                                Quantity.size(scenario.blockBytes()),
                                scenario.ioDepth(),
                                scenario.operationsPerQueue(),
                                scenario.verified() ? ", verified" : ""));
        String label = "Faults";
        if (faults.isEmpty()) {
            line(label, "none");
        }
        for (Fault fault : faults) {
            line(label, fault.toString());
            label = "";
        }
    }

    /** How a run went; the verdict is for {@link #verdict}. */
    public void outcome(Outcome outcome) {
        line(
                "Run",
                "%s, %s, %s of virtual time"
                        .formatted(
                                counted(outcome.workload().requests(), "command"),
                                counted(outcome.steps(), "step"),
                                time(outcome.nanos())));
        line("Choices", counted(outcome.choices().size(), "choice") + " left the ordinary course");
        out.println("trace hash: " + TraceHash.text(outcome.trace().value()));
        out.flush();
    }

    /** The last events of a run. */
    public void events(Timeline timeline) {
        out.println();
        out.println(ink.bold(TimelineEvent.HEADING));
        if (timeline.dropped() > 0) {
            out.println("          ... %s before".formatted(counted(timeline.dropped(), "event")));
        }
        timeline.events().forEach(event -> out.println(event.line()));
        out.println();
    }

    /** The law that was broken, and what led to it; nothing if none was. */
    public void breach(Outcome outcome) {
        Outcome.Breach breach = outcome.breach();
        if (breach == null) {
            return;
        }
        out.println();
        List<String> events = breach.lastEvents();
        events.subList(Math.max(0, events.size() - EVENTS_SHOWN), events.size())
                .forEach(out::println);
        out.println();
        Violation broken = breach.violation();
        line("Law", broken.id() + ": " + broken.law());
        line("Clause", broken.clause());
        line("Step", "%,d, at %,d ns".formatted(broken.step(), broken.nanos()));
        line("Expected", broken.expected());
        line("Seen", broken.seen());
    }

    /** The last line about a run. */
    public void verdict(Outcome outcome) {
        String text =
                outcome.held()
                        ? "Held: %s.".formatted(counted(outcome.workload().requests(), "command"))
                        : "FAILED: " + outcome.problem() + ".";
        out.println(outcome.held() ? ink.good(text) : ink.bad(text));
        out.flush();
    }

    /** A line of text beside a label. */
    public void line(String label, String text) {
        out.println(ink.bold("%-14s".formatted(label)) + text);
        out.flush();
    }

    /** A good end of something. */
    public void good(String text) {
        out.println(ink.good(text));
        out.flush();
    }

    /** A bad end of something. */
    public void bad(String text) {
        out.println(ink.bad(text));
        out.flush();
    }

    /** What exploring found; {@code files} has the case of each failure. */
    public void exploration(Exploration found, List<String> files) {
        double seconds = Math.max(1, found.wallNanos()) / 1e9;
        line(
                "Ran",
                "%s in %s: %s runs/s, %s commands/s"
                        .formatted(
                                counted(found.runs(), "seed"),
                                time(found.wallNanos()),
                                count(Math.round(found.runs() / seconds)),
                                count(Math.round(found.commands() / seconds))));
        line(
                "Simulated",
                "%s, %s of virtual time"
                        .formatted(
                                counted(found.commands(), "command"), time(found.virtualNanos())));
        situations(found);
        for (int i = 0; i < found.failures().size(); i++) {
            Exploration.Failure failure = found.failures().get(i);
            out.println();
            out.println(
                    ink.bad("%s: %s".formatted(counted(failure.count(), "seed"), failure.cause())));
            line("  faults", faults(failure.first().faults()));
            line("  first", "seed %d: %s".formatted(failure.first().seed(), problem(failure)));
            line("  again", "doorbell replay " + files.get(i));
            line("  smaller", "doorbell shrink " + files.get(i));
        }
        out.println();
        if (found.held()) {
            good("Held: %s, none failed.".formatted(counted(found.runs(), "seed")));
        } else {
            long failed = found.failures().stream().mapToLong(Exploration.Failure::count).sum();
            bad(
                    "FAILED: %s of %s, in %s."
                            .formatted(
                                    count(failed),
                                    counted(found.runs(), "seed"),
                                    counted(found.failures().size(), "way")));
        }
        out.flush();
    }

    private void situations(Exploration found) {
        out.println();
        out.println(
                ink.bold(
                        "Situations met: %d of %d"
                                .formatted(found.met().size(), Situation.values().length)));
        out.printf("%9s %11s%n", "runs", "times");
        for (Sightings.Sighting each : found.met()) {
            out.printf(
                    "%9s %11s  %s%n",
                    count(each.runs()), count(each.times()), each.situation().text());
        }
        if (!found.neverMet().isEmpty()) {
            out.println();
            out.println(ink.bold("Never met"));
            found.neverMet().forEach(each -> out.println("  " + each.text()));
        }
    }

    private static String faults(List<Fault> faults) {
        return faults.isEmpty()
                ? "none"
                : faults.stream().map(Fault::toString).collect(Collectors.joining("; "));
    }

    private static String problem(Exploration.Failure failure) {
        return failure.first().ending().problem();
    }

    private static String counted(long count, String thing) {
        return count(count) + " " + thing + (count == 1 ? "" : "s");
    }
}
