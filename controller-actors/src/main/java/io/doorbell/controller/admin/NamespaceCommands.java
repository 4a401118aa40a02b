package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.controller.namespace.SpareCapacity;
import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.NamespaceAttachment;
import io.doorbell.spec.command.NamespaceManagement;
import io.doorbell.spec.identify.ControllerList;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Namespace Management and Namespace Attachment (Base §5.22, §5.23, §8.12). */
final class NamespaceCommands {
    private static final int WRONG_SELECT = SubmissionEntry.CDW10_OFFSET_BYTES;
    private static final int WRONG_NAMESPACE = SubmissionEntry.NAMESPACE_ID_OFFSET_BYTES;

    private final EpochSettings settings;
    private final NamespaceTable namespaces;
    private final AdminData data;
    private final Background background;
    private final NamespaceChanges changes;

    NamespaceCommands(
            EpochSettings settings,
            AdminData data,
            Background background,
            NamespaceChanges changes) {
        this.settings = settings;
        this.namespaces = settings.namespaces();
        this.data = data;
        this.background = background;
        this.changes = changes;
    }

    // ---- Namespace Management
    // --------------------------------------------------------------------

    AdminOutcome manage(PendingCommand command) {
        SpareCapacity spare = namespaces.spare();
        if (spare == null) {
            return AdminOutcome.refused(Status.INVALID_COMMAND_OPCODE);
        }
        return switch (NamespaceManagement.select(command.entry())) {
            case NamespaceManagement.SELECT_CREATE -> create(command, spare);
            case NamespaceManagement.SELECT_DELETE -> delete(command);
            default -> AdminOutcome.invalidField(WRONG_SELECT);
        };
    }

    private AdminOutcome create(PendingCommand command, SpareCapacity spare) {
        if (command.entry().namespaceId() != NamespaceId.NONE) {
            return AdminOutcome.invalidField(WRONG_NAMESPACE);
        }
        MemorySegment page = data.cleared();
        int status = data.receive(command, page, page.byteSize());
        if (status != Status.SUCCESS) {
            return AdminOutcome.done(status);
        }
        NewNamespace wanted = new NewNamespace(command.entry(), page);
        status = wanted.check(namespaces.unallocatedBytes());
        if (status != Status.SUCCESS) {
            return AdminOutcome.refused(status);
        }
        int id = namespaces.freeId();
        if (id == 0) {
            return AdminOutcome.refused(Status.NAMESPACE_IDENTIFIER_UNAVAILABLE);
        }
        namespaces.create(
                new Namespace(
                        id,
                        wanted.blockCount(),
                        wanted.blockSizeLog2(),
                        namespaces.newUuid(settings.identity().subsystemUuid()),
                        spare.newStore().apply(wanted.sizeBytes())));
        return AdminOutcome.result(id);
    }

    private AdminOutcome delete(PendingCommand command) {
        int id = command.entry().namespaceId();
        List<Namespace> doomed =
                IntStream.rangeClosed(1, namespaces.idMax())
                        .filter(each -> each == id || id == NamespaceId.BROADCAST)
                        .mapToObj(namespaces::findAllocated)
                        .filter(Objects::nonNull)
                        .toList();
        if (doomed.isEmpty() && id != NamespaceId.BROADCAST) {
            return missing(id);
        }
        if (doomed.stream().anyMatch(changes::isBusy)) {
            return AdminOutcome.done(Status.NAMESPACE_NOT_READY);
        }
        doomed.forEach(changes::begin);
        List<Namespace> attached = doomed.stream().filter(this::isAttached).toList();
        attached.forEach(namespace -> namespaces.detach(namespace.id()));
        background.afterIo(
                () -> {
                    doomed.forEach(this::finishDelete);
                    changes.announce(attached);
                    command.finish(AdminOutcome.SUCCESS);
                });
        return AdminOutcome.PENDING;
    }

    private void finishDelete(Namespace namespace) {
        changes.end(namespace);
        changes.forget(namespace);
        namespaces.delete(namespace);
    }

    // ---- Namespace Attachment
    // --------------------------------------------------------------------

    AdminOutcome attach(PendingCommand command) {
        if (namespaces.spare() == null) {
            return AdminOutcome.refused(Status.INVALID_COMMAND_OPCODE);
        }
        int select = NamespaceAttachment.select(command.entry());
        if (select > NamespaceAttachment.SELECT_DETACH) {
            return AdminOutcome.invalidField(WRONG_SELECT);
        }
        int id = command.entry().namespaceId();
        Namespace namespace = namespaces.findAllocated(id);
        if (namespace == null) {
            return missing(id);
        }
        MemorySegment page = data.cleared();
        int status = data.receive(command, page, page.byteSize());
        if (status != Status.SUCCESS) {
            return AdminOutcome.done(status);
        }
        ControllerList list = new ControllerList().wrap(page, 0);
        if (list.count() != 1 || list.controllerId(0) != IdentifyPages.CONTROLLER_ID) {
            return AdminOutcome.refused(Status.CONTROLLER_LIST_INVALID);
        }
        if (changes.isBusy(namespace)) {
            return AdminOutcome.done(Status.NAMESPACE_NOT_READY);
        }
        return select == NamespaceAttachment.SELECT_ATTACH
                ? attach(namespace)
                : detach(command, namespace);
    }

    private AdminOutcome attach(Namespace namespace) {
        if (isAttached(namespace)) {
            return AdminOutcome.refused(Status.NAMESPACE_ALREADY_ATTACHED);
        }
        namespaces.attach(namespace);
        changes.announce(List.of(namespace));
        return AdminOutcome.SUCCESS;
    }

    private AdminOutcome detach(PendingCommand command, Namespace namespace) {
        if (!isAttached(namespace)) {
            return AdminOutcome.refused(Status.NAMESPACE_NOT_ATTACHED);
        }
        changes.begin(namespace);
        namespaces.detach(namespace.id());
        background.afterIo(
                () -> {
                    changes.end(namespace);
                    changes.announce(List.of(namespace));
                    command.finish(AdminOutcome.SUCCESS);
                });
        return AdminOutcome.PENDING;
    }

    private boolean isAttached(Namespace namespace) {
        return namespaces.find(namespace.id()) != null;
    }

    private AdminOutcome.Done missing(int id) {
        return AdminOutcome.refused(
                namespaces.isValid(id)
                        ? Status.INVALID_FIELD_IN_COMMAND
                        : Status.INVALID_NAMESPACE_OR_FORMAT,
                WRONG_NAMESPACE);
    }
}
