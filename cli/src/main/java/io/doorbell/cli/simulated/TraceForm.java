package io.doorbell.cli.simulated;

import io.doorbell.cli.lab.InputException;
import io.doorbell.simulation.timeline.JsonLines;
import io.doorbell.simulation.timeline.PerfettoTrace;
import io.doorbell.simulation.timeline.TimelineEvent;

import java.util.List;
import java.util.stream.Collectors;

/** What {@code --trace} writes. */
public enum TraceForm {
    /** One aligned line an event. */
    TEXT {
        @Override
        public String text(List<TimelineEvent> events) {
            return events.stream()
                    .map(event -> event.line() + "\n")
                    .collect(Collectors.joining("", TimelineEvent.HEADING + "\n", ""));
        }
    },
    /** One JSON object an event, a line each. */
    JSON {
        @Override
        public String text(List<TimelineEvent> events) {
            return JsonLines.of(events);
        }
    },
    /** A file for ui.perfetto.dev. */
    PERFETTO {
        @Override
        public String text(List<TimelineEvent> events) {
            return PerfettoTrace.of(events);
        }
    };

    /** The events in this form. */
    public abstract String text(List<TimelineEvent> events);

    /**
     * Reads the value of {@code --trace}.
     *
     * @throws InputException if there is no such form
     */
    public static TraceForm parse(String word) throws InputException {
        return switch (word) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "perfetto" -> PERFETTO;
            default ->
                    throw InputException.of(
                            "--trace '" + word + "' is no form of a trace.",
                            "There are: text, json, perfetto.");
        };
    }
}
