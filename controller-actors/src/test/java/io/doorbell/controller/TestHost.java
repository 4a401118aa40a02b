package io.doorbell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciAccess.ReadCompletion;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.controller.admin.ControllerIdentity;
import io.doorbell.controller.namespace.BlockStore;
import io.doorbell.controller.namespace.MemoryStore;
import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.queue.ShardCounters;
import io.doorbell.reactor.Reactors;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.CreateCompletionQueue;
import io.doorbell.spec.command.CreateSubmissionQueue;
import io.doorbell.spec.command.DeleteQueue;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.MsixTableEntry;

import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * A host of one thread that drives a controller by its port, memory and interrupts, and by nothing
 * else. Every call waits for its answer; what never comes fails the test.
 */
public final class TestHost implements AutoCloseable {
    /** IOSQES 6, IOCQES 4, EN. */
    public static final int ENABLE = 0x0046_0001;

    private static final int STATUS_READS_MAX = 200_000;
    private static final int ADMIN_ENTRIES = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What machine to build. */
    public static final class Machine {
        private int reactors = 1;
        private int stride;
        private int queuePairs = 16;
        private int vectors = 17;
        private int queueEntries = 1024;
        private int transferSize = 7;
        private List<Namespace> namespaces = List.of();
        private Function<GuestMemory, GuestMemory> device = memory -> memory;

        public Machine reactors(int count) {
            reactors = count;
            return this;
        }

        public Machine stride(int dstrd) {
            stride = dstrd;
            return this;
        }

        public Machine queuePairs(int count) {
            queuePairs = count;
            vectors = Math.min(2048, count + 1);
            return this;
        }

        public Machine queueEntries(int count) {
            queueEntries = count;
            return this;
        }

        public Machine transferSizeLog2Pages(int mdts) {
            transferSize = mdts;
            return this;
        }

        public Machine namespaces(Namespace... all) {
            namespaces = List.of(all);
            return this;
        }

        public Machine store(BlockStore store) {
            return namespaces(namespace(1, 1 << 15, 9, store));
        }

        /** What the device sees instead of the plain memory. */
        public Machine device(Function<GuestMemory, GuestMemory> memory) {
            device = memory;
            return this;
        }

        public TestHost start() {
            return new TestHost(this);
        }
    }

    public static Machine machine() {
        return new Machine();
    }

    /** A machine with one namespace of 16 MiB in memory. */
    public static TestHost start() {
        return machine().start();
    }

    public static Namespace namespace(int id, long blocks, int blockSizeLog2, BlockStore store) {
        return new Namespace(id, blocks, blockSizeLog2, new UUID(7, id), store);
    }

    private final ActorTestKit testKit;
    private final TestMemory memory = new TestMemory();
    private final InterruptRoutes routes = new InterruptRoutes();
    private final List<TestProbe<MsixMessage>> vectors = new ArrayList<>();
    private final List<BlockStore> stores;
    private final ActorRef<NvmeController.Command> controller;
    private final PciPort port;
    private final TestProbe<ReadCompletion> reads;
    private final int stride;
    private int queuePageBytes = TestMemory.PAGE_BYTES;
    private long nextTag;
    private TestQueue admin;

    private TestHost(Machine machine) {
        stride = machine.stride;
        List<Namespace> namespaces =
                machine.namespaces.isEmpty()
                        ? List.of(namespace(1, 1 << 15, 9, new MemoryStore(16 << 20)))
                        : machine.namespaces;
        stores = namespaces.stream().map(Namespace::store).distinct().toList();
        testKit =
                ActorTestKit.create(
                        "machine",
                        Reactors.config(new Reactors.Settings(machine.reactors, 256, 0))
                                .withFallback(
                                        ConfigFactory.parseString(
                                                "pekko.jvm-exit-on-fatal-error = off\n"
                                                        + "pekko.log-dead-letters = off")));
        reads = testKit.createTestProbe(ReadCompletion.class);
        List<DispatcherSelector> shards =
                IntStream.range(0, machine.reactors).mapToObj(Reactors::selector).toList();
        controller =
                testKit.spawn(
                        NvmeController.create(
                                settings(machine),
                                new NamespaceTable(namespaces),
                                machine.device.apply(memory.memory()),
                                routes,
                                new NvmeController.Dispatchers(
                                        shards, Reactors.blocking(), System::nanoTime)));
        TestProbe<PciPort> ports = testKit.createTestProbe(PciPort.class);
        controller.tell(new NvmeController.GetPort(ports.getRef()));
        port = ports.receiveMessage(PATIENCE);
        for (int vector = 0; vector < machine.vectors; vector++) {
            vectors.add(testKit.createTestProbe(MsixMessage.class));
        }
        admin = newAdminQueue();
    }

