package io.doorbell.simulation.oracle;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pattern.BlockStamp;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.observe.FunctionFacts;
import io.doorbell.simulation.observe.WorldMemory;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/** A host and a device played by hand, correctly unless a test says otherwise. */
final class ScriptedBus implements WorldMemory {
    static final int ENTRIES = 8;
    static final int CC = 0x0046_0001;
    static final BlockStamp STAMP = new BlockStamp(77, 512);

    /** Data buffers begin here, a page each. */
    static final long DATA = 0x8_0000;

    private static final long TABLE = 0x2000;

    /** The mask of vector 1. */
    static final long MASK_OF_1 = TABLE + 16 + 12;

    private static final long MESSAGE = 0xFEE0_0000L;
    private static final ValueLayout.OfLong QWORD =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** What host and device know of a queue pair. */
    static final class Pair {
        final int id;
        int tail;
        int head;
        int completionTail;
        int completionHead;
        boolean phase = true;

        Pair(int id) {
            this.id = id;
        }

        long submissionBase() {
            return 0x1_0000 + id * 0x2000L;
        }

        long completionBase() {
            return 0x1_1000 + id * 0x2000L;
        }

        int vector() {
            return id;
        }
    }

    /** A scripted host does not say what it has read. */
    static final OracleSettings SETTINGS = OracleSettings.DEFAULT.withoutConsumer();

    final byte[] bytes = new byte[1 << 20];
    final MemorySegment memory = MemorySegment.ofArray(bytes);
    final Oracles oracles;
    final Pair[] pairs = {new Pair(0), new Pair(1), new Pair(2), new Pair(3)};
    long nanos = 1_000;
    long steps;
    private int nextAdminId = 100;

    ScriptedBus() {
        this(SETTINGS, false);
    }

    ScriptedBus(OracleSettings settings, boolean tellsVisibility) {
        FunctionFacts facts =
                new FunctionFacts(
                        ControllerCapabilities.builder()
                                .maximumQueueEntriesZeroBased(15)
                                .timeoutHalfSeconds(2)
                                .subsystemResetSupported(true)
                                .build()
                                .value(),
                        3,
                        5,
                        new FunctionFacts.Places(0x40, 0x50, 0x80, 0, TABLE),
                        2,
                        4,
                        true,
                        List.of(9),
                        List.of(9, 12),
                        true,
                        tellsVisibility);
        oracles = new Oracles(facts, this, () -> nanos, () -> steps, settings, _ -> STAMP);
    }

    // ---- memory ------------------------------------------------------------------------------

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public long getLong(long address) {
        return memory.get(QWORD, address);
    }

    @Override
    public void copy(long address, byte[] target, int offset, int sizeBytes) {
        System.arraycopy(bytes, (int) address, target, offset, sizeBytes);
    }

    void store(long address, long value) {
        memory.set(QWORD, address, value);
    }

    // ---- registers ---------------------------------------------------------------------------

    void write(long offset, int width, long value) {
        steps++;
        oracles.registerWriteIssued(0, offset, width, value);
        oracles.registerWritten(0, offset, width, value);
    }

    void read(long offset, int width, long value) {
        steps++;
        oracles.registerRead(0, offset, width, value);
    }

    ScriptedBus powerOn() {
        oracles.configWritten(0x04, 2, 6);
        oracles.configWritten(0x52, 2, 0x8004);
        for (int vector = 0; vector < 5; vector++) {
            write(TABLE + 16L * vector, 8, MESSAGE);
            write(TABLE + 16L * vector + 8, 8, vector + 1);
        }
        return this;
    }

    ScriptedBus enable() {
        for (int id = 0; id < pairs.length; id++) {
            pairs[id] = new Pair(id);
        }
        write(Registers.AQA, 4, AdminQueueAttributes.of(ENTRIES, ENTRIES));
        write(Registers.ASQ, 8, pairs[0].submissionBase());
        write(Registers.ACQ, 8, pairs[0].completionBase());
        write(Registers.CC, 4, CC);
        read(Registers.CSTS, 4, 1);
        return this;
    }

    ScriptedBus start() {
        powerOn().enable();
        createPair(1);
        createPair(2);
        return this;
    }

    void reset() {
        write(Registers.CC, 4, CC & ~1);
        read(Registers.CSTS, 4, 0);
    }

    // ---- commands ----------------------------------------------------------------------------

