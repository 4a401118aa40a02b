package io.doorbell.cli.lab;

import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.settings.Settings;

/** Brings up a controller and a host, lets the host work, and says what happened. */
public interface LabRunner {
    /**
     * Runs to the end of the workload. What goes wrong on the wire is in the report, not an
     * exception.
     *
     * @param settings checked as a whole
     * @param progress told of each stage
     * @throws InputException if something the user gave cannot be used after all, such as a
     *     malformed line of an iolog; thrown before anything has been written
     */
    RunReport run(Settings settings, ProgressListener progress) throws InputException;
}
