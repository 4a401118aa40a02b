package io.doorbell.vfiouser.server;

import io.doorbell.vfiouser.posix.Descriptor;
import io.doorbell.vfiouser.protocol.Request.SetIrqs;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What a client says about interrupts, and whether it may. */
final class InterruptRequests {
    private static final int IRQ_PIN = 0;
    private static final int IRQ_MSIX = 2;
    private static final int IRQ_ERROR = 3;
    private static final int IRQ_REQUEST = 4;

    private final Interrupts interrupts;

    InterruptRequests(Interrupts interrupts) {
        this.interrupts = interrupts;
    }

    /**
     * Does what is asked.
     *
     * @param descriptors that came with it; those that are used are taken out
     * @return false if it cannot be
     */
    boolean set(SetIrqs set, List<Descriptor> descriptors) {
        return switch (set.index()) {
            case IRQ_PIN -> setPin(set, descriptors);
            case IRQ_MSIX -> setVectors(set, descriptors);
            case IRQ_ERROR, IRQ_REQUEST -> true; // events that never happen here
            default -> false;
        };
    }

    private boolean setPin(SetIrqs set, List<Descriptor> descriptors) {
        PinLine pin = interrupts.pin();
        if (set.has(SetIrqs.ACTION_TRIGGER)) {
            pin.connect(set.has(SetIrqs.DATA_EVENT) ? take(descriptors) : null);
        } else if (set.has(SetIrqs.ACTION_UNMASK)) {
            pin.unmask();
        } else if (set.has(SetIrqs.ACTION_MASK)) {
            pin.mask();
        } else {
            return false;
        }
        return true;
    }

    private boolean setVectors(SetIrqs set, List<Descriptor> descriptors) {
        if (!set.has(SetIrqs.ACTION_TRIGGER)) {
            return false; // masks are the table's, and that is the client's
        }
        if (!set.has(SetIrqs.DATA_EVENT)) {
            interrupts.clearVectors();
            return set.count() == 0;
        }
        boolean possible =
                set.start() >= 0
                        && set.count() > 0
                        && set.start() <= interrupts.vectorCount() - set.count()
                        && (descriptors.isEmpty() || descriptors.size() == set.count());
        for (int i = 0; possible && i < set.count(); i++) {
            interrupts.setVector(set.start() + i, take(descriptors));
        }
        return possible;
    }

    private static @Nullable Descriptor take(List<Descriptor> descriptors) {
        return descriptors.isEmpty() ? null : descriptors.removeFirst();
    }
}
