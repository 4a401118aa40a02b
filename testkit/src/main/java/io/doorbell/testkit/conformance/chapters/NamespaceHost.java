package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.Memory;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What a host does about namespaces, for tests. */
final class NamespaceHost {
    static final int FORMAT_NVM = 1 << 1;
    static final int NAMESPACE_MANAGEMENT = 1 << 3;

    private final Host host;

    NamespaceHost(Host host) {
        this.host = host;
    }

    /** The subject of a test is an optional command of OACS. */
    NamespaceHost needs(int optionalAdminCommand) {
        long page = identify(Identify.CONTROLLER, 0);
        int offered = host.memory().getShort(page + IdentifyController.OACS_OFFSET_BYTES);
        NotApplicable.unless((offered & optionalAdminCommand) != 0, "OACS does not offer it");
        return this;
    }

    /** NN. */
    int idMax() {
        return host.memory()
                .getInt(identify(Identify.CONTROLLER, 0) + IdentifyController.NN_OFFSET_BYTES);
    }

    /** UNVMCAP. */
    long unallocatedBytes() {
        return host.memory()
                .getLong(
                        identify(Identify.CONTROLLER, 0) + IdentifyController.UNVMCAP_OFFSET_BYTES);
    }

    /** An Identify page that must be returned. */
    long identify(int structure, int id) {
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(structure, id, page));
        return page;
    }

    IdentifyNamespace namespace(int id) {
        byte[] content = host.memory().bytes(identify(Identify.NAMESPACE, id), Memory.PAGE_BYTES);
        return new IdentifyNamespace().wrap(MemorySegment.ofArray(content), 0);
    }

    /** The ids of an Identify list, from the first. */
    List<Integer> list(int structure) {
        long page = identify(structure, 0);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 1024 && host.memory().getInt(page + 4L * i) != 0; i++) {
            ids.add(host.memory().getInt(page + 4L * i));
        }
        return ids;
    }

    // ---- Namespace Management
    // --------------------------------------------------------------------

    /** Create of a namespace whose fields are zero but for these. */
    Command create(long blocks, int formatIndex) {
        long page = host.memory().pages(1);
        host.memory().putLong(page, blocks);
        host.memory().putLong(page + 8, blocks);
        host.memory().put(page + 26, new byte[] {(byte) formatIndex});
        return create(page);
    }

    static Command create(long page) {
        return Command.of(AdminOpcode.NAMESPACE_MANAGEMENT).prp1(page);
    }

    /** Creates a namespace of 4 MiB; returns its id. */
    int created() {
        return host.adminOk(create(1 << 13, 0)).dw0();
    }

    static Command delete(int id) {
        return Command.of(AdminOpcode.NAMESPACE_MANAGEMENT).nsid(id).cdw(10, 1);
    }

    /** Attach (0) or detach (1) for the controllers of a list. */
    Command attachment(int select, int id, int... controllers) {
        long page = host.memory().pages(1);
        byte[] list = new byte[2 + 2 * controllers.length];
        list[0] = (byte) controllers.length;
        for (int i = 0; i < controllers.length; i++) {
            list[2 + 2 * i] = (byte) controllers[i];
            list[3 + 2 * i] = (byte) (controllers[i] >> 8);
        }
        host.memory().put(page, list);
        return Command.of(AdminOpcode.NAMESPACE_ATTACHMENT).nsid(id).prp1(page).cdw(10, select);
    }

    Completion attach(int id) {
        return host.admin(attachment(0, id, controllerId()));
    }

    Completion detach(int id) {
        return host.admin(attachment(1, id, controllerId()));
    }

    int controllerId() {
        return host.memory()
                .getShort(
                        identify(Identify.CONTROLLER, 0) + IdentifyController.CNTLID_OFFSET_BYTES);
    }

    // ---- Format NVM
    // ------------------------------------------------------------------------------

    static Command format(int id, int formatIndex) {
        return Command.of(AdminOpcode.FORMAT_NVM).nsid(id).cdw(10, formatIndex);
    }
}
