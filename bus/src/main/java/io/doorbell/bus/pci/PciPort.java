package io.doorbell.bus.pci;

import org.apache.pekko.actor.typed.ActorRef;

import java.util.List;

/**
 * Where a host reaches a PCI function: one lane for each initiator.
 *
 * <p>Lanes are equal in what they can do. They exist so that host CPUs do not meet in one actor:
 * accesses on one lane are ordered, accesses on two lanes are not.
 *
 * @param lanes at least one
 */
public record PciPort(List<ActorRef<PciAccess>> lanes) {
    public PciPort {
        lanes = List.copyOf(lanes);
        if (lanes.isEmpty()) {
            throw new IllegalArgumentException("A PCI port needs at least one lane.");
        }
    }

    /** The lane of an initiator, from 0; initiators beyond the last lane share lanes. */
    public ActorRef<PciAccess> lane(int initiator) {
        return lanes.get(initiator % lanes.size());
    }
}
