package io.doorbell.cli.machine;

import io.doorbell.cli.lab.InputException;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.settings.WorkloadSettings;
import io.doorbell.guest.workload.CombinedSource;
import io.doorbell.guest.workload.DataVerifier;
import io.doorbell.guest.workload.FioJob;
import io.doorbell.guest.workload.FioJobs;
import io.doorbell.guest.workload.IoSource;
import io.doorbell.guest.workload.Iolog;
import io.doorbell.guest.workload.IologException;
import io.doorbell.guest.workload.IologReader;
import io.doorbell.guest.workload.IologReplay;
import io.doorbell.guest.workload.NamespaceGeometry;
import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.guest.workload.WorkloadResult;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the host will do: the sources, and on which queues each of them runs. */
final class Workload {
    private static final long SEED = 1;

    private final String name;
    private final long operationsTotal;
    private final boolean shared; // one source on all queues, instead of one source a queue
    private final List<IoSource> sources;

    private Workload(String name, long operationsTotal, boolean shared, List<IoSource> sources) {
        this.name = name;
        this.operationsTotal = operationsTotal;
        this.shared = shared;
        this.sources = List.copyOf(sources);
    }

    static Workload of(Settings settings, NamespaceGeometry geometry) throws InputException {
        return switch (settings.workload()) {
            case WorkloadSettings.Iolog iolog -> replay(iolog, settings, geometry);
            case WorkloadSettings.Fio fio -> jobs(fio, geometry);
        };
    }

    private static Workload replay(
            WorkloadSettings.Iolog settings, Settings all, NamespaceGeometry geometry)
            throws InputException {
        Iolog log = read(settings, geometry);
        int depth =
                Math.min(
                        FioJob.IODEPTH_MAX,
                        all.driver().queuePairCount() * (all.driver().queueDepthEntries() - 1));
        IologReplay.Options options =
                new IologReplay.Options(
                        switch (settings.pace()) {
                            case FULL_SPEED -> IologReplay.Pace.FULL_SPEED;
                            case RECORDED -> IologReplay.Pace.RECORDED;
                        },
                        depth,
                        settings.verified(),
                        SEED);
        return new Workload(
                "Replaying " + settings.file().getFileName(),
                log.entries().size(),
                true,
                List.of(new IologReplay(log, geometry, options)));
    }

    private static Iolog read(WorkloadSettings.Iolog settings, NamespaceGeometry geometry)
            throws InputException {
        try {
            return IologReader.read(settings.file(), geometry, TimeUnit.MILLISECONDS);
        } catch (IologException error) {
            String text = String.valueOf(error.getMessage());
            throw InputException.inFile(
                    settings.file(), error.line(), text.substring(text.indexOf(": ") + 2), "");
        } catch (IOException error) {
            throw InputException.of(
                    settings.file() + " cannot be read: " + error.getMessage(),
                    "Check workload.iolog.file.");
        }
    }

    private static Workload jobs(WorkloadSettings.Fio fio, NamespaceGeometry geometry)
            throws InputException {
        try {
            FioJob job = job(fio, geometry);
            List<IoSource> sources = new ArrayList<>();
            for (FioJob each : FioJobs.split(job, fio.jobCount(), geometry)) {
                sources.add(each.source(geometry));
            }
            return new Workload(
                    "Running %,d jobs of %s".formatted(fio.jobCount(), job.rw().word()),
                    fio.operationCount().orElse(0) * fio.jobCount(),
                    false,
                    sources);
        } catch (IllegalArgumentException error) {
            throw InputException.of(error.getMessage() + ".", "See workload.fio.");
        }
    }

    private static FioJob job(WorkloadSettings.Fio fio, NamespaceGeometry geometry) {
        // Several jobs on the whole disk, which is the default, share it evenly.
        boolean shared = fio.jobCount() > 1 && fio.sizeBytes() == geometry.sizeBytes();
        FioJob.Builder job =
                FioJob.named("job")
                        .rw(ReadWrite.valueOf(fio.access().name()))
                        .bsBytes(fio.blockBytes())
                        .iodepth(fio.ioDepth())
                        .sizeBytes(shared ? 0 : fio.sizeBytes())
                        .rwmixread(fio.readPercent())
                        .randseed(fio.seed())
                        .verify(fio.verified())
                        .fsync(fio.writesPerFlush());
        fio.operationCount().ifPresent(job::numberIos);
        fio.operationsPerSecondMax().ifPresent(job::rateIops);
        return job.build();
    }

    /** A few words for the progress bar. */
    String name() {
        return name;
    }

    /** Operations it will take, or 0 if nobody knows. */
    long operationsTotal() {
        return operationsTotal;
    }

    boolean verifies() {
        return sources.getFirst().verifiesData();
    }

    /** Runs to the end; says what went wrong, or nothing. */
    String runOn(Machine machine, MachinePlan plan) {
        if (shared) {
            int depth = plan.queuePairs() * (plan.queueEntries() - 1);
            return machine.runShared(sources.getFirst(), depth);
        }
        return machine.runEach(byQueue(plan.queuePairs()));
    }

    /** Job i on queue pair i, and round again if there are more jobs than pairs. */
    private List<IoSource> byQueue(int queuePairs) {
        List<List<IoSource>> jobs = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (i < queuePairs) {
                jobs.add(new ArrayList<>());
            }
            jobs.get(i % queuePairs).add(sources.get(i));
        }
        return jobs.stream()
                .map(each -> each.size() == 1 ? each.getFirst() : new CombinedSource(each))
                .toList();
    }

    /** What all sources have seen. */
    WorkloadResult result() {
        return sources.stream()
                .map(IoSource::result)
                .reduce(WorkloadResult::plus)
                .orElseThrow(() -> new IllegalStateException("a workload without a source"));
    }

    /** What the blocks must hold now. */
    List<DataVerifier> verifiers() {
        return sources.stream().flatMap(source -> source.verifier().stream()).toList();
    }
}