    private static ControllerSettings settings(Machine machine) {
        return new ControllerSettings(
                new ControllerIdentity(0x1B36, "serial", "model", "1.0", new UUID(1, 2)),
                machine.queuePairs,
                machine.queueEntries,
                machine.stride,
                machine.vectors,
                machine.transferSize,
                32,
                20);
    }

    private TestQueue newAdminQueue() {
        return describeQueue(0, 0, ADMIN_ENTRIES, 0);
    }

    // ---- machine -----------------------------------------------------------------------------

    public TestMemory memory() {
        return memory;
    }

    public TestQueue admin() {
        return admin;
    }

    public ActorTestKit testKit() {
        return testKit;
    }

    public InterruptRoutes routes() {
        return routes;
    }

    /** What the shards have counted. */
    public ShardCounters counters() {
        TestProbe<ShardCounters> probe = testKit.createTestProbe(ShardCounters.class);
        controller.tell(new NvmeController.ReadCounters(probe.getRef()));
        return probe.receiveMessage(PATIENCE);
    }

    /** Reads the counters until one of them has this value, and never sees it pass. */
    public void waitForCount(ToLongFunction<ShardCounters> count, long expected) {
        for (int read = 0; read < STATUS_READS_MAX; read++) {
            long now = count.applyAsLong(counters());
            assertThat(now).isLessThanOrEqualTo(expected);
            if (now == expected) {
                return;
            }
        }
        throw new AssertionError("The count never reached " + expected + ".");
    }

    /** Everything that was posted before has reached its owner when this returns. */
    public void fence() {
        readRegister32(Registers.CSTS);
    }

    @Override
    public void close() {
        testKit.shutdownTestKit();
        stores.forEach(BlockStore::close);
        memory.close();
    }

    // ---- PCI ---------------------------------------------------------------------------------

    public long read(long offset, int width) {
        return read(0, offset, width);
    }

    public long read(int lane, long offset, int width) {
        return read(lane, 0, offset, width);
    }

    public long readBar(int bar, long offset, int width) {
        return read(0, bar, offset, width);
    }

    private long read(int lane, int bar, long offset, int width) {
        long tag = nextTag++;
        port.lane(lane).tell(new PciAccess.BarRead(bar, offset, width, tag, reads.getRef()));
        return answer(tag);
    }

    public void write(long offset, int width, long value) {
        write(0, offset, width, value);
    }

    public void write(int lane, long offset, int width, long value) {
        port.lane(lane).tell(new PciAccess.BarWrite(0, offset, width, value));
    }

    public int readRegister32(int offset) {
        return (int) read(offset, Integer.BYTES);
    }

    public long readRegister64(int offset) {
        return read(offset, Long.BYTES);
    }

    public void writeRegister32(int offset, int value) {
        write(offset, Integer.BYTES, Integer.toUnsignedLong(value));
    }

    public void writeRegister64(int offset, long value) {
        write(offset, Long.BYTES, value);
    }

    public int readConfig(int offset, int width) {
        long tag = nextTag++;
        port.lane(0).tell(new PciAccess.ConfigRead(offset, width, tag, reads.getRef()));
        return (int) answer(tag);
    }

    public void writeConfig(int offset, int width, int value) {
        long tag = nextTag++;
        port.lane(0).tell(new PciAccess.ConfigWrite(offset, width, value, tag, reads.getRef()));
        answer(tag);
    }

    private long answer(long tag) {
        ReadCompletion completion = reads.receiveMessage(PATIENCE);
        assertThat(completion.tag()).isEqualTo(tag);
        return completion.value();
    }

    /** The offset of a capability in configuration space, by walking the chain; 0 if absent. */
    public int capability(int id) {
        int offset = readConfig(ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES, 1);
        for (int steps = 0; offset != 0; steps++) {
            assertThat(steps).as("steps along the capability chain").isLessThan(48);
            if (readConfig(offset + CapabilityHeader.CAPABILITY_ID_OFFSET_BYTES, 1) == id) {
                return offset;
            }
            offset = readConfig(offset + CapabilityHeader.NEXT_OFFSET_BYTES, 1);
        }
        return 0;
    }

    /** Sets the command register. */
    public void command(int bits) {
        writeConfig(ConfigurationHeader.COMMAND_OFFSET_BYTES, 2, bits);
    }

