package io.doorbell.controller.admin;

import io.doorbell.controller.namespace.NamespaceTable;
import io.doorbell.spec.NamespaceId;
import io.doorbell.spec.Status;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.GetFeatures;
import io.doorbell.spec.command.SetFeatures;
import io.doorbell.spec.feature.FeatureId;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;

/** Get Features and Set Features (Base §5.15, §5.27): the checks, and which value is meant. */
final class FeatureCommands {
    /** Acts on features that were set. */
    interface Action {
        /** The feature has its new value now; the outcome may wait for more. */
        AdminOutcome onSet(PendingCommand command, FeatureKey key);
    }

    private static final int NAMESPACE_SPECIFIC = GetFeatures.CAPABILITY_NAMESPACE_SPECIFIC;
    private static final int WRONG_FEATURE = SubmissionEntry.CDW10_OFFSET_BYTES;
    private static final int WRONG_VALUE = SubmissionEntry.CDW11_OFFSET_BYTES;
    private static final int WRONG_NAMESPACE = SubmissionEntry.NAMESPACE_ID_OFFSET_BYTES;

    private final FeatureTable table;
    private final Map<Integer, DataFeature> dataFeatures = new TreeMap<>();
    private final NamespaceTable namespaces;
    private final AdminData data;
    private final QueueCommands queues;
    private final Action action;

    FeatureCommands(
            FeatureTable table,
            LastingState lasting,
            NamespaceTable namespaces,
            AdminData data,
            QueueCommands queues,
            Action action) {
        this.table = table;
        this.namespaces = namespaces;
        this.data = data;
        this.queues = queues;
        this.action = action;
        dataFeatures.put(FeatureId.TIMESTAMP, new TimestampFeature(lasting));
        dataFeatures.put(FeatureId.HOST_BEHAVIOR_SUPPORT, new HostBehaviorFeature());
        dataFeatures.put(FeatureId.HOST_IDENTIFIER, new HostIdentifierFeature());
    }

    boolean has(int feature) {
        return table.has(feature) || dataFeatures.containsKey(feature);
    }

    int capabilities(int feature) {
        return table.has(feature) ? table.capabilities(feature) : GetFeatures.CAPABILITY_CHANGEABLE;
    }

    // ---- Get -------------------------------------------------------------------------------

    AdminOutcome get(PendingCommand command) {
        SubmissionEntry entry = command.entry();
        int feature = GetFeatures.featureId(entry);
        int select = GetFeatures.select(entry);
        if (!has(feature) || select > GetFeatures.SELECT_SUPPORTED_CAPABILITIES) {
            return AdminOutcome.invalidField(WRONG_FEATURE);
        }
        if (select == GetFeatures.SELECT_SUPPORTED_CAPABILITIES) {
            return AdminOutcome.result(capabilities(feature));
        }
        DataFeature dataFeature = dataFeatures.get(feature);
        return dataFeature == null ? getValue(entry) : getData(command, dataFeature);
    }

    private AdminOutcome getValue(SubmissionEntry entry) {
        int feature = GetFeatures.featureId(entry);
        int selector = table.selector(feature, GetFeatures.selector(entry), false);
        if (selector < 0) {
            return AdminOutcome.invalidField(WRONG_VALUE);
        }
        if (!isNamespaceSpecific(feature)) {
            return AdminOutcome.result(value(new FeatureKey(feature, selector), entry));
        }
        int id = entry.namespaceId();
        AdminOutcome.Done missing = missingNamespace(id);
        return missing == null
                ? AdminOutcome.result(value(new FeatureKey(feature, selector, id), entry))
                : missing;
    }

    private int value(FeatureKey key, SubmissionEntry entry) {
        return switch (GetFeatures.select(entry)) {
            case GetFeatures.SELECT_DEFAULT -> table.defaultValue(key);
            case GetFeatures.SELECT_SAVED -> table.savedValue(key);
            default -> table.value(key);
        };
    }

