package io.doorbell.simulation.situation;

import java.util.ArrayDeque;

/** Whether stores of the device are seen when they are made, and in their order. */
final class StoreSituations {
    /** A store that was made and not seen. */
    private record Store(long address, long nanos) {}

    private static final int KEPT_MAX = 64;

    private final Sightings sightings;
    private final ArrayDeque<Store> unseen = new ArrayDeque<>();

    StoreSituations(Sightings sightings) {
        this.sightings = sightings;
    }

    void made(long address, long nanos) {
        if (unseen.size() == KEPT_MAX) {
            unseen.removeFirst();
        }
        unseen.addLast(new Store(address, nanos));
    }

    void seen(long address, long nanos) {
        Store oldest = unseen.peekFirst();
        if (oldest == null) {
            return;
        }
        if (oldest.address() == address) {
            unseen.removeFirst();
            if (nanos > oldest.nanos()) {
                sightings.met(Situation.STORE_SEEN_LATE);
            }
        } else if (unseen.removeIf(store -> store.address() == address)) {
            sightings.met(Situation.STORE_OVERTAKEN);
        }
    }
}
