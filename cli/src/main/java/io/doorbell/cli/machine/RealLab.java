package io.doorbell.cli.machine;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.lab.LabRunner;
import io.doorbell.cli.lab.ProgressListener;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.settings.NamespaceSettings;
import io.doorbell.cli.settings.Settings;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.queue.ShardCounters;

/** Runs a workload on a real machine: reactors, real time, real memory. */
public final class RealLab implements LabRunner {
    @Override
    public RunReport run(Settings settings, ProgressListener progress) throws InputException {
        MachinePlan plan = Plans.of(settings);
        Workload workload = Workload.of(settings, Plans.geometry(settings));
        BlockStore store = Stores.open(settings.namespace(), workload.verifies());
        RunReports reports = new RunReports(settings, workload);
        try (Machine machine = new Machine(plan, store, true)) {
            progress.stage("Bringing the controller up", 0, () -> 0);
            long begin = machine.nowNanos();
            machine.boot();
            reports.bringUpNanos(machine.nowNanos() - begin);
            run(machine, plan, workload, reports, progress);
        }
        if (settings.namespace().backing() instanceof NamespaceSettings.ImageFile image
                && image.checked()) {
            progress.stage("Comparing the image", 0, () -> 0);
            reports.imageChecked(ImageComparison.of(image, settings, workload));
        }
        return reports.build();
    }

    /** Lets the host of a machine that has booted do its work, and shut the controller down. */
    static void run(
            Machine machine,
            MachinePlan plan,
            Workload workload,
            RunReports reports,
            ProgressListener progress) {
        ShardCounters before = machine.deviceCounters();
        long messagesBefore = machine.messagesSent();
        progress.stage(workload.name(), workload.operationsTotal(), machine::completed);
        long begin = machine.nowNanos();
        String problem = workload.runOn(machine, plan);
        long wallNanos = machine.nowNanos() - begin;
        long messages = machine.messagesSent() - messagesBefore;
        reports.problem(problem);
        reports.measured(
                wallNanos, messages, machine.deviceCounters().minus(before), machine.recorders());
        reports.problem(machine.shutDown());
    }
}
