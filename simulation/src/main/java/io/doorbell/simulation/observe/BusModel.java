package io.doorbell.simulation.observe;

import io.doorbell.bus.memory.DmaStatus;
import io.doorbell.bus.pci.MsixMessage;
import io.doorbell.simulation.fault.FaultKind;
import io.doorbell.simulation.fault.Strike;
import io.doorbell.simulation.observe.CommandTable.DataWay;
import io.doorbell.simulation.observe.ModelEvents.RingVerdict;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.AdminQueueAttributes;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerCapabilities;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.SubsystemReset;
import io.doorbell.spec.pci.MsixTableEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The reference: what a controller's registers, queues, commands and interrupts must be, computed
 * from what passes on the bus and from nothing else. It shares no code with the device or the host.
 *
 * <pre>
 *  bus event ──► BusModel ──► {@link ModelEvents}: fetched, posting, rang, strayed, quiet, ...
 *                   ▲                     │
 *                   └──── asked by ◄── watchers
 * </pre>
 *
 * A fetch is a load of a whole slot; shorter loads are looks. An entry is posted by the store that
 * covers its phase tag. An epoch ends when CC.EN becomes 0 and its traces are tolerated until the
 * host has read CSTS.RDY = 0; a host that does not wait for that is not followed until it does.
 *
 * <p>Faults break laws on purpose. Whoever injects one tells the model what to forgive, as narrowly
 * as the fault is: see the methods named {@code excuse...}.
 */
public final class BusModel implements BusObserver {
    private enum Life {
        /** No epoch, and nothing left of the last one. */
        IDLE,
        RUNNING,
        /** CC.EN is 0, or another reset was asked for, and CSTS.RDY = 0 was not read yet. */
        RESETTING,
        /** Enabled again too early: nobody can say to which epoch what happens belongs. */
        BLURRED
    }

    private static final int DOORBELL_WIDTH_BYTES = 4;
    private static final int PHASE_BYTE = 14;

    private final FunctionFacts facts;
    private final WorldMemory memory;
    private final LongSupplier nanos;
    private final long doorbellsEnd;
    private final int stride;
    private final long transferBytesMax;
    private final List<ModelEvents> watchers = new ArrayList<>();
    private final CommandTable commands = new CommandTable();
    private final DataMap map = new DataMap(commands);
    private final PointerWalk pointers;
    private final QueueSet queues;
    private final QueueSet oldQueues; // of the epoch that is ending
    private final Rings rings;
    private final RegisterState registers;
    private final InterruptState interrupts;
    private final ShadowState shadows;
    private final BlockSizes blocks;
    private final AdminEffects admin;
    private final Places places;
    private final Posting posting = new Posting();
    private final Set<Integer> excusedCommands = new HashSet<>();
    private final Map<Integer, Long> slowCommands = new HashMap<>(); // until when, by key
    private Life life = Life.IDLE;
    private long posts;
    private long fetches;
    private long lastFetchNanos;
    private boolean suspect; // something may have stopped the controller
    private int excusedFailures;
    private final List<Throwable> excusedFailed = new ArrayList<>(); // who cannot go on names one
    private int configStores; // on their way: nobody knows whether they have taken effect
    private boolean spoilt; // what arrives next is not what was sent

    /**
     * @param facts what a host can know of the function
     * @param memory all stores
     * @param nanos virtual time
     */
    public BusModel(FunctionFacts facts, WorldMemory memory, LongSupplier nanos) {
        this.facts = facts;
        this.memory = memory;
        this.nanos = nanos;
        this.doorbellsEnd = facts.doorbellsEnd();
        this.stride = facts.doorbellStride();
        this.transferBytesMax = facts.transferBytesMax();
        this.pointers = new PointerWalk(memory, map, commands);
        this.queues = new QueueSet(facts.queuePairs(), commands, map);
        this.oldQueues = new QueueSet(facts.queuePairs(), commands, map);
        this.registers = new RegisterState(facts.places());
        this.interrupts = new InterruptState(facts.vectors());
        this.shadows = new ShadowState(memory, stride);
        this.rings = new Rings(queues, shadows);
        this.blocks = new BlockSizes(facts.namespaceBlockLog2(), facts.formatBlockLog2());
        this.admin = new AdminEffects(memory, queues, shadows, interrupts, blocks);
        this.places = new Places(queues, shadows, map, commands);
    }

    /** From now on this is told too, after those that were there before. */
    public void watch(ModelEvents watcher) {
        watchers.add(watcher);
    }

    // ---- what watchers ask -------------------------------------------------------------------

    public FunctionFacts facts() {
        return facts;
    }

    public WorldMemory memory() {
        return memory;
    }

