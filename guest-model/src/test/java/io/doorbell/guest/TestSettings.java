package io.doorbell.guest;

import io.doorbell.bus.memory.GuestMemory;
import io.doorbell.bus.pci.InterruptRoutes;
import io.doorbell.bus.pci.PciAccess;
import io.doorbell.bus.pci.PciPort;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;

import java.util.List;

/** Settings of a small host on one CPU. */
final class TestSettings {
    private TestSettings() {}

    static GuestSettings of(GuestMemory memory, ActorRef<PciAccess> lane) {
        return new GuestSettings(
                new GuestSettings.Machine(
                        memory,
                        new PageAllocator(0, 1 << 20),
                        new PciPort(List.of(lane)),
                        new InterruptRoutes(),
                        () -> 0,
                        List.of(DispatcherSelector.defaultDispatcher()),
                        _ -> LatencyRecorder.NONE),
                1,
                4,
                4096,
                true,
                new GuestSettings.Coalescing(1, 0),
                2,
                HostPolicies.LINUX,
                null);
    }
}