    /** Memory space and bus mastering on, MSI-X on, every vector routed and unmasked. */
    public void plugIn() {
        command(ConfigurationHeader.COMMAND_MEMORY_SPACE | ConfigurationHeader.COMMAND_BUS_MASTER);
        messageControl(MsixCapability.CONTROL_ENABLE);
        for (int vector = 0; vector < vectors.size(); vector++) {
            route(vector);
        }
    }

    /** Writes the control word of the MSI-X capability. */
    public void messageControl(int bits) {
        int msix = capability(CapabilityHeader.ID_MSIX);
        writeConfig(msix + MsixCapability.CONTROL_OFFSET_BYTES, 2, bits);
    }

    private void route(int vector) {
        MsixMessage message = routes.reserve(vectors.get(vector).getRef());
        long entry = tableEntry(vector);
        write(entry + MsixTableEntry.ADDRESS_OFFSET_BYTES, 8, message.address());
        write(entry + MsixTableEntry.DATA_OFFSET_BYTES, 4, message.data());
        mask(vector, false);
    }

    /** Sets or clears the mask bit of a vector. */
    public void mask(int vector, boolean masked) {
        write(
                tableEntry(vector) + MsixTableEntry.VECTOR_CONTROL_OFFSET_BYTES,
                4,
                masked ? MsixTableEntry.MASKED : 0);
    }

    /** BAR0 offset of a vector's table entry. */
    public long tableEntry(int vector) {
        return msixLocation(MsixCapability.TABLE_OFFSET_BYTES)
                + (long) vector * MsixTableEntry.SIZE_BYTES;
    }

    /** The pending bits of vectors 0 to 63. */
    public long pendingBits() {
        return read(msixLocation(MsixCapability.PENDING_BITS_OFFSET_BYTES), 8);
    }

    private long msixLocation(int field) {
        return MsixCapability.offsetInBar(
                readConfig(capability(CapabilityHeader.ID_MSIX) + field, 4));
    }

    /** Waits for a message of a vector. */
    public void waitForInterrupt(int vector) {
        vectors.get(vector).receiveMessage(PATIENCE);
    }

    /** The messages of a vector that wait to be taken. */
    public TestProbe<MsixMessage> interrupts(int vector) {
        return vectors.get(vector);
    }

    /** Takes all messages that a vector has sent so far; returns how many. */
    public int drainInterrupts(int vector) {
        fence();
        MsixMessage marker = new MsixMessage(0, 0);
        vectors.get(vector).getRef().tell(marker);
        int count = 0;
        while (!vectors.get(vector).receiveMessage(PATIENCE).equals(marker)) {
            count++;
        }
        return count;
    }

    // ---- controller life ---------------------------------------------------------------------

    public int status() {
        return readRegister32(Registers.CSTS);
    }

