package io.doorbell.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.memory.MappedMemory;
import io.doorbell.guest.HostPolicies.BufferPlaces;
import io.doorbell.spec.SubmissionEntry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class DataBuffersTest {
    private static final int PAGE = 4096;

    private final MappedMemory memory = TestMemory.machine(64 << 20);
    private final PageAllocator pages = new PageAllocator(1 << 20, 63 << 20);
    private final SubmissionEntry entry =
            new SubmissionEntry().wrap(Arena.ofAuto().allocate(SubmissionEntry.SIZE_BYTES, 8), 0);

    /**
     * Data written by the host is found by a walk over the PRP entries, and the other way round.
     */
    @ParameterizedTest
    @ValueSource(
            longs = {
                512,
                PAGE,
                PAGE + 512,
                2 * PAGE,
                2 * PAGE + 512,
                3 * PAGE,
                128 << 10,
                513 * PAGE
            })
    void walkingThePrpEntries_findsTheData(long bytes) {
        DataBuffers buffers = new DataBuffers(memory, pages, 513 * PAGE, 2, false);
        for (int tag = 0; tag < 2; tag++) {
            MemorySegment data = pattern(bytes, tag);
            buffers.fill(tag, data, bytes);
            buffers.describe(entry.clear(), tag, bytes);

            MemorySegment seen = Arena.ofAuto().allocate(bytes, 8);
            long done = 0;
            for (long address : walk(bytes)) {
                long piece = Math.min(PAGE, bytes - done);
                assertThat(memory.read(address, seen, done, piece)).isEqualTo(DmaStatus.OK);
                done += piece;
            }
            assertThat(done).isEqualTo(bytes);
            assertThat(seen.mismatch(data)).isEqualTo(-1);

            MemorySegment drained = Arena.ofAuto().allocate(bytes, 8);
            buffers.drain(tag, drained, bytes);
            assertThat(drained.mismatch(data)).isEqualTo(-1);
        }
    }

    /** The table of Base §4.1.1 again, for buffers and lists at any place in their pages. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                512,
                PAGE,
                PAGE + 512,
                2 * PAGE,
                2 * PAGE + 512,
                3 * PAGE,
                16 << 10,
                128 << 10,
                511 * PAGE
            })
    void scatteredBuffers_areFoundByAWalk_whateverTheirShape(long bytes) {
        int tags = 9;
        DataBuffers buffers =
                new DataBuffers(memory, pages, bytes, tags, false, BufferPlaces.SCATTERED);
        Set<Long> offsets = new HashSet<>();
        for (int tag = 0; tag < tags; tag++) {
            buffers.fill(tag, pattern(bytes, tag), bytes);
        }
        for (int tag = 0; tag < tags; tag++) {
            buffers.describe(entry.clear(), tag, bytes);
            offsets.add(entry.prp1() % PAGE);
            MemorySegment seen = Arena.ofAuto().allocate(bytes, 8);
            long done = 0;
            for (long address : walkAnywhere(bytes)) {
                long piece = Math.min(PAGE - address % PAGE, bytes - done);
                assertThat(memory.read(address, seen, done, piece)).isEqualTo(DmaStatus.OK);
                done += piece;
            }
            assertThat(done).isEqualTo(bytes);
            assertThat(seen.mismatch(pattern(bytes, tag))).isEqualTo(-1);
            MemorySegment drained = Arena.ofAuto().allocate(bytes, 8);
            buffers.drain(tag, drained, bytes);
            assertThat(drained.mismatch(pattern(bytes, tag))).isEqualTo(-1);
        }
        assertThat(offsets).hasSize(tags).allMatch(offset -> offset % 4 == 0);
    }

    private List<Long> walkAnywhere(long bytes) {
        List<Long> addresses = new ArrayList<>(List.of(entry.prp1()));
        long rest = bytes - (PAGE - entry.prp1() % PAGE);
        if (rest > 0 && rest <= PAGE) {
            addresses.add(entry.prp2());
            return addresses;
        }
        for (long slot = entry.prp2(); rest > 0; slot += 8) {
            if (slot % PAGE == PAGE - 8 && rest > PAGE) {
                slot = qword(slot);
            }
            addresses.add(qword(slot));
            rest -= PAGE;
        }
        return addresses;
    }

    /** Base §4.1.1: one page: PRP1; two: PRP2 is the page; more: PRP2 is a list of the rest. */
    @Test
    void prp2_isUnused_aPage_orAList() {
        DataBuffers buffers = new DataBuffers(memory, pages, 128 << 10, 1, false);
        buffers.describe(entry.clear(), 0, PAGE);
        assertThat(entry.prp1() % PAGE).isZero();
        assertThat(entry.prp2()).isZero();

        buffers.describe(entry.clear(), 0, 2 * PAGE);
        long second = entry.prp2();
        assertThat(second).isEqualTo(entry.prp1() - PAGE); // descending, never contiguous

        buffers.describe(entry.clear(), 0, 128 << 10);
        assertThat(qword(entry.prp2())).isEqualTo(second);
        assertThat(qword(entry.prp2() + 30 * 8)).isNotZero(); // 31 entries
        assertThat(qword(entry.prp2() + 31 * 8)).isZero();
    }

    @Test
    void buffersOfDifferentTags_shareNoPage_unlessAsked() {
        DataBuffers apart = new DataBuffers(memory, pages, 3 * PAGE, 7, false);
        Set<Long> seen = new HashSet<>();
        for (int tag = 0; tag < 7; tag++) {
            apart.describe(entry.clear(), tag, 3 * PAGE);
            assertThat(seen.add(entry.prp2())).as("list of tag %d", tag).isTrue();
            walk(3 * PAGE).forEach(page -> assertThat(seen.add(page)).isTrue());
        }
        DataBuffers together = new DataBuffers(memory, pages, 3 * PAGE, 7, true);
        together.describe(entry.clear(), 0, 3 * PAGE);
        List<Long> first = walk(3 * PAGE);
        together.describe(entry.clear(), 6, 3 * PAGE);
        assertThat(walk(3 * PAGE)).isEqualTo(first);
    }

    /** With a shared buffer, ranges of several commands once lay on top of each other. */
    @Test
    void ranges_areKeptApart_evenWithASharedBuffer() {
        DataBuffers buffers = new DataBuffers(memory, pages, PAGE, 600, true);
        buffers.describe(entry.clear(), 0, PAGE);
        long data = entry.prp1();
        List<Long> addresses = new ArrayList<>();
        for (int tag = 0; tag < 600; tag++) {
            buffers.describeRange(entry.clear(), tag, pattern(16, tag));
            assertThat(entry.prp1() & (PAGE - 1)).isLessThanOrEqualTo(PAGE - 16);
            assertThat(entry.prp1() / PAGE).isNotEqualTo(data / PAGE);
            addresses.add(entry.prp1());
        }
        for (int tag = 0; tag < 600; tag++) {
            assertThat(qword(addresses.get(tag))).isEqualTo(pattern(16, tag).get(LONG, 0));
        }
    }

    @Test
    void transferBeyondOneListPage_isRefused() {
        assertThatThrownBy(() -> new DataBuffers(memory, pages, 514 * PAGE, 1, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than one page of PRP entries");
    }

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** The straightforward model: the pages of a transfer, by the table of Base §4.1.1. */
    private List<Long> walk(long bytes) {
        List<Long> pagesOfData = new ArrayList<>();
        pagesOfData.add(entry.prp1());
        long rest = bytes - PAGE;
        if (rest > 0 && rest <= PAGE) {
            pagesOfData.add(entry.prp2());
        }
        for (int i = 0; rest > PAGE && i < (rest + PAGE - 1) / PAGE; i++) {
            pagesOfData.add(qword(entry.prp2() + 8L * i));
        }
        assertThat(pagesOfData).allMatch(address -> address % PAGE == 0);
        return pagesOfData;
    }

    private long qword(long address) {
        MemorySegment value = Arena.ofAuto().allocate(8, 8);
        assertThat(memory.read(address, value, 0, 8)).isEqualTo(DmaStatus.OK);
        return value.get(LONG, 0);
    }

    private static MemorySegment pattern(long bytes, int salt) {
        MemorySegment data = Arena.ofAuto().allocate(bytes, 8);
        for (long i = 0; i < bytes; i += 8) {
            data.set(LONG, i, (i + 1) * 0x9E37_79B9_7F4A_7C15L + salt);
        }
        return data;
    }
}
