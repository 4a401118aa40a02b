package io.doorbell.vfiouser.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.posix.Errno;
import io.doorbell.vfiouser.posix.OddDescriptors;
import io.doorbell.vfiouser.posix.PosixException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class ClientMemoryTest {
    private static final long PAGE = ClientMemory.PAGE_BYTES;
    private static final long GIB = 1L << 30;

    private final Arena arena = Arena.ofShared();
    private final MessagesInMemory messages = new MessagesInMemory();
    private final List<Boolean> busMaster = new ArrayList<>();
    private final ClientMemory memory = new ClientMemory(messages, busMaster::add);
    private final MemorySegment buffer = arena.allocate(4 * PAGE, 8);

    /** A client that answers at once; what it has starts at 0. */
    private final class MessagesInMemory implements MessageDma {
        private final MemorySegment there = arena.allocate(16 * PAGE, 8);
        private DmaStatus answer = DmaStatus.OK;

        @Override
        public DmaStatus read(long address, MemorySegment target, long offset, long bytes) {
            if (answer.isOk()) {
                MemorySegment.copy(there, address, target, offset, bytes);
            }
            return answer;
        }

        @Override
        public DmaStatus write(long address, MemorySegment source, long offset, long bytes) {
            if (answer.isOk()) {
                MemorySegment.copy(source, offset, there, address, bytes);
            }
            return answer;
        }
    }

    @AfterEach
    void close() {
        memory.close();
        arena.close();
    }

    private Descriptor file(long sizeBytes) throws PosixException {
        return Descriptor.memoryFile("test", sizeBytes);
    }

    private MemorySegment view(Descriptor file) throws PosixException {
        return file.map(file.sizeBytes(), true, arena);
    }

    @Test
    void bothSidesOf4GiB_areOneFile() throws Exception {
        try (Descriptor ram = file(5 * GIB)) {
            memory.map(0, 2 * GIB, true, true, ram, 0);
            memory.map(4 * GIB, 3 * GIB, true, true, ram, 2 * GIB);
            MemorySegment view = view(ram);
            view.set(ValueLayout.JAVA_INT, 5 * GIB - 4, 0x1234);

            assertThat(memory.read(7 * GIB - 4, buffer, 0, 4)).isEqualTo(DmaStatus.OK);
            assertThat(buffer.get(ValueLayout.JAVA_INT, 0)).isEqualTo(0x1234);
            assertThat(memory.read(2 * GIB, buffer, 0, 4)).as("hole").isEqualTo(DmaStatus.UNMAPPED);
            assertThat(memory.read(7 * GIB - 4, buffer, 0, 8)).isEqualTo(DmaStatus.UNMAPPED);
            buffer.set(ValueLayout.JAVA_INT, 0, 99);
            assertThat(memory.write(4 * GIB, buffer, 0, 4)).isEqualTo(DmaStatus.OK);
            assertThat(view.get(ValueLayout.JAVA_INT, 2 * GIB)).isEqualTo(99);
        }
    }

    @Test
    void readOnlyRegion_ofTheSameFile_isNotStoredTo() throws Exception {
        try (Descriptor ram = file(2 * PAGE)) {
            memory.map(0, PAGE, true, true, ram, 0);
            memory.map(PAGE, PAGE, true, false, ram, PAGE);

            assertThat(memory.write(PAGE, buffer, 0, 8)).isEqualTo(DmaStatus.READ_ONLY);
            assertThat(memory.write(0, buffer, 0, 2 * PAGE)).isEqualTo(DmaStatus.READ_ONLY);
            assertThat(memory.check(0, 2 * PAGE, false)).isEqualTo(DmaStatus.OK);
            assertThat(memory.check(0, 2 * PAGE, true)).isEqualTo(DmaStatus.READ_ONLY);
            MemoryWindow window = Objects.requireNonNull(memory.window(PAGE, 64));
            window.setInt(0, 7);
            assertThat(window.getInt(0)).as("lost").isZero();
        }
    }

    @Test
    void regionWithoutAFile_isReachedByMessages() throws Exception {
        memory.map(0, PAGE, true, true, null, 0);
        buffer.set(ValueLayout.JAVA_LONG, 0, 0x1122334455667788L);

        assertThat(memory.write(8, buffer, 0, 8)).isEqualTo(DmaStatus.OK);
        MemoryWindow window = Objects.requireNonNull(memory.window(0, PAGE));
        assertThat(window.getLong(8)).isEqualTo(0x1122334455667788L);
        assertThat(window.compareAndSetInt(8, 0x55667788, 1)).isTrue();
        assertThat(window.compareAndSetInt(8, 0x55667788, 2)).isFalse();
        assertThat(window.getIntAcquire(8)).isEqualTo(1);
        assertThat(memory.zero(0, PAGE)).isEqualTo(DmaStatus.OK);
        assertThat(window.getLongAcquire(8)).isZero();

        messages.answer = DmaStatus.ABORTED;
        assertThat(memory.read(0, buffer, 0, 8)).isEqualTo(DmaStatus.ABORTED);
        assertThatThrownBy(() -> window.getInt(0)).isInstanceOf(MemoryWindow.Unanswered.class);
    }

    @Test
    void windowOverManyRegions_isOneWindow() throws Exception {
        try (Descriptor ram = file(8 * PAGE)) {
            memory.map(0, PAGE, true, true, ram, 6 * PAGE); // as an IOMMU scatters pages
            memory.map(PAGE, PAGE, true, true, ram, 2 * PAGE);
            memory.map(2 * PAGE, PAGE, true, true, null, 0);
            MemorySegment view = view(ram);
            MemoryWindow window = Objects.requireNonNull(memory.window(8, 3 * PAGE - 8));
            assertThat(window.sizeBytes()).isEqualTo(3 * PAGE - 8);

            window.setLongRelease(0, 1);
            window.setLong(PAGE - 16, 2);
            window.setInt(PAGE - 8, 3);
            window.setInt(2 * PAGE - 8, 4);
            assertThat(view.get(ValueLayout.JAVA_LONG, 6 * PAGE + 8)).isEqualTo(1);
            assertThat(view.get(ValueLayout.JAVA_LONG, 7 * PAGE - 8)).isEqualTo(2);
            assertThat(view.get(ValueLayout.JAVA_INT, 2 * PAGE)).isEqualTo(3);
            assertThat(messages.there.get(ValueLayout.JAVA_INT, 2 * PAGE)).isEqualTo(4);

            window.read(PAGE - 16, buffer, 0, 16);
            assertThat(buffer.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(2);
            assertThat(buffer.get(ValueLayout.JAVA_LONG, 8)).isEqualTo(3);
            assertThat(memory.window(0, 3 * PAGE + 8)).as("beyond").isNull();
            assertThat(memory.window(4, 8)).as("misaligned").isNull();
            assertThat(memory.window(-8, 8)).isNull();
            assertThat(memory.window(8, -1)).isNull();
        }
    }

    @Test
    void windowOverNeighboursInOneFile_isMemoryItself() throws Exception {
        try (Descriptor ram = file(4 * PAGE)) {
            memory.map(0, PAGE, true, true, ram, 0);
            memory.map(PAGE, 3 * PAGE, true, true, ram, PAGE);

            assertThat(memory.window(0, 4 * PAGE)).isNotInstanceOf(PiecewiseWindow.class);
        }
    }

    /** Firmware does this under an enabled controller. */
    @Test
    void allOfMemoryUnmappedAndMappedAgain_windowsStayWhatTheyWere() throws Exception {
        try (Descriptor ram = file(16 * PAGE)) {
            memory.map(0, 16 * PAGE, true, true, ram, 0);
            MemoryWindow window = Objects.requireNonNull(memory.window(PAGE, PAGE));
            memory.unmapAll();
            assertThat(memory.read(PAGE, buffer, 0, 8)).isEqualTo(DmaStatus.UNMAPPED);
            memory.map(0, 2 * PAGE, true, true, ram, 0);

            buffer.set(ValueLayout.JAVA_LONG, 0, 5);
            assertThat(memory.write(PAGE, buffer, 0, 8)).isEqualTo(DmaStatus.OK);
            assertThat(window.getLong(0)).isEqualTo(5);
        }
    }

    @Test
    void impossibleRegions_areRefused() throws Exception {
        try (Descriptor ram = file(4 * PAGE)) {
            memory.map(2 * PAGE, PAGE, true, true, ram, 0);
            for (long[] bad :
                    new long[][] {
                        {1, PAGE, 0}, // not aligned
                        {0, PAGE - 1, 0},
                        {0, 0, 0},
                        {-PAGE, PAGE, 0},
                        {Long.MAX_VALUE - PAGE + 1, 2 * PAGE, 0},
                        {0, PAGE, 1},
                        {0, PAGE, -PAGE},
                        {0, 5 * PAGE, 0}, // longer than the file, and overlapping
                        {4 * PAGE, PAGE, 4 * PAGE}, // beyond the file
                        {PAGE, 2 * PAGE, 0}, // overlapping
                        {2 * PAGE, PAGE, 0},
                        {0, Long.MIN_VALUE, 0},
                    }) {
                assertThatThrownBy(() -> memory.map(bad[0], bad[1], true, true, ram, bad[2]))
                        .as("%x", bad[0])
                        .isInstanceOf(BadRegionException.class);
            }
            assertThat(memory.regionCount()).isEqualTo(1);
            assertThatThrownBy(() -> memory.unmap(2 * PAGE, PAGE / 2))
                    .isInstanceOf(BadRegionException.class);
            assertThat(memory.unmap(0, PAGE)).as("nothing there").isFalse();
            assertThat(memory.unmap(0, 16 * PAGE)).isTrue();
            assertThat(memory.regionCount()).isZero();
        }
    }

    @Test
    void notAFile_isRefused() throws Exception {
        try (Descriptor event = Descriptor.event()) {
            assertThatThrownBy(() -> memory.map(0, PAGE, true, true, event, 0))
                    .isInstanceOf(PosixException.class);
        }
    }

    /** As a virtual IOMMU does: no mapping each time, no region left. */
    @Test
    void tensOfThousandsOfMapsAndUnmaps_leaveNothing() throws Exception {
        try (Descriptor ram = file(GIB)) {
            for (int i = 0; i < 60_000; i++) {
                long address = PAGE * (i % 5_000);
                memory.map(address, PAGE, true, true, ram, PAGE * (i % 1_000));
                if (i >= 200) {
                    assertThat(memory.unmap(PAGE * ((i - 200) % 5_000), PAGE)).isTrue();
                }
            }
            assertThat(memory.regionCount()).isEqualTo(200);
            assertThat(memory.fileCount()).isEqualTo(1);
        }
    }

    @Test
    void filesNoLongerUsed_areGivenBack() throws Exception {
        for (int i = 0; i < 100; i++) {
            try (Descriptor ram = file(PAGE)) {
                memory.map(0, PAGE, true, true, ram, 0);
                assertThat(memory.unmap(0, PAGE)).isTrue();
            }
        }
        assertThat(memory.fileCount()).isEqualTo(FileMappings.UNUSED_MAX);
    }

    /** Or an access to a queue, which is no copy, would end the process. */
    @Test
    void memoryFile_cannotBeTakenAway() throws Exception {
        try (Descriptor ram = file(4 * PAGE)) {
            memory.map(0, 4 * PAGE, true, true, ram, 0);

            assertThatThrownBy(() -> ram.resize(PAGE))
                    .isInstanceOfSatisfying(
                            PosixException.class,
                            refused -> assertThat(refused.errno()).isEqualTo(Errno.EPERM));
            assertThat(memory.read(2 * PAGE, buffer, 0, PAGE)).isEqualTo(DmaStatus.OK);
        }
    }

    /** The file gets shorter under us: the access fails, the process lives. */
    @Test
    void memoryTakenAway_isAborted(@TempDir Path folder) throws Exception {
        Path path = Files.createFile(folder.resolve("ram"));
        try (Descriptor ram = OddDescriptors.openForStores(path)) {
            ram.resize(4 * PAGE);
            memory.map(0, 4 * PAGE, true, true, ram, 0);
            ram.resize(PAGE);

            assertThat(memory.read(2 * PAGE, buffer, 0, PAGE)).isEqualTo(DmaStatus.ABORTED);
            assertThat(memory.write(2 * PAGE, buffer, 0, PAGE)).isEqualTo(DmaStatus.ABORTED);
            assertThat(memory.zero(2 * PAGE, PAGE)).isEqualTo(DmaStatus.ABORTED);
            assertThat(memory.read(0, buffer, 0, PAGE)).isEqualTo(DmaStatus.OK);
        }
    }

    @Test
    void busMastering_isPassedOn() {
        memory.setBusMaster(true);
        memory.setBusMaster(false);
        assertThat(busMaster).containsExactly(true, false);
    }
}
