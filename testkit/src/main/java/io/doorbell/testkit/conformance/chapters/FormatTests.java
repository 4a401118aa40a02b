package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.feature.AsynchronousEventConfiguration;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.log.AsynchronousEvent;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.DeviceShape.NamespaceShape;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;

import java.util.Arrays;

/** Format NVM: erases, and may change the size of blocks (Base §5.14, NVM §4.1.2). */
@Chapter("Format NVM")
final class FormatTests {
    private static NamespaceHost formattable(Host host) {
        return new NamespaceHost(host.start()).needs(NamespaceHost.FORMAT_NVM);
    }

    private static void write(Host host, HostQueue queue, int id) {
        long page = host.memory().pages(1);
        host.memory().fill(page, 4096, 0x77);
        Expect.success(queue.run(Commands.write(id, 3, 1, page)));
    }

    private static int firstByte(Host host, HostQueue queue, int id) {
        long page = host.memory().pages(1);
        host.memory().fill(page, 4096, 0x55);
        Expect.success(queue.run(Commands.read(id, 3, 1, page)));
        return host.memory().getByte(page);
    }

    @Clause(
            value = "NVM §4.1.2",
            otherwise = "Whoever buys the used disk reads what was on it.",
            values = {0, 1})
    void format_erasesWhateverSesSays(Host host, long erase) {
        formattable(host);
        HostQueue queue = host.createPair(1, 16);
        write(host, queue, 1);
        host.adminOk(NamespaceHost.format(1, (int) erase << 9));
        Expect.equal("the block after the format", firstByte(host, queue, 1), 0);
    }

    @Clause(
            value = "NVM §4.1.2",
            otherwise = "A file system is made for blocks of another size than the disk has.")
    void format_changesTheSizeOfBlocks(Host host) {
        NamespaceHost namespaces = formattable(host);
        long bytes = namespaces.namespace(1).sizeBlocks() << 9;
        host.adminOk(NamespaceHost.format(1, 1));
        Expect.equal("FLBAS", namespaces.namespace(1).formattedLbaSize() & 0xF, 1);
        Expect.equal("NSZE", namespaces.namespace(1).sizeBlocks(), bytes >> 12);
        HostQueue queue = host.createPair(1, 16);
        long page = host.memory().pages(1);
        byte[] content = host.memory().fillRandom(page, 4096, 8);
        Expect.success(queue.run(Commands.write(1, (bytes >> 12) - 1, 1, page)));
        long back = host.memory().pages(1);
        Expect.success(queue.run(Commands.read(1, (bytes >> 12) - 1, 1, back)));
        Expect.that(
                "a block of 4,096 bytes reads as it was written",
                Arrays.equals(host.memory().bytes(back, 4096), content));
        Expect.refused(queue.run(Commands.read(1, bytes >> 12, 1, back)), Status.LBA_OUT_OF_RANGE);
        host.adminOk(NamespaceHost.format(1, 0));
        Expect.equal(
                "NSZE of small blocks again", namespaces.namespace(1).sizeBlocks(), bytes >> 9);
    }

    @Clause(value = "NVM §4.1.2", otherwise = "The format is gone with the next reset.")
    void format_outlivesAReset(Host host) {
        NamespaceHost namespaces = formattable(host);
        host.adminOk(NamespaceHost.format(1, 1));
        host.restart();
        Expect.equal("FLBAS", namespaces.namespace(1).formattedLbaSize() & 0xF, 1);
    }

    @Clause(
            value = "Base §5.14",
            otherwise = "A tool believes in a format that does not exist.",
            values = {2, 3, 15, 0x1000, 0x3000})
    void absentFormat_isRefusedAndNothingIsErased(Host host, long format) {
        formattable(host);
        HostQueue queue = host.createPair(1, 16);
        write(host, queue, 1);
        Expect.refused(host.admin(NamespaceHost.format(1, (int) format)), Status.INVALID_FORMAT);
        Expect.equal("the block", firstByte(host, queue, 1), 0x77);
    }

    @Clause(
            value = "Base §5.14",
            otherwise = "A host relies on protection information that nobody checks.",
            values = {1, 2, 3})
    void protection_isRefusedWithoutMetadata(Host host, long type) {
        formattable(host);
        Expect.refused(host.admin(NamespaceHost.format(1, (int) type << 5)), Status.INVALID_FORMAT);
    }

