package io.doorbell.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base 2.0 §4.1.1. */
class PhysicalRegionPagesTest {
    private static final int PAGE = 4096;

    @ParameterizedTest(name = "{0} bytes at offset {1}")
    @CsvSource({
        "512, 0, 512, 0",
        "4096, 0, 4096, 0",
        "4096, 0x200, 3584, 1",
        "8192, 0, 4096, 1",
        "8192, 0x200, 3584, 2",
        "131072, 0, 4096, 31",
        "131072, 0x200, 3584, 32",
        "2101248, 0, 4096, 512",
        "2105344, 0, 4096, 513",
        "1, 0xFFF, 1, 0",
        "2, 0xFFF, 1, 1",
    })
    void transfer_needsTheseEntries(long lengthBytes, String offset, int first, long entries) {
        long prp1 = 0x7_0000_0000L + Long.decode(offset);
        assertThat(PhysicalRegionPages.firstLengthBytes(prp1, lengthBytes, PAGE)).isEqualTo(first);
        assertThat(PhysicalRegionPages.entriesAfterFirst(prp1, lengthBytes, PAGE))
                .isEqualTo(entries);
        assertThat(PhysicalRegionPages.needsList(prp1, lengthBytes, PAGE)).isEqualTo(entries > 1);
    }

    @Test
    void listOfExactlyOnePage_hasNoChainPointer() {
        assertThat(PhysicalRegionPages.listPages(512, 512, PAGE)).isEqualTo(1);
        assertThat(PhysicalRegionPages.listPages(512, 513, PAGE)).isEqualTo(2);
        assertThat(PhysicalRegionPages.listPages(512, 511 + 512, PAGE)).isEqualTo(2);
        assertThat(PhysicalRegionPages.listPages(512, 511 + 513, PAGE)).isEqualTo(3);
    }

    @Test
    void listThatStartsInsideAPage_hasFewerSlotsInIt() {
        assertThat(PhysicalRegionPages.entriesPerListPage(PAGE)).isEqualTo(512);
        assertThat(PhysicalRegionPages.entriesInListPage(0x10F00, PAGE)).isEqualTo(32);
        assertThat(PhysicalRegionPages.entriesInListPage(0x10FF8, PAGE)).isEqualTo(1);
        assertThat(PhysicalRegionPages.listPages(32, 32, PAGE)).isEqualTo(1);
        assertThat(PhysicalRegionPages.listPages(32, 33, PAGE)).isEqualTo(2);
        assertThat(PhysicalRegionPages.listPages(1, 2, PAGE)).isEqualTo(2);
    }

    /** The formula against a walk of the list as a controller does it. */
    @Test
    void listPages_agreeWithAWalk() {
        for (int firstSlots : new int[] {1, 2, 31, 511, 512}) {
            for (int entries = 1; entries <= 3000; entries += 7) {
                assertThat(PhysicalRegionPages.listPages(firstSlots, entries, PAGE))
                        .as("%d entries, %d slots in the first page", entries, firstSlots)
                        .isEqualTo(walk(firstSlots, entries));
            }
        }
    }

    private static int walk(int firstSlots, int entries) {
        int pages = 1;
        int slots = firstSlots;
        int left = entries;
        while (left > slots) {
            left -= slots - 1;
            slots = PAGE / 8;
            pages++;
        }
        return pages;
    }

    @Test
    void pageOffset_isTakenModuloThePage() {
        assertThat(PhysicalRegionPages.pageOffset(0xFFFF_FFFF_FFFF_F234L, PAGE)).isEqualTo(0x234);
        assertThat(PhysicalRegionPages.pageOffset(0x1_2345L, 65_536)).isEqualTo(0x2345);
        assertThat(PhysicalRegionPages.isPageAligned(0x8000, PAGE)).isTrue();
        assertThat(PhysicalRegionPages.isPageAligned(0x8000, 65_536)).isFalse();
    }

    @Test
    void queuePages_roundUp() {
        assertThat(PhysicalRegionPages.queuePages(64, 64, PAGE)).isEqualTo(1);
        assertThat(PhysicalRegionPages.queuePages(65, 64, PAGE)).isEqualTo(2);
        assertThat(PhysicalRegionPages.queuePages(65_536, 64, PAGE)).isEqualTo(1024);
    }
}
