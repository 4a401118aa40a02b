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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * What policies are called where people write them: {@code retries-max = 5}. Values are {@code
 * true}, a number, milliseconds, or a constant's name as {@code abort-then-reset}.
 */
public final class HostPolicyNames {
    private static final Map<String, BiConsumer<HostPoliciesBuilder, String>> SETTERS =
            new TreeMap<>();

    static {
        SETTERS.put("io-timeout", (to, text) -> to.ioTimeout(millis(text)));
        SETTERS.put("admin-timeout", (to, text) -> to.adminTimeout(millis(text)));
        SETTERS.put("reaction", (to, text) -> to.reaction(constant(TimeoutReaction.class, text)));
        SETTERS.put("polls-first", (to, text) -> to.pollsFirst(bool(text)));
        SETTERS.put("retries-max", (to, text) -> to.retriesMax(Integer.parseInt(text)));
        SETTERS.put("watchdog-interval", (to, text) -> to.watchdogInterval(millis(text)));
        SETTERS.put("read-timeout", (to, text) -> to.readTimeout(millis(text)));
        SETTERS.put("bring-ups", (to, text) -> to.bringUps(Integer.parseInt(text)));
        SETTERS.put("shadows", (to, text) -> to.shadows(constant(ShadowUse.class, text)));
        SETTERS.put(
                "shadow-order", (to, text) -> to.shadowOrder(constant(ShadowOrder.class, text)));
        SETTERS.put(
                "arithmetic", (to, text) -> to.arithmetic(constant(EventArithmetic.class, text)));
        SETTERS.put("zeroes-shadows", (to, text) -> to.zeroesShadows(bool(text)));
        SETTERS.put("order", (to, text) -> to.order(constant(RingOrder.class, text)));
        SETTERS.put(
                "completions-per-ring",
                (to, text) -> to.completionsPerRing(Integer.parseInt(text)));
        SETTERS.put("commands-per-ring", (to, text) -> to.commandsPerRing(Integer.parseInt(text)));
        SETTERS.put("admin-entries", (to, text) -> to.adminEntries(Integer.parseInt(text)));
        SETTERS.put(
                "completion-entries", (to, text) -> to.completionEntries(Integer.parseInt(text)));
        SETTERS.put(
                "submission-queues-each",
                (to, text) -> to.submissionQueuesEach(Integer.parseInt(text)));
        SETTERS.put("fullness", (to, text) -> to.fullness(constant(Fullness.class, text)));
        SETTERS.put("memory", (to, text) -> to.memory(constant(QueueMemory.class, text)));
        SETTERS.put("deletion", (to, text) -> to.deletion(constant(QueueDeletion.class, text)));
        SETTERS.put("drains", (to, text) -> to.drains(bool(text)));
        SETTERS.put("interrupts", (to, text) -> to.interrupts(bool(text)));
        SETTERS.put("buffers", (to, text) -> to.buffers(constant(BufferPlaces.class, text)));
        SETTERS.put("poll-interval", (to, text) -> to.pollInterval(millis(text)));
        SETTERS.put("sizes", (to, text) -> to.sizes(constant(QueueSizes.class, text)));
        SETTERS.put("spare-queues", (to, text) -> to.spareQueues(Integer.parseInt(text)));
        SETTERS.put(
                "interrupt-mode",
                (to, text) -> to.interruptMode(constant(InterruptMode.class, text)));
        SETTERS.put("wide-registers", (to, text) -> to.wideRegisters(bool(text)));
        SETTERS.put("enables-at-once", (to, text) -> to.enablesAtOnce(bool(text)));
        SETTERS.put("keeps-admin-registers", (to, text) -> to.keepsAdminRegisters(bool(text)));
        SETTERS.put("asks-for-events", (to, text) -> to.asksForEvents(bool(text)));
    }

    private HostPolicyNames() {}

    /** All names, in alphabetical order. */
    public static List<String> all() {
        return List.copyOf(SETTERS.keySet());
    }

    /**
     * Sets one policy.
     *
     * @throws IllegalArgumentException if there is no such policy, or it has no such value
     */
    public static void set(HostPoliciesBuilder policies, String name, String value) {
        BiConsumer<HostPoliciesBuilder, String> setter = SETTERS.get(name);
        if (setter == null) {
            throw new IllegalArgumentException(
                    "There is no policy '%s'; there are %s.".formatted(name, all()));
        }
        try {
            setter.accept(policies, value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Policy '%s' cannot be '%s'.".formatted(name, value), e);
        }
    }

    private static boolean bool(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static Duration millis(String text) {
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