    /** Virtual time now. */
    public long nanos() {
        return nanos.getAsLong();
    }

    public RegisterState registers() {
        return registers;
    }

    public InterruptState interrupts() {
        return interrupts;
    }

    public ShadowState shadows() {
        return shadows;
    }

    public CommandTable commands() {
        return commands;
    }

    /** What lies where in the host's memory. */
    public Places places() {
        return places;
    }

    /** The queue with this id, or null. */
    public @Nullable SubmissionQueueState submissionQueue(int queueId) {
        return queues.submission(queueId);
    }

    /** The queue with this id, or null. */
    public @Nullable CompletionQueueState completionQueue(int queueId) {
        return queues.completion(queueId);
    }

    /** Queue ids are below this. */
    public int queueIdsEnd() {
        return queues.idsEnd();
    }

    /** Ids of the completion queues to look at when the world is quiet; others are as they were. */
    public BitSet restlessQueues() {
        return queues.restless();
    }

    /** As {@link #restlessQueues}, of submission queues. */
    public BitSet restlessSubmissionQueues() {
        return queues.restlessSubmissions();
    }

    /** CC.EN is 1, and the epoch can be followed. */
    public boolean isRunning() {
        return life == Life.RUNNING;
    }

    /** The last epoch is over for good, and no other has begun. */
    public boolean isIdle() {
        return life == Life.IDLE;
    }

    /**
     * Whether the controller owes anything to anybody: it runs, has no reason to have stopped, and
     * may touch memory.
     */
    public boolean isServing() {
        return life == Life.RUNNING
                && !suspect
                && !registers.fatalSeen()
                && !registers.shutdownAsked()
                && registers.busMasterEnabled()
                && configStores == 0
                && !mayHaveLostKeepAlive();
    }

    private boolean mayHaveLostKeepAlive() {
        return admin.keepAliveNanos() > 0 && nanos() - lastFetchNanos >= admin.keepAliveNanos();
    }

    /** Messages of this vector would be sent now. */
    public boolean isOpen(int vector) {
        return registers.messagesEnabled()
                && !registers.functionMasked()
                && registers.busMasterEnabled()
                && configStores == 0
                && vector < interrupts.vectors()
                && !interrupts.isMasked(vector)
                && interrupts.isRouted(vector);
    }

    /** The pin may be asserted if something is due. */
    public boolean isPinOpen() {
        return registers.pinAllowed() && (registers.interruptMask() & 1) == 0;
    }

    /** Fetches of all queues so far. */
    public long fetches() {
        return fetches;
    }

    /** Posts of all queues so far. */
    public long posts() {
        return posts;
    }

    /** I/O submission queues the host was given. */
    public int submissionQueuesMax() {
        return admin.submissionQueuesMax();
    }

    /** I/O completion queues the host was given. */
    public int completionQueuesMax() {
        return admin.completionQueuesMax();
    }

    /** Whether a Create I/O Queue is being executed: a ring may find its queue or not. */
    public boolean isCreatingQueues() {
        return admin.isCreating();
    }

    /** Whether completions of this command are forgiven anything. */
    public boolean isExcused(int queueId, int commandId) {
        return excusedCommands.contains(key(queueId, commandId));
    }

    /** Whether anything is forgiven to any command. */
    public boolean excusesCommands() {
        return !excusedCommands.isEmpty();
    }

    /** Commands of a queue that were fetched, and that no fault keeps from completing by now. */
    public int owed(SubmissionQueueState queue) {
        int owed = queue.outstanding();
        for (int key : excusedCommands) {
            owed -= isOutstanding(key, queue) ? 1 : 0;
        }
        for (Map.Entry<Integer, Long> slow : slowCommands.entrySet()) {
            boolean isSlow = nanos() < slow.getValue();
            owed -= isSlow && isOutstanding(slow.getKey(), queue) ? 1 : 0;
        }
        return owed;
    }

    private boolean isOutstanding(int key, SubmissionQueueState queue) {
        return key >>> 16 == queue.id()
                && commands.find(queue.id(), key & 0xFFFF) != CommandTable.NONE;
    }

    /**
     * Copies the start of a command's data as the command describes it.
     *
     * @return bytes copied: fewer than asked for if it describes fewer, or memory that is not there
     */
    public int copyData(int command, long skipBytes, byte[] target, int sizeBytes) {
        int copied = 0;
        long skip = skipBytes;
        for (int node = commands.firstExtent(command);
                node != DataMap.NONE && copied < sizeBytes;
                node = map.next(node)) {
            long bytes = map.isList(node) ? 0 : map.lengthBytes(node);
            if (skip >= bytes) {
                skip -= bytes;
                continue;
            }
            int piece = (int) Math.min(bytes - skip, sizeBytes - copied);
            long address = map.address(node) + skip;
            if (address < 0 || address + piece > memory.sizeBytes()) {
                return copied;
            }
            memory.copy(address, target, copied, piece);
            copied += piece;
            skip = 0;
        }
        return copied;
    }

