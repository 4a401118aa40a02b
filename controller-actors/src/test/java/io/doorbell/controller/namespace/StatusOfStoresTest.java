package io.doorbell.controller.namespace;

import static io.doorbell.controller.TestHost.assertStatus;
import static io.doorbell.controller.TestHost.assertSuccess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.doorbell.controller.Completion;
import io.doorbell.controller.IoCommand;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestQueue;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.ReadWrite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What the host is told when the file below a namespace fails, and what stays as it was. */
class StatusOfStoresTest {
    private static final int BLOCK = 512;
    private static final int BLOCKS = 2048;
    private static final long BYTES = (long) BLOCKS * BLOCK;

    @TempDir Path directory;

    private static TestHost host(BlockStore store) {
        return TestHost.machine()
                .namespaces(TestHost.namespace(1, BLOCKS, 9, store))
                .start()
                .enable();
    }

    private static Consumer<SubmissionEntry> command(int opcode, long lba, int blocks, long data) {
        return entry -> {
            entry.opcode(opcode).namespaceId(1).prp1(data);
            ReadWrite.startingLba(entry, lba);
            ReadWrite.blockCount(entry, blocks);
        };
    }

    private Path image() {
        return directory.resolve("image");
    }

    /** Every command that reads the medium. */
    @Test
    void imageThatLostItsEnd_isAnUnrecoveredReadErrorThere() throws IOException {
        FileStore store = FileStore.open(image(), BYTES, System::nanoTime);
        try (TestHost host = host(store);
                FileChannel other = FileChannel.open(image(), StandardOpenOption.WRITE)) {
            TestQueue queue = host.createQueuePair(1, 16);
            long data = host.memory().pages(1);
            other.truncate(BYTES / 2);
            for (int opcode : new int[] {NvmOpcode.READ, NvmOpcode.COMPARE, NvmOpcode.VERIFY}) {
                Completion completion = host.run(queue, command(opcode, BLOCKS - 8, 8, data));
                assertStatus(completion, Status.UNRECOVERED_READ_ERROR);
                assertThat(completion.doNotRetry()).as("a retry may succeed").isFalse();
                assertSuccess(host.run(queue, command(opcode, 0, 8, data)));
            }
        }
    }

