package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciPort;

import org.apache.pekko.actor.typed.DispatcherSelector;

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
 * @param transferBytesMax largest data transfer of a command; the buffers have this size
 * @param sharedBuffer whether all commands of a queue may use one buffer: nobody looks at the data
 * @param coalescing what to ask of Interrupt Coalescing
 * @param vectorsMax MSI-X vectors the host may use, 1 or more
 * @param commandTimeout how long without any completion before the host gives up
 */
public record GuestSettings(
        Machine machine,
        int queuePairs,
        int queueEntries,
        long transferBytesMax,
        boolean sharedBuffer,
        Coalescing coalescing,
        int vectorsMax,
        Duration commandTimeout) {

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

        /** The CPU of a queue pair: the pairs are dealt to the CPUs one by one. */
        int cpu(int queueId) {
            return queueId == 0 ? 0 : (queueId - 1) % cpus.size();
        }
    }

    /**
     * Interrupt coalescing as the host asks for it (Base §5.27.1.6).
     *
     * @param entries completions that make an interrupt, 1 to 256; 1 is none
     * @param timeHundredMicros longest delay in units of 100 µs, 0 to 255; 0 is none
     */
    public record Coalescing(int entries, int timeHundredMicros) {
        boolean isOn() {
            return entries > 1 && timeHundredMicros > 0;
        }
    }

    /** Tells whether each queue pair gets a vector of its own, besides that of the admin queue. */
    boolean sharesVectors() {
        return queuePairs > vectorsMax - 1;
    }

    /**
     * The vector of a queue pair. Pairs that share a vector live on the same CPU, so that one
     * handler there can look at all their queues.
     */
    int vector(int queueId) {
        if (!sharesVectors()) {
            return queueId;
        }
        int usable = vectorsMax - 1;
        if (usable == 0) {
            return 0;
        }
        int cpus = machine.cpus().size();
        return 1 + (queueId - 1) % (usable >= cpus ? usable - usable % cpus : 1);
    }
}
