package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.Namespace;
import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.FormatNvm;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Format NVM (Base §5.14, NVM §4.1.2): of one namespace, or of all that are attached (FNA = 0).
 * Every format erases, whatever the host asks for; there is no cryptographic erase.
 */
final class FormatCommand {
    private static final int WRONG_FORMAT = SubmissionEntry.CDW10_OFFSET_BYTES;
    private static final int WRONG_ERASE = SubmissionEntry.CDW10_OFFSET_BYTES + 1;

    private final NamespaceTable namespaces;
    private final Background background;
    private final NamespaceChanges changes;

    FormatCommand(NamespaceTable namespaces, Background background, NamespaceChanges changes) {
        this.namespaces = namespaces;
        this.background = background;
        this.changes = changes;
    }

    AdminOutcome format(PendingCommand command) {
        SubmissionEntry entry = command.entry();
        int id = entry.namespaceId();
        int index = FormatNvm.formatIndex(entry);
        List<Namespace> meant = meant(id);
        if (meant.isEmpty() && id != NamespaceId.BROADCAST) {
            return AdminOutcome.refused(
                    namespaces.isValid(id)
                            ? Status.INVALID_FIELD_IN_COMMAND
                            : Status.INVALID_NAMESPACE_OR_FORMAT,
                    SubmissionEntry.NAMESPACE_ID_OFFSET_BYTES);
        }
        if (FormatNvm.secureErase(entry) > FormatNvm.ERASE_USER_DATA) {
            return AdminOutcome.invalidField(WRONG_ERASE);
        }
        if (FormatNvm.protectionType(entry) != 0
                || !meant.stream().allMatch(namespace -> namespace.canFormat(index))) {
            return AdminOutcome.refused(Status.INVALID_FORMAT, WRONG_FORMAT);
        }
        if (meant.stream().anyMatch(changes::isBusy)) {
            return AdminOutcome.done(Status.FORMAT_IN_PROGRESS);
        }
        meant.forEach(changes::begin);
        meant.forEach(Namespace::beginFormat);
        background.afterIo(
                () ->
                        background.run(
                                () -> formatAll(meant, index),
                                status -> onFormatted(command, meant, status)));
        return AdminOutcome.PENDING;
    }

    private List<Namespace> meant(int id) {
        return IntStream.rangeClosed(1, namespaces.idMax())
                .filter(each -> each == id || id == NamespaceId.BROADCAST)
                .mapToObj(namespaces::find)
                .filter(Objects::nonNull)
                .toList();
    }

    private static int formatAll(List<Namespace> meant, int index) {
        int status = Status.SUCCESS;
        for (Namespace namespace : meant) {
            int one = namespace.format(index);
            status = status == Status.SUCCESS ? one : status;
        }
        return status;
    }

    private void onFormatted(PendingCommand command, List<Namespace> meant, int status) {
        meant.forEach(changes::end);
        changes.announce(meant);
        command.finish(AdminOutcome.done(status));
    }
}