    // ---- what faults ask for -----------------------------------------------------------------

    /** What arrives now, a register store or an answer, was changed or overtaken on its way. */
    public boolean isSpoilt() {
        return spoilt;
    }

    /** Whether a fault may keep the device from fetching from this queue at this moment. */
    public boolean mayOverlook(SubmissionQueueState queue) {
        return queue.mayBeOverlooked(nanos());
    }

    /** Whether a fault may keep the device from seeing that this queue has room. */
    public boolean mayOverlook(CompletionQueueState queue) {
        return queue.mayBeOverlooked(nanos());
    }

    /** Forgives what a fault explains. */
    public void excuse(Excuse excuse) {
        switch (excuse) {
            case Excuse.Nothing() -> {}
            case Excuse.Vector(int vector, boolean isLost) -> excuseVector(vector, isLost);
            case Excuse.Wake(int doorbell, long untilNanos) -> {
                Overlooked overlooked = overlooked(doorbell);
                if (overlooked != null) {
                    overlooked.wakeMissing(untilNanos);
                }
            }
            case Excuse.Kick(int doorbell) -> {
                Overlooked overlooked = overlooked(doorbell);
                if (overlooked != null && isShadowed(doorbell)) {
                    overlooked.kickMissing();
                }
            }
            case Excuse.Commands(var excused) ->
                    excused.forEach(each -> excuseCommand(each.queueId(), each.commandId()));
            case Excuse.Slow(var slow, long untilNanos) ->
                    slow.forEach(
                            each ->
                                    slowCommands.put(
                                            key(each.queueId(), each.commandId()), untilNanos));
            case Excuse.Stores(long untilNanos) -> queues.ringsMissing(untilNanos);
            case Excuse.Entries(int queueId) -> excuseCompletionQueue(queueId);
            case Excuse.Failure() -> excuseFailures(1);
            case Excuse.Device() -> excuseDevice();
        }
    }

    private void excuseVector(int vector, boolean isLost) {
        if (vector < 0 || vector >= interrupts.vectors()) {
            return; // it tells nobody of anything
        }
        if (isLost) {
            interrupts.messageLost(vector);
        } else {
            interrupts.excuse(vector);
        }
    }

    private boolean isShadowed(int doorbell) {
        int queueId = Doorbells.queueId(doorbell);
        SubmissionQueueState submission = queues.submission(queueId);
        CompletionQueueState completion = queues.completion(queueId);
        return Doorbells.isCompletionHead(doorbell)
                ? completion != null && completion.isShadowed()
                : submission != null && submission.isShadowed();
    }

    private @Nullable Overlooked overlooked(int doorbell) {
        int queueId = Doorbells.queueId(doorbell);
        SubmissionQueueState submission = queues.submission(queueId);
        CompletionQueueState completion = queues.completion(queueId);
        if (Doorbells.isCompletionHead(doorbell)) {
            return completion == null ? null : completion.overlooked();
        }
        return submission == null ? null : submission.overlooked();
    }

    /** Which messages reach somebody; the others a device may keep. */
    public void routeMessages(Predicate<MsixMessage> routed) {
        interrupts.route(routed);
    }

    /** A message of this vector was lost: it owes nothing until its next message arrives. */
    public void excuseVector(int vector) {
        interrupts.excuse(vector);
    }

    /** As {@link #excuseVector}, by the message that was lost. */
    public void excuseMessage(MsixMessage message) {
        int vector = interrupts.vectorOf(message);
        if (vector != InterruptState.NONE) {
            interrupts.excuse(vector);
        }
    }

    /**
     * This command may be completed twice, never, with wrong data or a wrong result, until the host
     * uses its identifier again.
     */
    public void excuseCommand(int queueId, int commandId) {
        excusedCommands.add(key(queueId, commandId));
    }

    /** The pointers of this queue are spoilt; nothing is asked of it until it is created anew. */
    public void excuseSubmissionQueue(int queueId) {
        SubmissionQueueState queue = queues.submission(queueId);
        if (queue != null) {
            queue.excuse();
        }
    }

    /** An entry of this queue was lost or torn; nothing is asked of it until it is created anew. */
    public void excuseCompletionQueue(int queueId) {
        CompletionQueueState queue = queues.completion(queueId);
        if (queue != null) {
            queue.excuse();
        }
    }

    /** The controller may stop at any moment; it owes nothing until the next epoch. */
    public void excuseDevice() {
        suspect = true;
    }

