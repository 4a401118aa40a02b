package io.doorbell.testkit.host;

import io.doorbell.bus.pci.PciFunction;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.Version;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.spec.pci.CapabilityHeader;
import io.doorbell.spec.pci.ConfigurationHeader;
import io.doorbell.spec.pci.MsixCapability;
import io.doorbell.spec.pci.MsixTableEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A host that drives one NVMe function. Nothing happens by itself: a test starts what it needs
 * ({@link #start} for all of it) and may do any step differently.
 */
public final class Host implements AutoCloseable {
    /** CC: IOSQES 6, IOCQES 4, EN. */
    public static final int CC_ENABLE = 0x0046_0001;

    private static final int ADMIN_ENTRIES = 32;
    private static final int VECTORS_ROUTED_MAX = 64;
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final PciFunction function;
    private final Memory memory;
    private final List<Vector> vectors = new ArrayList<>();
    private final Map<Integer, HostQueue> queues = new TreeMap<>(); // by submission queue id
    private @Nullable HostQueue admin;
    private int doorbellStride;

    public Host(PciFunction function) {
        this.function = function;
        this.memory = new Memory(function);
    }

    public PciFunction function() {
        return function;
    }

    public Memory memory() {
        return memory;
    }

    // ---- time --------------------------------------------------------------------------------

    /** How long an expected thing may take, in the function's time. */
    public long patienceNanos() {
        return PATIENCE_NANOS;
    }

    /** Waits for a condition with patience; says whether it came to hold. */
    public boolean await(BooleanSupplier condition) {
        return function.runUntil(condition, PATIENCE_NANOS);
    }

    /** Waits for a condition; a failure if it does not come to hold. */
    public void expect(String what, BooleanSupplier condition) {
        if (!await(condition)) {
            Expect.fail(
                    "still not so after %,d ms: %s".formatted(PATIENCE_NANOS / 1_000_000, what));
        }
    }

    /** Lets time pass. */
    public void elapse(long nanos) {
        function.runUntil(() -> false, nanos);
    }

    // ---- configuration space -----------------------------------------------------------------

    public int config(int offset, int widthBytes) {
        return (int) function.readConfig(offset, widthBytes);
    }

    public void config(int offset, int widthBytes, int value) {
        function.writeConfig(offset, widthBytes, value);
    }

    /** The offset of a capability in configuration space, or 0. */
    public int findCapability(int id) {
        int offset = config(ConfigurationHeader.CAPABILITIES_POINTER_OFFSET_BYTES, 1) & 0xFC;
        for (int i = 0; i < 48 && offset != 0; i++) {
            if (config(offset, 1) == id) {
                return offset;
            }
            offset = config(offset + 1, 1) & 0xFC;
        }
        return 0;
    }

    /** Memory space and bus mastering on; interrupts by pin unless {@link #enableMsix} follows. */
    public void enableFunction() {
        config(
                ConfigurationHeader.COMMAND_OFFSET_BYTES,
                2,
                ConfigurationHeader.COMMAND_MEMORY_SPACE | ConfigurationHeader.COMMAND_BUS_MASTER);
    }

    /** MSI-X on, the first 64 vectors routed and unmasked. */
    public void enableMsix() {
        int capability = findCapability(CapabilityHeader.ID_MSIX);
        Expect.that("the function has an MSI-X capability", capability != 0);
        int control = config(capability + MsixCapability.CONTROL_OFFSET_BYTES, 2);
        config(
                capability + MsixCapability.CONTROL_OFFSET_BYTES,
                2,
                control | MsixCapability.CONTROL_ENABLE);
        int count = Math.min(VECTORS_ROUTED_MAX, (control & (MsixCapability.VECTORS_MAX - 1)) + 1);
        vectors.clear();
        for (int i = 0; i < count; i++) {
            vectors.add(routeVector(i));
        }
    }

    /** Writes a message of its own into the table entry of a vector, and unmasks it. */
    public Vector routeVector(int number) {
        int capability = findCapability(CapabilityHeader.ID_MSIX);
        int table = config(capability + MsixCapability.TABLE_OFFSET_BYTES, 4);
        return new Vector(
                this,
                number,
                MsixCapability.bar(table),
                MsixCapability.offsetInBar(table) + (long) number * MsixTableEntry.SIZE_BYTES);
    }

    /** The pending bit of a vector. */
    public boolean isPending(int number) {
        int capability = findCapability(CapabilityHeader.ID_MSIX);
        int bits = config(capability + MsixCapability.PENDING_BITS_OFFSET_BYTES, 4);
        long word =
                function.readBar(
                        MsixCapability.bar(bits),
                        MsixCapability.offsetInBar(bits) + 4L * (number / Integer.SIZE),
                        4);
        return (word >>> number % Integer.SIZE & 1) != 0;
    }

    /** Waits until the interrupt pin is asserted, or is not. */
    public void expectPin(boolean asserted) {
        expect(
                asserted ? "the pin is asserted" : "the pin is not asserted",
                () -> function.isPinAsserted() == asserted);
    }

    /** The interrupt pin is asserted, or is not, and stays so all this time. */
    public void expectPinStays(boolean asserted, long nanos) {
        if (function.runUntil(() -> function.isPinAsserted() != asserted, nanos)) {
            Expect.fail(asserted ? "the pin is no longer asserted" : "the pin is asserted");
        }
    }

    /** Sets MSI-X Enable and Function Mask. */
    public void setMsix(boolean enabled, boolean functionMasked) {
        int control =
                findCapability(CapabilityHeader.ID_MSIX) + MsixCapability.CONTROL_OFFSET_BYTES;
        config(
                control,
                2,
                (enabled ? MsixCapability.CONTROL_ENABLE : 0)
                        | (functionMasked ? MsixCapability.CONTROL_FUNCTION_MASK : 0));
    }

    /** A vector that {@link #enableMsix} has routed. */
    public Vector vector(int number) {
        return vectors.get(number);
    }

    public int vectorCount() {
        return vectors.size();
    }

    // ---- registers ---------------------------------------------------------------------------

    public int read32(long offset) {
        return (int) function.readBar(0, offset, 4);
    }

    public long read64(long offset) {
        return function.readBar(0, offset, 8);
    }

    public void write32(long offset, int value) {
        function.writeBar(0, offset, 4, value & 0xFFFF_FFFFL);
    }

    public void write64(long offset, long value) {
        function.writeBar(0, offset, 8, value);
    }

    public long cap() {
        return read64(Registers.CAP);
    }

    public int cc() {
        return read32(Registers.CC);
    }

    public int csts() {
        return read32(Registers.CSTS);
    }

    public boolean isReady() {
        return ControllerStatus.ready(csts());
    }

    public boolean isFatal() {
        return ControllerStatus.fatal(csts());
    }

    public void ringSubmission(int queueId, int value) {
        write32(Doorbells.submissionTailOffset(queueId, doorbellStride), value);
    }

    public void ringCompletion(int queueId, int value) {
        write32(Doorbells.completionHeadOffset(queueId, doorbellStride), value);
    }

    // ---- life cycle --------------------------------------------------------------------------

    /** Everything a driver does up to CSTS.RDY: function, MSI-X, admin queues of 32 slots. */
    public Host start() {
        enableFunction();
        enableMsix();
        configureAdmin(ADMIN_ENTRIES, ADMIN_ENTRIES);
        enable(CC_ENABLE);
        return this;
    }

    /** As {@link #start}, with the pin instead of MSI-X. */
    public Host startWithPin() {
        enableFunction();
        configureAdmin(ADMIN_ENTRIES, ADMIN_ENTRIES);
        enable(CC_ENABLE);
        return this;
    }

    /** Fresh memory for the admin queues, and AQA, ASQ, ACQ. */
    public void configureAdmin(int submissionEntries, int completionEntries) {
        configureAdmin(submissionEntries, completionEntries, Memory.PAGE_BYTES);
    }

    /** As above, the queues aligned to pages of this size. */
    public void configureAdmin(int submissionEntries, int completionEntries, int pageBytes) {
        doorbellStride = ControllerCapabilities.doorbellStride(cap());
        long submission =
                memory.aligned((long) submissionEntries * SubmissionEntry.SIZE_BYTES, pageBytes);
        long completion =
                memory.aligned((long) completionEntries * CompletionEntry.SIZE_BYTES, pageBytes);
        write32(Registers.AQA, AdminQueueAttributes.of(submissionEntries, completionEntries));
        write64(Registers.ASQ, submission);
        write64(Registers.ACQ, completion);
        admin =
                new HostQueue(
                        this, 0, 0, submissionEntries, completionEntries, submission, completion);
    }

    /** Writes CC and waits for CSTS.RDY = 1. */
    public void enable(int configuration) {
        write32(Registers.CC, configuration);
        expect("CSTS.RDY is 1 after CC.EN was set", this::isReady);
    }

    /** Clears CC.EN, waits for CSTS.RDY = 0, and forgets all queues. */
    public void disable() {
        write32(Registers.CC, cc() & ~1);
        expect("CSTS.RDY is 0 after CC.EN was cleared", () -> !isReady());
        forgetQueues();
    }

    /** {@link #disable}, then fresh admin queues and ready again. */
    public void restart() {
        disable();
        configureAdmin(ADMIN_ENTRIES, ADMIN_ENTRIES);
        enable(CC_ENABLE);
    }

    /** After a reset that the function went through: no queue is left. */
    public void forgetQueues() {
        queues.clear();
        admin = null;
    }

    // ---- queues ------------------------------------------------------------------------------

    public HostQueue adminQueue() {
        HostQueue queue = admin;
        if (queue == null) {
            throw new IllegalStateException("The host has no admin queue: call start() first.");
        }
        return queue;
    }

    /** Runs an admin command to its end. */
    public Completion admin(Command command) {
        return adminQueue().run(command);
    }

    /** Runs an admin command that must succeed. */
    public Completion adminOk(Command command) {
        Completion completion = admin(command);
        Expect.success(completion);
        return completion;
    }

    /** A queue pair with completions on vector {@code id}, or 0 if there are fewer. */
    public HostQueue createPair(int id, int entries) {
        return createPair(id, entries, entries, id < vectors.size() ? id : 0);
    }

    public HostQueue createPair(int id, int entries, int completionEntries, int vector) {
        HostQueue queue = describe(id, id, entries, completionEntries);
        adminOk(
                Commands.createCompletionQueue(
                        id, completionEntries, queue.completionBase(), vector));
        adminOk(Commands.createSubmissionQueue(id, entries, queue.submissionBase(), id));
        return queue;
    }

    /** Memory and pointers of a pair whose queues the controller does not know yet. */
    public HostQueue describe(int id, int completionId, int entries, int completionEntries) {
        HostQueue queue =
                new HostQueue(
                        this,
                        id,
                        completionId,
                        entries,
                        completionEntries,
                        memory.aligned(
                                (long) entries * SubmissionEntry.SIZE_BYTES, Memory.PAGE_BYTES),
                        memory.aligned(
                                (long) completionEntries * CompletionEntry.SIZE_BYTES,
                                Memory.PAGE_BYTES));
        queues.put(id, queue);
        return queue;
    }

    /** Deletes the submission queue, then the completion queue. */
    public void deletePair(HostQueue queue) {
        adminOk(Commands.deleteSubmissionQueue(queue.id()));
        adminOk(Commands.deleteCompletionQueue(queue.completionId()));
        queues.remove(queue.id());
    }

    /** Submits an Asynchronous Event Request; returns its command id. */
    public int requestEvent() {
        return adminQueue().submit(Commands.asynchronousEventRequest());
    }

    /** Waits for the end of a request that is outstanding; DW0 is the event (Base §5.2). */
    public int expectAsyncEvent() {
        Completion completion = adminQueue().expectCompletion();
        adminQueue().ringHead();
        Expect.success(completion);
        return completion.dw0();
    }

    /**
     * Waits for this event and takes it; submits a request first if none is outstanding. Later
     * events of its type stay masked until its log page is read.
     *
     * @param type a {@code TYPE_} constant of {@link AsynchronousEvent}
     * @param information which event of its type
     * @param logPageId one of {@link LogPageId}, 0 for an immediate event
     */
    public void expectAsyncEvent(int type, int information, int logPageId) {
        expectAsyncEvent(AsynchronousEvent.of(type, information, logPageId));
    }

    /**
     * As {@link #expectAsyncEvent(int, int, int)}.
     *
     * @param event a whole value of {@link AsynchronousEvent}
     */
    public void expectAsyncEvent(int event) {
        new EventProbe(this).expectEvent(event);
    }

    /** No event is reported in this time; submits a request first if none is outstanding. */
    public void expectNoAsyncEvent(long nanos) {
        new EventProbe(this).expectNoEvent(nanos);
    }

    // ---- memory ------------------------------------------------------------------------------

    /**
     * The device stores nothing into this range in this time, not even what is there already. (Of a
     * function that is not {@link ObservableStores}: no byte of it changes.)
     */
    public void expectNoMemoryWrite(long address, long sizeBytes, long nanos) {
        MemoryProbe.expectNoWrite(this, address, sizeBytes, nanos);
    }

    /** As above, while an action runs, and for 10 us more: stores may be on their way. */
    public void expectNoMemoryWrite(long address, long sizeBytes, Runnable action) {
        MemoryProbe.expectNoWrite(this, address, sizeBytes, action);
    }

    // ---- report ------------------------------------------------------------------------------

    /** Registers and queues as they are, for whoever has to find out why. */
    public String dump() {
        StringBuilder text = new StringBuilder();
        text.append("CAP %016X  VS %s%n".formatted(cap(), Version.describe(read32(Registers.VS))));
        text.append(
                "CC  %08X  CSTS %08X  AQA %08X  ASQ %X  ACQ %X%n"
                        .formatted(
                                cc(),
                                csts(),
                                read32(Registers.AQA),
                                read64(Registers.ASQ),
                                read64(Registers.ACQ)));
        HostQueue queue = admin;
        if (queue != null) {
            text.append(queue.dump());
        }
        queues.values().stream().limit(4).forEach(each -> text.append(each.dump()));
        return text.toString();
    }

    /** Switches the machine off. */
    @Override
    public void close() {
        function.close();
    }
}
