package io.doorbell.simulation.situation;

/** A named state of affairs in which bugs have been found before. */
public enum Situation {
    // queues
    SUBMISSION_QUEUE_FULL("submission queue full"),
    SUBMISSION_QUEUE_WRAPS("submission queue wraps"),
    TWO_SLOTS("queue of two slots in use"),
    QUEUES_COMPETE("two submission queues have entries to fetch at once"),
    COMPLETION_QUEUE_FULL("completion queue full"),
    FULL_WITH_COMMANDS("completion queue full with commands of its queue outstanding"),
    FULL_WHILE_MASKED("completion queue full while its vector is masked"),
    FULL_IN_SHADOW("completion queue full while heads are in the shadow buffer"),
    FULL_BY_ERROR("error completion takes the last free slot"),
    ROOM_AFTER_FULL("head moves in a completion queue that is full"),
    FETCH_WHILE_FULL("entry fetched while its completion queue is full"),
    PHASE_FLIPS("phase tag flips"),
    OUT_OF_ORDER("command completes before an older one of its queue"),
    SHARED_COMPLETION_QUEUE("completions of two submission queues in one queue, in turn"),
    RING_UNCHANGED("ring with the value that is there"),
    RING_OUT_OF_RANGE("ring with a value that is no slot"),
    RING_BEYOND("ring that passes the other side's pointer"),
    RING_NO_QUEUE("ring of a queue that does not exist"),
    RING_NOT_READY("ring while the controller is not ready"),
    RING_WHILE_DELETING("ring while the queue is being deleted"),
    RING_OVERTAKEN("ring arrives changed, or behind a later one"),
    DELETE_WITH_COMMANDS("Delete SQ with commands in flight"),
    DELETE_WITH_ENTRIES("Delete SQ with rung entries that were not fetched"),
    DELETE_CQ_REFUSED("Delete CQ refused, since a submission queue uses it"),
    QUEUE_CREATED_AGAIN("queue created again in one epoch"),
    QUEUE_CREATED_UNDER_IO("queue created while others have commands in flight"),

    // interrupts
    POSTED_WHILE_MASKED("completion posted while its vector is masked"),
    SENT_AFTER_MASK("message sent that a mask had held back"),
    POSTED_BEHIND_INTERRUPT("completion posted while an interrupt of its vector is under way"),
    TWO_UNDER_WAY("two interrupts of a vector under way"),
    TWO_QUEUES_PENDING("two completion queues of one vector have unread entries"),
    SPURIOUS_INTERRUPT("interrupt with nothing to read"),
    READ_BEFORE_INTERRUPT("completion consumed before its interrupt was delivered"),
    THRESHOLD_REACHED("coalescing: threshold reached"),
    TIMER_BELOW_THRESHOLD("coalescing: timer fires below the threshold"),

    // life cycle
    RESET_WITH_COMMANDS("reset with I/O commands in flight"),
    RESET_WITH_ADMIN_COMMANDS("reset with admin commands in flight"),
    RESET_WITH_EVENT_REQUESTS("reset with Asynchronous Event Requests pending"),
    RESET_WITH_ENTRIES("reset with rung entries that were not fetched"),
    RESET_WITH_UNREAD("reset with completions that were not read"),
    RESET_WHILE_FULL("reset while a completion queue is full"),
    RESET_BEFORE_INTERRUPT("reset between a completion and its interrupt"),
    RESET_BEFORE_DELIVERY("reset while an interrupt is under way"),
    RESET_WHILE_CREATING("reset while a queue is being created"),
    RESET_WHILE_DELETING("reset while a queue is being deleted"),
    RESET_OF_FUNCTION("reset of the function"),
    RESET_OF_SUBSYSTEM("reset of the subsystem (NSSR)"),
    THIRD_EPOCH("third epoch in one run"),
    ACCESS_AFTER_DISABLE("device touches memory between CC.EN = 0 and CSTS.RDY = 0"),
    INTERRUPT_AFTER_DISABLE("interrupt delivered after CC.EN = 0"),
    NOT_READY_YET("host reads CSTS.RDY = 0 after it set CC.EN"),
    STILL_READY("host reads CSTS.RDY = 1 after it cleared CC.EN"),
    FATAL_SEEN("host reads CSTS.CFS = 1"),
    GONE_SEEN("host reads all ones from CSTS"),
    SHUTDOWN_WITH_COMMANDS("shutdown asked for with I/O outstanding"),
    PART_FAILS("a part of the device fails"),

    // the host
    TIMEOUT("command overdue"),
    TIMEOUT_FINDS_COMPLETION("timeout finds the completion already there"),
    ABORT("Abort"),
    ABORTS_AT_ONCE("two Aborts at once"),
    ABORT_FINDS_NOTHING("Abort finds its command gone"),
    ABORT_LOSES_RACE("command completes by itself while it is to be aborted"),
    ABORT_ENDS_COMMAND("Abort ends a command"),
    UNKNOWN_COMPLETION("completion of a command that the host does not know"),
    COMMAND_CANCELLED("command ends with its queue or epoch"),
    SENT_AGAIN("I/O sent again after it failed or was cancelled"),
    GIVEN_UP("I/O given up"),
    COMMAND_FAILS("I/O command ends with an error"),
    ADMIN_UNDER_IO("admin command while I/O commands are in flight"),
    FEATURE_UNDER_IO("Set Features while I/O commands are in flight"),
    EVENT_TOLD("asynchronous event told"),
    PRP_LIST("data through a PRP list"),
    OFFSET_IN_PAGE("data that begins within a page"),

    // shadow doorbells
    RING_ELIDED("shadow buffer saves a ring"),
    RING_IN_SHADOW("ring of a queue in the shadow buffer"),
    EVENT_INDEX_AT_WRAP("EventIdx asked for at the wrap of its queue"),

    // memory
    STORE_SEEN_LATE("store of the device seen later than it was made"),
    STORE_OVERTAKEN("store of the device seen before an older one"),

    // faults
    ROOM_NEWS_LOST("ring or wake-up of a full completion queue goes wrong"),
    LAST_INTERRUPT_LOST("interrupt lost, and nothing else outstanding that would bring another"),
    FAULT_WHILE_DISABLED("fault strikes while the controller is not running"),
    FAULTS_OF_TWO_KINDS("two kinds of faults strike in one epoch");

    private final String text;

    Situation(String text) {
        this.text = text;
    }

    /** As people read it. */
    public String text() {
        return text;
    }
}
