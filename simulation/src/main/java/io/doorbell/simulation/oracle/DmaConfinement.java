package io.doorbell.simulation.oracle;

import io.doorbell.simulation.observe.CommandTable;

/** I04: the device touches what commands and queues describe, and nothing else. */
final class DmaConfinement extends Oracle {
    DmaConfinement(Oracle.Post post) {
        super(
                post,
                "I04",
                "The controller touches only memory that outstanding commands, live queues and shadow buffers describe, in the right direction.",
                "Base 2.0 §4.1, §3.3.1");
    }

    @Override
    public void strayed(long address, long sizeBytes, boolean toHost, int ghost) {
        if (!model().isIdle() && ghost == CommandTable.NONE) {
            broken(
                    "an access that an outstanding command or a live queue describes",
                    "%d bytes at %Xh %s"
                            .formatted(sizeBytes, address, toHost ? "stored" : "loaded"));
        }
    }
}
