package io.doorbell.guest;

import io.doorbell.guest.HostPolicies.BufferPlaces;
import io.doorbell.guest.HostPolicies.EventArithmetic;
import io.doorbell.guest.HostPolicies.Fullness;
import io.doorbell.guest.HostPolicies.InterruptMode;
import io.doorbell.guest.HostPolicies.QueueDeletion;
import io.doorbell.guest.HostPolicies.QueueMemory;
import io.doorbell.guest.HostPolicies.QueueSizes;
import io.doorbell.guest.HostPolicies.RingOrder;
import io.doorbell.guest.HostPolicies.ShadowOrder;
import io.doorbell.guest.HostPolicies.ShadowUse;
import io.doorbell.guest.HostPolicies.TimeoutReaction;

import java.time.Duration;

/** Policies in the making: at first {@link HostPolicies#LINUX}, then as told. */
public final class HostPoliciesBuilder {
    private Duration ioTimeout = Duration.ofSeconds(30);
    private Duration adminTimeout = Duration.ofSeconds(60);
    private TimeoutReaction reaction = TimeoutReaction.ABORT_THEN_RESET;
    private boolean pollsFirst = true;
    private int retriesMax = 5;
    private Duration watchdogInterval = Duration.ZERO;
    private Duration readTimeout = Duration.ofSeconds(1);
    private int bringUps = 1;
    private ShadowUse shadows = ShadowUse.IO_QUEUES;
    private ShadowOrder shadowOrder = ShadowOrder.AFTER_QUEUES;
    private EventArithmetic arithmetic = EventArithmetic.LINUX;
    private boolean zeroesShadows = true;
    private RingOrder order = RingOrder.HEAD_FIRST;
    private int completionsPerRing = Integer.MAX_VALUE;
    private int commandsPerRing = Integer.MAX_VALUE;
    private int adminEntries = 32;
    private int completionEntries = 0;
    private int submissionQueuesEach = 1;
    private Fullness fullness = Fullness.OUTSTANDING;
    private QueueMemory memory = QueueMemory.COMPLETIONS_ZEROED;
    private QueueDeletion deletion = QueueDeletion.SUBMISSION_QUEUES_FIRST;
    private boolean drains = false;
    private boolean interrupts = true;
    private Duration pollInterval = Duration.ZERO;
    private BufferPlaces buffers = BufferPlaces.PAGES;
    private QueueSizes sizes = QueueSizes.CONSTANT;
    private int spareQueues = 0;
    private InterruptMode interruptMode = InterruptMode.MSIX;
    private boolean wideRegisters = false;
    private boolean enablesAtOnce = false;
    private boolean keepsAdminRegisters = false;
    private boolean asksForEvents = true;

    HostPoliciesBuilder() {}

    HostPoliciesBuilder(HostPolicies from) {
        ioTimeout = from.recovery().ioTimeout();
        adminTimeout = from.recovery().adminTimeout();
        reaction = from.recovery().reaction();
        pollsFirst = from.recovery().pollsFirst();
        retriesMax = from.recovery().retriesMax();
        watchdogInterval = from.recovery().watchdogInterval();
        readTimeout = from.recovery().readTimeout();
        bringUps = from.recovery().bringUps();
        shadows = from.ringing().shadows();
        shadowOrder = from.ringing().shadowOrder();
        arithmetic = from.ringing().arithmetic();
        zeroesShadows = from.ringing().zeroesShadows();
        order = from.ringing().order();
        completionsPerRing = from.ringing().completionsPerRing();
        commandsPerRing = from.ringing().commandsPerRing();
        adminEntries = from.queueing().adminEntries();
        completionEntries = from.queueing().completionEntries();
        submissionQueuesEach = from.queueing().submissionQueuesEach();
        fullness = from.queueing().fullness();
        memory = from.queueing().memory();
        deletion = from.queueing().deletion();
        drains = from.queueing().drains();
        interrupts = from.queueing().interrupts();
        pollInterval = from.queueing().pollInterval();
        buffers = from.queueing().buffers();
        sizes = from.queueing().sizes();
        spareQueues = from.queueing().spareQueues();
        interruptMode = from.access().interruptMode();
        wideRegisters = from.access().wideRegisters();
        enablesAtOnce = from.access().enablesAtOnce();
        keepsAdminRegisters = from.access().keepsAdminRegisters();
        asksForEvents = from.access().asksForEvents();
    }

    /** See {@link HostPolicies.Recovery}. */
    public HostPoliciesBuilder ioTimeout(Duration value) {
        ioTimeout = value;
        return this;
    }

    /** See {@link HostPolicies.Recovery}. */
    public HostPoliciesBuilder adminTimeout(Duration value) {
        adminTimeout = value;
        return this;
    }

