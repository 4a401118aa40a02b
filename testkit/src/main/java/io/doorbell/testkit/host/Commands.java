package io.doorbell.testkit.host;

import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.NvmOpcode;

/** Commands as a driver builds them. */
public final class Commands {
    private Commands() {}

    /** Identify (Base §5.17) into a page. */
    public static Command identify(int cns, int nsid, long page) {
        return Command.of(AdminOpcode.IDENTIFY).nsid(nsid).prp1(page).cdw(10, cns);
    }

    /** Create I/O Completion Queue (Base §5.4), contiguous, interrupts enabled. */
    public static Command createCompletionQueue(int id, int entries, long base, int vector) {
        return Command.of(AdminOpcode.CREATE_IO_COMPLETION_QUEUE)
                .prp1(base)
                .cdw(10, (entries - 1) << 16 | id)
                .cdw(11, vector << 16 | 3);
    }

    /** Create I/O Submission Queue (Base §5.5), contiguous. */
    public static Command createSubmissionQueue(
            int id, int entries, long base, int completionQueueId) {
        return Command.of(AdminOpcode.CREATE_IO_SUBMISSION_QUEUE)
                .prp1(base)
                .cdw(10, (entries - 1) << 16 | id)
                .cdw(11, completionQueueId << 16 | 1);
    }

    public static Command deleteSubmissionQueue(int id) {
        return Command.of(AdminOpcode.DELETE_IO_SUBMISSION_QUEUE).cdw(10, id);
    }

    public static Command deleteCompletionQueue(int id) {
        return Command.of(AdminOpcode.DELETE_IO_COMPLETION_QUEUE).cdw(10, id);
    }

    public static Command getFeature(int feature) {
        return Command.of(AdminOpcode.GET_FEATURES).cdw(10, feature);
    }

    public static Command setFeature(int feature, int value) {
        return Command.of(AdminOpcode.SET_FEATURES).cdw(10, feature).cdw(11, value);
    }

    /** Get Log Page (Base §5.16) of so many bytes, a multiple of 4, event not retained. */
    public static Command getLogPage(int page, int bytes, long address) {
        int dwords = bytes / 4 - 1;
        return Command.of(AdminOpcode.GET_LOG_PAGE)
                .nsid(-1)
                .prp1(address)
                .cdw(10, dwords << 16 | page)
                .cdw(11, dwords >>> 16);
    }

    public static Command asynchronousEventRequest() {
        return Command.of(AdminOpcode.ASYNCHRONOUS_EVENT_REQUEST);
    }

    /** Read (NVM §3.2.4) of {@code blocks} blocks, 1 or more. */
    public static Command read(int nsid, long lba, int blocks, long address) {
        return transfer(NvmOpcode.READ, nsid, lba, blocks).prp1(address);
    }

    /** Write (NVM §3.2.6) of {@code blocks} blocks, 1 or more. */
    public static Command write(int nsid, long lba, int blocks, long address) {
        return transfer(NvmOpcode.WRITE, nsid, lba, blocks).prp1(address);
    }

    public static Command flush(int nsid) {
        return Command.of(NvmOpcode.FLUSH).nsid(nsid);
    }

    /** A command of SLBA and NLB. */
    public static Command transfer(int opcode, int nsid, long lba, int blocks) {
        return Command.of(opcode).nsid(nsid).qword(10, lba).cdw(12, blocks - 1);
    }
}
