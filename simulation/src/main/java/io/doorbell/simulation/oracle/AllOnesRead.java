package io.doorbell.simulation.oracle;

import io.doorbell.spec.ControllerStatus;
import io.doorbell.spec.Doorbells;
import io.doorbell.spec.Registers;

/** I19: a host takes all ones for a device that is gone. */
final class AllOnesRead extends Oracle {
    private boolean gone;

    AllOnesRead(Oracle.Post post) {
        super(
                post,
                "I19",
                "A host that read CSTS as all ones rings no doorbell until it has read something else.",
                "Base 2.0 §3.1.3.6");
    }

    @Override
    public boolean judgesHost() {
        return true;
    }

    @Override
    public void registerRead(long offsetBytes, int widthBytes, long value) {
        if (offsetBytes == Registers.CSTS) {
            gone = ControllerStatus.isDeviceGone((int) value);
        }
    }

    @Override
    public void ringIssued(int doorbell, int value) {
        if (gone && !Doorbells.isCompletionHead(doorbell)) {
            broken(
                    "no ring: CSTS was all ones",
                    "%d rung at doorbell %d".formatted(value, doorbell));
        }
    }
}
