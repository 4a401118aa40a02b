package io.doorbell.controller.namespace;

import static io.doorbell.controller.TestHost.assertStatus;
import static io.doorbell.controller.TestHost.assertSuccess;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.controller.Completion;
import io.doorbell.controller.IoCommand;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestMemory;
import io.doorbell.controller.TestQueue;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.DatasetManagement;
import io.doorbell.spec.command.DatasetRange;
import io.doorbell.spec.command.ReadWrite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Read, Write, Flush, Write Zeroes and Dataset Management over every kind of store (NVM §3). */
class NvmCommandsTest {
    private static final int BLOCKS = 4096;
    private static final int BLOCK = 512;
    private static final BlockStamp STAMP = new BlockStamp(42, BLOCK);

    enum Kind {
        MEMORY,
        FILE,
        PATTERN,
        NULL
    }

    @TempDir Path directory;

    private TestHost start(Kind kind) throws IOException {
        long bytes = (long) BLOCKS * BLOCK;
        BlockStore store =
                switch (kind) {
                    case MEMORY -> new MemoryStore(bytes);
                    case FILE ->
                            FileStore.open(directory.resolve("image"), bytes, System::nanoTime);
                    case PATTERN -> new PatternStore(bytes, BLOCK);
                    case NULL -> new NullStore();
                };
        TestHost host =
                TestHost.machine()
                        .reactors(2)
                        .transferSizeLog2Pages(5)
                        .namespaces(
                                TestHost.namespace(1, BLOCKS, 9, store),
                                TestHost.namespace(3, 8, 12, new NullStore()))
                        .start();
        return host.enable();
    }

