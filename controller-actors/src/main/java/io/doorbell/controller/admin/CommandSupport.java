package io.doorbell.controller.admin;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.identify.OptionalAdminCommands;
import io.doorbell.spec.identify.OptionalNvmCommands;
import io.doorbell.spec.log.CommandEffect;
import io.doorbell.spec.log.CommandEffects;

import java.lang.foreign.MemorySegment;

/**
 * Commands Supported and Effects (Base §5.16.1.6): what OACS and ONCS announce, and what every
 * controller has.
 */
final class CommandSupport implements LogPages.Page {
    private static final int SUPPORTED = CommandEffect.withSupported(0, true);
    private static final int CHANGES_CONTENT = CommandEffect.withChangesContent(SUPPORTED, true);
    private static final int CHANGES_NAMESPACES =
            CommandEffect.withChangesNamespaceInventory(SUPPORTED, true);
    private static final int FORMATS =
            CommandEffect.withSubmissionRestriction(
                    CommandEffect.withChangesNamespace(CHANGES_CONTENT, true), 1);

    private final int optionalAdminCommands;
    private final int optionalNvmCommands;
    private final boolean keepAlive;

    /**
     * @param optionalAdminCommands OACS
     * @param optionalNvmCommands ONCS
     * @param keepAlive KAS is not 0
     */
    CommandSupport(int optionalAdminCommands, int optionalNvmCommands, boolean keepAlive) {
        this.optionalAdminCommands = optionalAdminCommands;
        this.optionalNvmCommands = optionalNvmCommands;
        this.keepAlive = keepAlive;
    }

    @Override
    public int sizeBytes() {
        return CommandEffects.SIZE_BYTES;
    }

    @Override
    public void fill(MemorySegment page) {
        CommandEffects view = new CommandEffects().wrap(page, 0);
        for (int opcode = 0; opcode < CommandEffects.ADMIN_COUNT; opcode++) {
            view.admin(opcode, admin(opcode)).io(opcode, io(opcode));
        }
    }

    private int admin(int opcode) {
        return switch (opcode) {
            case AdminOpcode.DELETE_IO_SUBMISSION_QUEUE,
                    AdminOpcode.CREATE_IO_SUBMISSION_QUEUE,
                    AdminOpcode.GET_LOG_PAGE,
                    AdminOpcode.DELETE_IO_COMPLETION_QUEUE,
                    AdminOpcode.CREATE_IO_COMPLETION_QUEUE,
                    AdminOpcode.IDENTIFY,
                    AdminOpcode.ABORT,
                    AdminOpcode.SET_FEATURES,
                    AdminOpcode.GET_FEATURES,
                    AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST ->
                    SUPPORTED;
            case AdminOpcode.KEEP_ALIVE -> keepAlive ? SUPPORTED : 0;
            case AdminOpcode.NAMESPACE_MANAGEMENT, AdminOpcode.NAMESPACE_ATTACHMENT ->
                    has(OptionalAdminCommands.NAMESPACE_MANAGEMENT) ? CHANGES_NAMESPACES : 0;
            case AdminOpcode.FORMAT_NVM -> has(OptionalAdminCommands.FORMAT_NVM) ? FORMATS : 0;
            case AdminOpcode.DOORBELL_BUFFER_CONFIG ->
                    has(OptionalAdminCommands.DOORBELL_BUFFER_CONFIG) ? SUPPORTED : 0;
            default -> 0;
        };
    }

    private boolean has(int adminCommands) {
        return (optionalAdminCommands & adminCommands) != 0;
    }

    private int io(int opcode) {
        return switch (opcode) {
            case NvmOpcode.READ, NvmOpcode.FLUSH -> SUPPORTED;
            case NvmOpcode.WRITE -> CHANGES_CONTENT;
            case NvmOpcode.COMPARE -> effect(OptionalNvmCommands.COMPARE, SUPPORTED);
            case NvmOpcode.VERIFY -> effect(OptionalNvmCommands.VERIFY, SUPPORTED);
            case NvmOpcode.WRITE_UNCORRECTABLE ->
                    effect(OptionalNvmCommands.WRITE_UNCORRECTABLE, CHANGES_CONTENT);
            case NvmOpcode.WRITE_ZEROES ->
                    effect(OptionalNvmCommands.WRITE_ZEROES, CHANGES_CONTENT);
            case NvmOpcode.DATASET_MANAGEMENT ->
                    effect(OptionalNvmCommands.DATASET_MANAGEMENT, CHANGES_CONTENT);
            case NvmOpcode.COPY -> effect(OptionalNvmCommands.COPY, CHANGES_CONTENT);
            default -> 0;
        };
    }

    private int effect(int nvmCommand, int effect) {
        return (optionalNvmCommands & nvmCommand) != 0 ? effect : 0;
    }
}
