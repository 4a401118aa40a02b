package io.doorbell.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class SettingsLoaderTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final long GIB = 1L << 30;

    private final Path folder;

    SettingsLoaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void defaults_areFourPairsOfDepth64ReplayingTheLinuxTrace() throws Exception {
        Settings settings = load(PROJECT, Optional.empty()).settings();

        assertThat(settings)
                .isEqualTo(
                        new Settings(
                                "application",
                                new RuntimeSettings(OptionalInt.empty(), OptionalInt.empty()),
                                new HostSettings(OptionalLong.empty()),
                                new ControllerSettings(
                                        64,
                                        1024,
                                        0,
                                        65,
                                        512 << 10,
                                        OptionalInt.of(32),
                                        Duration.ofSeconds(10)),
                                new NamespaceSettings(
                                        new NamespaceSettings.Memory(), 192L << 20, 512),
                                new DriverSettings(
                                        4,
                                        64,
                                        false,
                                        new DriverSettings.Coalescing(8, Duration.ofNanos(100_000)),
                                        Duration.ofSeconds(30)),
                                new WorkloadSettings.Iolog(
                                        true,
                                        PROJECT.resolve("traces/linux-ext4-life.iolog"),
                                        WorkloadSettings.Pace.FULL_SPEED)));
    }

    @Test
    void applicationConfOfTheProject_changesNothing() throws Exception {
        assertThat(load(PROJECT, Optional.empty()).knobs())
                .noneMatch(KnobSetting::changed)
                .allMatch(knob -> knob.origin().contains("application.conf:"));
    }

    @Test
    void layers_overrideEachOtherAndKeepTheirOrigins() throws Exception {
        write("application.conf", "doorbell.driver { queue-depth = 8", "queue-pairs = 8 }");
        Path scenario = write("deep/mine.conf", "doorbell.driver.queue-depth = 16");

        LoadedSettings loaded =
                load(folder, Optional.of(scenario), "controller.vectors=9", fioAtRandom());

        assertThat(loaded.settings().scenarioName()).isEqualTo("mine");
        assertThat(loaded.settings().driver().queuePairCount()).isEqualTo(8);
        assertThat(loaded.settings().driver().queueDepthEntries()).isEqualTo(16);
        assertThat(origin(loaded, "driver.queue-pairs")).isEqualTo("application.conf:2");
        assertThat(origin(loaded, "driver.queue-depth")).isEqualTo("deep/mine.conf:1");
        assertThat(origin(loaded, "controller.vectors")).isEqualTo("command line --set");
        assertThat(origin(loaded, "driver.command-timeout")).isEqualTo("default");
    }

    @Test
    void sameValueInAnotherUnit_isNotAChange() throws Exception {
        LoadedSettings loaded =
                load(
                        PROJECT,
                        Optional.empty(),
                        "namespace.size=0.1875GiB",
                        "driver.queue-depth=65");

        assertThat(loaded.knobs().stream().filter(KnobSetting::changed).map(KnobSetting::key))
                .containsExactly("driver.queue-depth");
    }

    @Test
    void wordsForNoNumber_readAsEmpty() throws Exception {
        Settings settings =
                load(PROJECT, Optional.empty(), "controller.arbitration-burst=unlimited")
                        .settings();

        assertThat(settings.controller().arbitrationBurstCommands()).isEmpty();
    }

    @Test
    void kindNull_isAWordAlthoughNullMeansNothingInHocon() throws Exception {
        Settings settings =
                load(PROJECT, Optional.empty(), "namespace.kind=null", "workload.verify=false")
                        .settings();

        assertThat(settings.namespace().backing()).isEqualTo(new NamespaceSettings.Null());
    }

    @Test
    void image_isRelativeToTheFileThatSaysIt() throws Exception {
        Path scenario =
                write(
                        "deep/mine.conf",
                        "doorbell { namespace { kind = file, file = a.img, image-check = true }",
                        "workload.kind = fio }");

        Settings settings = load(folder, Optional.of(scenario)).settings();

        assertThat(settings.namespace().backing())
                .isEqualTo(new NamespaceSettings.ImageFile(folder.resolve("deep/a.img"), true));
    }

    @Test
    void fioWithoutSize_worksOnTheWholeDisk() throws Exception {
        Settings settings =
                load(PROJECT, Optional.empty(), fioAtRandom(), "namespace.size=1GiB").settings();

        assertThat(settings.workload())
                .isEqualTo(
                        new WorkloadSettings.Fio(
                                true,
                                WorkloadSettings.Access.RANDRW,
                                4096,
                                32,
                                4,
                                GIB,
                                OptionalLong.empty(),
                                70,
                                1,
                                OptionalLong.empty(),
                                0));
    }

    @Test
    void rootInAnOverride_mayBeLeftOut() throws Exception {
        assertThat(
                        load(PROJECT, Optional.empty(), "doorbell.driver.queue-depth=7")
                                .settings()
                                .driver()
                                .queueDepthEntries())
                .isEqualTo(7);
    }

    @Test
    void coalescing_isOffWithoutThresholdOrWithoutTime() throws Exception {
        for (String off : List.of("driver.coalescing.threshold=1", "driver.coalescing.time=0")) {
            assertThat(
                            load(PROJECT, Optional.empty(), off)
                                    .settings()
                                    .driver()
                                    .coalescing()
                                    .enabled())
                    .as(off)
                    .isFalse();
        }
    }

    @Test
    void imageLargerThanItsDisk_isRefused() {
        SettingsSources sources =
                new SettingsSources(
                        PROJECT,
                        folder,
                        Optional.empty(),
                        List.of(
                                "namespace.kind=file",
                                "namespace.file=a.img",
                                "namespace.size=2GiB"));

        assertThatThrownBy(() -> new SettingsLoader(sources, path -> GIB).load())
                .asInstanceOf(type(BadSettingsException.class))
                .extracting(BadSettingsException::problems)
                .isEqualTo(
                        List.of(
                                new Problem(
                                        "command line --set",
                                        "'namespace.size' = 2GiB is more than the whole disk that"
                                                + " holds a.img: 1GiB.",
                                        "Set a smaller namespace.size, or a namespace.file on a"
                                                + " larger disk.")));
    }

    private static String fioAtRandom() {
        return "workload.kind=fio";
    }

    private LoadedSettings load(Path home, Optional<Path> scenario, String... overrides)
            throws BadSettingsException {
        return new SettingsLoader(new SettingsSources(home, folder, scenario, List.of(overrides)))
                .load();
    }

    private static String origin(LoadedSettings loaded, String key) {
        return loaded.knobs().stream()
                .filter(knob -> knob.key().equals(key))
                .map(KnobSetting::origin)
                .findFirst()
                .orElseThrow();
    }

    private Path write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, List.of(lines));
    }
}
