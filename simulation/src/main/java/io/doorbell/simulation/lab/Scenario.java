package io.doorbell.simulation.lab;

import io.doorbell.guest.workload.ReadWrite;
import io.doorbell.simulation.errand.Errand;
import io.doorbell.simulation.errand.ErrandKind;
import io.doorbell.simulation.memory.MemoryModel;
import io.doorbell.simulation.wire.WireTimes;

/**
 * What is run, but for the choices and the faults.
 *
 * @param queuePairs I/O queue pairs, 1 to 65,535
 * @param queueEntries slots of each queue, 2 to 65,536
 * @param vectors MSI-X vectors, 1 to 2,048
 * @param ioDepth commands of each queue at a time
 * @param operationsPerQueue before the read-back
 * @param access what the commands do
 * @param blockBytes of one command
 * @param diskBytes of namespace 1
 * @param verified whether every block is checked
 * @param coalescingEntries completions that make an interrupt; 1 is none
 * @param coalescingHundredMicros longest delay, in units of 100 µs; 0 is none
 * @param burst commands that the device fetches of a queue in a row; a power of two
 * @param memory how weak the host's memory is
 * @param wires how long things are on their way
 * @param stepNanos how long one step of an actor takes
 * @param commandTimeoutNanos how long the host waits for a command
 * @param host habits of its driver that are not Linux's: {@code name=value} with spaces between
 * @param errands what the host does besides its I/O, with commas between; see {@link Errand}
 */
public record Scenario(
        int queuePairs,
        int queueEntries,
        int vectors,
        int ioDepth,
        long operationsPerQueue,
        ReadWrite access,
        int blockBytes,
        long diskBytes,
        boolean verified,
        int coalescingEntries,
        int coalescingHundredMicros,
        int burst,
        MemoryModel memory,
        WireTimes wires,
        long stepNanos,
        long commandTimeoutNanos,
        String host,
        String errands) {

    /** Four small queues on one disk: wraps, fills and shares within a few hundred commands. */
    public static final Scenario SMALL =
            new Scenario(
                    4,
                    8,
                    5,
                    6,
                    60,
                    ReadWrite.RANDRW,
                    4096,
                    4L << 20,
                    true,
                    1,
                    0,
                    4,
                    MemoryModel.WEAK,
                    WireTimes.PCI_EXPRESS,
                    50,
                    500_000_000L,
                    "",
                    "");

    /** Whether the host breaks laws of its own on purpose. */
    public boolean hasWildHost() {
        return Errand.parseAll(errands).stream().anyMatch(each -> each.kind().isWild());
    }

    /** Whether the host keeps completions waiting on purpose. */
    public boolean hasSlowHost() {
        return Errand.parseAll(errands).stream()
                .anyMatch(each -> each.kind() == ErrandKind.STALL_CONSUMER);
    }

    /** Whether many rings of a queue may be under way, so that those of another wait for them. */
    public boolean ringsOften() {
        return host.contains("commands-per-ring");
    }

    /** The same with these errands instead. */
    public Scenario withErrands(String others) {
        return Components.with(this, "errands", others);
    }
}
