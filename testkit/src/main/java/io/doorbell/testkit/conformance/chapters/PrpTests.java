package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

import java.util.Arrays;
import java.util.SplittableRandom;

/** PRP entries and lists (Base §4.1.1). */
@Chapter("PRP entries and lists")
final class PrpTests {
    private static final int PAGE = Memory.PAGE_BYTES;
    private static final long GARBAGE = 0xDEAD_0000_0000_0001L;

    private static Disk disk(Bench bench) {
        return Disk.of(bench, DeviceShape.DEFAULT.withTransferSizeLog2Pages(10));
    }

    /**
     * Writes and reads back over scattered pages, each way with pages and lists of its own.
     *
     * @param offset of the data in its first page
     * @param listOffset of the first entry in its page, if there is a list
     */
    private static void roundTrip(Disk disk, int bytes, int offset, int listOffset) {
        int blocks = bytes / disk.blockBytes();
        Scatter out = new Scatter(disk, bytes, offset, listOffset);
        byte[] content = out.fill(bytes + offset);
        disk.ok(out.command(NvmOpcode.WRITE, blocks));
        Scatter in = new Scatter(disk, bytes, offset, listOffset);
        disk.ok(in.command(NvmOpcode.READ, blocks));
        Disk.expectSame("what was read", in.bytes(), content);
        in.expectRestUntouched();
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "Data that do not begin with a page arrive shifted.",
            values = {0, 4, 512, 2048, 3584, 3588, 4092})
    void oneBlockAtAnyOffset_arrives(Bench bench, long offset) {
        roundTrip(disk(bench), 512, (int) offset, 0);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "PRP2 is taken for a list where it is a page, or the reverse.",
            values = {0, 4, 512, 4092})
    void twoPages_arrive(Bench bench, long offset) {
        roundTrip(disk(bench), 8192 - (offset == 0 ? 0 : 512), (int) offset, 0);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "Of a transfer over three pages the second is lost.",
            values = {8192, 12288, 16384, 131_072})
    void transferWithAnOffset_arrives(Bench bench, long bytes) {
        roundTrip(disk(bench), (int) bytes, 512, 0);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A list that does not begin with its page is read from the wrong place.",
            values = {8, 256, 512, 3840, 3968, 4072, 4080, 4088})
    void listInsideAPage_isReadFromThereAndChainsAtThePageEnd(Bench bench, long listOffset) {
        roundTrip(disk(bench), 131_072, 0, (int) listOffset);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A transfer of 2 MiB ends with the wrong page.",
            values = {2_093_056, 2_097_152, 2_101_248, 2_105_344, 4_194_304})
    void listAroundAFullPage_chainsOnlyIfItMust(Bench bench, long bytes) {
        roundTrip(disk(bench), (int) bytes, 0, 0);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A device reads on behind a list, into memory that may not be there.")
    void list_isNotReadBeyondItsEntries(Bench bench) {
        Disk disk = disk(bench);
        long data = disk.memory().pages(5);
        long list = disk.memory().end() - 4 * Long.BYTES;
        for (int i = 0; i < 4; i++) {
            disk.memory().putLong(list + 8L * i, data + (long) (i + 1) * PAGE);
        }
        disk.ok(Commands.read(Disk.NSID, 0, 40, data).prp2(list));
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A driver that leaves PRP2 as it was gets errors for small reads.",
            values = {1, 4, 8})
    void prp2ThatIsNotNeeded_isIgnored(Bench bench, long blocks) {
        Disk disk = disk(bench);
        byte[] content = disk.store(0, (int) blocks, 1);
        long data = disk.memory().pages(1);
        disk.ok(Commands.read(Disk.NSID, 0, (int) blocks, data).prp2(GARBAGE));
        Disk.expectSame("data", disk.memory().bytes(data, content.length), content);
    }

    @Clause(
            value = "Base §4.1.1",
            level = Level.SHOULD,
            otherwise = "Data of a buffer that is not dword aligned are moved to another place.",
            values = {1, 2, 3, 0x201})
    void prp1NotDwordAligned_isPrpOffsetInvalid(Bench bench, long offset) {
        Disk disk = disk(bench);
        refused(disk, Commands.read(Disk.NSID, 0, 1, disk.memory().pages(2) + offset));
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "The second page of a transfer lands where its address was rounded to.",
            values = {1, 4, 8, 0x200, 0xFFC})
    void secondPageWithAnOffset_isPrpOffsetInvalid(Bench bench, long offset) {
        Disk disk = disk(bench);
        long data = disk.memory().pages(4);
        refused(disk, Commands.read(Disk.NSID, 0, 16, data).prp2(data + 2 * PAGE + offset));
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A list at an odd address is read from another one.",
            values = {1, 2, 4, 7})
    void listNotQwordAligned_isPrpOffsetInvalid(Bench bench, long offset) {
        Disk disk = disk(bench);
        long data = disk.memory().pages(16);
        refused(
                disk,
                Commands.read(Disk.NSID, 0, 64, data).prp2(disk.list(data + PAGE, 15) + offset));
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A page of a list lands where its address was rounded to.",
            values = {0, 7, 14})
    void listEntryWithAnOffset_isPrpOffsetInvalid(Bench bench, long entry) {
        Disk disk = disk(bench);
        long data = disk.memory().pages(17);
        long list = disk.list(data + PAGE, 15);
        disk.memory().putLong(list + 8 * entry, data + PAGE + 0x10);
        refused(disk, Commands.read(Disk.NSID, 0, 128, data).prp2(list));
    }

    @Clause(
            value = "Base §4.1.1",
            level = Level.SHOULD,
            otherwise = "The rest of a list is read from where its address was rounded to.",
            values = {8, 0x100, 0xFF8})
    void chainPointerWithAnOffset_isPrpOffsetInvalid(Bench bench, long offset) {
        Disk disk = disk(bench);
        long data = disk.memory().pages(16);
        long list = disk.memory().pages(1) + PAGE - Long.BYTES;
        disk.memory().putLong(list, disk.list(data + PAGE, 15) + offset);
        refused(disk, Commands.read(Disk.NSID, 0, 128, data).prp2(list));
    }

    @Clause(
            value = "Base §9.3",
            otherwise = "A list that cannot be read moves data to stale addresses.",
            values = {0, 1, 2})
    void partOfTheListThatIsNotThere_isADataTransferError(Bench bench, long part) {
        Disk disk = disk(bench);
        long nowhere = disk.memory().nowhere();
        long data = disk.memory().pages(16);
        long list = disk.list(data + PAGE, 15);
        if (part == 0) { // the list itself
            list = nowhere;
        } else if (part == 1) { // a page
            disk.memory().putLong(list + 8 * 9, nowhere);
        } else { // the list behind a chain pointer
            list = disk.memory().pages(1) + PAGE - Long.BYTES;
            disk.memory().putLong(list, nowhere);
        }
        Expect.status(
                disk.run(Commands.write(Disk.NSID, 0, 128, data).prp2(list)),
                Status.DATA_TRANSFER_ERROR);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "With larger pages than 4 KiB a driver's data arrive in pieces.",
            values = {8, 16, 24, 40})
    void pagesOf8KiB_areHonoured(Bench bench, long blocks) {
        Disk disk = disk(bench);
        disk.host().disable();
        disk.host().configureAdmin(32, 32, 2 * PAGE);
        disk.host().enable(Host.CC_ENABLE | 1 << 7); // CC.MPS = 1
        disk.memory().aligned(2 * PAGE, 2 * PAGE); // what follows, a queue of a page, is aligned
        HostQueue queue = disk.host().createPair(1, 2 * PAGE / 64);
        long data = disk.memory().aligned(8L * PAGE, 2 * PAGE);
        byte[] content = disk.memory().fillRandom(data, (int) blocks * 512, 1);
        long list = disk.memory().pages(1);
        disk.memory().putLong(list, data + 2 * PAGE);
        disk.memory().putLong(list + 8, data + 4 * PAGE);
        long prp2 = blocks <= 16 ? GARBAGE : blocks <= 32 ? data + 2 * PAGE : list;
        Completion written = queue.run(Commands.write(Disk.NSID, 0, (int) blocks, data).prp2(prp2));
        Expect.success(written);
        disk.memory().fill(data, (int) blocks * 512, 0);
        Expect.success(queue.run(Commands.read(Disk.NSID, 0, (int) blocks, data).prp2(prp2)));
        Disk.expectSame("data", disk.memory().bytes(data, content.length), content);
    }

    private static void refused(Disk disk, Command command) {
        Expect.refused(disk.run(command), Status.PRP_OFFSET_INVALID);
        disk.expectAlive();
    }

    /** A transfer over pages that lie apart, each with a page in front that nobody may touch. */
    private static final class Scatter {
        private final Disk disk;
        private final int bytes;
        private final int offset;
        private final long[] pages;
        private final Memory.Watch[] fences;
        private final long prp2;

        Scatter(Disk disk, int bytes, int offset, int listOffset) {
            this.disk = disk;
            this.bytes = bytes;
            this.offset = offset;
            pages = new long[(offset + bytes + PAGE - 1) / PAGE];
            fences = new Memory.Watch[pages.length];
            for (int i = 0; i < pages.length; i++) {
                long fence = disk.memory().pages(2);
                fences[i] = disk.memory().watch(fence, PAGE);
                pages[i] = fence + PAGE;
            }
            prp2 =
                    pages.length == 1
                            ? GARBAGE
                            : pages.length == 2 ? pages[1] : list(disk.memory(), listOffset);
        }

        /** Ends in front of garbage that a device which reads on would stumble over. */
        private long list(Memory memory, int listOffset) {
            long start = memory.pages(2) + listOffset;
            long slot = start;
            for (int page = 1; page < pages.length; page++) {
                boolean lastSlot = slot % PAGE == PAGE - Long.BYTES;
                if (lastSlot && page + 1 < pages.length) {
                    long next = memory.pages(2);
                    memory.putLong(slot, next);
                    slot = next;
                }
                memory.putLong(slot, pages[page]);
                slot += Long.BYTES;
            }
            memory.putLong(slot, GARBAGE);
            return start;
        }

        Command command(int opcode, int blocks) {
            return Commands.transfer(opcode, Disk.NSID, 7, blocks)
                    .prp1(pages[0] + offset)
                    .prp2(prp2);
        }

        byte[] fill(long seed) {
            byte[] content = new byte[bytes];
            new SplittableRandom(seed).nextBytes(content);
            for (int done = 0; done < bytes; ) {
                int piece = piece(done);
                disk.memory().put(address(done), Arrays.copyOfRange(content, done, done + piece));
                done += piece;
            }
            return content;
        }

        byte[] bytes() {
            byte[] content = new byte[bytes];
            for (int done = 0; done < bytes; ) {
                int piece = piece(done);
                System.arraycopy(
                        disk.memory().bytes(address(done), piece), 0, content, done, piece);
                done += piece;
            }
            return content;
        }

        void expectRestUntouched() {
            for (Memory.Watch fence : fences) {
                fence.expectUnchanged();
            }
        }

        private long address(int done) {
            int at = offset + done;
            return pages[at / PAGE] + at % PAGE;
        }

        private int piece(int done) {
            return Math.min(bytes - done, PAGE - (offset + done) % PAGE);
        }
    }
}
