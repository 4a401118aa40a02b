package io.doorbell.controller;

/**
 * What a controller may offer or leave out.
 *
 * @param contiguousQueuesRequired CAP.CQR: I/O queues must lie in one piece (Base §3.1.3.1)
 * @param weightedRoundRobin CAP.AMS: weighted round robin with urgent class (Base §3.4.4)
 * @param subsystemReset CAP.NSSRS: the NSSR register resets (Base §3.7.1)
 * @param shadowDoorbells OACS bit 8: Doorbell Buffer Config (Base §5.8)
 * @param scatterGatherLists SGLS: I/O commands may use SGLs (Base §4.1.2)
 * @param keepAliveUnits KAS: granularity of Keep Alive in 100 ms, 0 to 65,535; 0 offers none
 * @param shadowDoorbellsWithPin whether they are offered to a host that uses the interrupt pin when
 *     it enables the controller. Behind QEMU they must not be: it takes an interrupt by pin back
 *     only at the next register access, which shadow doorbells save
 * @param moderatedInterrupts whether an interrupt message may wait a moment, 200 µs at most, for
 *     more entries when the host takes several at a time
 */
public record ControllerOptions(
        boolean contiguousQueuesRequired,
        boolean weightedRoundRobin,
        boolean subsystemReset,
        boolean shadowDoorbells,
        boolean scatterGatherLists,
        int keepAliveUnits,
        boolean shadowDoorbellsWithPin,
        boolean moderatedInterrupts) {
    /** All that is offered, and queues in one piece or in pages. */
    public static final ControllerOptions EVERYTHING =
            new ControllerOptions(false, true, true, true, true, 10);

    /** Options that do not depend on how the host is interrupted. */
    public ControllerOptions(
            boolean contiguousQueuesRequired,
            boolean weightedRoundRobin,
            boolean subsystemReset,
            boolean shadowDoorbells,
            boolean scatterGatherLists,
            int keepAliveUnits) {
        this(
                contiguousQueuesRequired,
                weightedRoundRobin,
                subsystemReset,
                shadowDoorbells,
                scatterGatherLists,
                keepAliveUnits,
                true,
                false);
    }

    public ControllerOptions {
        if (keepAliveUnits < 0 || keepAliveUnits > 0xFFFF) {
            throw new IllegalArgumentException(
                    "Keep Alive granularity (KAS): %,d is not in 0 to 65,535."
                            .formatted(keepAliveUnits));
        }
    }
}