    // ---- every store -----------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(Kind.class)
    void writtenBlocks_readBackAndOthersReadAsZeros(Kind kind) throws IOException {
        try (TestHost host = start(kind)) {
            TestQueue queue = host.createQueuePair(1, 64);
            long data = host.memory().pages(2);
            stamp(host, data, 100, 3, 1);
            assertSuccess(host.run(queue, IoCommand.write(100, 3, data, 0)));
            host.memory().at(data, 8192).fill((byte) 0x55);
            assertSuccess(host.run(queue, IoCommand.read(99, 5, data, 0)));
            if (kind != Kind.NULL) {
                assertZeros(host, data, 1);
                assertStamps(host, data + BLOCK, 100, 3, 1);
                assertZeros(host, data + 4 * BLOCK, 1);
            }
            assertThat(host.memory().bytes(data + 5 * BLOCK, BLOCK)).containsOnly(0x55);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"NULL"},
            mode = EnumSource.Mode.EXCLUDE)
    void zeroedAndDeallocatedBlocks_readAsZerosAndNeighboursStay(Kind kind) throws IOException {
        try (TestHost host = start(kind)) {
            TestQueue queue = host.createQueuePair(2, 64);
            long data = host.memory().pages(32);
            long list = host.memory().pages(1);
            for (int entry = 0; entry < 31; entry++) {
                host.memory().putLong(list + 8L * entry, data + 4096L * (entry + 1));
            }
            for (int lba = 0; lba < 1024; lba += 256) {
                stamp(host, data, lba, 256, 9);
                assertSuccess(host.run(queue, IoCommand.write(lba, 256, data, list)));
            }
            assertSuccess(host.run(queue, IoCommand.writeZeroes(10, 1, false)));
            assertSuccess(host.run(queue, IoCommand.writeZeroes(100, 400, true)));
            assertSuccess(IoCommand.deallocate(host, queue, 0, 0, 600, 5, 700, 1, 800, 200));
            for (int lba = 0; lba < 1024; lba += 256) {
                host.memory().at(data, 256 * BLOCK).fill((byte) 0x55);
                assertSuccess(host.run(queue, IoCommand.read(lba, 256, data, list)));
                for (int block = 0; block < 256; block++) {
                    int at = lba + block;
                    boolean zero =
                            at == 10
                                    || (at >= 100 && at < 500)
                                    || (at >= 600 && at < 605)
                                    || at == 700
                                    || (at >= 800 && at < 1000);
                    if (zero) {
                        assertZeros(host, data + (long) block * BLOCK, 1);
                    } else {
                        assertStamps(host, data + (long) block * BLOCK, at, 1, 9);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void flushAndForcedWrite_succeed(Kind kind) throws IOException {
        try (TestHost host = start(kind)) {
            TestQueue queue = host.createQueuePair(1, 64);
            long data = host.memory().pages(1);
            stamp(host, data, 5, 1, 1);
            Consumer<SubmissionEntry> write = IoCommand.write(5, 1, data, 0);
            assertSuccess(
                    host.run(
                            queue,
                            entry -> {
                                write.accept(entry);
                                ReadWrite.forceUnitAccess(entry, true);
                            }));
            assertSuccess(host.run(queue, IoCommand::flush));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void rangeBeyondTheEnd_isLbaOutOfRange(Kind kind) throws IOException {
        try (TestHost host = start(kind)) {
            TestQueue queue = host.createQueuePair(1, 64);
            long data = host.memory().pages(1);
            long[] starts = {BLOCKS - 1, BLOCKS, BLOCKS + 1, 1L << 55, Long.MAX_VALUE, -1, -2};
            for (long start : starts) {
                assertRefused(
                        host.run(queue, IoCommand.read(start, 2, data, 0)),
                        Status.LBA_OUT_OF_RANGE);
                assertRefused(
                        host.run(queue, IoCommand.write(start, 2, data, 0)),
                        Status.LBA_OUT_OF_RANGE);
                assertRefused(
                        host.run(queue, IoCommand.writeZeroes(start, 2, true)),
                        Status.LBA_OUT_OF_RANGE);
                assertRefused(IoCommand.deallocate(host, queue, start, 2), Status.LBA_OUT_OF_RANGE);
            }
            assertRefused(IoCommand.deallocate(host, queue, 1, -1), Status.LBA_OUT_OF_RANGE);
            assertSuccess(host.run(queue, IoCommand.read(BLOCKS - 1, 1, data, 0)));
            assertSuccess(IoCommand.deallocate(host, queue, 0, BLOCKS));
            assertSuccess(IoCommand.deallocate(host, queue, BLOCKS, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void unmappedData_isADataTransferError(Kind kind) throws IOException {
        try (TestHost host = start(kind)) {
            TestQueue queue = host.createQueuePair(1, 64);
            assertStatus(
                    host.run(queue, IoCommand.read(0, 1, TestMemory.NOWHERE, 0)),
                    Status.DATA_TRANSFER_ERROR);
            assertStatus(
                    host.run(queue, IoCommand.write(0, 1, TestMemory.NOWHERE, 0)),
                    Status.DATA_TRANSFER_ERROR);
            assertStatus(
                    host.run(
                            queue,
                            entry -> {
                                DatasetManagement.deallocate(
                                        entry.opcode(NvmOpcode.DATASET_MANAGEMENT)
                                                .namespaceId(1)
                                                .prp1(TestMemory.NOWHERE),
                                        true);
                            }),
                    Status.DATA_TRANSFER_ERROR);
        }
    }

    /** Some commands of a batch go to a worker and some do not; each completes once. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void mixedBatch_everyCommandCompletesOnce(Kind kind) throws IOException {
        try (TestHost host = start(kind)) {
            TestQueue queue = host.createQueuePair(1, 64);
            long data = host.memory().pages(1);
            for (int round = 0; round < 20; round++) {
                for (int command = 0; command < 60; command++) {
                    queue.put(
                            switch (command % 4) {
                                case 0 -> IoCommand.read(command, 1, data, 0);
                                case 1 -> IoCommand::flush;
                                case 2 -> entry -> entry.opcode(NvmOpcode.FLUSH).namespaceId(3);
                                default -> IoCommand.writeZeroes(command, 1, true);
                            });
                }
                host.ring(queue);
                boolean[] seen = new boolean[60];
                for (int command = 0; command < 60; command++) {
                    Completion completion = host.await(queue);
                    assertSuccess(completion);
                    int index = completion.commandId() - 60 * round;
                    assertThat(seen[index]).isFalse();
                    seen[index] = true;
                }
                assertThat(queue.poll()).isNull();
            }
        }
    }

    // ---- checks that do not depend on the store --------------------------------------------

    @Test
    void transferAboveMdts_isAnInvalidFieldButZeroingIsNot() throws IOException {
        try (TestHost host = start(Kind.NULL)) {
            TestQueue queue = host.createQueuePair(1, 64);
            long data = host.memory().pages(33);
            long list = host.memory().pages(1);
            for (int entry = 0; entry < 32; entry++) {
                host.memory().putLong(list + 8L * entry, data + 4096L * (entry + 1));
            }
            assertSuccess(host.run(queue, IoCommand.read(0, 256, data, list)));
            assertRefused(
                    host.run(queue, IoCommand.read(0, 257, data, list)),
                    Status.INVALID_FIELD_IN_COMMAND);
            assertSuccess(host.run(queue, IoCommand.writeZeroes(0, 4096, false)));
        }
    }

    @Test
    void namespaceIdentifiers_followTheRules() throws IOException {
        try (TestHost host = start(Kind.NULL)) {
            TestQueue queue = host.createQueuePair(1, 64);
            for (int opcode : new int[] {NvmOpcode.READ, NvmOpcode.WRITE, NvmOpcode.FLUSH}) {
                assertNamespace(host, queue, opcode, 2, Status.INVALID_FIELD_IN_COMMAND);
                assertNamespace(host, queue, opcode, 0, Status.INVALID_NAMESPACE_OR_FORMAT);
                assertNamespace(host, queue, opcode, 4, Status.INVALID_NAMESPACE_OR_FORMAT);
                assertNamespace(
                        host, queue, opcode, 0x8000_0001, Status.INVALID_NAMESPACE_OR_FORMAT);
            }
            assertNamespace(host, queue, NvmOpcode.READ, -1, Status.INVALID_FIELD_IN_COMMAND);
            assertSuccess(host.run(queue, entry -> entry.opcode(NvmOpcode.FLUSH).namespaceId(-1)));
        }
    }

    private static void assertNamespace(
            TestHost host, TestQueue queue, int opcode, int id, int status) {
        assertRefused(
                host.run(queue, entry -> entry.opcode(opcode).namespaceId(id).prp1(0x10_0000)),
                status);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0D, 0x0E, 0x11, 0x15, 0x03, 0x79, 0x80, 0xFF})
    void unsupportedOpcode_isInvalidForEveryNamespace(int opcode) throws IOException {
        try (TestHost host = start(Kind.NULL)) {
            TestQueue queue = host.createQueuePair(1, 8);
            for (int id : new int[] {1, 2, 9}) {
                assertRefused(
                        host.run(queue, entry -> entry.opcode(opcode).namespaceId(id)),
                        Status.INVALID_COMMAND_OPCODE);
            }
        }
    }

    @Test
    void reservedFuseOrDataPointerKind_isAnInvalidField() throws IOException {
        try (TestHost host = start(Kind.NULL)) {
            TestQueue queue = host.createQueuePair(1, 8);
            assertRefused(
                    host.run(queue, entry -> entry.opcode(NvmOpcode.READ).namespaceId(1).fuse(3)),
                    Status.INVALID_FIELD_IN_COMMAND);
            for (int kind = 2; kind < 4; kind++) {
                int value = kind;
                assertRefused(
                        host.run(
                                queue,
                                entry ->
                                        entry.opcode(NvmOpcode.READ)
                                                .namespaceId(1)
                                                .dataPointerKind(value)),
                        Status.INVALID_FIELD_IN_COMMAND);
            }
        }
    }

    @Test
    void datasetWithoutDeallocate_isAHintAndChangesNothing() throws IOException {
        try (TestHost host = start(Kind.MEMORY)) {
            TestQueue queue = host.createQueuePair(1, 8);
            long data = host.memory().pages(1);
            stamp(host, data, 0, 1, 1);
            assertSuccess(host.run(queue, IoCommand.write(0, 1, data, 0)));
            long ranges = host.memory().pages(1);
            new DatasetRange().wrap(host.memory().at(ranges, 16), 0).blockCount(8);
            assertSuccess(
                    host.run(
                            queue,
                            entry ->
                                    DatasetManagement.integralRead(
                                            entry.opcode(NvmOpcode.DATASET_MANAGEMENT)
                                                    .namespaceId(1)
                                                    .prp1(ranges),
                                            true)));
            host.memory().at(data, BLOCK).fill((byte) 0);
            assertSuccess(host.run(queue, IoCommand.read(0, 1, data, 0)));
            assertStamps(host, data, 0, 1, 1);
        }
    }

    // ---- the pattern store -----------------------------------------------------------------

    @Test
    void patternStore_refusesMisdirectedTornAndForeignBlocksAndKeepsTheOld() throws IOException {
        PatternStore store = new PatternStore((long) BLOCKS * BLOCK, BLOCK);
        try (TestHost host =
                TestHost.machine()
                        .namespaces(TestHost.namespace(1, BLOCKS, 9, store))
                        .start()
                        .enable()) {
            TestQueue queue = host.createQueuePair(1, 8);
            long data = host.memory().pages(1);
            stamp(host, data, 7, 1, 1);
            assertSuccess(host.run(queue, IoCommand.write(7, 1, data, 0)));
            stamp(host, data, 8, 1, 2);
            assertFault(host, queue, data, "misdirected");
            stamp(host, data, 7, 1, 2);
            stamp(host, data + BLOCK, 7, 1, 3);
            host.memory().put(data + 256, host.memory().bytes(data + BLOCK + 256, 256));
            assertFault(host, queue, data, "torn");
            host.memory().at(data, BLOCK).fill((byte) 0);
            assertFault(host, queue, data, "zeros");
            stamp(host, data, 7, 1, 0);
            assertFault(host, queue, data, "no version");
            assertThat(store.refusedBlocks()).isEqualTo(4);
            assertSuccess(host.run(queue, IoCommand.read(7, 1, data, 0)));
            assertStamps(host, data, 7, 1, 1);
        }
    }

    private static void assertFault(TestHost host, TestQueue queue, long data, String what) {
        assertThat(host.run(queue, IoCommand.write(7, 1, data, 0)).code())
                .as(what)
                .isEqualTo(Status.WRITE_FAULT);
    }

    @Test
    void patternStore_keepsSeedsApart() throws IOException {
        try (TestHost host = start(Kind.PATTERN)) {
            TestQueue queue = host.createQueuePair(1, 8);
            long data = host.memory().pages(1);
            for (int lba = 0; lba < 8; lba++) {
                BlockStamp stamp = new BlockStamp(1000 + lba % 3, BLOCK);
                stamp.write(host.memory().at(data, BLOCK), 0, lba, 5);
                assertSuccess(host.run(queue, IoCommand.write(lba, 1, data, 0)));
            }
            assertSuccess(host.run(queue, IoCommand.read(0, 8, data, 0)));
            for (int lba = 0; lba < 8; lba++) {
                assertThat(
                                new BlockStamp(1000 + lba % 3, BLOCK)
                                        .matches(
                                                host.memory().at(data, 4096),
                                                (long) lba * BLOCK,
                                                lba,
                                                5))
                        .isTrue();
            }
        }
    }

    // ---- helpers ---------------------------------------------------------------------------

    private static void stamp(TestHost host, long address, long lba, int blocks, long version) {
        for (int block = 0; block < blocks; block++) {
            STAMP.write(
                    host.memory().at(address + (long) block * BLOCK, BLOCK),
                    0,
                    lba + block,
                    version);
        }
    }

    private static void assertStamps(
            TestHost host, long address, long lba, int blocks, long version) {
        for (int block = 0; block < blocks; block++) {
            assertThat(
                            STAMP.matches(
                                    host.memory().at(address + (long) block * BLOCK, BLOCK),
                                    0,
                                    lba + block,
                                    version))
                    .as("block %d holds version %d", lba + block, version)
                    .isTrue();
        }
    }

    private static void assertZeros(TestHost host, long address, int blocks) {
        assertThat(host.memory().bytes(address, blocks * BLOCK)).containsOnly(0);
    }

    private static void assertRefused(Completion completion, int code) {
        assertStatus(completion, code);
        assertThat(completion.doNotRetry()).as("DNR").isTrue();
    }
}