    /** Every command that writes the medium, and Flush. */
    @Test
    void fileThatFailsToWrite_isAWriteFault() throws IOException {
        Files.write(image(), new byte[(int) BYTES]);
        FileChannel channel =
                FileChannel.open(image(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileStore store = new FileStore(image(), channel, BYTES, System::nanoTime);
        try (TestHost host = host(store)) {
            TestQueue queue = host.createQueuePair(1, 16);
            long data = host.memory().pages(1);
            channel.close();
            assertStatus(host.run(queue, command(NvmOpcode.WRITE, 0, 8, data)), Status.WRITE_FAULT);
            assertStatus(host.run(queue, IoCommand.writeZeroes(0, 8, false)), Status.WRITE_FAULT);
            assertStatus(host.run(queue, IoCommand::flush), Status.WRITE_FAULT);
            assertStatus(
                    host.run(queue, command(NvmOpcode.READ, 0, 8, data)),
                    Status.UNRECOVERED_READ_ERROR);
        }
    }

    /** /dev/full answers every write with ENOSPC. */
    @Test
    void fullDisk_isCapacityExceeded() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(Files.exists(full)).isTrue();
        FileChannel channel =
                FileChannel.open(full, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (TestHost host = host(new FileStore(full, channel, BYTES, System::nanoTime))) {
            TestQueue queue = host.createQueuePair(1, 16);
            long data = host.memory().pages(1);
            assertStatus(
                    host.run(queue, command(NvmOpcode.WRITE, 0, 8, data)),
                    Status.CAPACITY_EXCEEDED);
            assertStatus(
                    host.run(queue, IoCommand.writeZeroes(0, 8, false)), Status.CAPACITY_EXCEEDED);
        }
    }

    /** FUA of a write and of a read, and a write with the cache off, wait for the medium. */
    @Test
    void forcedAccess_flushesBeforeItCompletes() throws IOException {
        AtomicLong durableWrites = new AtomicLong();
        AtomicLong flushes = new AtomicLong();
        BlockStore store = new CountingStore(durableWrites, flushes);
        try (TestHost host = host(store)) {
            TestQueue queue = host.createQueuePair(1, 16);
            long data = host.memory().pages(1);
            assertSuccess(host.run(queue, command(NvmOpcode.WRITE, 0, 1, data)));
            assertThat(durableWrites).hasValue(0);
            assertSuccess(host.run(queue, forced(command(NvmOpcode.WRITE, 0, 1, data))));
            assertThat(durableWrites).hasValue(1);
            assertSuccess(host.run(queue, command(NvmOpcode.READ, 0, 1, data)));
            assertThat(flushes).hasValue(0);
            assertSuccess(host.run(queue, forced(command(NvmOpcode.READ, 0, 1, data))));
            assertThat(flushes).hasValue(1);
            assertSuccess(host.run(queue, entry -> entry.opcode(NvmOpcode.FLUSH).namespaceId(-1)));
            assertThat(flushes).as("a Flush of all namespaces").hasValue(2);
        }
    }

    private static Consumer<SubmissionEntry> forced(Consumer<SubmissionEntry> command) {
        return entry -> {
            command.accept(entry);
            ReadWrite.forceUnitAccess(entry, true);
        };
    }

    // ---- the namespace itself ------------------------------------------------------------------

    @Test
    void namespaceBeingFormatted_isFormatInProgressAndThenHasTheNewBlocks() {
        Namespace namespace = TestHost.namespace(1, BLOCKS, 9, new MemoryStore(BYTES));
        try (TestHost host = TestHost.machine().namespaces(namespace).start().enable()) {
            TestQueue queue = host.createQueuePair(1, 16);
            long data = host.memory().pages(1);
            host.memory().at(data, 4096).fill((byte) 7);
            assertSuccess(host.run(queue, command(NvmOpcode.WRITE, 8, 8, data)));
            assertSuccess(host.run(queue, command(NvmOpcode.WRITE_UNCORRECTABLE, 16, 8, 0)));
            namespace.beginFormat();
            for (int opcode : new int[] {NvmOpcode.READ, NvmOpcode.WRITE, NvmOpcode.FLUSH}) {
                assertStatus(
                        host.run(queue, command(opcode, 0, 1, data)), Status.FORMAT_IN_PROGRESS);
            }
            assertThat(namespace.canFormat(1)).isTrue();
            assertThat(namespace.format(1)).isEqualTo(Status.SUCCESS);
            assertThat(namespace.formatIndex()).isEqualTo(1);
            assertThat(namespace.blockCount()).isEqualTo(BLOCKS / 8);
            assertThat(namespace.usedBlocks()).isZero();
            for (int lba = 0; lba < 4; lba++) {
                assertSuccess(host.run(queue, command(NvmOpcode.READ, lba, 1, data)));
                assertThat(host.memory().bytes(data, 4096)).containsOnly(0);
            }
            assertStatus(
                    host.run(queue, command(NvmOpcode.READ, BLOCKS / 8, 1, data)),
                    Status.LBA_OUT_OF_RANGE);
        }
    }

    @Test
    void formats_areOnlyThoseThatFitTheNamespaceAndItsStore() {
        Namespace odd = TestHost.namespace(1, 9, 9, new NullStore());
        assertThat(odd.canFormat(0)).isTrue();
        assertThat(odd.canFormat(1)).as("9 blocks of 512 bytes").isFalse();
        assertThat(odd.canFormat(2)).as("no such format").isFalse();
        Namespace stamps = TestHost.namespace(1, BLOCKS, 9, new PatternStore(BYTES, BLOCK));
        assertThat(stamps.canFormat(1)).as("stamps have a size").isFalse();
    }

    /** What a file has of holes is known again after it was opened again. */
    @Test
    void deallocatedRange_givesItsSpaceBackAndIsKnownAfterReopening() throws IOException {
        long bytes = 8 << 20;
        try (FileStore store = FileStore.open(image(), bytes, System::nanoTime)) {
            Namespace namespace = TestHost.namespace(1, bytes / BLOCK, 9, store);
            assertThat(namespace.usedBlocks()).as("of a new image").isZero();
        }
        Files.write(image(), new byte[(int) bytes]);
        try (FileStore store = FileStore.open(image(), bytes, System::nanoTime)) {
            long stored = storedBytes(store);
            assertThat(stored).isEqualTo(bytes);
            assertThat(store.zero(1 << 20, 6 << 20, true, true)).isEqualTo(Status.SUCCESS);
            long left = storedBytes(store);
            assumeThat(left).as("this file system has holes").isLessThan(stored);
            assertThat(left).isEqualTo(2 << 20);
        }
        try (FileStore store = FileStore.open(image(), bytes, System::nanoTime)) {
            Namespace namespace = TestHost.namespace(1, bytes / BLOCK, 9, store);
            assertThat(namespace.usedBlocks()).isEqualTo((2 << 20) / BLOCK);
            assertThat(namespace.states().isWritten(0, 2048)).isTrue();
            assertThat(namespace.states().isWritten(2048, 1)).isFalse();
            assertThat(namespace.states().isWritten(7 * 2048, 2048)).isTrue();
        }
    }

    private static long storedBytes(FileStore store) {
        AtomicLong stored = new AtomicLong();
        store.forEachExtent((_, bytes) -> stored.addAndGet(bytes));
        return stored.get();
    }
}
