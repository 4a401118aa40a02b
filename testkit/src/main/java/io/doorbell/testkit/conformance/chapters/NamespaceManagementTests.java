package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.feature.AsynchronousEventConfiguration;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.spec.log.LogPageId;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import java.util.Arrays;
import java.util.List;

/** Namespaces that come and go: create, delete, attach, detach (Base §5.22, §5.23, §8.12). */
@Chapter("Namespace management")
final class NamespaceManagementTests {
    private static final long A_WHILE_NANOS = 100_000_000;

    private static NamespaceHost managed(Host host) {
        return new NamespaceHost(host.start()).needs(NamespaceHost.NAMESPACE_MANAGEMENT);
    }

    // ---- create and delete
    // -----------------------------------------------------------------------

    @Clause(value = "Base §5.23", otherwise = "The id of the new namespace cannot be learned.")
    void create_returnsAnIdThatWasNotAllocated(Host host) {
        NamespaceHost namespaces = managed(host);
        var before = namespaces.list(Identify.ALLOCATED_NAMESPACE_LIST);
        int id = namespaces.created();
        Expect.between("NSID", id, 1, namespaces.idMax());
        Expect.that("the id is new", !before.contains(id));
        Expect.that(
                "it is allocated", namespaces.list(Identify.ALLOCATED_NAMESPACE_LIST).contains(id));
    }

    @Clause(
            value = "Base §8.12",
            otherwise = "A namespace appears at a host that nobody attached it to.")
    void createdNamespace_isInactiveUntilItIsAttached(Host host) {
        NamespaceHost namespaces = managed(host);
        int id = namespaces.created();
        Expect.that(
                "it is not active", !namespaces.list(Identify.ACTIVE_NAMESPACE_LIST).contains(id));
        HostQueue queue = host.createPair(1, 16);
        Expect.refused(
                queue.run(Commands.read(id, 0, 1, host.memory().pages(1))),
                Status.INVALID_FIELD_IN_COMMAND);
        Expect.equal("NSZE of CNS 00h", namespaces.namespace(id).sizeBlocks(), 0);
        Expect.equal(
                "NSZE of CNS 11h",
                host.memory().getLong(namespaces.identify(Identify.ALLOCATED_NAMESPACE, id)),
                1 << 13);
    }

    @Clause(value = "Base §8.12", otherwise = "A new namespace shows what another host had stored.")
    void attachedNamespace_readsZerosAndTakesData(Host host) {
        NamespaceHost namespaces = managed(host);
        int id = namespaces.created();
        Expect.success(namespaces.attach(id));
        HostQueue queue = host.createPair(1, 16);
        long page = host.memory().pages(1);
        host.memory().fill(page, 512, 0x5A);
        Expect.success(queue.run(Commands.read(id, 7, 1, page)));
        Expect.equal("first byte", host.memory().getByte(page), 0);
        byte[] content = host.memory().fillRandom(page, 512, 3);
        Expect.success(queue.run(Commands.write(id, (1 << 13) - 1, 1, page)));
        long back = host.memory().pages(1);
        Expect.success(queue.run(Commands.read(id, (1 << 13) - 1, 1, back)));
        Expect.that(
                "the last block reads as it was written",
                Arrays.equals(host.memory().bytes(back, 512), content));
    }

    @Clause(
            value = "Base §5.23",
            otherwise = "The namespace has other blocks than the host asked for.",
            values = {0, 1})
    void create_makesWhatWasAskedFor(Host host, long format) {
        NamespaceHost namespaces = managed(host);
        int id = host.adminOk(namespaces.create(1000, (int) format)).dw0();
        Expect.success(namespaces.attach(id));
        var namespace = namespaces.namespace(id);
        Expect.equal("NSZE", namespace.sizeBlocks(), 1000);
        Expect.equal("NCAP", namespace.capacityBlocks(), 1000);
        Expect.equal("FLBAS", namespace.formattedLbaSize() & 0xF, format);
    }