    @Clause(
            value = "Base §5.14",
            otherwise = "An erase is reported that never was.",
            values = {2, 3, 7})
    void eraseThatIsNotOffered_isRefused(Host host, long erase) {
        NamespaceHost namespaces = formattable(host);
        int attributes = host.memory().getByte(attributes(namespaces));
        NotApplicable.unless(
                erase != 2 || (attributes & IdentifyController.FNA_CRYPTOGRAPHIC_ERASE) == 0,
                "cryptographic erase is offered");
        Expect.refused(
                host.admin(NamespaceHost.format(1, (int) erase << 9)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    @Clause(
            value = "Base §5.14",
            otherwise = "A tool formats nothing and is told that it did.",
            values = {0, 0xFFFF_FFFEL})
    void invalidNamespace_isRefused(Host host, long id) {
        formattable(host);
        Expect.refused(
                host.admin(NamespaceHost.format((int) id, 0)), Status.INVALID_NAMESPACE_OR_FORMAT);
    }

    @Clause(value = "Base §3.2.1.4", otherwise = "A tool formats what is not attached.")
    void inactiveNamespace_isRefused(Host host) {
        NamespaceHost namespaces = formattable(host).needs(NamespaceHost.NAMESPACE_MANAGEMENT);
        Expect.refused(
                host.admin(NamespaceHost.format(namespaces.idMax(), 0)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    /** Where FNA is. */
    private static long attributes(NamespaceHost namespaces) {
        return namespaces.identify(Identify.CONTROLLER, 0) + IdentifyController.FNA_OFFSET_BYTES;
    }

    private static Host twoNamespaces(Bench bench) {
        return bench.powerOn(
                DeviceShape.DEFAULT.withNamespaces(
                        new NamespaceShape(1 << 12, 9), new NamespaceShape(1 << 12, 9)));
    }

    @Clause(value = "Base §5.14", otherwise = "Formatting one disk erases another one.")
    void formatOfOne_leavesTheOther(Bench bench) {
        Host host = twoNamespaces(bench);
        formattable(host);
        HostQueue queue = host.createPair(1, 16);
        write(host, queue, 1);
        write(host, queue, 2);
        host.adminOk(NamespaceHost.format(2, 0));
        Expect.equal("of namespace 1", firstByte(host, queue, 1), 0x77);
        Expect.equal("of namespace 2", firstByte(host, queue, 2), 0);
    }

    @Clause(value = "Base §5.14", otherwise = "A tool that erases all disks leaves some.")
    void formatOfAll_erasesEach(Bench bench) {
        Host host = twoNamespaces(bench);
        NamespaceHost namespaces = formattable(host);
        int attributes = host.memory().getByte(attributes(namespaces));
        NotApplicable.unless(
                (attributes & IdentifyController.FNA_NO_BROADCAST) == 0, "FNA does not allow it");
        HostQueue queue = host.createPair(1, 16);
        write(host, queue, 1);
        write(host, queue, 2);
        host.adminOk(NamespaceHost.format(-1, 0));
        Expect.equal("of namespace 1", firstByte(host, queue, 1), 0);
        Expect.equal("of namespace 2", firstByte(host, queue, 2), 0);
    }

    @Clause(value = "Base §5.2", otherwise = "A driver goes on with the old size of blocks.")
    void format_isNoticed(Host host) {
        formattable(host);
        host.adminOk(
                Commands.setFeature(
                        FeatureId.ASYNCHRONOUS_EVENT_CONFIGURATION,
                        AsynchronousEventConfiguration.NAMESPACE_ATTRIBUTE));
        host.adminOk(NamespaceHost.format(1, 1));
        host.requestEvent();
        Expect.equal(
                "event", host.expectAsyncEvent(), AsynchronousEvent.NAMESPACE_ATTRIBUTE_CHANGED);
    }

    @Clause(
            value = "Base §5.14",
            otherwise = "I/O under a format takes the controller down, or never ends.")
    void formatUnderIo_everyCommandCompletes(Host host) {
        formattable(host);
        HostQueue queue = host.createPair(1, 64);
        long page = host.memory().pages(1);
        for (int i = 0; i < 40; i++) {
            queue.put(Commands.write(1, i, 1, page));
        }
        queue.ring();
        int id = host.adminQueue().submit(NamespaceHost.format(1, 0));
        for (int i = 0; i < 40; i++) {
            int code = Status.codeTypeAndCode(queue.expectCompletion().status());
            Expect.that(
                    "success or Format In Progress",
                    code == Status.SUCCESS || code == Status.FORMAT_IN_PROGRESS);
        }
        Expect.success(host.adminQueue().expectCompletion(id));
    }

    @Clause(
            value = "Base §5.14",
            otherwise = "Two formats at once leave a namespace that is half of each.")
    void twoFormatsAtOnce_oneWins(Host host) {
        NamespaceHost namespaces = formattable(host);
        host.adminQueue().put(NamespaceHost.format(1, 0));
        host.adminQueue().put(NamespaceHost.format(1, 1));
        host.adminQueue().ring();
        int successes = 0;
        for (int i = 0; i < 2; i++) {
            int code = Status.codeTypeAndCode(host.adminQueue().expectCompletion().status());
            Expect.that(
                    "success or Format In Progress",
                    code == Status.SUCCESS || code == Status.FORMAT_IN_PROGRESS);
            successes += code == Status.SUCCESS ? 1 : 0;
        }
        host.adminQueue().ringHead();
        Expect.that("at least one is done", successes > 0);
        long size = namespaces.namespace(1).sizeBlocks();
        int format = namespaces.namespace(1).formattedLbaSize() & 0xF;
        Expect.equal("size and format agree", size << (format == 1 ? 12 : 9), 16 << 20);
    }
}