    /** So many actors are going to fail because a fault fails them. */
    public void excuseFailures(int count) {
        excusedFailures += count;
    }

    // ---- registers ---------------------------------------------------------------------------

    @Override
    public void registerWriteIssued(int bar, long offset, int widthBytes, long value) {
        if (bar == 0 && offset >= Doorbells.OFFSET_BYTES && offset < doorbellsEnd) {
            int doorbell = Doorbells.index(offset, stride);
            if (doorbell >= 0) {
                for (ModelEvents watcher : watchers) {
                    watcher.ringIssued(doorbell, (int) value & Doorbells.VALUE_MASK);
                }
            }
        }
    }

    @Override
    public void registerWritten(int bar, long offset, int widthBytes, long value) {
        if (registers.memorySpaceEnabled()) {
            written(bar, offset, widthBytes, value);
        }
        spoilt = false;
    }

    private void written(int bar, long offset, int widthBytes, long value) {
        FunctionFacts.Places places = facts.places();
        long inTable = offset - places.tableOffsetBytes();
        if (bar == places.tableBar()
                && inTable >= 0
                && inTable < (long) facts.vectors() * MsixTableEntry.SIZE_BYTES) {
            interrupts.tableWritten(inTable, widthBytes, value);
            queues.touchAll();
        } else if (bar == 0 && offset >= Doorbells.OFFSET_BYTES) {
            if (offset < doorbellsEnd && widthBytes == DOORBELL_WIDTH_BYTES) {
                rung(offset, (int) value & Doorbells.VALUE_MASK);
            }
        } else if (bar == 0) {
            for (ModelEvents watcher : watchers) {
                watcher.registerWritten(offset, widthBytes, value);
            }
            controllerWritten((int) offset, widthBytes, value);
        }
    }

    private void controllerWritten(int offset, int widthBytes, long value) {
        if (offset == Registers.CC && widthBytes == Integer.BYTES) {
            boolean was = registers.isEnabled();
            registers.configurationWritten((int) value);
            if (registers.isEnabled() && !was) {
                begin();
            } else if (was && !registers.isEnabled()) {
                end(false);
            }
        } else if (offset == Registers.NSSR
                && (int) value == SubsystemReset.RESET
                && ControllerCapabilities.subsystemResetSupported(facts.capabilities())) {
            end(true);
        } else {
            registers.written(offset, widthBytes, value);
        }
    }

    private void begin() {
        suspect = false;
        registers.enabled();
        if (life != Life.IDLE) {
            forget();
            life = Life.BLURRED;
            return;
        }
        life = Life.RUNNING;
        int attributes = registers.queueAttributes();
        int entries = AdminQueueAttributes.submissionQueueEntries(attributes);
        queues.addCompletion(
                new CompletionQueueState(
                        0,
                        AdminQueueAttributes.completionQueueEntries(attributes),
                        true,
                        0,
                        QueueMemory.contiguous(
                                registers.completionBase(),
                                (long) AdminQueueAttributes.completionQueueEntries(attributes)
                                        * CompletionEntry.SIZE_BYTES)),
                shadows);
        queues.addSubmission(
                new SubmissionQueueState(
                        0,
                        entries,
                        0,
                        QueueMemory.contiguous(
                                registers.submissionBase(),
                                (long) entries * SubmissionEntry.SIZE_BYTES)),
                shadows);
        for (ModelEvents watcher : watchers) {
            watcher.epochBegan();
        }
    }

    /** An epoch ends; what it described stays allowed until the device is known to be idle. */
    private void end(boolean wholeFunction) {
        if (life == Life.RUNNING) {
            for (ModelEvents watcher : watchers) {
                watcher.epochEnded();
            }
            purgeGhosts();
            for (int command = 0; command < commands.numbersEnd(); command++) {
                if (commands.isOutstanding(command)) {
                    commands.set(command, CommandTable.GHOST);
                }
            }
            moveQueues();
        }
        if (life != Life.IDLE) {
            life = Life.RESETTING;
        }
        interrupts.epochEnded();
        excusedCommands.clear();
        slowCommands.clear();
        if (wholeFunction) {
            interrupts.functionReset();
            registers.functionReset();
        } else {
            registers.controllerReset();
        }
    }

    private void moveQueues() {
        oldQueues.clear();
        for (int id = 0; id < queues.idsEnd(); id++) {
            SubmissionQueueState submission = queues.submission(id);
            if (submission != null) {
                oldQueues.addSubmission(submission, shadows);
            }
            CompletionQueueState completion = queues.completion(id);
            if (completion != null) {
                oldQueues.addCompletion(completion, shadows);
            }
        }
        queues.clear();
    }

