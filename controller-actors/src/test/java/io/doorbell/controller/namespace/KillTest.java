package io.doorbell.controller.namespace;

import static io.doorbell.controller.namespace.KillVictim.BLOCK;
import static io.doorbell.controller.namespace.KillVictim.BLOCKS;
import static io.doorbell.controller.namespace.KillVictim.STAMP;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pattern.BlockStamp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What was reported durable survives kill -9 at any moment, and no block is torn. Two images are
 * written to and killed side by side, each again and again where the last process left it.
 */
class KillTest {
    private static final int IMAGES = 2;
    private static final int KILLS_EACH = 25;
    private static final int TURNS_MAX = 30;

    @TempDir Path directory;

    @Test
    void fiftyKillsUnderLoad_loseNothingDurableAndTearNoBlock() throws Exception {
        long began = System.nanoTime();
        List<Lane> lanes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(IMAGES)) {
            List<Future<?>> running = new ArrayList<>();
            for (int image = 0; image < IMAGES; image++) {
                Lane lane = new Lane(directory.resolve("image-" + image), image);
                lanes.add(lane);
                running.add(
                        threads.submit(
                                () -> {
                                    lane.run();
                                    return null;
                                }));
            }
            for (Future<?> lane : running) {
                lane.get();
            }
        }
        System.out.printf(
                "%d kills in %.1f s: %,d writes issued, %,d of them reported durable before a kill,"
                        + " %,d blocks checked, %,d newer than the report, 0 lost, 0 torn.%n",
                IMAGES * KILLS_EACH,
                (System.nanoTime() - began) / 1e9,
                lanes.stream().mapToLong(lane -> lane.issued).sum(),
                lanes.stream().mapToLong(lane -> lane.reports).sum(),
                lanes.stream().mapToLong(lane -> lane.checked).sum(),
                lanes.stream().mapToLong(lane -> lane.newer).sum());
        assertThat(lanes).allMatch(lane -> lane.reports > KILLS_EACH);
    }

    /** One image, and the processes that write to it one after another. */
    private static final class Lane {
        private final Path image;
        private final SplittableRandom random;
        private final long[] durable = new long[BLOCKS]; // version by block; 0 never
        private long highest; // version that may be in the image
        private long issued;
        private long reports;
        private long checked;
        private long newer;

        Lane(Path image, long seed) {
            this.image = image;
            this.random = new SplittableRandom(seed);
        }

        void run() throws IOException, InterruptedException {
            for (int kill = 0; kill < KILLS_EACH; kill++) {
                long before = highest;
                Process victim = start();
                try (DataInputStream said =
                        new DataInputStream(new BufferedInputStream(victim.getInputStream()))) {
                    listen(said, 1 + random.nextInt(TURNS_MAX));
                    victim.toHandle().destroyForcibly(); // leaves us its output
                    listen(said, Integer.MAX_VALUE); // what it said until it died
                } finally {
                    victim.destroyForcibly().waitFor();
                }
                issued += highest - before;
                check("kill " + kill + " of " + image.getFileName());
            }
        }

        private Process start() throws IOException {
            List<String> command = new ArrayList<>();
            command.add(System.getProperty("java.home") + File.separator + "bin/java");
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                    .filter(argument -> argument.startsWith("--"))
                    .forEach(command::add);
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add(KillVictim.class.getName());
            command.addAll(List.of(image.toString(), Long.toString(highest)));
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        /** Hears reports until so many turns are over, or the process is. */
        private void listen(DataInputStream said, int turns) throws IOException {
            try {
                for (int turn = 0; turn < turns; ) {
                    switch (said.readByte()) {
                        case KillVictim.ISSUED -> highest = said.readLong();
                        case KillVictim.DURABLE -> {
                            int lba = said.readInt();
                            int blocks = said.readInt();
                            long version = said.readLong();
                            for (int block = lba; block < lba + blocks; block++) {
                                durable[block] = Math.max(durable[block], version);
                            }
                            reports++;
                        }
                        case KillVictim.TURN -> turn++;
                        default -> throw new IOException("The victim said something else.");
                    }
                }
            } catch (EOFException dead) {
                assertThat(turns).as("the victim died by itself").isEqualTo(Integer.MAX_VALUE);
            }
        }

        private void check(String when) throws IOException {
            MemorySegment content = MemorySegment.ofArray(Files.readAllBytes(image));
            assertThat(content.byteSize()).isEqualTo((long) BLOCKS * BLOCK);
            for (int lba = 0; lba < BLOCKS; lba++) {
                long at = (long) lba * BLOCK;
                if (STAMP.isZero(content, at)) {
                    assertThat(durable[lba]).as("%s: block %d is lost", when, lba).isZero();
                    continue;
                }
                long version = BlockStamp.versionOf(content, at);
                assertThat(STAMP.matches(content, at, lba, version))
                        .as("%s: block %d is torn", when, lba)
                        .isTrue();
                assertThat(version)
                        .as("%s: block %d has a version that was reported", when, lba)
                        .isBetween(durable[lba], highest);
                newer += version > durable[lba] ? 1 : 0;
            }
            checked += BLOCKS;
        }
    }
}