    /** Writes an entry at the tail; does not ring. */
    void put(int queue, int opcode, int commandId, Consumer<SubmissionEntry> fill) {
        Pair pair = pairs[queue];
        long at = pair.submissionBase() + 64L * pair.tail;
        SubmissionEntry entry = new SubmissionEntry().wrap(memory, at).clear();
        fill.accept(entry.opcode(opcode).commandId(commandId).namespaceId(1));
        oracles.hostWrote(at, 64);
        pair.tail = (pair.tail + 1) % ENTRIES;
    }

    void ring(int queue) {
        write(Doorbells.submissionTailOffset(queue, 0), 4, pairs[queue].tail);
    }

    void fetch(int queue) {
        Pair pair = pairs[queue];
        int slot = pair.head;
        pair.head = (pair.head + 1) % ENTRIES;
        loaded(pair.submissionBase() + 64L * slot, 64);
    }

    void submit(int queue, int opcode, int commandId, Consumer<SubmissionEntry> fill) {
        put(queue, opcode, commandId, fill);
        ring(queue);
        fetch(queue);
    }

    void flush(int queue, int commandId) {
        submit(queue, 0, commandId, _ -> {});
    }

    /** A read or write of 8 blocks, at a page of its own. */
    void transfer(int queue, int opcode, int commandId, long page, long slba) {
        submit(queue, opcode, commandId, entry -> entry.prp1(page).cdw10((int) slba).cdw12(7));
    }

    void loaded(long address, long size) {
        steps++;
        oracles.deviceRead(address, size, DmaStatus.OK);
    }

    void stored(long address, long size) {
        steps++;
        oracles.deviceWrote(address, size, DmaStatus.OK);
    }

    void post(int queue, int commandId, int status, int dw0) {
        postOn(queue, queue, commandId, status, dw0, pairs[queue].head);
    }

    void post(int queue, int commandId) {
        post(queue, commandId, 0, 0);
    }

    void postOn(
            int completionQueue,
            int queue,
            int commandId,
            int status,
            int dw0,
            int submissionHead) {
        Pair pair = pairs[completionQueue];
        long at = pair.completionBase() + 16L * pair.completionTail;
        store(at, CompletionEntry.lowQword(dw0, 0));
        stored(at, 8);
        store(
                at + 8,
                CompletionEntry.highQword(submissionHead, queue, commandId, status, pair.phase));
        pair.completionTail = (pair.completionTail + 1) % ENTRIES;
        pair.phase ^= pair.completionTail == 0;
        stored(at + 8, 8);
    }

    void interrupt(int vector) {
        oracles.interruptSent(message(vector));
        oracles.interruptDelivered(message(vector));
    }

    static MsixMessage message(int vector) {
        return new MsixMessage(MESSAGE, vector + 1);
    }

    /** The host has read all there is. */
    void consume(int queue) {
        Pair pair = pairs[queue];
        pair.completionHead = pair.completionTail;
        write(Doorbells.completionHeadOffset(queue, 0), 4, pair.completionHead);
    }

    void finish(int queue, int commandId) {
        post(queue, commandId);
        interrupt(pairs[queue].vector());
        consume(queue);
    }

    void admin(int opcode, Consumer<SubmissionEntry> fill) {
        admin(opcode, 0, 0, fill);
    }

    void admin(int opcode, int status, int dw0, Consumer<SubmissionEntry> fill) {
        int commandId = nextAdminId++;
        submit(0, opcode, commandId, fill);
        post(0, commandId, status, dw0);
        interrupt(0);
        consume(0);
    }

    void createPair(int id) {
        Pair pair = new Pair(id);
        pairs[id] = pair;
        admin(
                AdminOpcode.CREATE_IO_COMPLETION_QUEUE,
                entry -> {
                    CreateCompletionQueue.base(entry, pair.completionBase());
                    CreateCompletionQueue.queueId(entry, id);
                    CreateCompletionQueue.entryCount(entry, ENTRIES);
                    CreateCompletionQueue.physicallyContiguous(entry, true);
                    CreateCompletionQueue.interruptsEnabled(entry, true);
                    CreateCompletionQueue.interruptVector(entry, pair.vector());
                });
        createSubmissionQueue(id, id);
    }

    void createSubmissionQueue(int id, int completionQueueId) {
        admin(
                AdminOpcode.CREATE_IO_SUBMISSION_QUEUE,
                entry -> {
                    CreateSubmissionQueue.base(entry, pairs[id].submissionBase());
                    CreateSubmissionQueue.queueId(entry, id);
                    CreateSubmissionQueue.entryCount(entry, ENTRIES);
                    CreateSubmissionQueue.physicallyContiguous(entry, true);
                    CreateSubmissionQueue.completionQueueId(entry, completionQueueId);
                });
    }

    void quiet() {
        oracles.quiet(Long.MAX_VALUE);
    }
}
