package io.doorbell.guest;

import io.doorbell.spec.Limits;

import java.time.Duration;

/**
 * The habits of a host's driver, each of which some driver has and a controller has to live with.
 * {@link #LINUX} are those of Linux 6.12; {@link HostPolicyNames} has a name for each, as
 * configurations spell it.
 */
public record HostPolicies(Recovery recovery, Ringing ringing, Queueing queueing, Access access) {
    /** What Linux's driver does. */
    public static final HostPolicies LINUX = new HostPoliciesBuilder().build();

    /** How the controller tells of completions. */
    public enum InterruptMode {
        MSIX,
        /** The pin; looks again as long as it is asserted. */
        PIN,
        /** The pin, masked by INTMS until all queues have been looked at. */
        PIN_MASKED,
        /** The pin until queues are created, MSI-X from then on. */
        PIN_THEN_MSIX
    }

    /** Which sizes queues have when they are created again. */
    public enum QueueSizes {
        /** Always the same. */
        CONSTANT,
        /** Others each time, never more. */
        VARY
    }

    /** What to do about a command that does not complete in time. */
    public enum TimeoutReaction {
        /** Abort it; reset the controller if it is overdue once more. */
        ABORT_THEN_RESET,
        /** Reset the controller at once. */
        RESET,
        /** Say so, and go on waiting. */
        REPORT
    }

    /** Which queues are rung through the shadow buffers (Base §5.8), if the controller has them. */
    public enum ShadowUse {
        NONE,
        IO_QUEUES,
        /**
         * The admin queue as well; it rings all the same, because no controller is known to sleep
         * until a doorbell there and to look at the shadow.
         */
        ADMIN_TOO
    }

    /** When the shadow buffers are announced. */
    public enum ShadowOrder {
        AFTER_QUEUES,
        BEFORE_QUEUES
    }

    /** When a store to a shadow buffer needs a doorbell as well; see {@link ShadowDoorbell}. */
    public enum EventArithmetic {
        /** 16 bits; not if the new value is the event index itself. */
        LINUX,
        /** 16 bits. */
        SPDK,
        /** Modulo the size of the queue, as Base Annex B.5.2 has it. */
        QUEUE_SIZE
    }

    /** In which order a round that has consumed and submitted rings its doorbells. */
    public enum RingOrder {
        HEAD_FIRST,
        TAIL_FIRST
    }

    /** What keeps the host from overrunning a submission queue. */
    public enum Fullness {
        /** One command less than there are slots is outstanding at most. */
        OUTSTANDING,
        /** That, and the head as completions report it. */
        BOTH,
        /** The reported head alone: more commands may be outstanding than there are slots. */
        REPORTED_HEAD
    }

    /** What queue memory holds when a queue is created again. */
    public enum QueueMemory {
        /** Completion queues are zeroed, as Linux does. */
        COMPLETIONS_ZEROED,
        ALL_ZEROED,
        /** Only the phase tags of the completion queue are cleared. */
        PHASE_CLEARED,
        /** What the queue before has left there: a mistake that drivers have made. */
        AS_LEFT
    }

    /** Where the data of commands lies, and the lists that describe it. */
    public enum BufferPlaces {
        /** From the beginning of a page, as Linux's page cache has it. */
        PAGES,
        /** Anywhere in a page, with lists that begin in the middle of one and go on in another. */
        SCATTERED
    }

    /** How the queues go before a reset, a shutdown, or their re-creation. */
    public enum QueueDeletion {
        SUBMISSION_QUEUES_FIRST,
        /** Each submission queue and then its completion queue, pair by pair. */
        PAIR_BY_PAIR,
        /** Completion queues first, which the controller has to refuse; then as it should be. */
        COMPLETION_QUEUES_FIRST,
        /** Not at all: whatever follows takes them away. */
        NONE
    }

