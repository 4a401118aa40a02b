package io.doorbell.simulation.machine;

import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.machine.Script.Sending;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.DatasetManagement;
import io.doorbell.spec.command.DatasetRange;
import io.doorbell.spec.command.ReadWrite;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What errands do on I/O queues, in blocks of their own behind those of the workload. */
final class IoScripts {
    static final int NAMESPACE = 1;
    static final int BLOCK_BYTES = 512;

    /** Blocks that each errand has to itself: the largest transfer. */
    static final int BLOCKS = 256;

    private static final int MISSING_OPCODE = 0x7D;
    private static final int MISSING_NAMESPACE = 0x7777;
    private static final int PAGE = ErrandMemory.PAGE;
    private static final int LARGEST = BLOCKS * BLOCK_BYTES;
    private static final int SECOND_BUFFER = 36;
    private static final int GUARD = 99;
    private static final int WRONGS = 9;
    private static final int BLOCKS_OF_TWO_PAGES = 2 * PAGE / BLOCK_BYTES;

    /** A command, and how it has to end. */
    private record Wrong(Consumer<SubmissionEntry> command, int status) {}

    /** Where lists begin, end and lead on, and where transfers end. */
    private static final List<Layout> LAYOUTS =
            List.of(
                    new Layout(512, 4, 1),
                    new Layout(512, PAGE - 256, 1),
                    new Layout(PAGE, 512, 1),
                    new Layout(2 * PAGE, 0, 1),
                    new Layout(2 * PAGE, 2048, 2),
                    new Layout(3 * PAGE, 0, 2),
                    new Layout(3 * PAGE, 1024, 1),
                    new Layout(4 * PAGE, 4, 256),
                    new Layout(LARGEST, 0, 31),
                    new Layout(LARGEST, 0, 30),
                    new Layout(LARGEST, PAGE - 4, 32),
                    new Layout(LARGEST, 8, 7));

    private final ErrandMemory memory;
    private final long firstLba;
    private final long blocksOfDisk;
    private final List<Layout> layouts;
    private final Layout tooLarge;

    /**
     * @param firstLba of the blocks that are this errand's
     * @param blocksOfDisk blocks that the namespace has
     * @param transferBytesMax most bytes of a command, as the controller says
     */
    IoScripts(ErrandMemory memory, long firstLba, long blocksOfDisk, int transferBytesMax) {
        this.memory = memory;
        this.firstLba = firstLba;
        this.blocksOfDisk = blocksOfDisk;
        this.layouts =
                LAYOUTS.stream().filter(each -> each.sizeBytes() <= transferBytesMax).toList();
        this.tooLarge = Layout.plain(transferBytesMax + BLOCK_BYTES);
    }

    /** A write and a read of the same blocks, both in an unusual place of memory. */
    Script move(Errand errand) {
        Layout layout = layouts.get((int) (errand.amount() % layouts.size()));
        byte[] data = ErrandMemory.pattern(layout.sizeBytes(), (int) errand.amount() + 1);
        return new Script(errand.number())
                .prepare(
                        () -> {
                            layout.prepare(memory, 0);
                            layout.fill(memory, 0, data);
                        })
                .command(transfer(NvmOpcode.WRITE, layout, 0, 0), Status.SUCCESS)
                .prepare(
                        () -> {
                            layout.prepare(memory, SECOND_BUFFER);
                            layout.guard(memory, SECOND_BUFFER, GUARD);
                        })
                .command(
                        transfer(NvmOpcode.READ, layout, SECOND_BUFFER, 0),
                        "the data read is not the data written, or lies in the wrong place",
                        () ->
                                Arrays.equals(data, layout.data(memory, SECOND_BUFFER))
                                        && layout.isGuarded(memory, SECOND_BUFFER, GUARD));
    }

