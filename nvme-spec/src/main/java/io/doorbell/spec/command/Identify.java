package io.doorbell.spec.command;

import io.doorbell.spec.BitField;
import io.doorbell.spec.SubmissionEntry;

/** Identify, admin 06h (Base 2.0 §5.17). Every answer is one 4,096-byte page. */
public final class Identify {
    /** Size of every data structure this command returns. */
    public static final int DATA_SIZE_BYTES = 4096;

    /** CNS: Identify Namespace of the NVM command set. */
    public static final int NAMESPACE = 0x00;

    /** CNS: Identify Controller. */
    public static final int CONTROLLER = 0x01;

    /** CNS: active namespace ids above NSID. */
    public static final int ACTIVE_NAMESPACE_LIST = 0x02;

    /** CNS: Namespace Identification Descriptor list. */
    public static final int NAMESPACE_DESCRIPTORS = 0x03;

    /** CNS: NVM Set list. */
    public static final int NVM_SET_LIST = 0x04;

    /** CNS: Identify Namespace of the command set in CSI. */
    public static final int COMMAND_SET_NAMESPACE = 0x05;

    /** CNS: Identify Controller of the command set in CSI. */
    public static final int COMMAND_SET_CONTROLLER = 0x06;

    /** CNS: active namespace ids of the command set in CSI. */
    public static final int COMMAND_SET_ACTIVE_NAMESPACE_LIST = 0x07;

    /** CNS: Identify Namespace fields common to all command sets. */
    public static final int INDEPENDENT_NAMESPACE = 0x08;

    /** CNS: allocated namespace ids above NSID. */
    public static final int ALLOCATED_NAMESPACE_LIST = 0x10;

    /** CNS: Identify Namespace of an allocated namespace. */
    public static final int ALLOCATED_NAMESPACE = 0x11;

    /** CNS: controllers attached to NSID. */
    public static final int NAMESPACE_CONTROLLER_LIST = 0x12;

    /** CNS: controllers of the NVM subsystem. */
    public static final int CONTROLLER_LIST = 0x13;

    /** CNS: Primary Controller Capabilities. */
    public static final int PRIMARY_CONTROLLER_CAPABILITIES = 0x14;

    /** CNS: Secondary Controller list. */
    public static final int SECONDARY_CONTROLLER_LIST = 0x15;

    /** CNS: Namespace Granularity list. */
    public static final int NAMESPACE_GRANULARITY_LIST = 0x16;

    /** CNS: UUID list. */
    public static final int UUID_LIST = 0x17;

    /** CNS: Domain list. */
    public static final int DOMAIN_LIST = 0x18;

    /** CNS: Endurance Group list. */
    public static final int ENDURANCE_GROUP_LIST = 0x19;

    /** CNS: allocated namespace ids of the command set in CSI. */
    public static final int COMMAND_SET_ALLOCATED_NAMESPACE_LIST = 0x1A;

    /** CNS: Identify Namespace of an allocated namespace, command set in CSI. */
    public static final int COMMAND_SET_ALLOCATED_NAMESPACE = 0x1B;

    /** CNS: I/O Command Set combinations. */
    public static final int COMMAND_SET_COMBINATIONS = 0x1C;

    /** CSI: NVM. */
    public static final int COMMAND_SET_NVM = 0;

    /** CSI: Key Value. */
    public static final int COMMAND_SET_KEY_VALUE = 1;

    /** CSI: Zoned Namespaces. */
    public static final int COMMAND_SET_ZONED = 2;

    private static final BitField CNS = BitField.of(7, 0);
    private static final BitField CNTID = BitField.of(31, 16);
    private static final BitField CNSSID = BitField.of(15, 0);
    private static final BitField CSI = BitField.of(31, 24);
    private static final BitField UUIDX = BitField.of(6, 0);

    private Identify() {}

    /** CNS: one of the constants here. */
    public static int structure(SubmissionEntry entry) {
        return CNS.get(entry.cdw10());
    }

    /** Sets CNS. */
    public static SubmissionEntry structure(SubmissionEntry entry, int structure) {
        return entry.cdw10(CNS.set(entry.cdw10(), structure));
    }

    /** CNTID: where a controller list starts. */
    public static int controllerId(SubmissionEntry entry) {
        return CNTID.get(entry.cdw10());
    }

    /** Sets CNTID. */
    public static SubmissionEntry controllerId(SubmissionEntry entry, int controllerId) {
        return entry.cdw10(CNTID.set(entry.cdw10(), controllerId));
    }

    /** CNS Specific Identifier, for example an NVM set or domain. */
    public static int specificId(SubmissionEntry entry) {
        return CNSSID.get(entry.cdw11());
    }

    /** Sets CNSSID. */
    public static SubmissionEntry specificId(SubmissionEntry entry, int specificId) {
        return entry.cdw11(CNSSID.set(entry.cdw11(), specificId));
    }

    /** CSI: one of the {@code COMMAND_SET_} constants. */
    public static int commandSet(SubmissionEntry entry) {
        return CSI.get(entry.cdw11());
    }

    /** Sets CSI. */
    public static SubmissionEntry commandSet(SubmissionEntry entry, int commandSet) {
        return entry.cdw11(CSI.set(entry.cdw11(), commandSet));
    }

    /** UUID Index; 0 for none. */
    public static int uuidIndex(SubmissionEntry entry) {
        return UUIDX.get(entry.cdw14());
    }

    /** Sets UUIDX. */
    public static SubmissionEntry uuidIndex(SubmissionEntry entry, int uuidIndex) {
        return entry.cdw14(UUIDX.set(entry.cdw14(), uuidIndex));
    }
}
