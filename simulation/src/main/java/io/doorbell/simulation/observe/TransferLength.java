package io.doorbell.simulation.observe;

import io.doorbell.simulation.observe.CommandTable.DataWay;
import io.doorbell.spec.AdminOpcode;
import io.doorbell.spec.NvmOpcode;
import io.doorbell.spec.SubmissionEntry;
import io.doorbell.spec.command.Copy;
import io.doorbell.spec.command.DatasetManagement;
import io.doorbell.spec.command.GetLogPage;
import io.doorbell.spec.command.ReadWrite;

/** How many bytes of host memory a command moves, and which way (Base 2.0 §5, NVM 1.0 §3). */
final class TransferLength {
    /** Identify pages, and more than any data of a feature. */
    private static final int PAGE_BYTES = 4096;

    private TransferLength() {}

    static long ofAdmin(SubmissionEntry entry) {
        return switch (entry.opcode()) {
            case AdminOpcode.GET_LOG_PAGE -> GetLogPage.lengthBytes(entry);
            case AdminOpcode.IDENTIFY,
                    AdminOpcode.SET_FEATURES,
                    AdminOpcode.GET_FEATURES,
                    AdminOpcode.NAMESPACE_MANAGEMENT,
                    AdminOpcode.NAMESPACE_ATTACHMENT ->
                    PAGE_BYTES;
            default -> 0;
        };
    }

    static long ofIo(SubmissionEntry entry, int blockLog2) {
        return switch (entry.opcode()) {
            case NvmOpcode.READ, NvmOpcode.WRITE, NvmOpcode.COMPARE ->
                    (long) ReadWrite.blockCount(entry) << blockLog2;
            case NvmOpcode.DATASET_MANAGEMENT -> DatasetManagement.dataLengthBytes(entry);
            case NvmOpcode.COPY -> Copy.dataLengthBytes(entry);
            default -> 0;
        };
    }

    /** Whether the device has to move exactly these bytes, and not fewer. */
    static boolean isExact(SubmissionEntry entry, boolean isAdmin) {
        return isAdmin
                ? entry.opcode() == AdminOpcode.IDENTIFY
                : switch (entry.opcode()) {
                    case NvmOpcode.READ, NvmOpcode.WRITE, NvmOpcode.COMPARE -> true;
                    default -> false;
                };
    }

    static DataWay way(int opcode) {
        return switch (AdminOpcode.dataDirection(opcode)) {
            case CONTROLLER_TO_HOST -> DataWay.TO_HOST;
            case HOST_TO_CONTROLLER -> DataWay.FROM_HOST;
            case NONE, BIDIRECTIONAL -> DataWay.NONE;
        };
    }
}
