package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.spec.Limits;

import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * What kind of host to build, and what it stands on.
 *
 * @param machine the memory, device and clock of the host
 * @param queuePairs I/O queue pairs to create, 1 to 65,535
 * @param queueEntries slots of each queue, 2 to 65,536; one less is usable
 * @param transferBytesMax largest data transfer of a command, 1 to {@link #TRANSFER_BYTES_MAX}; the
 *     buffers have this size
 * @param sharedBuffer whether all commands of a queue may use one buffer: nobody looks at the data
 * @param coalescing what to ask of Interrupt Coalescing
 * @param vectorsMax MSI-X vectors the host may use, 1 or more
 * @param policies the habits of the host's driver
 * @param watcher told what the driver does; null if nobody watches
 */
public record GuestSettings(
        Machine machine,
        int queuePairs,
        int queueEntries,
        long transferBytesMax,
        boolean sharedBuffer,
        Coalescing coalescing,
        int vectorsMax,
        HostPolicies policies,
        @Nullable HostWatcher watcher) {
    /** Most bytes of one command: what PRP1 and one page of PRP entries describe. */
    public static final long TRANSFER_BYTES_MAX =
            (1 + PageAllocator.PAGE_BYTES / Long.BYTES) * (long) PageAllocator.PAGE_BYTES;

    public GuestSettings {
        check(
                queuePairs >= 1 && queuePairs <= Limits.QUEUE_ID_MAX,
                "%,d queue pairs: use 1 to 65,535.".formatted(queuePairs));
        check(
                queueEntries >= Limits.QUEUE_ENTRIES_MIN
                        && queueEntries <= Limits.IO_QUEUE_ENTRIES_MAX,
                "Queues of %,d entries: use 2 to 65,536.".formatted(queueEntries));
        check(
                transferBytesMax >= 1 && transferBytesMax <= TRANSFER_BYTES_MAX,
                "Transfers of %,d bytes: use 1 to %,d, for which one page of PRP entries is enough."
                        .formatted(transferBytesMax, TRANSFER_BYTES_MAX));
        check(
                policies.queueing().submissionQueuesEach() * (long) queuePairs
                        <= Limits.QUEUE_ID_MAX,
                "More submission queues than ids.");
        check(vectorsMax >= 1, "%,d vectors: use 1 or more.".formatted(vectorsMax));
    }

    /**
     * A host that does not recover, but tells of commands that take too long, and rings doorbells
     * only by register: what a person wants who looks for the device's faults.
     */
    public GuestSettings(
            Machine machine,
            int queuePairs,
            int queueEntries,
            long transferBytesMax,
            boolean sharedBuffer,
            Coalescing coalescing,
            int vectorsMax,
            Duration commandTimeout) {
        this(
                machine,
                queuePairs,
                queueEntries,
                transferBytesMax,
                sharedBuffer,
                coalescing,
                vectorsMax,
                HostPolicies.LINUX.toBuilder()
                        .ioTimeout(commandTimeout)
                        .adminTimeout(commandTimeout)
                        .reaction(HostPolicies.TimeoutReaction.REPORT)
                        .shadows(HostPolicies.ShadowUse.NONE)
                        .build(),
                null);
    }

    /**
     * What the host stands on.
     *
     * @param pages where queues and buffers are allocated
     * @param clock nanoseconds from any start, never going back
     * @param cpus one dispatcher with one thread for each CPU of the host; CPU i uses lane i
     * @param latencies makes the recorder of a queue
     */
    public record Machine(
            GuestMemory memory,
            PageAllocator pages,
            PciPort port,
            InterruptRoutes routes,
            LongSupplier clock,
            List<DispatcherSelector> cpus,
            IntFunction<LatencyRecorder> latencies) {
        public Machine {
            cpus = List.copyOf(cpus);
            check(!cpus.isEmpty(), "A host needs at least one CPU.");
        }
    }

    /**
     * Interrupt coalescing as the host asks for it (Base §5.27.1.6).
     *
     * @param entries completions that make an interrupt, 1 to 256; 1 is none
     * @param timeHundredMicros longest delay in units of 100 µs, 0 to 255; 0 is none
     */
    public record Coalescing(int entries, int timeHundredMicros) {
        public Coalescing {
            check(
                    entries >= 1 && entries <= 256,
                    "Coalescing of %,d entries: use 1 (none) to 256.".formatted(entries));
            check(
                    timeHundredMicros >= 0 && timeHundredMicros <= 255,
                    "Coalescing for %,d times 100 µs: use 0 (none) to 255."
                            .formatted(timeHundredMicros));
        }

        boolean isOn() {
            return entries > 1 && timeHundredMicros > 0;
        }
    }

    /** The same, with no more vectors than the function has. */
    GuestSettings withVectorsOf(int functionVectors) {
        return new GuestSettings(
                machine,
                queuePairs,
                queueEntries,
                transferBytesMax,
                sharedBuffer,
                coalescing,
                Math.min(vectorsMax, functionVectors),
                policies,
                watcher);
    }

    /** Whether queue pairs share vectors, because there is not one for each and one for admin. */
    boolean sharesVectors() {
        return queuePairs > vectorsMax - 1;
    }

    /**
     * The CPU of a queue pair: the pairs are dealt to the CPUs one by one. Pairs that share a
     * vector live on the same CPU, so that one handler there can look at all their queues; with
     * fewer vectors than CPUs, some CPUs have no queue.
     */
    int cpu(int queueId) {
        return queueId == 0 ? 0 : (queueId - 1) % cpusUsed();
    }

    /** The vector of a queue pair; 0 is the admin queue's, and everybody's if there is no other. */
    int vector(int queueId) {
        if (!sharesVectors()) {
            return queueId;
        }
        int usable = vectorsMax - 1;
        return usable == 0 ? 0 : 1 + (queueId - 1) % (usable - usable % cpusUsed());
    }

    private int cpusUsed() {
        int cpus = machine.cpus().size();
        return sharesVectors() ? Math.min(cpus, Math.max(1, vectorsMax - 1)) : cpus;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
