package io.doorbell.controller.data;

import static io.doorbell.controller.TestHost.assertStatus;
import static io.doorbell.controller.TestHost.assertSuccess;

import static org.assertj.core.api.Assertions.assertThat;

import io.doorbell.controller.Completion;
import io.doorbell.controller.IoCommand;
import io.doorbell.controller.TestHost;
import io.doorbell.controller.TestMemory;
import io.doorbell.controller.TestQueue;
import io.doorbell.controller.TestTransfer;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.Consumer;

/** PRP entries and lists, well formed and not (Base §4.1.1). Blocks have 512 bytes. */
class DataPointerTest {
    private static final int PAGE = TestMemory.PAGE_BYTES;
    private static final int MEBIBYTE = 1 << 20;

    private final TestHost host =
            TestHost.machine()
                    .transferSizeLog2Pages(10)
                    .store(new MemoryStore(16 * MEBIBYTE))
                    .start();
    private TestQueue queue;

    @BeforeEach
    void enable() {
        host.enable();
        queue = host.createQueuePair(1, 64);
    }

    @AfterEach
    void close() {
        host.close();
    }

    /** The examples of the specification's rules, and a few of our own around the limits. */
    @ParameterizedTest
    @CsvSource({
        // bytes, offset in first page, offset of the list in its page
        "512, 0, 0",
        "512, 4, 0",
        "512, 3584, 0",
        "512, 3588, 0",
        "4096, 0, 0",
        "4096, 512, 0",
        "8192, 0, 0",
        "8192, 512, 0",
        "8192, 4092, 0",
        "131072, 0, 0",
        "131072, 512, 0",
        "131072, 512, 256",
        "131072, 0, 3968",
        "131072, 0, 4088",
        "524288, 0, 0",
        "524288, 1024, 2048",
        "2101248, 0, 0",
        "2105344, 0, 0",
        "2105344, 2048, 8",
        "4194304, 0, 0",
        "4194304, 4, 4080",
    })
    void transfer_everyByteArrivesBothWays(int bytes, int offset, int listOffset) {
        byte[] content = new byte[bytes];
        new Random(bytes + offset).nextBytes(content);
        TestTransfer out = TestTransfer.of(host.memory(), bytes, offset, listOffset);
        out.put(content);
        int blocks = bytes / 512;
        assertSuccess(host.run(queue, IoCommand.write(7, blocks, out.prp1(), out.prp2())));
        TestTransfer in = TestTransfer.of(host.memory(), bytes, offset, listOffset);
        assertSuccess(host.run(queue, IoCommand.read(7, blocks, in.prp1(), in.prp2())));
        assertThat(in.get()).isEqualTo(content);
    }

    @Test
    void pagesInARow_arriveWhole() {
        byte[] content = new byte[MEBIBYTE];
        new Random(1).nextBytes(content);
        long data = host.memory().pages(256);
        host.memory().put(data, content);
        long list = listOf(data + PAGE, 255);
        assertSuccess(host.run(queue, IoCommand.write(0, 2048, data, list)));
        host.memory().put(data, new byte[MEBIBYTE]);
        assertSuccess(host.run(queue, IoCommand.read(0, 2048, data, list)));
        assertThat(host.memory().bytes(data, MEBIBYTE)).isEqualTo(content);
    }

    /** The memory ends with the list, in the middle of a page: reading on would fail. */
    @Test
    void list_isNotReadBeyondItsEntries() {
        long data = host.memory().pages(32);
        long list = host.memory().addIsland(31 * Long.BYTES);
        MemorySegment entries = host.memory().at(listOf(data + PAGE, 31), 31 * Long.BYTES);
        host.memory().memory().write(list, entries, 0, entries.byteSize());
        assertSuccess(host.run(queue, IoCommand.write(0, 256, data, list)));
    }

