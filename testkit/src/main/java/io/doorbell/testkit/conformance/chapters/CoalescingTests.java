package io.doorbell.testkit.conformance.chapters;

import io.doorbell.spec.Status;
import io.doorbell.spec.feature.FeatureId;
import io.doorbell.testkit.conformance.Chapter;
import io.doorbell.testkit.conformance.Clause;
import io.doorbell.testkit.conformance.Level;
import io.doorbell.testkit.host.Commands;
import io.doorbell.testkit.host.Expect;
import io.doorbell.testkit.host.Host;
import io.doorbell.testkit.host.HostQueue;
import io.doorbell.testkit.host.Vector;

/**
 * Interrupt Coalescing and Interrupt Vector Configuration (Base §5.27.1.6, §5.27.1.7). What the
 * settings may delay is advice to a controller; what they may not delay is a rule.
 */
@Chapter("Interrupts and coalescing")
final class CoalescingTests {
    private static final int ENTRIES = 512;
    private static final String EXACT = "microseconds count";
    private static final long MICRO_NANOS = 1_000L;
    private static final long MILLI_NANOS = 1_000_000L;
    private static final long UNIT_NANOS = 100 * MICRO_NANOS; // of TIME
    private static final int LONGEST_TIME = 255;

    // ---- the features --------------------------------------------------------------------------

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A driver that asked for nothing is interrupted late.")
    void coalescing_isOffAfterPowerOn(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        Expect.equal(
                "Interrupt Coalescing",
                host.adminOk(Commands.getFeature(FeatureId.INTERRUPT_COALESCING)).dw0(),
                0);
        host.vector(1).forget();
        queue.submit(Commands.flush(1));
        host.vector(1).expectInterrupt(atOnce(host));
    }

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A driver reads back other settings than it made.",
            values = {0x0000, 0x0103, 0x0A07, 0xFFFF})
    void coalescing_readsBack(Host host, long value) {
        host.start();
        set(host, value);
        Expect.equal(
                "Interrupt Coalescing",
                host.adminOk(Commands.getFeature(FeatureId.INTERRUPT_COALESCING)).dw0(),
                value);
    }

    @Clause(
            value = "Base §5.27.1.7",
            otherwise = "A driver takes coalescing for disabled where it is not.",
            values = {0, 1, 16})
    void vectorConfiguration_isOnByDefaultAndNamesItsVector(Host host, long vector) {
        host.start();
        if (vector > 0) {
            host.createPair(1, ENTRIES, ENTRIES, (int) vector);
        }
        Expect.equal("Interrupt Vector Configuration", getVector(host, (int) vector), vector);
    }

    @Clause(
            value = "Base §5.27.1.7",
            otherwise = "A driver that exempts one vector exempts others.",
            values = {1, 2})
    void vectorConfiguration_readsBackForItsVectorOnly(Host host, long vector) {
        host.start();
        host.createPair(1, ENTRIES);
        host.createPair(2, ENTRIES);
        host.adminOk(
                Commands.setFeature(
                        FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 1 << 16 | (int) vector));
        Expect.equal("of this vector", getVector(host, (int) vector), 1 << 16 | vector);
        Expect.equal("of the other vector", getVector(host, 3 - (int) vector), 3 - vector);
    }

    @Clause(
            value = "Base §5.27.1.7",
            otherwise = "A driver configures a vector that does not exist.",
            values = {17, 2047, 0xFFFF})
    void vectorConfiguration_ofAVectorThatIsNotThere_isRefused(Host host, long vector) {
        Offered.noVector(host, vector);
        host.start();
        Expect.status(
                host.admin(
                        Commands.setFeature(
                                FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 1 << 16 | (int) vector)),
                Status.INVALID_FIELD_IN_COMMAND);
    }

    // ---- threshold -----------------------------------------------------------------------------

    @Clause(
            value = "Base §5.27.1.6",
            level = Level.SHOULD,
            otherwise = "A driver that asked for fewer interrupts gets as many as before.",
            values = {1, 2, 3, 7, 31, 63, 255})
    void belowTheThreshold_isWithheld(Host host, long threshold) {
        if (threshold > 7) {
            VirtualTime.needed(host, "so many commands end before the time does");
        }
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(LONGEST_TIME, threshold));
        host.vector(1).forget();
        complete(queue, threshold);
        host.vector(1).expectNoInterrupt(50 * UNIT_NANOS);
    }

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A driver waits for the time although the threshold was reached.",
            values = {1, 2, 3, 7, 31, 63, 255})
    void threshold_whenReached_signalsAtOnce(Host host, long threshold) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(LONGEST_TIME, threshold));
        host.vector(1).forget();
        complete(queue, threshold + 1);
        host.vector(1).expectInterrupt(atOnce(host));
    }

    @Clause(
            value = "Base §5.27.1.6",
            level = Level.SHOULD,
            otherwise = "A driver's second batch is signalled early or late.",
            values = {1, 3, 7})
    void threshold_countsFromTheLastInterrupt(Host host, long threshold) {
        VirtualTime.needed(host, "so many commands end before the time does");
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(LONGEST_TIME, threshold));
        Vector vector = host.vector(1);
        for (int round = 0; round < 4; round++) {
            vector.forget();
            complete(queue, threshold);
            vector.expectNoInterrupt(10 * UNIT_NANOS);
            complete(queue, 1);
            vector.expectInterrupt(atOnce(host));
        }
    }

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A queue of a vector is signalled late because another one counts apart.")
    void threshold_countsAllQueuesOfAVector(Host host) {
        host.start();
        HostQueue first = host.createPair(1, ENTRIES, ENTRIES, 3);
        HostQueue second = host.createPair(2, ENTRIES, ENTRIES, 3);
        set(host, setting(LONGEST_TIME, 3));
        host.vector(3).forget();
        complete(first, 2);
        complete(second, 2);
        host.vector(3).expectInterrupt(atOnce(host));
    }

    @Clause(
            value = "Base §5.27.1.6",
            level = Level.SHOULD,
            otherwise = "A driver is interrupted on one CPU for what another CPU waits for.")
    void threshold_countsEachVectorForItself(Host host) {
        host.start();
        HostQueue first = host.createPair(1, ENTRIES);
        HostQueue second = host.createPair(2, ENTRIES);
        set(host, setting(LONGEST_TIME, 3));
        host.vector(1).forget();
        host.vector(2).forget();
        complete(first, 2);
        complete(second, 2);
        host.vector(1).expectNoInterrupt(10 * UNIT_NANOS);
        host.vector(2).expectNoInterrupt(0);
    }

    // ---- time ----------------------------------------------------------------------------------

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A driver that does one command at a time waits for ever.",
            values = {1, 2, 10, 100, 255})
    void time_whenElapsed_signals(Host host, long time) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(time, 255));
        host.vector(1).forget();
        complete(queue, 1);
        host.vector(1).expectInterrupt(time * UNIT_NANOS + lateness(host));
    }

    @Clause(
            value = "Base §5.27.1.6",
            level = Level.SHOULD,
            otherwise = "A driver that asked for fewer interrupts gets as many as before.",
            values = {1, 2, 10, 100, 255})
    void time_beforeItHasElapsed_doesNotSignal(Host host, long time) {
        VirtualTime.needed(host, EXACT);
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(time, 255));
        host.vector(1).forget();
        complete(queue, 1);
        host.vector(1).expectNoInterrupt(time * UNIT_NANOS - MICRO_NANOS);
    }

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A steady trickle of completions delays the first one without bound.")
    void time_countsFromTheFirstEntryWithheld(Host host) {
        VirtualTime.needed(host, EXACT);
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(10, 255));
        Vector vector = host.vector(1);
        vector.forget();
        long begin = host.function().nanoTime();
        for (int i = 0; i < 9; i++) {
            complete(queue, 1);
            host.elapse(UNIT_NANOS);
        }
        vector.expectInterrupt(begin + 10 * UNIT_NANOS + MICRO_NANOS - host.function().nanoTime());
    }

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A driver is signalled once by the time and then never again.",
            values = {2, 5})
    void time_startsAgainForLaterEntries(Host host, long rounds) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(10, 255));
        for (int i = 0; i < rounds; i++) {
            host.vector(1).forget();
            complete(queue, 1);
            host.vector(1).expectInterrupt(10 * UNIT_NANOS + lateness(host));
        }
    }

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A batch whose end is below the threshold is never signalled.",
            values = {4, 7, 9})
    void endOfABatch_isSignalledByTheTime(Host host, long commands) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(10, 2));
        for (int i = 0; i < commands; i++) {
            queue.put(Commands.flush(1));
        }
        host.vector(1).forget();
        queue.ring();
        int seen = 0;
        while (seen < commands) {
            host.vector(1).expectInterrupt(10 * UNIT_NANOS + lateness(host));
            while (queue.poll() != null) {
                seen++;
            }
        }
    }

    // ---- what is not coalesced -----------------------------------------------------------------

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A driver that set only one of the two is interrupted late.",
            values = {0x0003, 0x00FF, 0x0500, 0xFF00})
    void thresholdOrTimeZero_coalescesNothing(Host host, long value) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, value);
        host.vector(1).forget();
        complete(queue, 1);
        host.vector(1).expectInterrupt(atOnce(host));
    }

    @Clause(
            value = "PCIe §3.5",
            otherwise = "Each admin command of a driver takes as long as the coalescing time.")
    void adminCompletions_areNeverDelayed(Host host) {
        host.start();
        set(host, setting(LONGEST_TIME, 255));
        host.vector(0).forget();
        host.adminQueue().submit(Commands.getFeature(7));
        host.vector(0).expectInterrupt(atOnce(host));
    }

    @Clause(
            value = "PCIe §3.5",
            otherwise = "Admin commands are slow where vector 0 serves an I/O queue too.")
    void adminCompletions_onAVectorSharedWithAnIoQueue_areNeverDelayed(Host host) {
        host.start();
        HostQueue queue = host.createPair(1, ENTRIES, ENTRIES, 0);
        set(host, setting(LONGEST_TIME, 255));
        complete(queue, 1);
        host.vector(0).forget();
        host.adminQueue().submit(Commands.getFeature(7));
        host.vector(0).expectInterrupt(atOnce(host));
    }

    @Clause(
            value = "Base §5.27.1.6",
            level = Level.SHOULD,
            otherwise = "A driver learns of an error only after the coalescing time.")
    void errors_areNotDelayed(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(LONGEST_TIME, 255));
        host.vector(1).forget();
        queue.submit(Commands.flush(0x1234));
        host.vector(1).expectInterrupt(atOnce(host));
    }

    @Clause(
            value = "Base §5.27.1.7",
            otherwise = "A driver's latency queue is coalesced although it was exempted.")
    void vectorThatIsExempted_isNotCoalesced(Host host) {
        host.start();
        HostQueue exempted = host.createPair(1, ENTRIES);
        HostQueue other = host.createPair(2, ENTRIES);
        set(host, setting(LONGEST_TIME, 7));
        host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 1 << 16 | 1));
        host.vector(1).forget();
        host.vector(2).forget();
        complete(exempted, 1);
        host.vector(1).expectInterrupt(atOnce(host));
        complete(other, 1);
        host.vector(2).expectNoInterrupt(10 * UNIT_NANOS);
    }

    @Clause(
            value = "Base §5.27.1.7",
            level = Level.SHOULD,
            otherwise = "A vector that was exempted once is never coalesced again.")
    void vectorThatIsNoLongerExempted_isCoalesced(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(LONGEST_TIME, 7));
        host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 1 << 16 | 1));
        host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_VECTOR_CONFIGURATION, 1));
        host.vector(1).forget();
        complete(queue, 1);
        host.vector(1).expectNoInterrupt(10 * UNIT_NANOS);
    }

    // ---- changes on the way --------------------------------------------------------------------

    @Clause(
            value = "Base §5.27.1.6",
            otherwise = "A driver that switches coalescing off is never told what was withheld.")
    void switchedOffWhileEntriesAreWithheld_signalsThem(Host host) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(LONGEST_TIME, 255));
        host.vector(1).forget();
        complete(queue, 3);
        set(host, 0);
        host.vector(1).expectInterrupt(LONGEST_TIME * UNIT_NANOS + lateness(host));
    }

    @Clause(
            value = "PCIe §3.5.2",
            otherwise = "A mask swallows the interrupt of a threshold.",
            values = {1, 4})
    void thresholdReachedWhileMasked_isSentOnUnmask(Host host, long commands) {
        HostQueue queue = host.start().createPair(1, ENTRIES);
        set(host, setting(LONGEST_TIME, 3));
        host.vector(1).setMasked(true);
        host.vector(1).forget();
        complete(queue, commands);
        host.elapse(2 * LONGEST_TIME * UNIT_NANOS);
        host.vector(1).expectNoInterrupt(0);
        host.vector(1).setMasked(false);
        host.vector(1).expectInterrupt(atOnce(host));
    }

    @Clause(
            value = "Base §5.6",
            otherwise = "The timer of a deleted queue interrupts whoever has its vector now.")
    void queueDeletedWhileEntriesAreWithheld_disturbsNobody(Host host) {
        host.start();
        HostQueue first = host.createPair(1, ENTRIES);
        set(host, setting(LONGEST_TIME, 255));
        complete(first, 3);
        host.deletePair(first);
        HostQueue second = host.createPair(1, ENTRIES);
        host.elapse(2 * LONGEST_TIME * UNIT_NANOS);
        host.vector(1).forget();
        complete(second, 1);
        host.vector(1).expectInterrupt(LONGEST_TIME * UNIT_NANOS + lateness(host));
    }

    // ---- helpers -------------------------------------------------------------------------------

    /** How long an interrupt may take that is not delayed: far below {@link #LONGEST_TIME}. */
    private static long atOnce(Host host) {
        return host.function().isTimeVirtual() ? MICRO_NANOS : 20 * MILLI_NANOS;
    }

    /** How late an interrupt may be that is due. */
    private static long lateness(Host host) {
        return host.function().isTimeVirtual() ? MICRO_NANOS : 100 * MILLI_NANOS;
    }

    /** CDW11 of Interrupt Coalescing. */
    private static long setting(long time, long thresholdZeroBased) {
        return time << 8 | thresholdZeroBased;
    }

    private static void set(Host host, long value) {
        host.adminOk(Commands.setFeature(FeatureId.INTERRUPT_COALESCING, (int) value));
    }

    private static int getVector(Host host, int vector) {
        return host.adminOk(
                        Commands.getFeature(FeatureId.INTERRUPT_VECTOR_CONFIGURATION)
                                .cdw(11, vector))
                .dw0();
    }

    /** Commands one after another, each consumed before the next. */
    private static void complete(HostQueue queue, long commands) {
        for (int i = 0; i < commands; i++) {
            Expect.success(queue.run(Commands.flush(1)));
        }
    }
}