    @Clause(
            value = "Base §8.12",
            otherwise = "A tool offers capacity that does not exist, or hides what does.")
    void unallocatedCapacity_fallsAndRisesWithNamespaces(Host host) {
        NamespaceHost namespaces = managed(host);
        long before = namespaces.unallocatedBytes();
        int id = namespaces.created();
        Expect.equal("UNVMCAP after create", namespaces.unallocatedBytes(), before - (4 << 20));
        host.adminOk(NamespaceHost.delete(id));
        Expect.equal("UNVMCAP after delete", namespaces.unallocatedBytes(), before);
    }

    @Clause(
            value = "Base §5.23",
            otherwise = "A host believes in a namespace larger than the device.")
    void createBeyondTheCapacity_isRefused(Host host) {
        NamespaceHost namespaces = managed(host);
        long blocks = namespaces.unallocatedBytes() / 512 + 1;
        Expect.refused(
                host.admin(namespaces.create(blocks, 0)), Status.NAMESPACE_INSUFFICIENT_CAPACITY);
        Expect.refused(
                host.admin(namespaces.create(1L << 62, 0)), Status.NAMESPACE_INSUFFICIENT_CAPACITY);
    }

    @Clause(value = "Base §5.23", otherwise = "A namespace has an id beyond NN that nobody scans.")
    void createWithoutAFreeId_isRefused(Host host) {
        NamespaceHost namespaces = managed(host);
        int free = namespaces.idMax() - namespaces.list(Identify.ALLOCATED_NAMESPACE_LIST).size();
        for (int i = 0; i < free; i++) {
            host.adminOk(namespaces.create(8, 0));
        }
        Expect.refused(
                host.admin(namespaces.create(8, 0)), Status.NAMESPACE_IDENTIFIER_UNAVAILABLE);
    }

    @Clause(
            value = "Base §5.23",
            otherwise = "A host gets a namespace in a format that does not exist.",
            values = {2, 3, 15, 0x2F})
    void createInAnAbsentFormat_isRefused(Host host, long format) {
        NamespaceHost namespaces = managed(host);
        Expect.refused(host.admin(namespaces.create(1000, (int) format)), Status.INVALID_FORMAT);
    }

    /** A create page with one more field set. */
    private static Command createWith(Host host, int offset, int value) {
        long page = host.memory().pages(1);
        host.memory().putLong(page, 1000);
        host.memory().putLong(page + 8, 1000);
        host.memory().put(page + offset, new byte[] {(byte) value});
        return NamespaceHost.create(page);
    }

    @Clause(
            value = "Base §5.23",
            otherwise = "A host relies on protection information that nobody checks.")
    void createWithProtection_isRefused(Host host) {
        managed(host);
        Expect.refused(host.admin(createWith(host, 29, 1)), Status.INVALID_FORMAT);
    }

    @Clause(value = "Base §5.23", otherwise = "A host overcommits a device that cannot grow.")
    void createThin_isRefused(Host host) {
        managed(host);
        Expect.refused(host.admin(createWith(host, 8, 1)), Status.THIN_PROVISIONING_NOT_SUPPORTED);
    }

