package io.doorbell.cli.machine;

import io.doorbell.cli.foreign.ForeignDevice;
import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.lab.LabRunner;
import io.doorbell.cli.lab.ProgressListener;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.settings.Settings;
import io.doorbell.guest.GuestDriver;
import io.doorbell.guest.NamespaceInfo;
import io.doorbell.testkit.conformance.DeviceLostException;
import io.doorbell.vfiouser.client.DeviceGoneException;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs a workload on the device of another process, with the host of a real machine. A verified run
 * makes all blocks of its namespace zeros first.
 */
public final class ForeignLab implements LabRunner {
    private final ForeignDevice device;

    public ForeignLab(ForeignDevice device) {
        this.device = device;
    }

    /**
     * As {@link LabRunner#run}.
     *
     * @param settings hold what the {@link ForeignDevice#settings device says}
     */
    @Override
    public RunReport run(Settings settings, ProgressListener progress) throws InputException {
        MachinePlan plan = Plans.of(settings);
        Workload workload = Workload.of(settings, Plans.geometry(settings));
        RunReports reports = new RunReports(settings, workload, device.description());
        try {
            if (workload.verifies()) {
                AtomicLong done = new AtomicLong();
                progress.stage("Zeroing the blocks", plan.blockCount(), done::get);
                device.makeZeros(done::set);
            }
            drive(plan, workload, reports, progress);
        } catch (DeviceLostException | DeviceGoneException | AssertionError lost) {
            reports.problem(String.valueOf(lost.getMessage()));
        }
        return reports.build();
    }

    private void drive(
            MachinePlan plan, Workload workload, RunReports reports, ProgressListener progress) {
        try (Machine machine = new Machine(plan, new ForeignHardware(device, plan), true)) {
            progress.stage("Bringing the controller up", 0, () -> 0);
            long begin = machine.nowNanos();
            switch (machine.tryToBoot()) {
                case GuestDriver.BootFailed(String reason) ->
                        reports.problem("the host could not bring the controller up: " + reason);
                case GuestDriver.Booted(NamespaceInfo namespace, _) -> {
                    reports.bringUpNanos(machine.nowNanos() - begin);
                    if (isExpected(namespace, plan)) {
                        RealLab.run(machine, plan, workload, reports, progress);
                    } else {
                        reports.problem(
                                "the host uses namespace %d, and not the first, %d, which it cannot use"
                                        .formatted(namespace.id(), device.namespaceId()));
                    }
                }
            }
        }
    }

    private boolean isExpected(NamespaceInfo namespace, MachinePlan plan) {
        return namespace.id() == device.namespaceId()
                && namespace.blockCount() == plan.blockCount();
    }
}