    private void purgeGhosts() {
        for (int command = 0; command < commands.numbersEnd(); command++) {
            if (commands.isUsed(command) && commands.isGhost(command)) {
                map.remove(command);
                commands.remove(command);
            }
        }
    }

    /** Nothing of the old epoch may happen any more. */
    private void becomeIdle() {
        if (life == Life.BLURRED) {
            forget();
        }
        oldQueues.clear();
        admin.reset();
        life = Life.IDLE;
        suspect = false;
        for (ModelEvents watcher : watchers) {
            watcher.becameIdle();
        }
    }

    private void forget() {
        for (int command = 0; command < commands.numbersEnd(); command++) {
            if (commands.isUsed(command)) {
                map.remove(command);
                commands.remove(command);
            }
        }
        queues.clear();
        oldQueues.clear();
        admin.reset();
    }

    @Override
    public void registerRead(int bar, long offset, int widthBytes, long value) {
        boolean untrue = spoilt;
        spoilt = false;
        if (bar != 0
                || !registers.memorySpaceEnabled()
                || widthBytes < Integer.BYTES
                || (offset == Registers.CSTS && widthBytes != Integer.BYTES)) {
            return; // no load of a whole register
        }
        if (untrue && !(offset == Registers.CSTS && (int) value == Registers.DEVICE_GONE)) {
            return; // says nothing of the device; only that it seems gone has to impress its host
        }
        for (ModelEvents watcher : watchers) {
            watcher.registerRead(offset, widthBytes, value);
        }
        if (offset == Registers.CSTS && (int) value != Registers.DEVICE_GONE) {
            registers.statusRead((int) value);
            if (life == Life.RESETTING && (value & 1) == 0) {
                becomeIdle();
            }
        }
    }

    @Override
    public void configWriteIssued(int offset, int widthBytes, int value) {
        configStores++;
    }

    @Override
    public void configWritten(int offset, int widthBytes, int value) {
        configStores = Math.max(0, configStores - 1);
        boolean mastered = registers.busMasterEnabled();
        if (registers.configWritten(offset, widthBytes, value)) {
            functionReset();
            return;
        }
        suspect |= mastered && !registers.busMasterEnabled();
        interrupts.controlWritten();
        queues.touchAll();
    }

    @Override
    public void functionReset() {
        end(true);
        becomeIdle();
    }

    // ---- doorbells ---------------------------------------------------------------------------

    private void rung(long offset, int value) {
        int doorbell = Doorbells.index(offset, stride);
        if (doorbell < 0) {
            return;
        }
        RingVerdict verdict =
                life == Life.RUNNING && registers.readySeen()
                        ? rings.judge(doorbell, value)
                        : RingVerdict.UNJUDGED;
        for (ModelEvents watcher : watchers) {
            watcher.rang(doorbell, value, verdict);
        }
        if (spoilt) {
            misled(doorbell, verdict);
        }
        Overlooked overlooked = overlooked(doorbell);
        if (overlooked != null && verdict == RingVerdict.KICK) {
            overlooked.kicked();
        }
        rings.apply(doorbell, value, verdict, fetches, admin.isCreating());
    }

    /** The device takes a pointer for the host's that is not. */
    private void misled(int doorbell, RingVerdict verdict) {
        int queueId = Doorbells.queueId(doorbell);
        if (verdict != RingVerdict.ACCEPTED
                && verdict != RingVerdict.KICK
                && verdict != RingVerdict.BEYOND) { // which may not be beyond when it is looked at
            return;
        }
        if (Doorbells.isCompletionHead(doorbell)) {
            CompletionQueueState queue = queues.completion(queueId);
            if (queue != null && queue.heedsRegister()) {
                queue.excuse();
            }
        } else {
            SubmissionQueueState queue = queues.submission(queueId);
            if (queue != null && queue.heedsRegister()) {
                queue.excuse();
            }
        }
    }

    // ---- memory ------------------------------------------------------------------------------

    @Override
    public void deviceRead(long address, long sizeBytes, DmaStatus status) {
        lookWhetherMastered(address, sizeBytes, false);
        if (life == Life.BLURRED || sizeBytes <= 0) {
            return;
        }
        if (shadows.mayRead(address, sizeBytes) && life != Life.IDLE) {
            int doorbell = shadows.doorbellAt(address);
            if (doorbell >= 0 && life == Life.RUNNING) {
                int value = shadows.dword(address) & Doorbells.VALUE_MASK;
                rings.shadowSeen(doorbell, value, fetches);
            }
            return;
        }
        long place = queues.submissionAt(address);
        if (place != PageMap.NONE) {
            SubmissionQueueState queue = queues.submission(QueuePages.queueId(place));
            long offset = QueuePages.offsetBytes(place);
            if (queue != null && offset + sizeBytes <= queue.memory().sizeBytes()) {
                if (status == DmaStatus.ABORTED) {
                    unreachable();
                } else {
                    suspect |= !status.isOk();
                    queueRead(queue, offset, sizeBytes, address);
                }
                return;
            }
        }
        if (life == Life.RESETTING) {
            long oldPlace = oldQueues.submissionAt(address);
            if (oldPlace != PageMap.NONE) {
                fetchLate(oldPlace, sizeBytes, address);
                return;
            }
        }
        touched(address, sizeBytes, false, status);
    }

