package io.doorbell.cli.trace;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.machine.ServedController;
import io.doorbell.cli.served.ServedFaults;
import io.doorbell.cli.settings.Settings;
import io.doorbell.vfiouser.server.FunctionFactory;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;

/** What clients are served, recorded if somebody asked for it. */
public final class TraceOption implements AutoCloseable {
    private final FunctionFactory factory;
    private final @Nullable Path file;
    private final @Nullable Trace trace;

    private TraceOption(FunctionFactory factory, @Nullable Path file, @Nullable Trace trace) {
        this.factory = factory;
        this.file = file;
        this.trace = trace;
    }

    /**
     * Begins a trace in a file; null: in none.
     *
     * @param faults whose messages are seen as the machine sees them
     * @throws InputException if the file cannot be written
     */
    public static TraceOption of(
            @Nullable Path file,
            ServedController controller,
            Settings settings,
            ServedFaults faults)
            throws InputException {
        if (file == null) {
            return new TraceOption(controller, null, null);
        }
        try {
            Trace trace = Trace.into(file);
            faults.alsoTell(struck -> trace.add(new TraceEvent.Struck(struck.strike().toString())));
            faults.filterAround(inner -> TracedFactory.filter(trace, inner));
            return new TraceOption(new TracedFactory(controller, settings, trace), file, trace);
        } catch (IOException refused) {
            throw InputException.of(
                    "--trace cannot write '" + file + "': " + refused.getMessage() + ".",
                    "Name a file in an existing folder.");
        }
    }

    /** What makes functions for clients. */
    public FunctionFactory factory() {
        return factory;
    }

    /**
     * Writes the rest.
     *
     * @throws InputException if not all of the trace could be written
     */
    @Override
    public void close() throws InputException {
        if (trace == null) {
            return;
        }
        try {
            trace.close();
        } catch (IOException broken) {
            throw InputException.of(
                    "The trace " + file + " is not whole: " + broken.getMessage() + ".", "");
        }
    }
}
