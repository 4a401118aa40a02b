package io.doorbell.testkit.host;

/** A submission entry in the making: sixteen dwords (Base §3.3.3.1). The queue sets the id. */
public final class Command {
    static final int DWORDS = 16;
    private static final int NO_ID = -1;

    private final int[] dwords = new int[DWORDS];
    private int commandId = NO_ID;

    private Command() {}

    public static Command of(int opcode) {
        return new Command().cdw(0, opcode);
    }

    /** Uses this command id instead of one of the queue's choice. */
    public Command commandId(int id) {
        commandId = id & 0xFFFF;
        return this;
    }

    public Command nsid(int id) {
        return cdw(1, id);
    }

    /** FUSE: 0 to 3. */
    public Command fuse(int fuse) {
        return cdw(0, (dwords[0] & ~0x300) | fuse << 8);
    }

    /** PSDT: 0 PRP, 1 and 2 SGL. */
    public Command dataPointerKind(int psdt) {
        return cdw(0, (dwords[0] & ~0xC000) | psdt << 14);
    }

    public Command prp1(long address) {
        return qword(6, address);
    }

    public Command prp2(long address) {
        return qword(8, address);
    }

    /** MPTR. */
    public Command metadata(long address) {
        return qword(4, address);
    }

    /** An SGL descriptor in the data pointer. */
    public Command sgl(long low, long high) {
        return dataPointerKind(1).qword(6, low).qword(8, high);
    }

    /**
     * Sets a dword.
     *
     * @param index 0 to 15
     */
    public Command cdw(int index, int value) {
        dwords[index] = value;
        return this;
    }

    /** Sets two dwords, the low one first. */
    public Command qword(int index, long value) {
        return cdw(index, (int) value).cdw(index + 1, (int) (value >>> 32));
    }

    boolean hasCommandId() {
        return commandId != NO_ID;
    }

    int commandId() {
        return commandId;
    }

    int opcode() {
        return dwords[0] & 0xFF;
    }

    int dword(int index) {
        return dwords[index];
    }
}