    /** What is being reset may be at it until it says that it is not. */
    private void lookWhetherMastered(long address, long sizeBytes, boolean toHost) {
        boolean known = life == Life.RUNNING || life == Life.IDLE;
        if (known && !registers.busMasterEnabled() && configStores == 0) {
            for (ModelEvents watcher : watchers) {
                watcher.touchedUnmastered(address, sizeBytes, toHost);
            }
        }
    }

    /** Whose queue nobody answers for cannot go on, and is not at fault. */
    private void unreachable() {
        suspect = true;
        excusedFailures++;
    }

    /** Until the device is idle it may go on, also with what it had not fetched. */
    private void fetchLate(long place, long bytes, long address) {
        SubmissionQueueState queue = oldQueues.submission(QueuePages.queueId(place));
        long offset = QueuePages.offsetBytes(place);
        if (queue == null || offset + bytes > queue.memory().sizeBytes()) {
            return;
        }
        for (long at = 0;
                at + SubmissionEntry.SIZE_BYTES <= bytes;
                at += SubmissionEntry.SIZE_BYTES) {
            if ((offset + at) % SubmissionEntry.SIZE_BYTES != 0) {
                return; // a look
            }
            int slot = (int) ((offset + at) / SubmissionEntry.SIZE_BYTES);
            int command =
                    commands.add(
                            queue.id(), slot, queue.fetchedTotal(), nanos(), memory, address + at);
            commands.set(command, CommandTable.GHOST);
            describe(command, queue.id() == 0);
        }
    }

    private void queueRead(SubmissionQueueState queue, long offset, long bytes, long address) {
        for (long at = 0; at + SubmissionEntry.SIZE_BYTES <= bytes; ) {
            if ((offset + at) % SubmissionEntry.SIZE_BYTES != 0) {
                return; // a look
            }
            fetch(queue, (int) ((offset + at) / SubmissionEntry.SIZE_BYTES), address + at);
            at += SubmissionEntry.SIZE_BYTES;
        }
    }

    private void fetch(SubmissionQueueState queue, int slot, long address) {
        boolean amiss =
                slot != queue.head()
                        || (queue.fetchable() == 0 && !queue.takesDoubtfulTail(fetches));
        if (amiss) {
            if (!queue.isExcused()) {
                for (ModelEvents watcher : watchers) {
                    watcher.fetchedAmiss(queue, slot);
                }
                queue.excuse();
            }
            queue.follow(slot);
        }
        lastFetchNanos = nanos();
        int command =
                commands.add(
                        queue.id(), slot, queue.fetchedTotal(), lastFetchNanos, memory, address);
        int commandId = commands.commandId(command);
        fetches++;
        queue.fetched(commandId, fetches);
        if (!excusedCommands.isEmpty()) {
            excusedCommands.remove(key(queue.id(), commandId));
        }
        if (!slowCommands.isEmpty()) {
            slowCommands.remove(key(queue.id(), commandId));
        }
        queues.touch(queue);
        boolean isAdmin = queue.id() == 0;
        if (isAdmin) {
            admin.fetched(commands.entry(command), registers.pageBytes());
        }
        describe(command, isAdmin);
        for (ModelEvents watcher : watchers) {
            watcher.fetched(queue, command);
        }
    }

