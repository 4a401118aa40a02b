package io.doorbell.guest.workload;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A program of I/O that one driver actor pulls from. One round of the driver:
 *
 * <pre>
 *  while a command slot is free and next(request, now) is REQUEST:
 *      WRITE:  stamp(request, buffer), copy the buffer to guest memory   (if verifiesData)
 *      submit; later completed(request, status, buffer)
 *  LATER: ask again after the next completion, or at nextDueNanos()
 *  END:   no more to ask for; done when nothing is outstanding
 * </pre>
 *
 * <p>Requests complete in any order. Nothing here allocates per request while all goes well.
 */
public interface IoSource {
    /**
     * Status for {@link #completed} when the device gave none: the host gave up (reset, removal).
     * NVMe status fields have 15 bits, so none looks like this.
     */
    int STATUS_ABANDONED = -1;

    /** Answer of {@link #next}. */
    enum Offer {
        /** The request is filled: do it. */
        REQUEST,
        /** Nothing now. Ask again after a completion, or when {@link #nextDueNanos} has come. */
        LATER,
        /** Nothing will ever come again. Earlier requests may still be outstanding. */
        END
    }

    /**
     * Fills {@code request} with the next I/O to submit.
     *
     * @param nowNanos the driver's time, never going back; the first call's is the program's start
     */
    Offer next(IoRequest request, long nowNanos);

    /**
     * When to ask again after LATER if no completion comes first, on the time line of {@link
     * #next}; {@code Long.MAX_VALUE} when only a completion can help.
     */
    long nextDueNanos();

    /**
     * False when nobody looks at the data: the driver may then skip {@link #stamp} and all copying,
     * and pass null to {@link #completed}.
     */
    boolean verifiesData();

    /**
     * Fills the data of a write before it is submitted, exactly {@code blockCount} blocks. May be
     * called again for the same request, as when a driver submits it anew after a reset.
     */
    void stamp(IoRequest request, MemorySegment data);

    /**
     * Reports how a request ended; the request and its buffer are free afterwards. Exactly once for
     * each request, also for those given up ({@link #STATUS_ABANDONED}).
     *
     * @param status 0 for success, else the NVMe status or {@link #STATUS_ABANDONED}
     * @param data what a successful READ brought, at least its blocks; otherwise not looked at
     */
    void completed(IoRequest request, int status, @Nullable MemorySegment data);

    /**
     * Ends an endless program, as when its running time is over. The read-back that a verifying job
     * ends with still comes, then END.
     */
    void finish();

    /** What has happened so far. Makes a new object: not for the hot path. */
    WorkloadResult result();

    /** What the blocks of this source must hold now; empty when it does not verify. */
    Optional<DataVerifier> verifier();
}
