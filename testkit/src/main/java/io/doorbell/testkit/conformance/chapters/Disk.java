package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.PhysicalRegionPages;
import io.doorbell.spec.Status;
import io.doorbell.spec.command.Identify;
import io.doorbell.spec.identify.IdentifyController;
import io.doorbell.spec.identify.IdentifyNamespace;
import io.doorbell.spec.identify.LbaFormat;
import io.doorbell.testkit.conformance.Bench;
import io.doorbell.testkit.conformance.DeviceShape;
import io.doorbell.testkit.conformance.NotApplicable;
import io.doorbell.testkit.host.Command;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Completion;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Memory;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A started host with one I/O queue pair and namespace 1, and what Identify says of them. */
final class Disk {
    static final int NSID = 1;

    private static final int QUEUE_ENTRIES = 64;

    private final Host host;
    private final HostQueue queue;
    private final IdentifyController controller;
    private final IdentifyNamespace namespace;

    /** Of the usual shape. */
    static Disk of(Bench bench) {
        return of(bench, DeviceShape.DEFAULT);
    }

    static Disk of(Bench bench, DeviceShape shape) {
        return new Disk(bench.start(shape));
    }

    private Disk(Host host) {
        this.host = host;
        this.queue = host.createPair(1, QUEUE_ENTRIES);
        this.controller = new IdentifyController().wrap(identify(Identify.CONTROLLER, 0), 0);
        this.namespace = new IdentifyNamespace().wrap(identify(Identify.NAMESPACE, NSID), 0);
    }

    private MemorySegment identify(int cns, int nsid) {
        long page = host.memory().pages(1);
        host.adminOk(Commands.identify(cns, nsid, page));
        return MemorySegment.ofArray(host.memory().bytes(page, Memory.PAGE_BYTES));
    }

    Host host() {
        return host;
    }

    Memory memory() {
        return host.memory();
    }

    HostQueue queue() {
        return queue;
    }

    IdentifyController controller() {
        return controller;
    }

    /** As it was when the host started. */
    IdentifyNamespace namespace() {
        return namespace;
    }

    /** Identify Namespace as of now. */
    IdentifyNamespace namespaceNow() {
        return new IdentifyNamespace().wrap(identify(Identify.NAMESPACE, NSID), 0);
    }

    int blockBytes() {
        return LbaFormat.blockSizeBytes(namespace.lbaFormat(namespace.formatIndex()));
    }

    /** NSZE. */
    long blocks() {
        return namespace.sizeBlocks();
    }

    /** Blocks of the longest transfer that MDTS allows. */
    int transferBlocksMax() {
        int mdts = controller.maximumDataTransferSize();
        NotApplicable.unless(mdts > 0, "MDTS = 0: transfers are not limited");
        return (int) Math.min(1 << 16, ((long) Memory.PAGE_BYTES << mdts) / blockBytes());
    }

    /** The test goes on only if ONCS has this bit. */
    void needs(int optionalCommand, String name) {
        NotApplicable.unless(
                (controller.optionalNvmCommands() & optionalCommand) != 0,
                "ONCS: " + name + " is not offered");
    }

    // ---- commands ------------------------------------------------------------------------------

    Completion run(Command command) {
        return queue.run(command);
    }

    void ok(Command command) {
        Expect.success(run(command));
    }

    /** Both commands with one ring; their completions by order of submission. */
    Completion[] runPair(Command first, Command second) {
        int firstId = queue.put(first);
        queue.put(second);
        queue.ring();
        Completion one = queue.expectCompletion();
        Completion two = queue.expectCompletion();
        queue.ringHead();
        return one.commandId() == firstId
                ? new Completion[] {one, two}
                : new Completion[] {two, one};
    }

    Command read(long lba, int blocks, long address) {
        return data(NvmOpcode.READ, lba, blocks, address);
    }

    Command write(long lba, int blocks, long address) {
        return data(NvmOpcode.WRITE, lba, blocks, address);
    }

    /** A command with SLBA and NLB, and without data. */
    Command range(int opcode, long lba, int blocks) {
        return Commands.transfer(opcode, NSID, lba, blocks);
    }

    /**
     * A command whose data lie in one piece from {@code address}; with a PRP list if it needs one.
     */
    Command data(int opcode, long lba, int blocks, long address) {
        Command command = Commands.transfer(opcode, NSID, lba, blocks).prp1(address);
        long bytes = (long) blocks * blockBytes();
        long entries = PhysicalRegionPages.entriesAfterFirst(address, bytes, Memory.PAGE_BYTES);
        long second = (address & -Memory.PAGE_BYTES) + Memory.PAGE_BYTES;
        if (entries == 1) {
            command.prp2(second);
        } else if (entries > 1) {
            command.prp2(list(second, (int) entries));
        }
        return command;
    }

    /** A PRP list of pages in a row; longer than a page, it is chained. */
    long list(long firstPage, int entries) {
        int slots = PhysicalRegionPages.entriesPerListPage(Memory.PAGE_BYTES);
        long start = memory().pages(1);
        long list = start;
        int slot = 0;
        for (int entry = 0; entry < entries; entry++) {
            if (slot == slots - 1 && entry + 1 < entries) {
                long next = memory().pages(1);
                memory().putLong(list + 8L * slot, next);
                list = next;
                slot = 0;
            }
            memory().putLong(list + 8L * slot++, firstPage + (long) entry * Memory.PAGE_BYTES);
        }
        return start;
    }

    // ---- data ----------------------------------------------------------------------------------

    /** Fresh memory for so many blocks. */
    long buffer(int blocks) {
        return memory().aligned((long) blocks * blockBytes(), Memory.PAGE_BYTES);
    }

    /** Writes bytes that follow from a seed, and returns them. */
    byte[] store(long lba, int blocks, long seed) {
        long buffer = buffer(blocks);
        byte[] content = memory().fillRandom(buffer, blocks * blockBytes(), seed);
        ok(write(lba, blocks, buffer));
        return content;
    }

    byte[] load(long lba, int blocks) {
        long buffer = buffer(blocks);
        ok(read(lba, blocks, buffer));
        return memory().bytes(buffer, blocks * blockBytes());
    }

    void expectContent(String what, long lba, byte[] expected) {
        expectSame(what, load(lba, expected.length / blockBytes()), expected);
    }

    void expectZeros(String what, long lba, int blocks) {
        expectContent(what, lba, new byte[blocks * blockBytes()]);
    }

    static void expectSame(String what, byte[] seen, byte[] expected) {
        int at = Arrays.mismatch(seen, expected);
        if (at >= 0) {
            throw Expect.fail(
                    "%s: byte %d is %02Xh, expected %02Xh"
                            .formatted(what, at, seen[at], expected[at]));
        }
    }

    /** The queue still works. */
    void expectAlive() {
        Expect.equal(
                "status of a Flush afterwards", run(Commands.flush(NSID)).status(), Status.SUCCESS);
    }
}