    /**
     * What to do when things go wrong.
     *
     * @param ioTimeout how long an I/O command may take
     * @param adminTimeout how long an admin command may take
     * @param reaction to an I/O command that takes longer
     * @param pollsFirst whether the completion queue is looked at before anything is done
     * @param retriesMax how often a command is sent again before its error is final
     * @param watchdogInterval how often CSTS is looked at without a cause; 0: never
     * @param readTimeout when a register read that is not answered counts as all ones
     * @param bringUps how often a controller is reset and brought up in a row before it is given
     *     up; Linux does it once, SPDK's block device as often as it is told
     */
    public record Recovery(
            Duration ioTimeout,
            Duration adminTimeout,
            TimeoutReaction reaction,
            boolean pollsFirst,
            int retriesMax,
            Duration watchdogInterval,
            Duration readTimeout,
            int bringUps) {
        public Recovery {
            positive("io-timeout", ioTimeout);
            positive("admin-timeout", adminTimeout);
            positive("read-timeout", readTimeout);
            range("retries-max", retriesMax, 0, Integer.MAX_VALUE);
            range("bring-ups", bringUps, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * How the host rings.
     *
     * @param shadows which queues use the shadow buffers
     * @param shadowOrder when they are announced
     * @param arithmetic when a doorbell is needed all the same
     * @param zeroesShadows whether a queue's slots are cleared before it is created again
     * @param order of the two doorbells of a round
     * @param completionsPerRing most completions that one head doorbell stands for
     * @param commandsPerRing most commands that one tail doorbell stands for
     */
    public record Ringing(
            ShadowUse shadows,
            ShadowOrder shadowOrder,
            EventArithmetic arithmetic,
            boolean zeroesShadows,
            RingOrder order,
            int completionsPerRing,
            int commandsPerRing) {
        public Ringing {
            range("completions-per-ring", completionsPerRing, 1, Integer.MAX_VALUE);
            range("commands-per-ring", commandsPerRing, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * What the queues are like.
     *
     * @param adminEntries slots of the admin queues, 2 to 4,096
     * @param completionEntries slots of a completion queue; 0: as many as a submission queue has
     * @param submissionQueuesEach submission queues that share a completion queue
     * @param fullness what keeps a submission queue from being overrun
     * @param memory what queue memory holds at a re-creation
     * @param deletion how queues go
     * @param drains whether completions are consumed until completion queues go, and submission
     *     queues are deleted with commands under way; else all come to rest before
     * @param interrupts whether completion queues have interrupts
     * @param pollInterval how often a queue with commands outstanding looks for completions of its
     *     own accord; 0: never. With interrupts, it has two consumers
     * @param buffers where data lies
     * @param sizes of queues that are created again
     * @param spareQueues how many more queue pairs are asked for than are used
     */
    public record Queueing(
            int adminEntries,
            int completionEntries,
            int submissionQueuesEach,
            Fullness fullness,
            QueueMemory memory,
            QueueDeletion deletion,
            boolean drains,
            boolean interrupts,
            Duration pollInterval,
            BufferPlaces buffers,
            QueueSizes sizes,
            int spareQueues) {
        public Queueing {
            range("admin-entries", adminEntries, Limits.QUEUE_ENTRIES_MIN, 4096);
            range("completion-entries", completionEntries, 0, Limits.IO_QUEUE_ENTRIES_MAX);
            range("submission-queues-each", submissionQueuesEach, 1, 64);
            if (completionEntries == 1) {
                throw new IllegalArgumentException("completion-entries 1: use 2 or more.");
            }
            if (!interrupts && pollInterval.isZero()) {
                throw new IllegalArgumentException("Without interrupts a poll-interval is needed.");
            }
        }

        boolean polls() {
            return !pollInterval.isZero();
        }

        /** Slots of a queue that has {@code most} at first, after so many resets. */
        int entries(int most, int epoch) {
            if (sizes == QueueSizes.CONSTANT) {
                return most;
            }
            return switch (epoch % 4) {
                case 0 -> most;
                case 1 -> Math.max(2, most / 2);
                case 2 -> Math.max(2, most - 1);
                default -> 2;
            };
        }

        /** The same of the admin queue, which some commands need a few slots of. */
        int adminEntries(int epoch) {
            return Math.max(Math.min(adminEntries, 16), entries(adminEntries, epoch));
        }

        /** Slots of a completion queue whose submission queues have {@code entries}. */
        int completionEntries(int entries) {
            return completionEntries == 0 ? entries : completionEntries;
        }

        /** Commands that may be outstanding at a time on the submission queues of one pair. */
        int commands(int entries) {
            int each = fullness == Fullness.REPORTED_HEAD ? 2 * (entries - 1) : entries - 1;
            return Math.min(each * submissionQueuesEach, Limits.IO_QUEUE_ENTRIES_MAX - 1);
        }
    }

    /**
     * How the host accesses registers, and hears of the controller.
     *
     * @param interruptMode how it is interrupted
     * @param wideRegisters whether 64-bit registers are read and written at once, not in halves
     * @param enablesAtOnce whether CC is written once, not first without EN
     * @param keepsAdminRegisters whether AQA, ASQ and ACQ are not written again after a controller
     *     reset, which retains them (Base §3.7.2)
     * @param asksForEvents whether an Asynchronous Event Request is always outstanding
     */
    public record Access(
            InterruptMode interruptMode,
            boolean wideRegisters,
            boolean enablesAtOnce,
            boolean keepsAdminRegisters,
            boolean asksForEvents) {
        boolean usesPin() {
            return interruptMode == InterruptMode.PIN || interruptMode == InterruptMode.PIN_MASKED;
        }
    }

    /** These policies, to be changed. */
    public HostPoliciesBuilder toBuilder() {
        return new HostPoliciesBuilder(this);
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("%s %s: use more than 0.".formatted(name, value));
        }
    }

    private static void range(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s %,d: use %,d to %,d.".formatted(name, value, min, max));
        }
    }
}