    /** Reads CSTS until it fits, as a polling host does; returns it. */
    public int awaitStatus(String what, IntPredicate fits) {
        int status = 0;
        for (int reads = 0; reads < STATUS_READS_MAX; reads++) {
            status = status();
            if (fits.test(status)) {
                return status;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError(
                "CSTS is %xh after %,d reads; %s never came."
                        .formatted(status, STATUS_READS_MAX, what));
    }

    public void awaitReady(boolean ready) {
        awaitStatus("RDY=" + ready, status -> ControllerStatus.ready(status) == ready);
    }

    public void awaitFatal() {
        awaitStatus("CFS=1", ControllerStatus::fatal);
    }

    public void awaitShutdown(int shutdownStatus) {
        awaitStatus(
                "SHST=" + shutdownStatus,
                status -> ControllerStatus.shutdownStatus(status) == shutdownStatus);
    }

    /** Fresh admin queues, plugged in, enabled and ready. */
    public TestHost enable() {
        plugIn();
        return enableAgain();
    }

    /** As {@link #enable}, with PCI left as it is. */
    public TestHost enableAgain() {
        return enableAgain(ENABLE, TestMemory.PAGE_BYTES);
    }

    /** As {@link #enableAgain()}, with this CC and the page size it says. */
    public TestHost enableAgain(int configuration, int pageBytes) {
        queuePageBytes = pageBytes;
        programAdminQueues();
        writeRegister32(Registers.CC, configuration);
        awaitReady(true);
        return this;
    }

    /** Writes AQA, ASQ and ACQ for fresh admin queues. */
    public void programAdminQueues() {
        admin = newAdminQueue();
        writeRegister32(Registers.AQA, AdminQueueAttributes.of(ADMIN_ENTRIES, ADMIN_ENTRIES));
        writeRegister64(Registers.ASQ, admin.submissionBase);
        writeRegister64(Registers.ACQ, admin.completionBase);
    }

    /** Clears CC.EN and waits until the controller is idle. */
    public void disable() {
        writeRegister32(Registers.CC, 0);
        awaitReady(false);
    }

    // ---- commands ----------------------------------------------------------------------------

    /** Runs an admin command. */
    public Completion admin(Consumer<SubmissionEntry> command) {
        return run(admin, command);
    }

    /** Runs an admin command with this opcode. */
    public Completion admin(int opcode, Consumer<SubmissionEntry> fields) {
        return admin(
                entry -> {
                    entry.opcode(opcode);
                    fields.accept(entry);
                });
    }

    /** Submits one command, rings, waits for its completion and consumes it. */
    public Completion run(TestQueue queue, Consumer<SubmissionEntry> command) {
        int commandId = submit(queue, command);
        Completion completion = await(queue);
        assertThat(completion.commandId()).as("command id").isEqualTo(commandId);
        return completion;
    }

    /** Writes a command and rings; returns its id. */
    public int submit(TestQueue queue, Consumer<SubmissionEntry> command) {
        int commandId = queue.put(command);
        ring(queue);
        return commandId;
    }

    /** Rings the tail doorbell. */
    public void ring(TestQueue queue) {
        write(Doorbells.submissionTailOffset(queue.submissionId, stride), 4, queue.tail());
    }

    /** Waits for the next completion, by interrupts, and consumes it. */
    public Completion await(TestQueue queue) {
        Completion completion = queue.poll();
        while (completion == null) {
            waitForInterrupt(queue.vector);
            completion = queue.poll();
        }
        write(Doorbells.completionHeadOffset(queue.completionId, stride), 4, queue.head());
        return completion;
    }

    // ---- queues ------------------------------------------------------------------------------

    /** A queue pair on the vector of its id. */
    public TestQueue createQueuePair(int queueId, int entries) {
        TestQueue queue = describeQueue(queueId, queueId, entries, queueId);
        assertSuccess(admin(entry -> createCompletionQueue(entry, queue)));
        assertSuccess(admin(entry -> createSubmissionQueue(entry, queue)));
        return queue;
    }

    /** A further submission queue on the completion queue of another pair. */
    public TestQueue describeQueue(int submissionId, int completionId, int entries, int vector) {
        return new TestQueue(
                memory,
                submissionId,
                completionId,
                entries,
                vector,
                pagesFor(entries * SubmissionEntry.SIZE_BYTES),
                pagesFor(entries * CompletionEntry.SIZE_BYTES));
    }

    private long pagesFor(int bytes) {
        return memory.pages((bytes + queuePageBytes - 1) / queuePageBytes, queuePageBytes);
    }

    public static void createCompletionQueue(SubmissionEntry entry, TestQueue queue) {
        entry.opcode(AdminOpcode.CREATE_IO_COMPLETION_QUEUE);
        CreateCompletionQueue.queueId(entry, queue.completionId);
        CreateCompletionQueue.queueSizeZeroBased(entry, queue.entries - 1);
        CreateCompletionQueue.base(entry, queue.completionBase);
        CreateCompletionQueue.physicallyContiguous(entry, true);
        CreateCompletionQueue.interruptsEnabled(entry, true);
        CreateCompletionQueue.interruptVector(entry, queue.vector);
    }

    public static void createSubmissionQueue(SubmissionEntry entry, TestQueue queue) {
        entry.opcode(AdminOpcode.CREATE_IO_SUBMISSION_QUEUE);
        CreateSubmissionQueue.queueId(entry, queue.submissionId);
        CreateSubmissionQueue.completionQueueId(entry, queue.completionId);
        CreateSubmissionQueue.queueSizeZeroBased(entry, queue.entries - 1);
        CreateSubmissionQueue.base(entry, queue.submissionBase);
        CreateSubmissionQueue.physicallyContiguous(entry, true);
    }

    /** Delete I/O Submission Queue. */
    public Completion deleteSubmissionQueue(int queueId) {
        return admin(
                AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                entry -> DeleteQueue.queueId(entry, queueId));
    }

    /** Delete I/O Completion Queue. */
    public Completion deleteCompletionQueue(int queueId) {
        return admin(
                AdminOpcode.DELETE_IO_COMPLETION_QUEUE,
                entry -> DeleteQueue.queueId(entry, queueId));
    }

    public static void assertSuccess(Completion completion) {
        assertStatus(completion, Status.SUCCESS);
    }

    /** The status code is this one, whatever DNR says. */
    public static void assertStatus(Completion completion, int code) {
        assertThat(completion.code())
                .as("status code type and code, in hexadecimal %x", completion.code())
                .isEqualTo(code);
    }
}
