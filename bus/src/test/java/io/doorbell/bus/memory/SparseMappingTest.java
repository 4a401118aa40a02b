package io.doorbell.bus.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

class SparseMappingTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    private static final int TOUCHED = 32; // may cost 2 MiB each, where huge pages are the rule

    @Test
    void guestOf64GiB_costsWhatItTouches() throws IOException {
        assumeTrue(Files.isReadable(STATUS), "no " + STATUS + ": cannot see resident memory here");
        long before = kilobytes("VmRSS") * 1024;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment guest = SparseMapping.allocate(64 * GIB, arena);
            for (int i = 0; i < TOUCHED; i++) {
                long offset = i * (64 * GIB / TOUCHED);
                assertThat(guest.get(ValueLayout.JAVA_LONG, offset)).isZero();
                guest.set(ValueLayout.JAVA_LONG, offset, i);
            }
            assertThat(guest.get(ValueLayout.JAVA_LONG, 64 * GIB - 8)).isZero();
            assertThat(kilobytes("VmRSS") * 1024 - before).isLessThan(256 * MIB);
        }
    }

    @Test
    void closedArena_givesTheMappingBack() throws IOException {
        assumeTrue(Files.isReadable(STATUS), "no " + STATUS + ": cannot see mapped memory here");
        Arena arena = Arena.ofConfined();
        SparseMapping.allocate(64 * GIB, arena);
        long mapped = kilobytes("VmSize") * 1024;
        arena.close();
        assertThat(mapped - kilobytes("VmSize") * 1024).isGreaterThan(63 * GIB);
    }

    @Test
    void discardedPages_readAsZeros_othersKeepTheirContent() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment guest = SparseMapping.allocate(4 * MIB, arena);
            guest.fill((byte) 1);
            SparseMapping.discard(guest.asSlice(MIB, MIB));
            assertThat(guest.get(ValueLayout.JAVA_BYTE, MIB - 1)).isEqualTo((byte) 1);
            assertThat(guest.asSlice(MIB, MIB).mismatch(Arena.ofAuto().allocate(MIB)))
                    .isEqualTo(-1);
            assertThat(guest.get(ValueLayout.JAVA_BYTE, 2 * MIB)).isEqualTo((byte) 1);
            guest.set(ValueLayout.JAVA_BYTE, MIB, (byte) 2); // and can be used again
        }
    }

    @Test
    void impossibleSize_isRefusedWithAdvice() {
        assertThatThrownBy(() -> SparseMapping.allocate(0, Arena.ofAuto()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> SparseMapping.allocate(Long.MAX_VALUE, Arena.ofAuto()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Ask for less");
    }

    private static long kilobytes(String name) throws IOException {
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
