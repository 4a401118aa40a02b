package io.doorbell.simulation.wire;

import io.doorbell.simulation.choice.Choices;
import io.doorbell.simulation.choice.Site;
import io.doorbell.simulation.fault.Faults;
import io.doorbell.simulation.memory.SimulatedMemory;
import io.doorbell.simulation.observe.BusObserver;
import io.doorbell.simulation.world.World;

/**
 * What every wire of a machine has to do with.
 *
 * @param jitter how likely a thing on its way is to take longer than usual
 */
public record WireParts(
        World world,
        SimulatedMemory memory,
        BusObserver observer,
        Faults faults,
        Choices choices,
        WireTimes times,
        Slot slot,
        MessagesUnderWay messages,
        double jitter) {

    private static final int JITTER_CLASSES = 12;

    /** Nanoseconds on top of what is usual: 0, or 64, 128, ... 128 Ki. */
    public long extra(Site site) {
        int chosen = site.choose(JITTER_CLASSES + 1, jitter);
        return chosen == 0 ? 0 : 32L << chosen;
    }
}