    /** What memory the command allows the device to touch. */
    private void describe(int command, boolean isAdmin) {
        SubmissionEntry entry = commands.entry(command);
        int pageBytes = registers.pageBytes();
        long bytes;
        if (isAdmin) {
            long pages = AdminEffects.listedPages(entry, pageBytes);
            if (pages > 0) {
                pointers.queueList(command, entry.prp1(), pages, pageBytes);
                return;
            }
            bytes = TransferLength.ofAdmin(entry);
        } else {
            bytes = TransferLength.ofIo(entry, blocks.log2(entry.namespaceId()));
        }
        if (bytes == 0) {
            return;
        }
        boolean exact = TransferLength.isExact(entry, isAdmin) && (isAdmin || blocks.isCertain());
        DataWay way = TransferLength.way(entry.opcode());
        commands.way(command, way);
        if (exact && facts.movesData()) {
            commands.set(command, CommandTable.EXACT);
        }
        if (bytes > transferBytesMax) {
            commands.set(command, CommandTable.OVERSIZED);
            return;
        }
        int kind = entry.dataPointerKind();
        boolean known =
                kind == SubmissionEntry.DATA_POINTER_PRP
                        || (kind == SubmissionEntry.DATA_POINTER_SGL
                                && facts.scatterGatherLists()
                                && !isAdmin);
        if (!known) {
            commands.set(command, CommandTable.MALFORMED);
            return;
        }
        int other = pointers.walk(command, bytes, pageBytes);
        if (other != CommandTable.NONE) {
            for (ModelEvents watcher : watchers) {
                watcher.buffersOverlap(command, other);
            }
        }
    }

    @Override
    public void deviceWrote(long address, long sizeBytes, DmaStatus status) {
        lookWhetherMastered(address, sizeBytes, true);
        if (life == Life.BLURRED || sizeBytes <= 0) {
            return;
        }
        long place = queues.completionAt(address);
        if (place != PageMap.NONE) {
            CompletionQueueState queue = queues.completion(QueuePages.queueId(place));
            long offset = QueuePages.offsetBytes(place);
            if (queue != null && offset + sizeBytes <= queue.memory().sizeBytes()) {
                if (status == DmaStatus.ABORTED) {
                    unreachable();
                } else {
                    suspect |= !status.isOk();
                    queueWritten(queue, offset, sizeBytes, address);
                }
                return;
            }
        }
        if (shadows.mayWrite(address, sizeBytes) && life != Life.IDLE) {
            return;
        }
        if (life == Life.RESETTING && oldQueues.completionAt(address) != PageMap.NONE) {
            return;
        }
        touched(address, sizeBytes, true, status);
    }

    private void queueWritten(CompletionQueueState queue, long offset, long bytes, long address) {
        for (long done = 0; done < bytes; ) {
            long at = offset + done;
            int inEntry = (int) (at % CompletionEntry.SIZE_BYTES);
            int piece = (int) Math.min(bytes - done, CompletionEntry.SIZE_BYTES - inEntry);
            int slot = (int) (at / CompletionEntry.SIZE_BYTES);
            entryWritten(queue, slot, inEntry, piece, address + done - inEntry);
            done += piece;
        }
    }

    private void entryWritten(
            CompletionQueueState queue, int slot, int inEntry, int bytes, long entryAddress) {
        boolean hasPhase = inEntry + bytes > PHASE_BYTE;
        long high = memory.getLong(entryAddress + CompletionEntry.HIGH_QWORD_OFFSET_BYTES);
        if (slot != queue.tail()) {
            if (!queue.isExcused()) {
                for (ModelEvents watcher : watchers) {
                    watcher.storedOverEntry(queue, slot);
                }
                queue.excuse();
            }
            queue.follow(slot, CompletionEntry.phase(high));
        }
        if (!hasPhase) {
            queue.lowStored();
            return;
        }
        if (queue.isFull()) {
            queue.takesDoubtfulHead();
        }
        boolean whole = queue.isLowStored() || inEntry == 0;
        post(queue, slot, entryAddress, whole);
    }

    private void post(CompletionQueueState queue, int slot, long address, boolean whole) {
        long low = memory.getLong(address);
        long high = memory.getLong(address + CompletionEntry.HIGH_QWORD_OFFSET_BYTES);
        int sourceId = CompletionEntry.sqId(high);
        int commandId = CompletionEntry.commandId(high);
        SubmissionQueueState source = queues.submission(sourceId);
        int command = source == null ? CommandTable.NONE : commands.find(sourceId, commandId);
        posting.set(queue, slot, address, low, high, whole, source, command);
        for (ModelEvents watcher : watchers) {
            watcher.posting(posting);
        }
        posts++;
        queue.posted(posts);
        queues.touch(queue);
        // The device may have told of an entry that a fault made late.
        if (queue.signals() && !queue.isExcused() && queue.vector() < interrupts.vectors()) {
            boolean urgent = queue.id() == 0 || !posting.isSuccess();
            interrupts.posted(queue.vector(), urgent, nanos());
        }
        if (source != null && command != CommandTable.NONE) {
            resolve(source, command);
        }
    }

    private void resolve(SubmissionQueueState source, int command) {
        int commandId = commands.commandId(command);
        map.remove(command);
        source.resolvedOne(commandId, source.totalOf(posting.sqHead()));
        if (source.id() == 0) {
            admin.completed(
                    commands.entry(command),
                    Status.isSuccess(posting.status()),
                    posting.dw0(),
                    registers.pageBytes());
        }
        commands.remove(command);
    }

