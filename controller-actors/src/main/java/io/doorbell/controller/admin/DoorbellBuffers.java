package io.doorbell.controller.admin;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.ShadowDoorbells;
import io.doorbell.spec.PhysicalRegionPages;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.DoorbellBufferConfig;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * Doorbell Buffer Config (Base §5.8). The switch has two steps, the second begun when the first is
 * done everywhere:
 *
 * <pre>
 *  1  queues give their slots the value they know, and look there from now on
 *  2  registers take any value for a wake; the command completes
 * </pre>
 *
 * The host may ring registers until it sees the completion, and a ring may be under way for longer.
 * So a queue goes on looking at its register until the host has used the slot.
 */
final class DoorbellBuffers {
    private final EpochSettings settings;
    private final QueueActors actors;
    private final ArrayDeque<PendingCommand> waiting = new ArrayDeque<>(); // the first is at work
    private @Nullable ShadowDoorbells buffers;
    private boolean queuesLook; // the first step is done
    private int awaited;

    DoorbellBuffers(EpochSettings settings, QueueActors actors) {
        this.settings = settings;
        this.actors = actors;
    }

    AdminOutcome configure(PendingCommand command) {
        if (!settings.offersShadowDoorbells()) {
            return AdminOutcome.refused(Status.INVALID_COMMAND_OPCODE);
        }
        waiting.addLast(command);
        if (waiting.size() > 1) {
            return AdminOutcome.PENDING;
        }
        return begin();
    }

    private AdminOutcome begin() {
        PendingCommand command = waiting.getFirst();
        MemoryWindow shadow = page(DoorbellBufferConfig.shadowDoorbells(command.entry()));
        MemoryWindow eventIndexes = page(DoorbellBufferConfig.eventIndexes(command.entry()));
        if (shadow == null
                || eventIndexes == null
                || DoorbellBufferConfig.shadowDoorbells(command.entry())
                        == DoorbellBufferConfig.eventIndexes(command.entry())) {
            waiting.removeFirst();
            return AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
        }
        buffers = new ShadowDoorbells(shadow, eventIndexes, settings.doorbellStride());
        queuesLook = false;
        awaited = actors.useShadowInQueues(buffers);
        return AdminOutcome.PENDING;
    }

    /** Someone has done its part of the step. */
    void inUse() {
        awaited--;
        if (awaited > 0 || buffers == null) {
            return;
        }
        if (queuesLook) {
            finish();
        } else {
            queuesLook = true;
            awaited = actors.useShadowInRegisters(buffers);
        }
    }

    private void finish() {
        waiting.removeFirst().finish(AdminOutcome.SUCCESS);
        while (!waiting.isEmpty()) {
            PendingCommand next = waiting.getFirst();
            if (begin() instanceof AdminOutcome.Done refused) {
                next.finish(refused);
            } else {
                return;
            }
        }
    }

    private @Nullable MemoryWindow page(long address) {
        int bytes = settings.admin().pageBytes();
        return PhysicalRegionPages.isPageAligned(address, bytes)
                        && settings.memory().check(address, bytes, true).isOk()
                ? settings.memory().window(address, bytes)
                : null;
    }
}