    @Test
    void reservedPrp2_isIgnored() {
        long data = host.memory().pages(1);
        assertSuccess(host.run(queue, IoCommand.read(0, 8, data, TestMemory.NOWHERE + 3)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 0x201})
    void misalignedPrp1_isPrpOffsetInvalid(long offset) {
        assertRefused(IoCommand.read(0, 1, host.memory().pages(1) + offset, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4, 8, 0x800})
    void secondPageNotAtItsStart_isPrpOffsetInvalid(long offset) {
        long data = host.memory().pages(4);
        assertRefused(IoCommand.read(0, 16, data, data + 2 * PAGE + offset));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4, 7})
    void misalignedList_isPrpOffsetInvalid(long offset) {
        long data = host.memory().pages(16);
        assertRefused(IoCommand.read(0, 64, data, listOf(data + PAGE, 15) + offset));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 14})
    void listEntryNotAtAPageStart_isPrpOffsetInvalid(int entry) {
        long data = host.memory().pages(16);
        long list = listOf(data + PAGE, 15);
        host.memory().putLong(list + 8L * entry, data + PAGE + 0x10);
        assertRefused(IoCommand.read(0, 128, data, list));
    }

    @Test
    void chainPointerNotAtAPageStart_isPrpOffsetInvalid() {
        long data = host.memory().pages(16);
        long list = host.memory().pages(1) + PAGE - Long.BYTES;
        host.memory().putLong(list, listOf(data + PAGE, 15) + 8);
        assertRefused(IoCommand.read(0, 128, data, list));
    }

    @Test
    void unmappedMemory_isADataTransferError() {
        long data = host.memory().pages(16);
        long list = listOf(data + PAGE, 15);
        assertTransferError(IoCommand.read(0, 1, TestMemory.NOWHERE, 0));
        assertTransferError(IoCommand.write(0, 1, TestMemory.NOWHERE, 0));
        assertTransferError(IoCommand.read(0, 16, data, TestMemory.NOWHERE));
        assertTransferError(IoCommand.read(0, 64, data, TestMemory.NOWHERE));
        assertTransferError(IoCommand.read(0, 1, 0xFFFF_FFFF_FFFF_F000L, 0));
        assertTransferError(IoCommand.read(0, 1, 0x7FFF_FFFF_FFFF_FFFCL, 0));
        assertTransferError(IoCommand.read(0, 16, TestMemory.end() - PAGE, TestMemory.end()));
        host.memory().putLong(list + 8 * 9, TestMemory.NOWHERE);
        assertTransferError(IoCommand.write(0, 128, data, list));
        long chain = host.memory().pages(1) + PAGE - Long.BYTES;
        host.memory().putLong(chain, TestMemory.NOWHERE);
        assertTransferError(IoCommand.read(0, 128, data, chain));
    }

    @Test
    void readIntoReadOnlyMemory_isADataTransferErrorAndAWriteFromItIsNot() {
        long rom = host.memory().addReadOnlyPage();
        assertTransferError(IoCommand.read(0, 1, rom, 0));
        assertSuccess(host.run(queue, IoCommand.write(0, 1, rom, 0)));
    }

    /** CC.MPS = 1: the rules count pages of 8 KiB. */
    @Test
    void largerHostPages_areHonoured() {
        host.disable();
        host.enableAgain(0x0046_0081, 2 * PAGE);
        queue = host.createQueuePair(1, 64);
        long data = host.memory().pages(3, 2 * PAGE);
        byte[] content = new byte[5 * PAGE];
        new Random(3).nextBytes(content);
        host.memory().put(data, content);
        long list = host.memory().pages(1);
        host.memory().putLong(list, data + 2 * PAGE);
        host.memory().putLong(list + 8, data + 4 * PAGE);
        assertSuccess(host.run(queue, IoCommand.write(0, 40, data, list)));
        host.memory().put(data, new byte[5 * PAGE]);
        assertSuccess(host.run(queue, IoCommand.read(0, 40, data, list)));
        assertThat(host.memory().bytes(data, 5 * PAGE)).isEqualTo(content);
        assertRefused(IoCommand.read(0, 40, data, list + 4));
        assertRefused(IoCommand.read(0, 24, data, data + PAGE));
    }

    private long listOf(long firstPage, int count) {
        long list = host.memory().pages(1);
        for (int entry = 0; entry < count; entry++) {
            host.memory().putLong(list + 8L * entry, firstPage + (long) PAGE * entry);
        }
        return list;
    }

    private void assertRefused(Consumer<SubmissionEntry> command) {
        Completion completion = host.run(queue, command);
        assertStatus(completion, Status.PRP_OFFSET_INVALID);
        assertThat(completion.doNotRetry()).isTrue();
    }

    private void assertTransferError(Consumer<SubmissionEntry> command) {
        assertStatus(host.run(queue, command), Status.DATA_TRANSFER_ERROR);
    }
}
