package io.doorbell.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.cli.foreign.ForeignDevice;
import io.doorbell.cli.foreign.ServedDevice;
import io.doorbell.cli.lab.ProgressListener;
import io.doorbell.cli.report.RunReport;
import io.doorbell.cli.settings.Settings;
import io.doorbell.cli.settings.SettingsLoader;
import io.doorbell.cli.settings.SettingsSources;
import io.doorbell.vfiouser.client.MemoryAccess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The simulated host on a device behind a real socket. */
@Timeout(120)
class ForeignRunTest {
    private static final String WORK = "Running 4 jobs of randrw";

    @TempDir private Path folder = Path.of("");

    private ForeignDevice find(MemoryAccess access) throws Exception {
        return ForeignDevice.find(ServedDevice.path(folder), access);
    }

    private Settings settings(ForeignDevice device, String... overrides) throws Exception {
        List<String> all = new ArrayList<>(List.of("workload.kind=fio", "workload.verify=true"));
        all.addAll(List.of(overrides));
        return new SettingsLoader(
                        new SettingsSources(
                                folder,
                                folder,
                                List.of(),
                                Optional.empty(),
                                all,
                                device.settings()))
                .load()
                .settings();
    }

    private static RunReport run(ForeignDevice device, Settings settings) throws Exception {
        return new ForeignLab(device).run(settings, ProgressListener.NONE);
    }

    @ParameterizedTest
    @EnumSource
    void everyBlockRead_isWhatWasWritten(MemoryAccess access) throws Exception {
        try (ServedDevice _ = ServedDevice.start(folder)) {
            ForeignDevice device = find(access);

            RunReport report = run(device, settings(device));

            assertThat(report.errors()).isEmpty();
            assertThat(report.held()).isTrue();
            assertThat(report.device()).contains("'Doorbell NVMe Controller' at ", "nvme.sock");
            assertThat(report.verification().blocksVerified()).isPositive();
            assertThat(report.commandsTotal()).isGreaterThanOrEqualTo((16 << 20) / 4096);
            assertThat(report.interrupts().total()).isPositive();
            assertThat(report.doorbells().submissionRings()).isPositive();
            assertThat(report.doorbells().completionRings()).isPositive();
        }
    }

    /** The device keeps its blocks from one client to the next. */
    @Test
    void blocksOfAnEarlierRun_areZerosToTheNext() throws Exception {
        try (ServedDevice _ = ServedDevice.start(folder)) {
            ForeignDevice device = find(MemoryAccess.MAPPED);
            RunReport first = run(device, settings(device, "workload.fio.rw=write"));
            RunReport second = run(device, settings(device, "workload.fio.rw=randread"));

            assertThat(first.held()).isTrue();
            assertThat(second.verification().blocksVerified()).isEqualTo((16 << 20) / 512);
            assertThat(second.held()).as(second.verdict()).isTrue();
        }
    }

    @Test
    void whatIsNotVerified_isNotZeroed() throws Exception {
        List<String> stages = new ArrayList<>();
        try (ServedDevice _ = ServedDevice.start(folder)) {
            ForeignDevice device = find(MemoryAccess.MAPPED);

            RunReport report =
                    new ForeignLab(device)
                            .run(
                                    settings(device, "workload.verify=false"),
                                    (name, _, _) -> stages.add(name));

            assertThat(report.held()).isTrue();
            assertThat(stages).containsExactly("Bringing the controller up", WORK);
        }
    }

    @Test
    void deviceThatGoesAtWork_endsTheRun_andSaysSo() throws Exception {
        try (ServedDevice served = ServedDevice.start(folder)) {
            ForeignDevice device = find(MemoryAccess.MAPPED);
            Thread[] ending = new Thread[1];

            RunReport report =
                    new ForeignLab(device)
                            .run(
                                    settings(
                                            device,
                                            "workload.fio.rate-iops=2000",
                                            "driver.command-timeout=3600s"),
                                    (name, _, done) -> {
                                        if (name.equals(WORK)) {
                                            ending[0] = endAfter(100, done, served);
                                        }
                                    });

            Objects.requireNonNull(ending[0]).join();
            assertThat(report.held()).isFalse();
            assertThat(report.commandsTotal()).isPositive();
            assertThat(report.errors())
                    .singleElement()
                    .extracting(error -> error.what())
                    .asString()
                    .startsWith("the device has gone: ");
        }
    }

    private static Thread endAfter(long operations, LongSupplier done, ServedDevice served) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            while (done.getAsLong() < operations) {
                                Thread.onSpinWait();
                            }
                            served.stop();
                        });
    }

    /** Its connections are one to make zeros, and one to work. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void deviceThatGoesBefore_isAnError(int connections) throws Exception {
        try (ServedDevice served = ServedDevice.start(folder)) {
            ForeignDevice device = find(MemoryAccess.MAPPED);
            served.endAfter(connections);

            RunReport report = run(device, settings(device));

            assertThat(report.held()).isFalse();
            assertThat(report.commandsTotal()).isZero();
            assertThat(report.errors()).isNotEmpty();
        }
    }
}