    /** Commands that are wrong, all at once. */
    Script fail(Errand errand) {
        List<Consumer<SubmissionEntry>> commands = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < errand.amount(); i++) {
            Wrong wrong = wrong(i, (int) ((i + errand.amount()) % WRONGS));
            commands.add(wrong.command());
            expected.add(wrong.status());
        }
        return new Script(errand.number())
                .prepare(
                        () -> {
                            tooLarge.prepare(memory, 0);
                            memory.store(astrayList(), page() + 8);
                        })
                .add(
                        Sending.SINGLY,
                        commands,
                        endings -> {
                            for (int i = 0; i < endings.size(); i++) {
                                String wrong = Script.wrongStatus(endings.get(i), expected.get(i));
                                if (!wrong.isEmpty()) {
                                    return wrong;
                                }
                            }
                            return "";
                        });
    }

    private Wrong wrong(int index, int kind) {
        int spare = SECOND_BUFFER + 1; // behind the page of all that goes astray
        int page = spare + index % (ErrandMemory.PAGES - spare); // one each
        return switch (kind) {
            case 0 -> new Wrong(blocks(MISSING_OPCODE), Status.INVALID_COMMAND_OPCODE);
            case 1 ->
                    new Wrong(
                            inPage(at(NvmOpcode.READ, blocksOfDisk, 1), page),
                            Status.LBA_OUT_OF_RANGE);
            case 2 ->
                    new Wrong(
                            inPage(at(NvmOpcode.WRITE, firstLba, 1), page)
                                    .andThen(entry -> entry.namespaceId(MISSING_NAMESPACE)),
                            Status.INVALID_NAMESPACE_OR_FORMAT);
            case 3 ->
                    index < WRONGS
                            ? new Wrong(this::readTooMuch, Status.INVALID_FIELD_IN_COMMAND)
                            : new Wrong(at(NvmOpcode.COMPARE, -1, 1), Status.LBA_OUT_OF_RANGE);
            case 4 ->
                    new Wrong(
                            at(NvmOpcode.WRITE_ZEROES, blocksOfDisk - 1, 2),
                            Status.LBA_OUT_OF_RANGE);
            case 5 -> astray(1, page() + 2, 0);
            case 6 -> astray(BLOCKS_OF_TWO_PAGES, page(), page() + 8);
            case 7 -> astray(2 * BLOCKS_OF_TWO_PAGES, page(), astrayList() + 4);
            default -> astray(2 * BLOCKS_OF_TWO_PAGES, page(), astrayList());
        };
    }

    /** A write whose PRP entries have offsets where there may be none (Base §4.1.1). */
    private Wrong astray(int blocks, long prp1, long prp2) {
        return new Wrong(
                at(NvmOpcode.WRITE, firstLba, blocks).andThen(entry -> entry.prp1(prp1).prp2(prp2)),
                Status.PRP_OFFSET_INVALID);
    }

    private long page() {
        return memory.page(SECOND_BUFFER);
    }

    private long astrayList() {
        return page() + PAGE / 2;
    }

    /** More than one command may move. */
    private void readTooMuch(SubmissionEntry entry) {
        at(NvmOpcode.READ, firstLba, tooLarge.sizeBytes() / BLOCK_BYTES).accept(entry);
        tooLarge.describe(entry, memory, 0);
    }

    /** One of each kind that there is, and a look at what it has done. */
    Script mix(Errand errand) {
        Layout two = Layout.plain(2 * BLOCK_BYTES);
        byte[] data = ErrandMemory.pattern(two.sizeBytes(), 5);
        byte[] other = ErrandMemory.pattern(two.sizeBytes(), 6);
        byte[] zeros = new byte[two.sizeBytes()];
        Script script =
                new Script(errand.number())
                        .prepare(() -> two.fill(memory, 0, data))
                        .command(transfer(NvmOpcode.WRITE, two, 0, 0), Status.SUCCESS)
                        .command(blocks(NvmOpcode.FLUSH), Status.SUCCESS)
                        .command(transfer(NvmOpcode.COMPARE, two, 0, 0), Status.SUCCESS)
                        .command(at(NvmOpcode.VERIFY, firstLba, 2), Status.SUCCESS)
                        .prepare(() -> two.fill(memory, SECOND_BUFFER, other))
                        .command(
                                transfer(NvmOpcode.COMPARE, two, SECOND_BUFFER, 0),
                                Status.COMPARE_FAILURE)
                        .command(at(NvmOpcode.WRITE_UNCORRECTABLE, firstLba, 2), Status.SUCCESS)
                        .command(
                                transfer(NvmOpcode.READ, two, SECOND_BUFFER, 0),
                                Status.UNRECOVERED_READ_ERROR)
                        .command(at(NvmOpcode.WRITE_ZEROES, firstLba, 2), Status.SUCCESS);
        look(script, two, zeros);
        script.command(transfer(NvmOpcode.WRITE, two, 0, 0), Status.SUCCESS);
        look(script, two, data);
        script.prepare(this::storeRange).command(this::deallocate, Status.SUCCESS);
        look(script, two, zeros);
        return script;
    }

    /** Compare and Write as one: where the compare holds, and where it does not. */
    Script fuse(Errand errand) {
        Layout one = Layout.plain(BLOCK_BYTES);
        byte[] old = ErrandMemory.pattern(BLOCK_BYTES, 7);
        byte[] young = ErrandMemory.pattern(BLOCK_BYTES, 8);
        List<Consumer<SubmissionEntry>> pair =
                List.of(
                        transfer(NvmOpcode.COMPARE, one, 0, 0)
                                .andThen(entry -> entry.fuse(SubmissionEntry.FUSE_FIRST)),
                        transfer(NvmOpcode.WRITE, one, SECOND_BUFFER, 0)
                                .andThen(entry -> entry.fuse(SubmissionEntry.FUSE_SECOND)));
        Script script =
                new Script(errand.number())
                        .prepare(
                                () -> {
                                    one.fill(memory, 0, old);
                                    one.fill(memory, SECOND_BUFFER, young);
                                })
                        .command(transfer(NvmOpcode.WRITE, one, 0, 0), Status.SUCCESS)
                        .add(Sending.TOGETHER, pair, both(Status.SUCCESS, Status.SUCCESS))
                        .add(
                                Sending.TOGETHER,
                                pair,
                                both(
                                        Status.COMPARE_FAILURE,
                                        Status.COMMAND_ABORTED_DUE_TO_FAILED_FUSED_COMMAND));
        look(script, one, young);
        return script;
    }

    private static Script.Judgement both(int first, int second) {
        return endings -> {
            String wrong = Script.wrongStatus(endings.getFirst(), first);
            return wrong.isEmpty() ? Script.wrongStatus(endings.getLast(), second) : wrong;
        };
    }

    /** Reads into the second buffer, where something else lies. */
    private void look(Script script, Layout layout, byte[] expected) {
        script.prepare(
                        () ->
                                layout.fill(
                                        memory,
                                        SECOND_BUFFER,
                                        ErrandMemory.pattern(layout.sizeBytes(), GUARD)))
                .command(
                        transfer(NvmOpcode.READ, layout, SECOND_BUFFER, 0),
                        "a read does not bring what was written",
                        () -> Arrays.equals(expected, layout.data(memory, SECOND_BUFFER)));
    }

    private void storeRange() {
        byte[] bytes = new byte[DatasetRange.SIZE_BYTES];
        MemorySegment aligned = MemorySegment.ofArray(new long[bytes.length / Long.BYTES]);
        new DatasetRange().wrap(aligned, 0).startingLba(firstLba).blockCount(2);
        MemorySegment.copy(aligned, 0, MemorySegment.ofArray(bytes), 0, bytes.length);
        memory.write(memory.page(SECOND_BUFFER), bytes);
    }

    private void deallocate(SubmissionEntry entry) {
        entry.opcode(NvmOpcode.DATASET_MANAGEMENT).namespaceId(NAMESPACE);
        entry.prp1(memory.page(SECOND_BUFFER));
        DatasetManagement.rangeCountZeroBased(entry, 0);
        DatasetManagement.deallocate(entry, true);
    }

    private Consumer<SubmissionEntry> transfer(int opcode, Layout layout, int buffer, long block) {
        return at(opcode, firstLba + block, layout.sizeBytes() / BLOCK_BYTES)
                .andThen(entry -> layout.describe(entry, memory, buffer));
    }

    private Consumer<SubmissionEntry> at(int opcode, long lba, int blocks) {
        return blocks(opcode)
                .andThen(
                        entry -> {
                            ReadWrite.startingLba(entry, lba);
                            ReadWrite.blockCount(entry, blocks);
                        });
    }

    private Consumer<SubmissionEntry> inPage(Consumer<SubmissionEntry> command, int page) {
        return command.andThen(entry -> entry.prp1(memory.page(page)));
    }

    private static Consumer<SubmissionEntry> blocks(int opcode) {
        return entry -> entry.opcode(opcode).namespaceId(NAMESPACE);
    }
}