    private AdminOutcome getData(PendingCommand command, DataFeature feature) {
        boolean current = GetFeatures.select(command.entry()) == GetFeatures.SELECT_CURRENT;
        MemorySegment page = data.cleared();
        if (current) {
            feature.get(page);
        }
        int status = data.send(command, page, feature.sizeBytes());
        return status == Status.SUCCESS
                ? AdminOutcome.result(current ? feature.result() : 0)
                : AdminOutcome.done(status);
    }

    // ---- Set -------------------------------------------------------------------------------

    AdminOutcome set(PendingCommand command) {
        SubmissionEntry entry = command.entry();
        int feature = SetFeatures.featureId(entry);
        if (!has(feature)) {
            return AdminOutcome.invalidField(WRONG_FEATURE);
        }
        boolean saveable = (capabilities(feature) & GetFeatures.CAPABILITY_SAVEABLE) != 0;
        if (SetFeatures.save(entry) && !saveable) {
            return AdminOutcome.refused(Status.FEATURE_IDENTIFIER_NOT_SAVEABLE, WRONG_FEATURE);
        }
        AdminOutcome.Done refusal = checkScope(feature, entry.namespaceId());
        if (refusal != null) {
            return refusal;
        }
        DataFeature dataFeature = dataFeatures.get(feature);
        return dataFeature == null ? setValue(command, feature) : setData(command, dataFeature);
    }

    private AdminOutcome setValue(PendingCommand command, int feature) {
        SubmissionEntry entry = command.entry();
        int value = SetFeatures.value(entry);
        int selector = table.selector(feature, value, true);
        if (selector < 0 || !table.allows(feature, value)) {
            return AdminOutcome.invalidField(WRONG_VALUE);
        }
        if (feature == FeatureId.NUMBER_OF_QUEUES) {
            return table.setQueuePairs(value, queues.ioQueueWasCreated());
        }
        boolean save = SetFeatures.save(entry);
        if (!isNamespaceSpecific(feature)) {
            FeatureKey key = new FeatureKey(feature, selector);
            table.set(key, value, save);
            return action.onSet(command, key);
        }
        AdminOutcome outcome = AdminOutcome.SUCCESS;
        for (int id = 1; id <= namespaces.idMax(); id++) {
            boolean meant = id == entry.namespaceId() || entry.namespaceId() == -1;
            if (meant && namespaces.find(id) != null) {
                FeatureKey key = new FeatureKey(feature, selector, id);
                table.set(key, value, save);
                outcome = action.onSet(command, key);
            }
        }
        return outcome;
    }

    private AdminOutcome setData(PendingCommand command, DataFeature feature) {
        int value = SetFeatures.value(command.entry());
        MemorySegment page = data.cleared();
        int status = data.receive(command, page, feature.sizeBytes(value));
        if (status != Status.SUCCESS) {
            return AdminOutcome.done(status);
        }
        return feature.set(value, page)
                ? AdminOutcome.SUCCESS
                : AdminOutcome.refused(Status.INVALID_FIELD_IN_COMMAND);
    }

    // ---- namespaces ------------------------------------------------------------------------

    private boolean isNamespaceSpecific(int feature) {
        return (capabilities(feature) & NAMESPACE_SPECIFIC) != 0;
    }

    /** Whether the feature may be set for what NSID names; null if so. */
    private AdminOutcome.@Nullable Done checkScope(int feature, int id) {
        boolean everything = id == NamespaceId.BROADCAST;
        if (isNamespaceSpecific(feature)) {
            return everything ? null : missingNamespace(id);
        }
        if (id == NamespaceId.NONE || everything) {
            return null;
        }
        return AdminOutcome.refused(
                namespaces.isValid(id)
                        ? Status.FEATURE_NOT_NAMESPACE_SPECIFIC
                        : Status.INVALID_NAMESPACE_OR_FORMAT,
                WRONG_NAMESPACE);
    }

    /** Why there is no such active namespace; null if there is. */
    private AdminOutcome.@Nullable Done missingNamespace(int id) {
        if (namespaces.find(id) != null) {
            return null;
        }
        return AdminOutcome.refused(
                namespaces.isValid(id)
                        ? Status.INVALID_FIELD_IN_COMMAND
                        : Status.INVALID_NAMESPACE_OR_FORMAT,
                WRONG_NAMESPACE);
    }
}