    private void touched(long address, long sizeBytes, boolean toHost, DmaStatus status) {
        for (long done = 0; done < sizeBytes; ) {
            long at = address + done;
            long piece =
                    Math.min(
                            sizeBytes - done, DataMap.PAGE_BYTES - (at & (DataMap.PAGE_BYTES - 1)));
            int node = map.find(at, piece, toHost);
            int owner = node == DataMap.NONE ? CommandTable.NONE : map.owner(node);
            if (owner == CommandTable.NONE || (commands.isGhost(owner) && life != Life.RESETTING)) {
                for (ModelEvents watcher : watchers) {
                    watcher.strayed(at, piece, toHost, owner);
                }
                return;
            }
            if (!map.isList(node) && status.isOk()) {
                commands.touches(owner, piece);
                for (ModelEvents watcher : watchers) {
                    watcher.dataMoved(owner, at, piece, toHost);
                }
            }
            done += piece;
        }
    }

    @Override
    public void deviceWriteVisible(long address, long sizeBytes) {
        for (ModelEvents watcher : watchers) {
            watcher.deviceWriteVisible(address, sizeBytes);
        }
    }

    @Override
    public void hostWrote(long address, long sizeBytes) {
        if (life != Life.RUNNING) {
            return;
        }
        int doorbell = shadows.isInUse() ? shadows.doorbellAt(address) : -1;
        if (doorbell >= 0) {
            rings.shadowWritten(doorbell);
            return;
        }
        long place = queues.submissionAt(address);
        SubmissionQueueState queue =
                place == PageMap.NONE ? null : queues.submission(QueuePages.queueId(place));
        if (queue != null) {
            int slot = (int) (QueuePages.offsetBytes(place) / SubmissionEntry.SIZE_BYTES);
            boolean rung =
                    slot < queue.entryCount()
                            && Doorbells.distance(queue.head(), slot, queue.entryCount())
                                    < queue.fetchable();
            if (rung && !queue.isExcused()) {
                for (ModelEvents watcher : watchers) {
                    watcher.hostWroteEntry(queue, slot);
                }
            }
            return;
        }
        int command = map.touching(address, sizeBytes);
        if (command != CommandTable.NONE) {
            for (ModelEvents watcher : watchers) {
                watcher.hostWroteInto(command, address, sizeBytes);
            }
        }
    }

    // ---- interrupts --------------------------------------------------------------------------

    @Override
    public void interruptSent(MsixMessage message) {
        int vector = interrupts.vectorOf(message);
        for (ModelEvents watcher : watchers) {
            watcher.interruptSent(vector);
        }
        if (vector != InterruptState.NONE) {
            interrupts.messageSent(vector, posts);
        }
    }

    @Override
    public void interruptDelivered(MsixMessage message) {
        int vector = interrupts.vectorOf(message);
        for (ModelEvents watcher : watchers) {
            watcher.interruptDelivered(vector);
        }
        if (vector != InterruptState.NONE) {
            interrupts.messageDelivered(vector);
        }
    }

    @Override
    public void pinChanged(boolean asserted) {
        interrupts.pin(asserted);
    }

    // ---- the rest ----------------------------------------------------------------------------

    @Override
    public void actorFailed(String path, Throwable cause) {
        suspect = true;
        if (excusedFailures > 0) {
            excusedFailures--;
            excusedFailed.add(cause);
            return;
        }
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (excusedFailed.contains(each)) {
                return; // nobody could go on without the one that a fault failed
            }
        }
        for (ModelEvents watcher : watchers) {
            watcher.actorFailed(path, cause);
        }
    }

    @Override
    public void faultStruck(Strike strike) {
        boolean isOfPin = strike.place().equals("interrupt") && strike.vector() == Strike.NONE;
        if (isOfPin || strike.fault().kind() == FaultKind.REMOVE) {
            interrupts.pinStruck();
        }
        excuse(Excuse.of(strike, nanos()));
    }

    @Override
    public void spoiltArrives() {
        spoilt = true;
    }

    @Override
    public void quiet(long untilNanos) {
        if (life == Life.RUNNING && shadows.isInUse()) {
            rings.seeShadows();
        }
        for (ModelEvents watcher : watchers) {
            watcher.quiet(untilNanos);
        }
        queues.settle();
    }

    private static int key(int queueId, int commandId) {
        return queueId << 16 | commandId;
    }

    /** Whether an admin command may stay outstanding for ever (Base 2.0 §5.2). */
    public static boolean mayStay(int queueId, int opcode) {
        return queueId == 0 && opcode == AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST;
    }
}
