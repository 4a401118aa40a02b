package io.doorbell.vfiouser.server;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciPort;
import io.doorbell.vfiouser.memory.RegionListener;

import java.util.OptionalInt;

/** Makes the function that is served: a new one for each client, as a machine powers on its own. */
@FunctionalInterface
public interface FunctionFactory {
    /** A function under power. */
    interface Powered extends AutoCloseable {
        /** The way in. */
        PciPort port();

        /**
         * Whether a store of a dword there tells the function that the host has handled an
         * interrupt.
         */
        boolean handlesInterrupt(int bar, long offset);

        /**
         * The reactor that all of it lives on, if nothing there ever waits: its session may live
         * there, too.
         */
        OptionalInt reactor();

        /** Switches it off; on return it touches neither memory nor interrupts any more. */
        @Override
        void close();
    }

    /**
     * Powers a function on.
     *
     * @param memory of the machine
     * @param routes of the machine's interrupts
     * @param memoryWaits whether accesses may wait for the client, who may be waiting for the
     *     function's registers at the same time
     */
    Powered powerOn(GuestMemory memory, InterruptRoutes routes, boolean memoryWaits);

    /** Who is told what a client does with its memory. */
    default RegionListener regionListener() {
        return RegionListener.NONE;
    }
}