    /** See {@link HostPolicies.Recovery}. */
    public HostPoliciesBuilder reaction(TimeoutReaction value) {
        reaction = value;
        return this;
    }

    /** See {@link HostPolicies.Recovery}. */
    public HostPoliciesBuilder pollsFirst(boolean value) {
        pollsFirst = value;
        return this;
    }

    /** See {@link HostPolicies.Recovery}. */
    public HostPoliciesBuilder retriesMax(int value) {
        retriesMax = value;
        return this;
    }

    /** See {@link HostPolicies.Recovery}. */
    public HostPoliciesBuilder watchdogInterval(Duration value) {
        watchdogInterval = value;
        return this;
    }

    /** See {@link HostPolicies.Recovery}. */
    public HostPoliciesBuilder readTimeout(Duration value) {
        readTimeout = value;
        return this;
    }

    /** See {@link HostPolicies.Recovery}. */
    public HostPoliciesBuilder bringUps(int value) {
        bringUps = value;
        return this;
    }

    /** See {@link HostPolicies.Ringing}. */
    public HostPoliciesBuilder shadows(ShadowUse value) {
        shadows = value;
        return this;
    }

    /** See {@link HostPolicies.Ringing}. */
    public HostPoliciesBuilder shadowOrder(ShadowOrder value) {
        shadowOrder = value;
        return this;
    }

    /** See {@link HostPolicies.Ringing}. */
    public HostPoliciesBuilder arithmetic(EventArithmetic value) {
        arithmetic = value;
        return this;
    }

    /** See {@link HostPolicies.Ringing}. */
    public HostPoliciesBuilder zeroesShadows(boolean value) {
        zeroesShadows = value;
        return this;
    }

    /** See {@link HostPolicies.Ringing}. */
    public HostPoliciesBuilder order(RingOrder value) {
        order = value;
        return this;
    }

    /** See {@link HostPolicies.Ringing}. */
    public HostPoliciesBuilder completionsPerRing(int value) {
        completionsPerRing = value;
        return this;
    }

    /** See {@link HostPolicies.Ringing}. */
    public HostPoliciesBuilder commandsPerRing(int value) {
        commandsPerRing = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder adminEntries(int value) {
        adminEntries = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder completionEntries(int value) {
        completionEntries = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder submissionQueuesEach(int value) {
        submissionQueuesEach = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder fullness(Fullness value) {
        fullness = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder memory(QueueMemory value) {
        memory = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder deletion(QueueDeletion value) {
        deletion = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder drains(boolean value) {
        drains = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder interrupts(boolean value) {
        interrupts = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder pollInterval(Duration value) {
        pollInterval = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder buffers(BufferPlaces value) {
        buffers = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder sizes(QueueSizes value) {
        sizes = value;
        return this;
    }

    /** See {@link HostPolicies.Queueing}. */
    public HostPoliciesBuilder spareQueues(int value) {
        spareQueues = value;
        return this;
    }

    /** See {@link HostPolicies.Access}. */
    public HostPoliciesBuilder interruptMode(InterruptMode value) {
        interruptMode = value;
        return this;
    }

    /** See {@link HostPolicies.Access}. */
    public HostPoliciesBuilder wideRegisters(boolean value) {
        wideRegisters = value;
        return this;
    }

    /** See {@link HostPolicies.Access}. */
    public HostPoliciesBuilder enablesAtOnce(boolean value) {
        enablesAtOnce = value;
        return this;
    }

    /** See {@link HostPolicies.Access}. */
    public HostPoliciesBuilder keepsAdminRegisters(boolean value) {
        keepsAdminRegisters = value;
        return this;
    }

    /** See {@link HostPolicies.Access}. */
    public HostPoliciesBuilder asksForEvents(boolean value) {
        asksForEvents = value;
        return this;
    }

    /** The policies as told. */
    public HostPolicies build() {
        return new HostPolicies(
                new HostPolicies.Recovery(
                        ioTimeout,
                        adminTimeout,
                        reaction,
                        pollsFirst,
                        retriesMax,
                        watchdogInterval,
                        readTimeout,
                        bringUps),
                new HostPolicies.Ringing(
                        shadows,
                        shadowOrder,
                        arithmetic,
                        zeroesShadows,
                        order,
                        completionsPerRing,
                        commandsPerRing),
                new HostPolicies.Queueing(
                        adminEntries,
                        completionEntries,
                        submissionQueuesEach,
                        fullness,
                        memory,
                        deletion,
                        drains,
                        interrupts,
                        pollInterval,
                        buffers,
                        sizes,
                        spareQueues),
                new HostPolicies.Access(
                        interruptMode,
                        wideRegisters,
                        enablesAtOnce,
                        keepsAdminRegisters,
                        asksForEvents));
    }
}
