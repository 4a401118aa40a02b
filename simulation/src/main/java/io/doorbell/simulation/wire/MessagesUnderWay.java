package io.doorbell.simulation.wire;

import java.util.ArrayDeque;

/**
 * Interrupt messages that have left the device and wait for their turn at the wire. They are posted
 * writes, which no answer to a load may pass (PCIe §2.4.1).
 */
public final class MessagesUnderWay {
    private record Held(long behind, Runnable answer) {}

    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private long left;
    private long arrived;

    /** The device sends one. */
    public void left() {
        left++;
    }

    /** One is at the wire, also if the wire then loses it. */
    public void arrived() {
        arrived++;
        while (!held.isEmpty() && held.getFirst().behind <= arrived) {
            held.removeFirst().answer.run();
        }
    }

    /** Everything that has left so far, for {@link #after}. */
    public long soFar() {
        return left;
    }

    /** Does this when so many messages have come to the wire, which may be now. */
    public void after(long messages, Runnable answer) {
        if (messages <= arrived && held.isEmpty()) {
            answer.run();
        } else {
            held.add(new Held(messages, answer));
        }
    }
}