    @Clause(value = "Base §5.23", otherwise = "A host gets a namespace without a single block.")
    void createOfNoBlocks_isRefused(Host host) {
        NamespaceHost namespaces = managed(host);
        Expect.refused(host.admin(namespaces.create(0, 0)), Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.23",
            otherwise = "A host waits for a path change in a group that does not exist.")
    void createInAnAnaGroup_isRefused(Host host) {
        managed(host);
        Expect.refused(host.admin(createWith(host, 92, 1)), Status.ANA_GROUP_IDENTIFIER_INVALID);
    }

    @Clause(
            value = "Base §5.23",
            otherwise = "A host gets a block device where it asked for another command set.",
            values = {1, 2, 0x30})
    void createForAnotherCommandSet_isRefused(Host host, long commandSet) {
        NamespaceHost namespaces = managed(host);
        Expect.refused(
                host.admin(namespaces.create(1000, 0).cdw(11, (int) commandSet << 24)),
                Status.IO_COMMAND_SET_NOT_SUPPORTED);
    }

    @Clause(
            value = "Base §5.23",
            otherwise = "An operation of a later version does something else here.",
            values = {2, 7, 15})
    void reservedSelect_isAnInvalidField(Host host, long select) {
        NamespaceHost namespaces = managed(host);
        Expect.refused(
                host.admin(namespaces.create(1000, 0).cdw(10, (int) select)),
                Status.INVALID_FIELD_IN_COMMAND);
        Expect.refused(
                host.admin(namespaces.attachment((int) select, 1, 0)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §4.1.1",
            otherwise = "A namespace is made of what happened to lie in the device's buffer.")
    void createFromNowhere_isATransferError(Host host) {
        managed(host);
        Expect.status(
                host.admin(NamespaceHost.create(host.memory().nowhere())),
                Status.DATA_TRANSFER_ERROR);
    }

    @Clause(value = "Base §5.23", otherwise = "A namespace that was deleted still shows up.")
    void delete_removesTheNamespace(Host host) {
        NamespaceHost namespaces = managed(host);
        host.adminOk(NamespaceHost.delete(1));
        Expect.that("it is not active", namespaces.list(Identify.ACTIVE_NAMESPACE_LIST).isEmpty());
        Expect.that(
                "it is not allocated",
                namespaces.list(Identify.ALLOCATED_NAMESPACE_LIST).isEmpty());
        HostQueue queue = host.createPair(1, 16);
        Expect.refused(
                queue.run(Commands.read(1, 0, 1, host.memory().pages(1))),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(value = "Base §5.23", otherwise = "A tool that deletes all namespaces leaves some.")
    void deleteOfAll_leavesNone(Host host) {
        NamespaceHost namespaces = managed(host);
        namespaces.created();
        namespaces.created();
        host.adminOk(NamespaceHost.delete(-1));
        Expect.that(
                "none is allocated", namespaces.list(Identify.ALLOCATED_NAMESPACE_LIST).isEmpty());
    }

    @Clause(value = "Base §5.23", otherwise = "A tool deletes nothing and is told that it did.")
    void deleteOfWhatIsNotThere_isRefused(Host host) {
        NamespaceHost namespaces = managed(host);
        Expect.refused(
                host.admin(NamespaceHost.delete(namespaces.idMax())),
                Status.INVALID_FIELD_IN_COMMAND);
        Expect.refused(
                host.admin(NamespaceHost.delete(namespaces.idMax() + 1)),
                Status.INVALID_NAMESPACE_OR_FORMAT);
        Expect.refused(host.admin(NamespaceHost.delete(0)), Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(
            value = "Base §8.12",
            otherwise = "Reads that were on their way take the controller down, or never end.")
    void deleteUnderIo_everyCommandCompletes(Host host) {
        managed(host);
        HostQueue queue = host.createPair(1, 64);
        long page = host.memory().pages(1);
        for (int i = 0; i < 40; i++) {
            queue.put(Commands.read(1, i, 1, page));
        }
        queue.ring();
        host.adminOk(NamespaceHost.delete(1));
        for (int i = 0; i < 40; i++) {
            int status = queue.expectCompletion().status();
            Expect.that(
                    "success or no such namespace",
                    status == 0
                            || Status.codeTypeAndCode(status) == Status.INVALID_FIELD_IN_COMMAND);
        }
        Expect.that("the controller is well", !host.isFatal());
    }

    @Clause(
            value = "Base §8.12",
            otherwise = "Two tools that remove one namespace take another with it, or hang.",
            values = {0, 1})
    void twoRemovalsAtOnce_removeOnce(Host host, long detach) {
        NamespaceHost namespaces = managed(host);
        for (int i = 0; i < 2; i++) {
            host.adminQueue()
                    .put(
                            detach == 0
                                    ? NamespaceHost.delete(1)
                                    : namespaces.attachment(1, 1, namespaces.controllerId()));
        }
        host.adminQueue().ring();
        int successes = 0;
        for (int i = 0; i < 2; i++) {
            int code = Status.codeTypeAndCode(host.adminQueue().expectCompletion().status());
            successes += code == Status.SUCCESS ? 1 : 0;
            Expect.that(
                    "success, not ready, or gone already",
                    code == Status.SUCCESS
                            || code == Status.NAMESPACE_NOT_READY
                            || code == Status.NAMESPACE_NOT_ATTACHED
                            || code == Status.INVALID_FIELD_IN_COMMAND);
        }
        host.adminQueue().ringHead();
        Expect.equal("commands that succeeded", successes, 1);
        Expect.that(
                "it is not active", !namespaces.list(Identify.ACTIVE_NAMESPACE_LIST).contains(1));
    }

    @Clause(
            value = "Base §5.27",
            level = Level.SHOULD,
            otherwise = "A new namespace inherits the settings of one that is gone.")
    void namespaceOfAnOldId_hasDefaultFeatures(Host host) {
        NamespaceHost namespaces = managed(host);
        host.adminOk(
                Commands.setFeature(FeatureId.ERROR_RECOVERY, 0x10)
                        .cdw(10, 1 << 31 | FeatureId.ERROR_RECOVERY)
                        .nsid(1));
        host.adminOk(NamespaceHost.delete(1));
        int id = namespaces.created();
        Expect.equal("the id is used again", id, 1);
        Expect.success(namespaces.attach(id));
        Expect.equal(
                "Error Recovery",
                host.adminOk(Commands.getFeature(FeatureId.ERROR_RECOVERY).nsid(id)).dw0(),
                0);
    }

    // ---- attach and detach
    // -----------------------------------------------------------------------

    @Clause(
            value = "Base §5.22",
            otherwise = "A driver cannot tell its namespaces from those of others.")
    void detachedNamespace_isAllocatedAndInactive(Host host) {
        NamespaceHost namespaces = managed(host);
        Expect.success(namespaces.detach(1));
        Expect.that(
                "it is not active", !namespaces.list(Identify.ACTIVE_NAMESPACE_LIST).contains(1));
        Expect.that(
                "it is allocated", namespaces.list(Identify.ALLOCATED_NAMESPACE_LIST).contains(1));
        Expect.equal("NSZE of CNS 00h", namespaces.namespace(1).sizeBlocks(), 0);
    }

    @Clause(value = "Base §5.22", otherwise = "Data is lost because a namespace was detached.")
    void namespaceThatIsAttachedAgain_hasItsData(Host host) {
        NamespaceHost namespaces = managed(host);
        HostQueue queue = host.createPair(1, 16);
        long page = host.memory().pages(1);
        byte[] content = host.memory().fillRandom(page, 512, 4);
        Expect.success(queue.run(Commands.write(1, 5, 1, page)));
        Expect.success(namespaces.detach(1));
        Expect.success(namespaces.attach(1));
        long back = host.memory().pages(1);
        Expect.success(queue.run(Commands.read(1, 5, 1, back)));
        Expect.that(
                "the block reads as it was written",
                Arrays.equals(host.memory().bytes(back, 512), content));
    }

    @Clause(
            value = "Base §5.22",
            otherwise = "The attachment is gone with the next reset, and the disk with it.")
    void attachment_outlivesAReset(Host host) {
        NamespaceHost namespaces = managed(host);
        int id = namespaces.created();
        Expect.success(namespaces.attach(id));
        Expect.success(namespaces.detach(1));
        host.restart();
        Expect.that(
                "only the new one is active",
                namespaces.list(Identify.ACTIVE_NAMESPACE_LIST).equals(List.of(id)));
    }

    @Clause(value = "Base §5.22", otherwise = "A tool attaches twice and does not notice.")
    void attachOfWhatIsAttached_isRefused(Host host) {
        Expect.refused(managed(host).attach(1), Status.NAMESPACE_ALREADY_ATTACHED);
    }

    @Clause(value = "Base §5.22", otherwise = "A tool detaches twice and does not notice.")
    void detachOfWhatIsNotAttached_isRefused(Host host) {
        NamespaceHost namespaces = managed(host);
        Expect.refused(namespaces.detach(namespaces.created()), Status.NAMESPACE_NOT_ATTACHED);
    }

    @Clause(
            value = "Base §5.22",
            otherwise = "A namespace is attached to a controller that does not exist.",
            values = {1, 0x00FF, 0xFFEF})
    void unknownController_isAnInvalidList(Host host, long controller) {
        NamespaceHost namespaces = managed(host);
        int id = namespaces.created();
        Expect.refused(
                host.admin(namespaces.attachment(0, id, (int) controller)),
                Status.CONTROLLER_LIST_INVALID);
        Expect.refused(
                host.admin(namespaces.attachment(1, 1, (int) controller)),
                Status.CONTROLLER_LIST_INVALID);
    }

    @Clause(value = "Base §5.22", otherwise = "A list of nobody attaches to somebody.")
    void emptyControllerList_isInvalid(Host host) {
        NamespaceHost namespaces = managed(host);
        Expect.refused(
                host.admin(namespaces.attachment(0, namespaces.created())),
                Status.CONTROLLER_LIST_INVALID);
    }

    @Clause(
            value = "Base §5.22",
            otherwise = "A tool attaches nothing and is told that it did.",
            values = {0, 0xFFFF_FFFFL, 0xFFFF_FFFEL})
    void attachOfNoNamespace_isRefused(Host host, long id) {
        NamespaceHost namespaces = managed(host);
        Expect.refused(
                host.admin(namespaces.attachment(0, (int) id, 0)),
                Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(
            value = "Base §5.17.2.12",
            otherwise = "A tool shows a namespace as attached that is not, or hides one.")
    void controllersOfANamespace_areThoseItIsAttachedTo(Host host) {
        NamespaceHost namespaces = managed(host);
        long list = namespaces.identify(Identify.NAMESPACE_CONTROLLER_LIST, 1);
        Expect.equal("count", host.memory().getShort(list), 1);
        Expect.equal("id", host.memory().getShort(list + 2), namespaces.controllerId());
        Expect.success(namespaces.detach(1));
        list = namespaces.identify(Identify.NAMESPACE_CONTROLLER_LIST, 1);
        Expect.equal("count when detached", host.memory().getShort(list), 0);
    }

    // ---- events
    // ----------------------------------------------------------------------------------

    private static void listen(Host host) {
        host.adminOk(
                Commands.setFeature(
                        FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION,
                        AsynchronousEventConfiguration.NAMESPACE_ATTRIBUTE));
    }

    private static long changedList(Host host) {
        long page = host.memory().pages(1);
        host.adminOk(Commands.getLogPage(LogPageId.CHANGED_NAMESPACE_LIST, 4096, page));
        return page;
    }

    @Clause(
            value = "Base §5.2",
            otherwise = "A driver goes on with a namespace that is gone.",
            values = {0, 1, 2})
    void change_isNoticedAndListed(Host host, long change) {
        NamespaceHost namespaces = managed(host);
        int id = namespaces.created();
        listen(host);
        switch ((int) change) {
            case 0 -> Expect.success(namespaces.attach(id));
            case 1 -> Expect.success(namespaces.detach(1));
            default -> host.adminOk(NamespaceHost.delete(1));
        }
        host.requestEvent();
        Expect.equal(
                "event", host.expectAsyncEvent(), AsynchronousEvent.NAMESPACE_ATTRIBUTE_CHANGED);
        long list = changedList(host);
        Expect.equal("changed", host.memory().getInt(list), change == 0 ? id : 1);
        Expect.equal("and no other", host.memory().getInt(list + 4), 0);
    }

    @Clause(
            value = "Base §5.16.1.5",
            otherwise = "A driver scans for changes that it has already seen.")
    void changedList_isEmptyOnceRead(Host host) {
        NamespaceHost namespaces = managed(host);
        Expect.success(namespaces.detach(1));
        Expect.equal("changed", host.memory().getInt(changedList(host)), 1);
        Expect.equal("changed since", host.memory().getInt(changedList(host)), 0);
    }

    @Clause(
            value = "Base §5.16.1.5",
            otherwise = "A tool that looks at the list hides the change from the driver.")
    void changedList_staysWhenReadWithRae(Host host) {
        NamespaceHost namespaces = managed(host);
        Expect.success(namespaces.detach(1));
        long page = host.memory().pages(1);
        host.adminOk(
                Commands.getLogPage(LogPageId.CHANGED_NAMESPACE_LIST, 4096, page)
                        .cdw(10, 1023 << 16 | 1 << 15 | LogPageId.CHANGED_NAMESPACE_LIST));
        Expect.equal("changed", host.memory().getInt(page), 1);
        Expect.equal("changed", host.memory().getInt(changedList(host)), 1);
    }

    @Clause(
            value = "Base §5.27.1.8",
            otherwise = "A driver that did not ask for notices has its requests used up.")
    void change_isNotNoticedUnlessEnabledButListed(Host host) {
        NamespaceHost namespaces = managed(host);
        host.requestEvent();
        host.adminQueue().submit(namespaces.attachment(1, 1, namespaces.controllerId()));
        Expect.success(host.adminQueue().expectCompletion());
        host.adminQueue().ringHead();
        host.adminQueue().expectNoCompletion(A_WHILE_NANOS);
        Expect.equal("changed", host.memory().getInt(changedList(host)), 1);
    }

    @Clause(
            value = "Base §5.27.1.8",
            otherwise = "A driver that begins to listen misses what changed just before.")
    void changeBeforeListening_isNoticedWhenEnabled(Host host) {
        NamespaceHost namespaces = managed(host);
        Expect.success(namespaces.detach(1));
        listen(host);
        host.requestEvent();
        Expect.equal(
                "event", host.expectAsyncEvent(), AsynchronousEvent.NAMESPACE_ATTRIBUTE_CHANGED);
    }

    @Clause(value = "Base §5.2", otherwise = "Ten changes cost a driver ten scans.")
    void changesBeforeTheListIsRead_areOneEvent(Host host) {
        NamespaceHost namespaces = managed(host);
        listen(host);
        for (int i = 0; i < 5; i++) {
            Expect.success(namespaces.detach(1));
            Expect.success(namespaces.attach(1));
        }
        host.requestEvent();
        host.requestEvent();
        Expect.equal(
                "event", host.expectAsyncEvent(), AsynchronousEvent.NAMESPACE_ATTRIBUTE_CHANGED);
        host.adminQueue().expectNoCompletion(A_WHILE_NANOS);
    }

    // ---- not offered
    // -----------------------------------------------------------------------------

    @Clause(
            value = "Base §5.17.2.1",
            otherwise = "A tool deletes a namespace on a device that said it cannot.")
    void withoutManagement_theCommandsAreUnknown(Bench bench) {
        Host host = bench.start(DeviceShape.DEFAULT.withNamespaceManagement(false));
        NamespaceHost namespaces = new NamespaceHost(host);
        Expect.refused(host.admin(namespaces.create(8, 0)), Status.INVALID_COMMAND_OPCODE);
        Expect.refused(host.admin(NamespaceHost.delete(1)), Status.INVALID_COMMAND_OPCODE);
        Expect.refused(host.admin(namespaces.attachment(1, 1, 0)), Status.INVALID_COMMAND_OPCODE);
    }
}
