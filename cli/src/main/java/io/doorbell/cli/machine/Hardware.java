package io.doorbell.cli.machine;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.reactor.Reactors;

/** What a host is joined with. Closed when the machine's actors have ended. */
interface Hardware extends AutoCloseable {
    /** Memory of the host, from address 0; as much as the plan says, or more. */
    GuestMemory memory();

    InterruptRoutes routes();

    /** Reactors of the machine whose host has these. */
    Reactors.Settings reactors(Reactors.Settings hosts);

    Device device();

    @Override
    void close();
}
