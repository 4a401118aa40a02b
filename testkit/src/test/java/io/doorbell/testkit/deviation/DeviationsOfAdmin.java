package io.doorbell.testkit.deviation;

import java.util.List;

/** What a controller can get wrong about admin commands, features, log pages and events. */
final class DeviationsOfAdmin {
    private static final String EVENTS = "admin/AsyncEvents.java";
    private static final String LOGS = "admin/LogPages.java";
    private static final String FEATURES = "admin/FeatureCommands.java";
    private static final String TABLE = "admin/FeatureTable.java";
    private static final String NAMESPACES = "admin/NamespaceCommands.java";

    static final List<Deviation> ALL =
            List.of(
                    // Asynchronous events
                    new Deviation(
                            "event requests without end",
                            "takes more event requests than AERL says",
                            EVENTS,
                            "if (requests.size() > REQUEST_LIMIT_ZERO_BASED) {",
                            "if (requests.size() > 100) {"),
                    new Deviation(
                            "event storm",
                            "reports a type again before its log page was read",
                            EVENTS,
                            "maskedTypes.set(type);",
                            ""),
                    new Deviation(
                            "one event for ever",
                            "stays silent about errors once one was reported",
                            EVENTS,
                            "maskedTypes.clear(AsynchronousEvent.TYPE_ERROR);",
                            "{}"),
                    new Deviation(
                            "old news",
                            "reports an event whose log page was read already",
                            EVENTS,
                            "retained.removeIf(event -> AsynchronousEvent.logPageId(event) =="
                                    + " logPageId);",
                            ""),
                    new Deviation(
                            "events lost",
                            "forgets an event that finds no request",
                            EVENTS,
                            "if (isEnabled(event) && retained.size() < RETAINED_EVENTS_MAX) {",
                            "if (isEnabled(event) && !requests.isEmpty()) {"),
                    new Deviation(
                            "notices for everybody",
                            "reports namespace changes whatever feature 0Bh says",
                            EVENTS,
                            "(switches & AsynchronousEventConfiguration.NAMESPACE_ATTRIBUTE) != 0;",
                            "true;"),
                    new Deviation(
                            "RAE ignored",
                            "clears the event though the host asked to retain it",
                            LOGS,
                            "&& !GetLogPage.retainAsynchronousEvent(entry)",
                            ""),
                    new Deviation(
                            "deaf at first",
                            "does not report a condition that held before it was enabled",
                            "admin/FeatureActions.java",
                            "int added = wanted & ~listensTo;",
                            "int added = 0;"),
                    // Log pages
                    new Deviation(
                            "offset ignored",
                            "always returns the beginning of a log page",
                            LOGS,
                            "content.asSlice(offset)",
                            "content"),
                    new Deviation(
                            "length without NUMDU",
                            "writes the whole page whatever length was asked for",
                            LOGS,
                            "Math.min(GetLogPage.lengthBytes(entry), page.sizeBytes() - offset)",
                            "page.sizeBytes() - offset"),
                    new Deviation(
                            "read beyond the page",
                            "takes offsets behind the end of a log page",
                            LOGS,
                            "if (offset < 0 || offset > page.sizeBytes() || (offset & 3) != 0) {",
                            "if (offset < 0 || offset > page.sizeBytes() + 4 || (offset & 3) != 0)"
                                    + " {"),
                    new Deviation(
                            "errors upside down",
                            "lists the oldest error first",
                            "admin/ErrorLog.java",
                            "entries.addFirst(entry);",
                            "entries.addLast(entry);"),
                    new Deviation(
                            "units of one block",
                            "counts data units in blocks instead of thousands",
                            "admin/Health.java",
                            "UNIT_BYTES = 512 * 1_000",
                            "UNIT_BYTES = 512"),
                    new Deviation(
                            "writes are reads",
                            "counts write commands as reads",
                            "namespace/IoTally.java",
                            "writes++;",
                            "reads++;"),
                    // Features
                    new Deviation(
                            "default instead of current",
                            "answers Get Features with the default",
                            TABLE,
                            "return value == null ? savedValue(key) : value;",
                            "return savedValue(key);"),
                    new Deviation(
                            "everything is saved",
                            "keeps settings over a reset that nobody asked to save",
                            TABLE,
                            "if (save || key.feature() == FeatureId.SOFTWARE_PROGRESS_MARKER) {",
                            "if (save || key.feature() != FeatureId.INTERRUPT_COALESCING) {"),
                    new Deviation(
                            "nothing is saved",
                            "forgets at a reset what was saved",
                            TABLE,
                            "Integer value = saved.find(key);",
                            "Integer value = null;"),
                    new Deviation(
                            "one setting for all",
                            "keeps one value of a feature that each namespace has",
                            FEATURES,
                            "FeatureKey key = new FeatureKey(feature, selector, id);",
                            "FeatureKey key = new FeatureKey(feature, selector, 1);"),
                    new Deviation(
                            "scope ignored",
                            "sets a controller's feature for a namespace",
                            FEATURES,
                            "if (id == NamespaceId.NONE || everything) {",
                            "if (id != 0xFFFF_FFF0) {"),
                    new Deviation(
                            "reserved select",
                            "answers reserved selects with the current value",
                            FEATURES,
                            "|| select > GetFeatures.SELECT_SUPPORTED_CAPABILITIES",
                            ""),
                    new Deviation(
                            "DULBE for show",
                            "keeps feature 05h and goes on as before",
                            "admin/FeatureActions.java",
                            "io.deallocatedReadsFail(key.namespaceId(), reports);",
                            "io.deallocatedReadsFail(key.namespaceId(), false && reports);"),
                    new Deviation(
                            "the clock stands still",
                            "does not count the timestamp on",
                            "admin/TimestampFeature.java",
                            "setMillis + counted",
                            "setMillis"),
                    new Deviation(
                            "keep alive forgotten",
                            "goes on when the host is silent",
                            "admin/KeepAlive.java",
                            "return expiredRound == round;",
                            "return expiredRound < 0;"),
                    new Deviation(
                            "keep alive unheard",
                            "does not restart the timer at the command",
                            "admin/KeepAlive.java",
                            "        restart();\n        return AdminOutcome.SUCCESS;",
                            "        return AdminOutcome.SUCCESS;"),
                    // Identify and namespaces
                    new Deviation(
                            "list from the given id",
                            "lists namespaces from the given id instead of above it",
                            "admin/IdentifyLists.java",
                            "for (int id = after + 1;",
                            "for (int id = Math.max(1, after);"),
                    new Deviation(
                            "inactive means invalid",
                            "refuses Identify of an inactive namespace",
                            "admin/IdentifyPages.java",
                            "// Valid but inactive: a page of zeros (NVM §4.1.5.1).",
                            "if (id > 0) return invalidNamespace();"),
                    new Deviation(
                            "attached at birth",
                            "attaches a namespace as it creates it",
                            "namespace/NamespaceTable.java",
                            "unallocatedBytes -= sizeBytes(namespace);",
                            "unallocatedBytes -= sizeBytes(namespace); attach(namespace);"),
                    new Deviation(
                            "change unlisted",
                            "does not list which namespace has changed",
                            "admin/NamespaceChanges.java",
                            "changed.add(namespace.id())",
                            "changed.isEmpty()"),
                    new Deviation(
                            "any controller will do",
                            "attaches for controllers that do not exist",
                            NAMESPACES,
                            "|| list.controllerId(0) != IdentifyPages.CONTROLLER_ID",
                            ""),
                    new Deviation(
                            "format that does not erase",
                            "leaves the data where it was",
                            "namespace/Namespace.java",
                            "zeroing.add(0, bytes);",
                            "zeroing.add(0, 512);"),
                    new Deviation(
                            "format of all",
                            "formats every namespace when asked for one",
                            "admin/FormatCommand.java",
                            ".filter(each -> each == id || id == NamespaceId.BROADCAST)",
                            ".filter(each -> id > 0 || id == NamespaceId.BROADCAST)"),
                    new Deviation(
                            "namespace removed twice",
                            "deletes a namespace that is being deleted",
                            NAMESPACES,
                            "if (doomed.stream().anyMatch(changes::isBusy)) {",
                            "if (doomed.size() > 100) {"),
                    new Deviation(
                            "no end of a page",
                            "refuses to read from where a log page ends",
                            LOGS,
                            "offset > page.sizeBytes()",
                            "offset >= page.sizeBytes()"),
                    new Deviation(
                            "half a page is enough",
                            "answers Identify although part of the memory is not there",
                            "admin/AdminExecutor.java",
                            "data.send(command, page, Identify.DATA_SIZE_BYTES)",
                            "data.send(command, page, Identify.DATA_SIZE_BYTES) & 0"));

    private DeviationsOfAdmin() {}
}
