package io.doorbell.simulation.errand;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a host can be sent to do while its I/O goes on. All but what is said to be wrong is legal.
 */
public enum ErrandKind {
    // ---- life cycle

    /** CC.EN = 0, and up again. */
    RESET_CONTROLLER,
    /** A Function Level Reset, and up again. */
    RESET_FUNCTION,
    /** An NVM subsystem reset (NSSR), and up again. */
    RESET_SUBSYSTEM,
    /** Queues deleted, CC.SHN = normal, and up again. */
    SHUT_DOWN,
    /** CC.SHN = abrupt with everything under way, and up again. */
    SHUT_DOWN_ABRUPTLY,
    /** All I/O queues deleted and created again, with everything under way. */
    RECREATE_QUEUES,
    /** Bus mastering off, and after the time given a controller reset. */
    DISABLE_MASTERING,

    // ---- interrupts

    /** The vector masked for the time given; {@code amount} are reserved bits beside the mask. */
    MASK_VECTOR(Target.VECTOR),
    /** All vectors masked by the function mask for the time given. */
    MASK_FUNCTION,

    // ---- pace

    /** Nothing is submitted for the time given, at the end of which nothing may be outstanding. */
    PAUSE,
    /** Completions of a queue stay unread for the time given. */
    STALL_CONSUMER(Target.QUEUE),
    /** Completions of a queue are read, but the head is not rung for the time given. */
    HOLD_HEAD(Target.QUEUE),

    // ---- doorbells that no host may ring; of queue 0 too

    /** {@code amount}, not below the size of the queue, or of a queue that does not exist. */
    RING_TAIL(Target.DOORBELL),
    /** The same at a completion queue. */
    RING_HEAD(Target.DOORBELL),
    /** The head of an idle queue {@code amount} + 1 entries past the tail. */
    RING_HEAD_PAST_TAIL(Target.QUEUE),
    /** Tail and head of an idle queue once more as they are. */
    RING_AGAIN(Target.QUEUE),
    /** A store of 1, 2 or 8 bytes: {@code amount} says which. */
    RING_ODD_WIDTH(Target.DOORBELL),

    /** Registers read, 64-bit ones whole and in halves. */
    READ_REGISTERS,

    // ---- admin commands

    /** Identify; {@code amount} says what, and how its page lies in memory. */
    IDENTIFY,
    /** Get Log Page; {@code amount} says which, and how it lies in memory. */
    GET_LOG,
    /** Set Features and Get Features; {@code amount} says which. */
    SET_FEATURE,
    /** Create or Delete Queue with something wrong; {@code amount} says what. */
    WRONG_QUEUE_COMMAND,
    /** A pair that the host does not use is created and deleted, rightly and wrongly. */
    SPARE_QUEUES,
    /** An admin command that does not exist, or has something wrong; {@code amount} says what. */
    WRONG_ADMIN_COMMAND,
    /** Abort of a command that may be running or finished, {@code amount} commands ago. */
    ABORT,
    /** Asynchronous Event Requests beside the driver's own. */
    REQUEST_EVENTS,

    // ---- I/O commands, in blocks that the workload does not touch

    /** {@code amount} commands in a row that end with an error. */
    FAIL_COMMANDS(Target.QUEUE),
    /** Write, Flush, Compare, Verify, Write Zeroes, Deallocate, each followed by a look. */
    MIX_COMMANDS(Target.QUEUE),
    /** Compare and Write, fused. */
    FUSE(Target.QUEUE),
    /** A write that is read back; {@code amount} says how long, and how it lies in memory. */
    MOVE_DATA(Target.QUEUE);

    /** What the number of an errand means. */
    public enum Target {
        NOTHING,
        /** An I/O queue, from 1. */
        QUEUE,
        /** A queue, from 0, whether it exists or not. */
        DOORBELL,
        /** A vector, from 0. */
        VECTOR
    }

    private final Target target;

    ErrandKind() {
        this(Target.NOTHING);
    }

    ErrandKind(Target target) {
        this.target = target;
    }

    /** What its number means. */
    public Target target() {
        return target;
    }

    /** Whether it does what no host may do: laws of the host are broken on purpose then. */
    public boolean isWild() {
        return switch (this) {
            case RING_TAIL, RING_HEAD, RING_HEAD_PAST_TAIL, RING_AGAIN, RING_ODD_WIDTH -> true;
            default -> false;
        };
    }

    /** As it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> words() {
        return Arrays.stream(values()).map(ErrandKind::word).toList();
    }
}
