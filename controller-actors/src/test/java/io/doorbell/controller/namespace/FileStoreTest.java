package io.doorbell.controller.namespace;

import static io.doorbell.controller.TestHost.assertSuccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.controller.IoCommand;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The image on disk: what it holds, what it costs, and when it cannot be used. */
class FileStoreTest {
    private static final int BLOCK = 512;
    private static final long BYTES = 1 << 20;

    @TempDir Path directory;

    private Path image() {
        return directory.resolve("image");
    }

    private TestHost start(long bytes) throws IOException {
        return TestHost.machine()
                .namespaces(
                        TestHost.namespace(
                                1,
                                bytes / BLOCK,
                                9,
                                FileStore.open(image(), bytes, System::nanoTime)))
                .start()
                .enable();
    }

    @Test
    void image_equalsWhatWasWrittenAndIsReadAgainAfterReopening() throws IOException {
        byte[] expected = new byte[(int) BYTES];
        Random random = new Random(4);
        try (TestHost host = start(BYTES)) {
            TestQueue queue = host.createQueuePair(1, 16);
            long data = host.memory().pages(2);
            for (int write = 0; write < 200; write++) {
                byte[] content = new byte[BLOCK * (1 + random.nextInt(8))];
                random.nextBytes(content);
                int lba = random.nextInt((int) BYTES / BLOCK - 8);
                System.arraycopy(content, 0, expected, lba * BLOCK, content.length);
                host.memory().put(data, content);
                int blocks = content.length / BLOCK;
                assertSuccess(host.run(queue, IoCommand.write(lba, blocks, data, 0)));
            }
            assertSuccess(host.run(queue, IoCommand.writeZeroes(77, 100, true)));
            Arrays.fill(expected, 77 * BLOCK, 177 * BLOCK, (byte) 0);
            assertSuccess(host.run(queue, IoCommand::flush));
            assertThat(Files.readAllBytes(image())).isEqualTo(expected);
        }
        try (TestHost host = start(BYTES)) {
            TestQueue queue = host.createQueuePair(1, 16);
            long data = host.memory().pages(1);
            for (int lba = 0; lba < BYTES / BLOCK; lba += 8) {
                assertSuccess(host.run(queue, IoCommand.read(lba, 8, data, 0)));
                assertThat(host.memory().bytes(data, 4096))
                        .isEqualTo(Arrays.copyOfRange(expected, lba * BLOCK, lba * BLOCK + 4096));
            }
        }
    }

    /** 64 GiB are created, discarded and read without being stored. */
    @Test
    void largeImage_costsWhatWasWritten() throws IOException {
        long bytes = 64L << 30;
        try (TestHost host = start(bytes)) {
            TestQueue queue = host.createQueuePair(1, 16);
            long data = host.memory().pages(1);
            host.memory().at(data, 4096).fill((byte) 0x5A);
            long last = bytes / BLOCK - 8;
            assertSuccess(host.run(queue, IoCommand.write(last, 8, data, 0)));
            assertSuccess(host.run(queue, IoCommand.write(1 << 20, 8, data, 0)));
            assertSuccess(IoCommand.deallocate(host, queue, 0, last));
            assertSuccess(host.run(queue, IoCommand.read(1 << 20, 8, data, 0)));
            assertThat(host.memory().bytes(data, 4096)).containsOnly(0);
            assertSuccess(host.run(queue, IoCommand.read(last, 8, data, 0)));
            assertThat(host.memory().bytes(data, 4096)).containsOnly(0x5A);
        }
        assertThat(Files.size(image())).isEqualTo(bytes);
    }

    @Test
    void longerImage_isRefusedWithBothSizes() throws IOException {
        Files.write(image(), new byte[8192]);
        assertThatThrownBy(() -> FileStore.open(image(), 4096, System::nanoTime))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(image().toString())
                .hasMessageContaining("8,192")
                .hasMessageContaining("4,096");
        assertThat(Files.size(image())).as("left alone").isEqualTo(8192);
    }

    @Test
    void shorterImage_growsByAHole() throws IOException {
        Files.write(image(), new byte[] {1, 2, 3});
        FileStore.open(image(), 4096, System::nanoTime).close();
        assertThat(Files.readAllBytes(image())).hasSize(4096).startsWith(1, 2, 3, 0);
    }

    @Test
    void missingDirectory_isNamed() {
        assertThatThrownBy(
                        () ->
                                FileStore.open(
                                        directory.resolve("no/such/image"),
                                        BYTES,
                                        System::nanoTime))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no/such/image")
                .hasMessageContaining("directory");
    }

    @Test
    void directoryInsteadOfAFile_isRefused() {
        assertThatThrownBy(() -> FileStore.open(directory, BYTES, System::nanoTime))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void imageInUse_isRefused() throws IOException {
        try (FileStore first = FileStore.open(image(), BYTES, System::nanoTime)) {
            assertThat(first.mayBlock()).isTrue();
            assertThatThrownBy(() -> FileStore.open(image(), BYTES, System::nanoTime))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use");
        }
        FileStore.open(image(), BYTES, System::nanoTime).close();
    }

    @Test
    void imageIsPrompt_untilItAnswersSlowly_andOnlyForLittle() throws IOException {
        AtomicLong nowNanos = new AtomicLong();
        long[] step = {1};
        try (Arena arena = Arena.ofConfined();
                FileStore store =
                        FileStore.open(image(), BYTES, () -> nowNanos.addAndGet(step[0]))) {
            MemorySegment block = arena.allocate(BLOCK);
            store.save(0, block, BLOCK, false);
            assertThat(store.isPrompt(4096)).isTrue();
            assertThat(store.isPrompt(1 << 20)).isFalse();

            step[0] = Promptness.SLOW_NANOS + 1;
            store.load(0, block, BLOCK);
            assertThat(store.isPrompt(4096)).isFalse();
        }
    }
}
