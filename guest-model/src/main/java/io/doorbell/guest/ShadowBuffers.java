package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.guest.HostPolicies.EventArithmetic;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.command.DoorbellBufferConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The two pages of Doorbell Buffer Config (Base §5.8), allocated once. */
final class ShadowBuffers {
    /** The slots of the queues of one pair. */
    record Slots(List<ShadowDoorbell> submissions, ShadowDoorbell completion) {
        Slots {
            submissions = List.copyOf(submissions);
        }

        void resize(int submissionEntries, int completionEntries) {
            submissions.forEach(slot -> slot.resize(submissionEntries));
            completion.resize(completionEntries);
        }

        void clear() {
            submissions.forEach(ShadowDoorbell::clear);
            completion.clear();
        }
    }

    private static final int PAGE = PageAllocator.PAGE_BYTES;

    private final GuestMemory memory;
    private final int doorbellStride;
    private final EventArithmetic arithmetic;
    private final long valuesAddress;
    private final long eventsAddress;
    private final MemoryWindow values;
    private final MemoryWindow events;

    ShadowBuffers(GuestSettings settings, int doorbellStride) {
        this.memory = settings.machine().memory();
        this.doorbellStride = doorbellStride;
        this.arithmetic = settings.policies().ringing().arithmetic();
        valuesAddress = settings.machine().pages().allocate(PAGE);
        eventsAddress = settings.machine().pages().allocate(PAGE);
        values = AdminQueue.zeroed(AdminQueue.window(memory, valuesAddress, PAGE));
        events = AdminQueue.zeroed(AdminQueue.window(memory, eventsAddress, PAGE));
    }

    /** Whether the slots of queues up to this id lie in the pages. */
    boolean hasSlots(int queueId) {
        return DoorbellBufferConfig.fits(queueId, doorbellStride, PAGE);
    }

    /** The slots of a pair, all of which {@link #hasSlots have some}. */
    Slots slots(
            int firstSubmissionQueueId,
            int submissionQueues,
            int entries,
            int completionQueueId,
            int completionEntries) {
        List<ShadowDoorbell> submissions = new ArrayList<>();
        for (int i = 0; i < submissionQueues; i++) {
            submissions.add(
                    slot(Doorbells.submissionTailIndex(firstSubmissionQueueId + i), entries));
        }
        return new Slots(
                submissions,
                slot(Doorbells.completionHeadIndex(completionQueueId), completionEntries));
    }

    /** The slots of the admin queue, which rings whatever they say. */
    Slots adminSlots(int entries) {
        return new Slots(
                List.of(slot(Doorbells.submissionTailIndex(0), entries, true)),
                slot(Doorbells.completionHeadIndex(0), entries, true));
    }

    private ShadowDoorbell slot(int index, int entries) {
        return slot(index, entries, false);
    }

    private ShadowDoorbell slot(int index, int entries, boolean alwaysRings) {
        return new ShadowDoorbell(
                memory,
                values,
                events,
                DoorbellBufferConfig.slotOffsetBytes(index, doorbellStride),
                entries,
                arithmetic,
                alwaysRings);
    }

    /** Tells the controller of the pages; {@code next} learns whether it takes them. */
    void announce(AdminCommands commands, Consumer<Boolean> next) {
        commands.attempt(
                AdminOpcode.name(AdminOpcode.DOORBELL_BUFFER_CONFIG),
                entry -> {
                    entry.opcode(AdminOpcode.DOORBELL_BUFFER_CONFIG);
                    DoorbellBufferConfig.shadowDoorbells(entry, valuesAddress);
                    DoorbellBufferConfig.eventIndexes(entry, eventsAddress);
                },
                outcome -> next.accept(outcome.isSuccess()));
    }
}
