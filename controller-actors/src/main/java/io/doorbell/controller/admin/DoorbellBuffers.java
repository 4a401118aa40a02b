package io.doorbell.controller.admin;

import io.doorbell.bus.memory.MemoryWindow;
import io.doorbell.controller.queue.DoorbellMemory.UseShadow.Phase;
import io.doorbell.controller.queue.ShadowDoorbells;
import io.doorbell.spec.PhysicalRegionPages;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.DoorbellBufferConfig;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * Doorbell Buffer Config (Base §5.8). The host may ring registers until it sees the completion, so
 * the switch has three steps, each begun when the one before is done everywhere:
 *
 * <pre>
 *  1  registers copy each ring into the buffer
 *  2  queues give their slots the value they know, and look there from now on
 *  3  registers only wake; the command completes
 * </pre>
 */
final class DoorbellBuffers {
    private final EpochSettings settings;
    private final QueueActors actors;
    private final ArrayDeque<PendingCommand> waiting = new ArrayDeque<>(); // the first is at work
    private @Nullable ShadowDoorbells buffers;
    private int step;
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
        boolean again = buffers != null;
        buffers = new ShadowDoorbells(shadow, eventIndexes, settings.doorbellStride());
        step = 1;
        awaited = actors.useShadowInRegisters(buffers, again ? Phase.IN_USE : Phase.SWITCHING);
        return AdminOutcome.PENDING;
    }

    /** Someone has done its part of the step. */
    void inUse() {
        awaited--;
        if (awaited > 0 || buffers == null) {
            return;
        }
        step++;
        switch (step) {
            case 2 -> awaited = actors.useShadowInQueues(buffers);
            case 3 -> awaited = actors.useShadowInRegisters(buffers, Phase.IN_USE);
            default -> finish();
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
