package io.doorbell.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real Linux guest in QEMU finds the disk that {@code doorbell serve} offers in another process,
 * and uses it. Part of the Maven profile {@code guest} only; skipped where that cannot be done.
 */
class RealGuestIT {
    private static final String CHECKS =
            "modules,probe,idctrl,queues,logs,dd,ext4,irq,reset,flr,dmesg";
    private static final String CHECKS_BY_PIN = "modules,probe,queues,dd,irq,dmesg";
    private static final long BOOT_SECONDS_MAX = 150;
    private static final long END_SECONDS_MAX = 30;

    @TempDir private Path folder = Path.of("");

    @Test
    @Timeout(2 * BOOT_SECONDS_MAX)
    void guest_usesTheDisk_andWhatItDidCanBeReplayed() throws Exception {
        guestPasses(CHECKS);

        Path said = folder.resolve("replay.log");
        Process replay = start(said, doorbell("replay", trace().toString()));
        assertThat(replay.waitFor(BOOT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        System.out.println(Files.readString(said));
        assertThat(replay.exitValue()).as(Files.readString(said)).isZero();
    }

    private Path trace() {
        return folder.resolve("trace.gz");
    }

    @Test
    @Timeout(BOOT_SECONDS_MAX + 2 * END_SECONDS_MAX)
    void guestWithoutMessages_usesTheDisk_withAnInterruptForEachRead() throws Exception {
        String said = guestPasses(CHECKS_BY_PIN, "--append", "pci=nomsi");
        Matcher counts = Pattern.compile("(\\d+) reads, (\\d+) interrupts").matcher(said);
        assertThat(counts.find()).as("a count of interrupts in %s", said).isTrue();
        assertThat(Integer.parseInt(counts.group(2)))
                .as("interrupts")
                .isLessThan(2 * Integer.parseInt(counts.group(1)));
    }

    private String guestPasses(String checks, String... more) throws Exception {
        Path harness = harness();
        Path socket = folder.resolve("nvme.sock");
        Process server = start(folder.resolve("serve.log"), serve(socket));
        try {
            Path report = folder.resolve("guest.log");
            List<String> boot = new ArrayList<>(List.of("python3", harness + "/boot.py"));
            boot.addAll(List.of("--vfio-user", socket.toString(), "--out", folder + "/guest"));
            boot.addAll(List.of("--checks", checks, "--wait-socket", "" + END_SECONDS_MAX));
            boot.addAll(List.of("--timeout", "" + (BOOT_SECONDS_MAX - END_SECONDS_MAX)));
            boot.addAll(List.of(more));
            Process guest = start(report, boot);
            boolean ended = guest.waitFor(BOOT_SECONDS_MAX + END_SECONDS_MAX, TimeUnit.SECONDS);
            end(guest);
            String said = Files.readString(report);
            System.out.println(said);
            if (said.contains("no guest image")) {
                skip("the guest is not installed (run " + harness + "/setup.sh)");
            }
            assertThat(ended && guest.exitValue() == 0)
                    .as("%s%s", said, Files.readString(folder.resolve("serve.log")))
                    .isTrue();
            return said;
        } finally {
            end(server);
        }
    }

    private List<String> serve(Path socket) {
        return doorbell(
                "serve",
                "--memory",
                "256MiB",
                "--socket",
                socket.toString(),
                "--trace",
                trace().toString());
    }

    private static List<String> doorbell(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "@../.mvn/doorbell.jvmflags",
                                "-Ddoorbell.home=" + Path.of("..").toAbsolutePath().normalize(),
                                "-jar",
                                Path.of("target", "doorbell.jar").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Process start(Path output, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(process.info() + " did not end when it was told to.");
        }
    }

    /** The folder of the program that boots a guest. */
    private static Path harness() {
        @Nullable String named = System.getProperty("guest.harness");
        Path harness =
                Path.of(named == null || named.isEmpty() ? "../../shared/real-guest" : named)
                        .toAbsolutePath()
                        .normalize();
        if (!Files.isExecutable(harness.resolve("boot.py"))) {
            skip("there is no " + harness + "/boot.py (name its folder by -Dguest.harness=)");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            skip("only root can change into the guest's root folder");
        }
        return harness;
    }

    private static void skip(String why) {
        System.out.println("The real guest is not booted: " + why + ".");
        abort(why);
    }
}
