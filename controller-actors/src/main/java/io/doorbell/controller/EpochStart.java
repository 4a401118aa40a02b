package io.doorbell.controller;

import io.doorbell.controller.admin.EpochSettings;
import io.doorbell.controller.admin.LastingState;
import io.doorbell.controller.queue.DoorbellDirectory;
import io.doorbell.spec.CompletionEntry;
import io.doorbell.spec.ControllerConfiguration;
import io.doorbell.spec.SubmissionEntry;

/** Whether an epoch can begin with what the registers say, and what it begins with. */
final class EpochStart {
    private final Controller.Parts parts;
    private final DoorbellDirectory doorbells;
    private final ControllerRegisters registers;
    private final LastingState lasting;

    EpochStart(Controller.Parts parts, DoorbellDirectory doorbells, ControllerRegisters registers) {
        this.parts = parts;
        this.doorbells = doorbells;
        this.registers = registers;
        this.lasting = new LastingState(parts.nanoTime());
    }

    /** CC, AQA, ASQ and ACQ make sense, and both admin queues can be reached by DMA. */
    boolean isPossible() {
        return registers.canEnable()
                && parts.gate().busMasterEnabled()
                && isInMemory(
                        registers.submissionBase(),
                        (long) registers.submissionEntries() * SubmissionEntry.SIZE_BYTES,
                        false)
                && isInMemory(
                        registers.completionBase(),
                        (long) registers.completionEntries() * CompletionEntry.SIZE_BYTES,
                        true);
    }

    private boolean isInMemory(long base, long sizeBytes, boolean forStore) {
        return parts.memory().check(base, sizeBytes, forStore).isOk()
                && parts.memory().window(base, sizeBytes) != null;
    }

    EpochSettings settings() {
        ControllerSettings settings = parts.settings();
        return new EpochSettings(
                doorbells,
                parts.vectors(),
                parts.memory(),
                parts.namespaces(),
                parts.blocking(),
                settings.identity(),
                Controller.VERSION,
                settings.queuePairsMax(),
                settings.queueEntriesMax(),
                settings.transferSizeLog2Pages(),
                settings.burst(),
                settings.options().contiguousQueuesRequired(),
                settings.options().shadowDoorbells()
                        && (settings.options().shadowDoorbellsWithPin() || !registers.pinUsed()),
                settings.doorbellStride(),
                settings.options().scatterGatherLists(),
                ControllerConfiguration.arbitrationMechanism(registers.configuration())
                        == ControllerConfiguration.ARBITRATION_WEIGHTED_ROUND_ROBIN,
                settings.options().keepAliveUnits(),
                settings.options().moderatedInterrupts(),
                lasting,
                new EpochSettings.AdminQueues(
                        registers.submissionBase(),
                        registers.submissionEntries(),
                        registers.completionBase(),
                        registers.completionEntries(),
                        ControllerConfiguration.memoryPageSizeBytes(registers.configuration())));
    }
}
